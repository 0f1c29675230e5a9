"""A page of HTML as lines, one an element's begin, text or end: two pages that a browser shows alike are alike."""

import re
from html.parser import HTMLParser

SPACE = re.compile(r"[ \t\n\r\f]+")
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
# Beside these, and within them, white space is seen; beside all others it is not.
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "del", "dfn", "em", "i", "img", "input", "ins",
    "kbd", "label", "mark", "output", "q", "s", "samp", "select", "small", "span", "strong", "sub", "sup", "svg",
    "textarea", "time", "u", "var",
})  # fmt: skip
EXACT = frozenset({"pre", "textarea", "script", "style"})


class Tree(HTMLParser):
    """Reads a page into `lines`."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._text: list[str] = []
        self._exact = 0
        self._after_space = True  # white space here would not be seen
        self._last_text: int | None = None  # the line whose last space is not seen, should a block begin or end next
        self.feed(page)
        self.close()
        self._say_text()

    def handle_decl(self, decl: str) -> None:
        """Take the declaration of the document."""
        self.lines.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the begin of an element with its attributes in the order of their names."""
        self._say_text()
        self._pass(tag)
        has = sorted((name, self._value(name, value)) for name, value in attrs)
        self.lines.append(f"<{' '.join([tag, *(f'{name}={value!r}' for name, value in has)])}>")
        if tag in EXACT:
            self._exact += 1
        elif tag in {"img", "input", "br"}:
            self._after_space, self._last_text = tag == "br", None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that is closed at once."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in VOID:
            return
        self._say_text()
        if tag in EXACT and self._exact:
            self._exact -= 1
        self._pass(tag)
        self.lines.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Take text."""
        self._text.append(data)

    def _say_text(self) -> None:
        text, self._text = "".join(self._text), []
        if self._exact:
            self.lines.extend([repr(text)] if text else [])
            return
        text = SPACE.sub(" ", text)
        if self._after_space:
            text = text.removeprefix(" ")
        if text:
            self._after_space = text.endswith(" ")
            self.lines.append(text)
            self._last_text = len(self.lines) - 1

    def _pass(self, tag: str) -> None:
        """Beside a block white space is not seen, neither before nor behind it."""
        if tag in INLINE:
            return
        if self._last_text is not None:
            self.lines[self._last_text] = self.lines[self._last_text].removesuffix(" ")
            if not self.lines[self._last_text]:
                del self.lines[self._last_text]
        self._after_space, self._last_text = True, None

    @staticmethod
    def _value(name: str, value: str | None) -> str:
        return " ".join((value or "").split()) if name == "class" else value or ""


def tree_lines(page: str) -> list[str]:
    """Return the lines of a page."""
    return Tree(page).lines
