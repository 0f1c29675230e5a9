"""The copy of templates: text between tags, attributes that are read out or shown, words in Django's own tags."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from exclusions.management.copy.line import Line, is_word, is_words, line

READ = ("alt", "aria-description", "aria-label", "content", "data-label", "label", "placeholder", "title", "value")
INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup", "time"}
SILENT = {"script", "style"}
QUOTED = re.compile(r'"([^"]*)"|\'([^\']*)\'')
# Where one sentence cannot go on behind the tag.
PARTS = {"block", "endblock", "else", "elif", "empty", "plural"}
GAP = "\x1f"
TAG = re.compile(r"({%.*?%}|{{.*?}}|{#.*?#})")  # of Django's templates, within one line
# Words marked for translation stand where they are read: in Django's tag and in Jinja2's call.
MARKED = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')\s*%}|{{\s*_\(\s*"([^"]*)"\s*\)""")
KINDS = {"email": "mail", "account/email": "mail", "letters/words": "letter"}


def template_copy(path: Path, project: Path) -> Iterator[Line]:
    """Yield the copy of one template, or of the words of a mail or a letter."""
    source = path.read_text(encoding="utf-8")
    folder = path.parent.relative_to(project / "templates").as_posix()
    parts = TAG.split(source) if path.suffix != ".typ" else [source]
    number, flat = 1, []
    for part in parts:
        if part.startswith(("{%", "{{")):
            for words in _quoted(MARKED.sub("", part)):
                yield line(path, project, number, "tag", words)
        flat.append(_flat(part) if TAG.fullmatch(part) else part)
        number += part.count("\n")
    text = "".join(flat)
    if path.suffix == ".html":
        reader = _Reader()
        reader.feed(text)
        reader.close()
        for place, kind, words in reader.found:
            yield line(path, project, place, kind, words)
    else:
        yield from _plain(path, project, text, KINDS.get(folder, "text"))


def _quoted(contents: str) -> Iterator[str]:
    for double, single in QUOTED.findall(contents):
        if is_words(double or single) or is_word(double or single):
            yield double or single


def _flat(tag: str) -> str:
    """Return what stands for a tag in the text that people read: a gap where no sentence goes on behind it."""
    contents = tag[2:-2].strip()
    if marked := MARKED.match(tag):
        return str(marked[marked.lastindex or 1])
    if tag.startswith("{{"):
        return "{" + contents.split("|")[0] + "}"
    return GAP if tag.startswith("{%") and contents.split()[:1] and contents.split()[0] in PARTS else ""


def _plain(path: Path, project: Path, text: str, kind: str) -> Iterator[Line]:
    for number, words in enumerate(text.split("\n"), start=1):
        for part in words.split(GAP):
            if re.search(r"[A-Za-z]{2}", re.sub(r"\{[^}]*\}", "", part)):
                yield line(path, project, number, kind, part)


class _Reader(HTMLParser):
    """Collects what is read: (line, kind, words)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, str]] = []
        self.words: list[str] = []
        self.begun = 1
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the attributes that are read; end a sentence where the element is no part of one."""
        if tag not in INLINE:
            self.end()
        self.silent += tag in SILENT
        for name, value in attrs:
            if name in READ and value and (is_words(value) or is_word(value)):
                self.found.append((self.getpos()[0], f"attribute {name}", value.replace(GAP, " ")))

    def handle_endtag(self, tag: str) -> None:
        """End the sentence with its element."""
        if tag not in INLINE:
            self.end()
        self.silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        """Add to the sentence."""
        if self.silent:
            return
        for number, part in enumerate(data.split(GAP)):
            if number:
                self.end()
            if part.strip() and not self.words:
                self.begun = self.getpos()[0] + part[: len(part) - len(part.lstrip())].count("\n")
            if part.strip() or self.words:
                self.words.append(part)

    def end(self) -> None:
        """Keep what was read so far, where it holds a word."""
        text = "".join(self.words)
        if re.search(r"[A-Za-z]{2}", re.sub(r"\{[^}]*\}", "", text)):
            self.found.append((self.begun, "text", text))
        self.words.clear()

    def close(self) -> None:
        """Keep the rest."""
        super().close()
        self.end()
