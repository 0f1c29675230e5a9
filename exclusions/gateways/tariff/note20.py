"""The text of U.S. note 20 to subchapter III of chapter 99: the granted exclusions, one item a numbered product.

The text comes from the pages of the HTSUS, so page headings interrupt sentences and lists. Subdivisions that a copy
leaves out are named in `left_out`. Which heading carries which subdivision is read from the note's own "except
products … provided for in" lists; which duty it lifts, from each subdivision's first sentences.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from exclusions.gateways.rows import BadRow, UnreadableFile, read_bytes
from exclusions.gateways.tariff.exclusion_item import ExclusionItem, own_window
from exclusions.gateways.tariff.shipped_facts import exclusion_headings

PAGE_HEADING = re.compile(
    r"^\s*(?:Harmonized Tariff Schedule of the United States.*|Annotated for Statistical Reporting Purposes"
    r"|[IVXL]+|99 - III - \d+|U\.S\. Notes \(con\.\))\s*$"
)
OPENING = re.compile(r"^\((?P<letter>[a-zA-Z]{1,3})\)\s*(?:\((?P<part>i)\)\s*)?(?P<rest>\S.*)$")
LEFT_OUT = re.compile(r"^\[Extract: text of subdivision \((?P<letter>\w+)\) is left out")
ITEM = re.compile(r"^(?P<indent>\s*)\((?P<number>\d+)\)\s+(?P<rest>\S.*)$")
# "[(72) Deleted.]": the number stands within the brackets, and is counted like any other.
BRACKETED = re.compile(r"^(\s*)\[(\(\d+\)\s+)(?=.*\bdeleted\b)", re.IGNORECASE)
NEXT_NOTE = re.compile(r"^\d+\.\s+\(a\)")
CARRIED_BY = re.compile(r"heading (9903\.\d\d\.\d\d) and U\.S\. note 20\((\w+)\)(\([ivx]+\))?")
RELEASES = re.compile(
    r"additional duties (?:provided for in|imposed by) ((?:(?!additional duties).)*?) shall not apply"
)
HEADING = re.compile(r"9903\.88\.\d\d")
EXCLUDES = "determined to establish a process by which particular products"
OPENINGS = ("The U.S. Trade Representative", "For the purposes", "For purposes", "Heading 9903")
# A subdivision of the early rounds fills a few pages at most, so one begins within this many characters.
LOOKED_AT = 1_000_000
PARTS = ("i", "ii", "iii", "iv", "v")
LIST_OF = {"99038801": "1", "99038802": "2", "99038803": "3", "99038804": "3", "99038815": "4A", "99038816": "4B"}


@dataclass
class Note:
    """What the text gave: the items, the subdivisions it leaves out, and what could not be understood.

    `unplaced` counts the products before the first subdivision of a text that begins amid one: nothing tells whose.
    """

    items: list[ExclusionItem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    unplaced: int = 0


@dataclass
class _Subdivision:
    """A subdivision or one of its parts while it is being read: `words` until the first item, then the items."""

    letter: str
    part: str
    line: int
    words: str = ""
    items: list[tuple[int, str, str]] = field(default_factory=list)
    is_before_any: bool = False

    @property
    def name(self) -> str:
        return f"{self.letter}({self.part})" if self.part else self.letter


def is_note_text(path: Path) -> bool:
    """Whether the file (plain or gzip) is the text of U.S. note 20, from its beginning or from any paragraph on."""
    start = read_bytes(path)[:LOOKED_AT].decode("utf-8-sig", errors="replace")
    if start.lstrip().startswith("20. (a)"):
        return True
    openings = (OPENING.match(line) for line in start.splitlines())
    return any(opening and opening["rest"].startswith(OPENINGS) for opening in openings)


def read_note(path: Path) -> Note:
    """Return every exclusion of the note. Raises UnreadableFile when the file is not the text of U.S. note 20."""
    try:
        lines = read_bytes(path).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name} is not UTF-8 text. Save the note as UTF-8 text.") from error
    note = Note()
    subdivisions = _subdivisions(lines, note)
    carried_by = _headings_by_subdivision(lines)
    note.unplaced = sum(len(part.items) for part in subdivisions if part.is_before_any)
    for part in subdivisions:
        if EXCLUDES in part.words and not part.is_before_any:
            _take(path, part, carried_by, note)
    if not note.items:
        raise UnreadableFile(f"{path.name} holds no exclusions. Give the text of U.S. note 20, or a part of it.")
    return note


def _text_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that belong to note 20, without page headings."""
    for number, line in enumerate(lines, start=1):
        if NEXT_NOTE.match(line) and not line.startswith("20."):
            return
        if line.strip() and not PAGE_HEADING.match(line):
            yield number, BRACKETED.sub(r"\1\2[", line.rstrip())


