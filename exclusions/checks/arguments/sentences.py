"""Where the sentences of a text begin and end, as offsets into the text itself."""

import re
from collections.abc import Iterator
from typing import Final

# Words whose full stop ends no sentence when another word follows.
_ABBREVIATED = (
    "approx assn bros cf co corp dept dr e.g eg esp est etc fig figs hq i.e ie inc incl jr llc llp ltd max min mfg mr "
    "mrs ms no nos p pp para pct ref sec sect sr st u.s u.s.a u.k v vol vs"
)
ABBREVIATIONS: Final = frozenset(_ABBREVIATED.split())
_END = re.compile(r"""[.!?]+["'”’)\]]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*•–]|\(?\d{1,2}[.)])\s)|(?<=;)\s(?=\(?\w\)\s)""")
_LAST_WORD = re.compile(r"[(\[\"'“]*([\w.&]+)$")
_NEXT = re.compile(r"\s*(\S)")
_INITIAL = re.compile(r"(?:^|\s)[A-Z]$")  # “U. S. Steel”


_LEAD = re.compile(r"(?:\s|&quot;|[-*•–]+\s|\(?\d{1,2}[.)]\s)*(?:N/?A\b[\s.,:–-]*(?=\w))?")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, without the blanks, bullets and “N/A” before it."""
    start = 0
    for found in _END.finditer(text):
        if text[found.start()] in ".!?" and not _ends(text, found.start(), found.end()):
            continue
        yield from _trimmed(text, start, found.end())
        start = found.end()
    yield from _trimmed(text, start, len(text))


def _ends(text: str, stop: int, after: int) -> bool:
    """Say whether the stop at that place ends a sentence."""
    following = _NEXT.match(text, after)
    if following is None or text[stop] in "!?":
        return True
    last = _LAST_WORD.search(text, max(0, stop - 40), stop)
    word = last.group(1) if last else ""
    begins = not following.group(1).islower()
    if _INITIAL.search(text, max(0, stop - 3), stop):
        return False
    if "." in word:  # “the U.S. Our plant”: a new sentence, if any, begins with a word that begins sentences
        return begins and bool(re.match(r"\s+(?:The|We|Our|It|This|These|They|In|There|No|If|As|A|An)\b", text[after:]))
    return begins and word.lower() not in ABBREVIATIONS


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the span without blanks, quotation marks of markup and bullets at its edges; nothing where none is left."""
    part = text[start:end]
    lead = _LEAD.match(part)
    begin = start + (lead.end() if lead else 0)
    stop = start + len(part.rstrip())
    if begin < stop and re.search(r"\w", text[begin:stop]):
        yield begin, stop
