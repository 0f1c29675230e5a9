"""Write static/css/uswds.css: of the vendored style sheet, the rules that this site can use.

    python static/vendor/trim_uswds.py

A rule stays if every class in its selector occurs as a word in a template, a module or a script of ours, or begins as one
of them ends (`usa-alert--{{ kind }}`). Selectors without a class stay where they speak of elements. Of the fonts stay the
families and weights that `static/css/site.css` asks for. Nothing is rewritten but the addresses of files.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "static/vendor/uswds/css/uswds.min.css"
TRIMMED = ROOT / "static/css/uswds.css"
READ = ("templates/**/*.html", "exclusions/**/*.py", "static/js/*.js")
# What browsers and the account library's own templates bring, which no file of ours spells out.
ALSO = frozenset({"usa-alert--success", "usa-alert--error", "usa-alert--warning", "usa-alert--info", "usa-js-loading"})
# (family, weight, style) of the faces in use; the sheet names eighteen.
FACES = frozenset(
    {
        ("Source Sans Pro Web", "400", "normal"),
        ("Source Sans Pro Web", "700", "normal"),
        ("Source Sans Pro Web", "400", "italic"),
        ("Roboto Mono Web", "400", "normal"),
    }
)
# Where files lie as seen from static/css; and text that is never set twice: a font that is late waits for the next page,
# and the one in its place has its measures (site.css).
ALTERED = (
    ("url(../", "url(../vendor/uswds/"),
    ("font-display:fallback", "font-display:optional"),
    ("Source Sans Pro Web,Helvetica Neue", "Source Sans Pro Web,Source Sans Stand-in,Helvetica Neue"),
)
CHARSET = '@charset "UTF-8";'
CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
WORD = re.compile(r"[A-Za-z_][\w-]*")


def words_of(texts: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words of the texts, and of those that end open (`usa-alert--`) how a class would begin."""
    words = {word for text in texts for word in WORD.findall(text)}
    return frozenset(words) | ALSO, tuple(sorted(word for word in words if re.fullmatch(r"usa-[\w-]+(--|__)", word)))


def pieces(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield (prelude, block) of each rule at the top of a sheet; a rule without a block has an empty one."""
    at, length = 0, len(sheet)
    while at < length:
        opened, ended = sheet.find("{", at), sheet.find(";", at)
        if opened < 0 or -1 < ended < opened:
            stop = ended + 1 if ended >= 0 else length
            yield sheet[at:stop].strip(), ""
            at = stop
            continue
        depth, close = 1, opened + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[close], 0)
            close += 1
        yield sheet[at:opened].strip(), sheet[opened + 1 : close - 1]
        at = close


def selectors(prelude: str) -> list[str]:
    """Return the selectors of a prelude, parted at its outer commas."""
    found, depth, begun = [], 0, 0
    for place, sign in enumerate(prelude):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            found.append(prelude[begun:place])
            begun = place + 1
    return [*found, prelude[begun:]]


def is_used(selector: str, words: frozenset[str], open_words: tuple[str, ...]) -> bool:
    """Say whether something on a page can be meant by a selector; utilities that ask for a part of a name are not."""
    if "[class*=" in selector:
        return False
    positive = re.sub(r":not\([^()]*(?:\([^()]*\)[^()]*)*\)", "", selector)
    names = [re.sub(r"\\(.)", r"\1", name) for name in CLASS.findall(positive)]
    return all(name in words or (open_words and name.startswith(open_words)) for name in names)


def face(block: str) -> tuple[str, str, str]:
    """Return family, weight and style of a font face."""
    said = dict(part.split(":", 1) for part in block.split(";") if ":" in part and "url" not in part.split(":", 1)[0])
    return said.get("font-family", "").strip("\"'"), said.get("font-weight", "400"), said.get("font-style", "normal")


def trimmed(sheet: str, words: frozenset[str], open_words: tuple[str, ...]) -> str:
    """Return the rules of a sheet that are used, in their order."""
    kept = []
    for prelude, block in pieces(sheet):
        if prelude.startswith("@font-face"):
            if face(block) in FACES:
                kept.append(f"{prelude}{{{block}}}")
        elif prelude.startswith(("@media", "@supports")):
            inner = trimmed(block, words, open_words)
            if inner:
                kept.append(f"{prelude}{{{inner}}}")
        elif prelude.startswith("@"):
            if block and (not prelude.startswith("@keyframes") or prelude.split()[-1] in words):
                kept.append(f"{prelude}{{{block}}}")
        else:
            used = [one for one in selectors(prelude) if is_used(one, words, open_words)]
            if used:
                kept.append(f"{','.join(used)}{{{block}}}")
    return "\n".join(kept)


def made() -> str:
    """Return the trimmed sheet, with its files where they lie as seen from static/css."""
    texts = (path.read_text() for pattern in READ for path in sorted(ROOT.glob(pattern)))
    body = trimmed(SHEET.read_text(), *words_of(texts))
    for there, here in ALTERED:
        body = body.replace(there, here)
    return f"{CHARSET}\n/* Made by static/vendor/trim_uswds.py of USWDS 3.14.0. Not edited by hand. */\n{body}\n"


if __name__ == "__main__":
    TRIMMED.write_text(made())
