"""Read a list of renumbered statistical numbers: old and new number, undotted, `NA` for none.

The published list is made by comparing texts, so a pair is a hint, not law; pairs can be many to many.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from exclusions.gateways.rows import BadRow, UnreadableFile, open_bytes, open_rows
from exclusions.gateways.tariff.hts_calendar import edition_start, revision_name
from exclusions.hts import HtsError, parse

COLUMNS = ("old_hts10", "new_hts10", "revision_from", "revision_to", "change_type")
NONE = "NA"


@dataclass(frozen=True, order=True)
class LineChange:
    """One pair; "" for an old number when the new one was added, for a new number when the old one was dropped."""

    old_number: str
    new_number: str
    revision_from: str
    revision_to: str
    change_type: str
    effective_on: date | None


def is_change_list(path: Path) -> bool:
    """Whether the file is a list of changes rather than an edition, by its headings."""
    try:
        with open_bytes(path) as stream:
            if stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
                return False
        _, row = next(open_rows(path, []), (0, {}))
    except UnreadableFile:
        return False
    return set(COLUMNS) <= set(row)


def read_changes(path: Path, bad: list[BadRow]) -> tuple[int, list[LineChange]]:
    """How many rows the file has, and its pairs, each once. Rows that make no sense go to `bad`.

    Raises UnreadableFile when the columns are not those of a list of changes.
    """
    rows = 0
    torn: list[BadRow] = []
    changes: dict[LineChange, None] = {}
    for line, row in open_rows(path, torn):
        rows += 1
        missing = [name for name in COLUMNS if name not in row]
        if missing:
            raise UnreadableFile(f"{path.name} has no column “{missing[0]}”, so it is no list of changes.")
        change = _change(path, line, row, bad)
        if change is not None:
            changes[change] = None
    bad.extend(torn)
    return rows + len(torn), list(changes)


def _change(path: Path, line: int, row: dict[str, str], bad: list[BadRow]) -> LineChange | None:
    numbers = []
    for column in ("old_hts10", "new_hts10"):
        text = row[column].strip()
        try:
            numbers.append("" if text in (NONE, "") else parse(text, digits=(10,)).plain)
        except HtsError as error:
            bad.append(BadRow(path.name, line, column, text, str(error)))
            return None
    old, new = numbers
    if not (old or new):
        bad.append(BadRow(path.name, line, "", "", "names neither an old nor a new number. Remove the row."))
        return None
    before, after = (revision_name(row[name]) or row[name].strip() for name in ("revision_from", "revision_to"))
    return LineChange(old, new, before, after, row["change_type"].strip(), edition_start(after))
