"""Read an edition of the HTSUS from a file of the USITC: JSON, or CSV, whatever it calls its columns, plain or gzip.

What the files are like: rows stand in the order of the schedule and `indent` alone gives the tree; rows without a
number are superior text; codes, descriptions and units carry stray blanks, and in some editions tags for italics and
powers (`m<sup>2</sup>`); units are a list, a list written as a string, or words; rates stand on the 8-digit row and are
left blank below it; `addiitionalDuties` is the publisher's misspelling. JSON may wrap its list in an object.
"""

import hashlib
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exclusions.gateways.rows import BadRow, UnreadableFile, open_rows, read_bytes
from exclusions.hts import HtsError, parse

# Our name of each column, and what files call it, as letters and digits alone in lower case.
COLUMNS = {
    "number": ("htsno", "htsnumber", "htsnum", "htscode", "htsusnumber", "htsusno", "hts", "htsus", "tariffnumber"),
    "indent": ("indent", "indentlevel", "indentation"),
    "description": ("description", "articledescription", "productdescription", "desc"),
    "units": ("units", "unitofquantity", "unitsofquantity", "unit"),
    "general": ("general", "generalrateofduty", "generalrate", "column1general", "column1generalrateofduty"),
    "special": ("special", "specialrateofduty", "specialrate", "column1special", "column1specialrateofduty"),
    "other": ("other", "column2rateofduty", "column2", "column2rate", "otherrate", "otherrateofduty"),
}
# As people know the columns, for what is said to them.
SHOWN = {
    "number": "HTS Number",
    "indent": "Indent",
    "description": "Description",
    "units": "Unit of Quantity",
    "general": "General Rate of Duty",
    "special": "Special Rate of Duty",
    "other": "Column 2 Rate of Duty",
}
TAG = re.compile(r"<\\?/?[A-Za-z][A-Za-z0-9]{0,9}(?:\s[^<>]*)?\\?/?>")
SPACING_TAG = re.compile(r"<(?:br|p|div|li|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
DEEPEST = 20
# Chapters 1 to 99 without the reserved chapter 77; an export of all of them has 98.
WHOLE = 90


@dataclass(frozen=True, slots=True)
class EditionLine:
    """A numbered line. `number` is plain; rates are as printed, a child without any has those of its 8-digit line."""

    number: str
    indent: int
    position: int
    description: str
    full_description: str
    units: tuple[str, ...]
    general_rate: str
    special_rate: str
    other_rate: str


@dataclass(frozen=True)
class Edition:
    """The lines of a file in its order. `rows` counts all rows, also unnumbered and refused ones.

    `unread` are the plain numbers of refused rows, about which the file tells nothing.
    """

    source: str
    sha256: str
    rows: int
    lines: list[EditionLine]
    unread: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether the file reaches over all chapters; otherwise it is an export of a range."""
        return len({line.number[:2] for line in self.lines}) >= WHOLE


@dataclass(slots=True)
class _Tree:
    """Where we are in the schedule: the words above, and the rates of the last 8-digit line."""

    above: list[tuple[int, str]] = field(default_factory=list)
    rate_number: str = ""
    rates: tuple[str, str, str] = ("", "", "")
    seen: dict[str, int] = field(default_factory=dict)


def read_edition(path: Path, bad: list[BadRow]) -> Edition:
    """Read the file; rows that make no sense go to `bad` (in JSON, `line` is the row's place in the list, from 1).

    Raises UnreadableFile when the file as a whole is no edition.
    """
    content = read_bytes(path)
    names: dict[str, str] = {}
    torn: list[BadRow] = []
    if content.lstrip()[:1] in (b"[", b"{"):
        records = _json_records(path, content, names, torn)
    else:
        records = _csv_records(path, names, torn)
    tree = _Tree()
    lines: list[EditionLine] = []
    rows = 0
    unread: set[str] = set()
    for place, record in records:
        rows += 1
        try:
            line = _line(record, tree, place)
        except _Refusal as refusal:
            bad.append(BadRow(path.name, place, names[refusal.column], refusal.value, refusal.reason))
            unread.update(_number_if_any(record))
            continue
        if line is not None:
            lines.append(line)
    bad.extend(torn)
    if not lines and not bad:
        raise UnreadableFile(f"{path.name} has no numbered line. Choose an export of the HTSUS by the USITC.")
    return Edition(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), rows + len(torn), lines, frozenset(unread))


class _Refusal(Exception):
    def __init__(self, column: str, value: object, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, str(value), reason


def _json_records(
    path: Path, content: bytes, names: dict[str, str], bad: list[BadRow]
) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        rows = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name} is not UTF-8 text. Download it again, or save it as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{path.name} is not complete JSON ({error}). Download it again.") from error
    if isinstance(rows, dict):
        lists = [value for value in rows.values() if isinstance(value, list)]
        rows = lists[0] if len(lists) == 1 else rows
    if not isinstance(rows, list):
        raise UnreadableFile(f"{path.name} is not a list of rows. Choose the USITC's JSON export of the HTSUS.")
    first = next((row for row in rows if isinstance(row, dict)), {})
    names.update(_names(path, first))
    for place, row in enumerate(rows, start=1):
        if isinstance(row, dict) and all(name in row for name in names.values()):
            yield place, {ours: row[theirs] for ours, theirs in names.items()}
        else:
            bad.append(BadRow(path.name, place, "", str(row)[:80], "is not a complete row. Download the file again."))


def _csv_records(path: Path, names: dict[str, str], bad: list[BadRow]) -> Iterator[tuple[int, dict[str, Any]]]:
    for line, row in open_rows(path, bad):
        if not names:
            names.update(_names(path, row))
        yield line, {ours: row[theirs] for ours, theirs in names.items()}


def _names(path: Path, row: dict[str, Any]) -> dict[str, str]:
    """Find what the file calls each column, whatever its case, blanks, dots, dashes and underscores."""
    plain: dict[str, list[str]] = {}
    for theirs in row:
        plain.setdefault(re.sub(r"[^a-z0-9]", "", str(theirs).lower()), []).append(theirs)
    names = {}
    for ours, choices in COLUMNS.items():
        found = [theirs for choice in choices for theirs in plain.get(choice, ())]
        if not found:
            raise UnreadableFile(
                f"{path.name} has no column “{choices[0]}” or “{SHOWN[ours]}”, so it is no HTSUS edition. "
                "Choose a JSON or CSV export of the USITC."
            )
        names[ours] = found[0]
    return names


def _line(record: dict[str, Any], tree: _Tree, place: int) -> EditionLine | None:
    """Read one row and move on in the tree; None for a row of superior text."""
    indent = _indent(record["indent"])
    description = _text(record, "description")
    if not description:
        raise _Refusal("description", "", "has no description. Download the file again.")
    while tree.above and tree.above[-1][0] >= indent:
        tree.above.pop()
    full = ": ".join([*(words for _, words in tree.above), description])
    tree.above.append((indent, description.rstrip(" :")))
    text = _text(record, "number")
    if not text:
        return None
    try:
        number = parse(text).plain
    except HtsError as error:
        raise _Refusal("number", text, str(error)) from error
    if number in tree.seen:
        raise _Refusal("number", text, f"is on line {tree.seen[number]} already. Keep one of the two.")
    tree.seen[number] = place
    units = _units(record["units"])
    rates = _rates(record, number, tree)
    return EditionLine(number, indent, len(tree.seen), description, full, units, *rates)


def _number_if_any(record: dict[str, Any]) -> set[str]:
    try:
        return {parse(str(record["number"])).plain}
    except HtsError:
        return set()


def _indent(value: object) -> int:
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and int(text) <= DEEPEST):
        raise _Refusal("indent", value, f"is not an indent. Give a whole number from 0 to {DEEPEST}.")
    return int(text)


def _text(record: dict[str, Any], column: str) -> str:
    value = record[column]
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _Refusal(column, value, "is not text. Download the file again.")
    return _plain_text(value)


def _plain_text(text: str) -> str:
    """Return the text without tags and entities, with single blanks."""
    if "<" in text:
        text = TAG.sub("", SPACING_TAG.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.split())


def _units(value: object) -> tuple[str, ...]:
    """Read units given as a list, as a JSON list in a string, or as words with commas; blank members go."""
    units = value
    if isinstance(value, str):
        text = value.strip()
        if not text.startswith(("[", "{")):
            return tuple(unit for unit in map(_plain_text, re.split(r"[,;|]", text)) if unit)
        try:
            units = json.loads(text)
        except ValueError as error:
            raise _Refusal("units", value, 'is not a list of units. Write it like ["No.","kg"].') from error
    if units is None:
        return ()
    if not isinstance(units, list) or not all(isinstance(unit, str) for unit in units):
        raise _Refusal("units", value, 'is not a list of units. Write it like ["No.","kg"].')
    return tuple(unit for unit in map(_plain_text, units) if unit)


def _rates(record: dict[str, Any], number: str, tree: _Tree) -> tuple[str, str, str]:
    general, special, other = (_text(record, column) for column in ("general", "special", "other"))
    if len(number) == 8:
        tree.rate_number, tree.rates = number, (general, special, other)
    elif len(number) == 10 and not general and number.startswith(tree.rate_number or "-"):
        return tree.rates
    return general, special, other