def _subdivisions(lines: list[str], note: Note) -> list[_Subdivision]:
    found: list[_Subdivision] = [_Subdivision("a", "", 1, is_before_any=True)]
    for number, line in _text_lines(lines):
        current = found[-1]
        if gap := LEFT_OUT.match(line):
            note.left_out.append(gap["letter"])
            found.append(_Subdivision(gap["letter"], "", number))
        elif (opening := OPENING.match(line)) and _opens(opening["rest"]):
            letter = "ll" if opening["letter"] == "II" else opening["letter"]  # the note misprints (ll) as (II)
            if current.is_before_any and letter in PARTS[1:]:  # a part of one unknown, or (ii) itself: not to be told
                found.append(_Subdivision(letter, "", number, opening["rest"], is_before_any=True))
            elif current.part and letter == PARTS[PARTS.index(current.part) + 1]:
                found.append(_Subdivision(current.letter, letter, number, opening["rest"]))
            else:
                found.append(_Subdivision(letter, opening["part"] or "", number, opening["rest"]))
        elif (item := ITEM.match(line)) and _begins(item, current):
            current.items.append((number, item["number"], item["rest"]))
        elif current.items:
            at, printed, text = current.items[-1]
            current.items[-1] = (at, printed, f"{text} {line.strip()}")
        else:
            current.words = f"{current.words} {line.strip()}"
    return found


def _opens(rest: str) -> bool:
    """Whether words after a letter in parentheses begin a subdivision, and not a numbered clause inside one."""
    return rest.startswith(OPENINGS)


def _begins(item: re.Match[str], current: _Subdivision) -> bool:
    """Whether a number in parentheses begins a product: at the margin always, indented only when it is the next one."""
    last = current.items[-1][1] if current.items else "0"
    return not item["indent"] or (bool(current.items) and int(item["number"]) == int(last) + 1)


def _headings_by_subdivision(lines: list[str]) -> dict[str, str]:
    text = " ".join(" ".join(line for _, line in _text_lines(lines)).split())
    # What the text itself says goes before what is known of the note.
    found = {fact.note: fact.heading for fact in exclusion_headings().values()}
    for heading, letter, part in CARRIED_BY.findall(text):
        found[f"{letter}{part}"] = found[letter] = heading.replace(".", "")
    return found


def _take(path: Path, part: _Subdivision, carried_by: dict[str, str], note: Note) -> None:
    words = " ".join(part.words.split())
    heading = carried_by.get(part.name) or carried_by.get(part.letter)
    releases = RELEASES.search(words)
    released = tuple(code.replace(".", "") for code in HEADING.findall(releases[1])) if releases else ()
    if not heading or not released:
        what = "which heading carries it" if not heading else "which duty it lifts"
        reason = f"the note does not say {what}, so we cannot place its {len(part.items)} products."
        note.bad.append(BadRow(path.name, part.line, "subdivision", f"20({part.name})", reason))
        return
    for seq, (line, printed, text) in enumerate(part.items, start=1):
        text = " ".join(text.split())
        start, end = own_window(text) or (None, None)
        item = ExclusionItem(heading, part.name, LIST_OF[released[0]], released, seq, printed, text, start, end, line)
        note.items.append(item)
