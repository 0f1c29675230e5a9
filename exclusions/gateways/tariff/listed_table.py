"""Tables of the exclusions that a round of comments lists: each by its place in U.S. note 20.

Columns `list, heading, note, item`; where a product's text is on file under another heading than the one at stake,
`text_heading, text_note, text_item` say where, and are empty or left out otherwise.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from exclusions.gateways.rows import BadRow, open_rows
from exclusions.gateways.tariff.shipped_facts import DATA
from exclusions.hts import HtsError, parse

COLUMNS = ("list", "heading", "note", "item")
TEXT_COLUMNS = ("text_heading", "text_note", "text_item")
SHIPPED = {"reinstatement-2021": DATA / "listed_2021_0019.csv"}


@dataclass(frozen=True)
class Place:
    """A place in the note: heading plain, the letters of the subdivision, the paragraph as printed."""

    heading: str
    note: str
    item: str

    @property
    def printed(self) -> str:
        """As it is cited: 9903.88.56, 20(iii)(14)."""
        return f"{self.heading[:4]}.{self.heading[4:6]}.{self.heading[6:]}, 20({self.note})({self.item})"


@dataclass(frozen=True)
class ListedRow:
    """One exclusion of the table: the line of the file, the list, its place; `text_at` where its text is on file."""

    line: int
    list_code: str
    place: Place
    text_at: Place | None


def read_listed_table(path: Path) -> tuple[list[ListedRow], list[BadRow]]:
    """Return the rows of a table, and those that cannot be understood. Raises UnreadableFile."""
    rows: list[ListedRow] = []
    bad: list[BadRow] = []
    seen: dict[tuple[str, Place], int] = {}
    for line, cells in open_rows(path, bad):
        missing = [column for column in COLUMNS if not cells.get(column, "").strip()]
        if missing:
            bad.append(
                BadRow(path.name, line, missing[0], "", "is empty or missing. Give list, heading, note and item.")
            )
            continue
        try:
            place = _place(cells, COLUMNS[1:])
            text_at = _place(cells, TEXT_COLUMNS) if cells.get("text_heading", "").strip() else None
        except HtsError as error:
            bad.append(BadRow(path.name, line, "heading", cells["heading"], str(error)))
            continue
        first = seen.setdefault((cells["list"].strip(), place), line)
        if first != line:
            bad.append(BadRow(path.name, line, "item", place.printed, f"stands in line {first} already. Remove one."))
            continue
        rows.append(ListedRow(line, cells["list"].strip(), place, text_at))
    return rows, bad


def _place(cells: dict[str, str], columns: tuple[str, ...]) -> Place:
    heading, note, item = (cells.get(column, "").strip() for column in columns)
    return Place(parse(heading, digits=(8,)).plain, _letters(note), item)


def _letters(note: str) -> str:
    """Return a subdivision as the registry keeps it: "20(sss)(ii)" and "sss(ii)" both give "sss(ii)"."""
    parts: list[str] = re.findall("[a-z]+", note) or [""]
    first, *below = parts
    return first + "".join(f"({part})" for part in below)
