"""What stands in one cell of a table: read it as a day, a number or words, or refuse it with a sentence."""

from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from exclusions.gateways.rows import BadRow
from exclusions.hts import HtsError, parse

ISO, PORTAL = "%Y-%m-%d", "%b %d, %Y"


class BadCell(Exception):
    """One cell, or with `column` "" a whole row, that cannot be understood. `reason` follows the value."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason

    def row(self, path: Path, line: int) -> BadRow:
        """Say where it was."""
        return BadRow(path.name, line, self.column, self.value, self.reason)


class Merged(str):
    """What a merged cell says, in a cell below its first, which itself is empty."""

    __slots__ = ()


def cell_text(cell: object) -> str:
    """Write a cell of a spreadsheet as a CSV file would: days as year-month-day, whole numbers without a point."""
    if type(cell) is str:  # most are
        return cell.strip()
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def number(column: str, text: str, digits: tuple[int, ...]) -> str:
    """Return the plain HTSUS number of one of these lengths. Raises BadCell."""
    try:
        return parse(text, digits=digits).plain
    except HtsError as error:
        raise BadCell(column, "", str(error)) from error


def day(cells: dict[str, str], column: str) -> date | None:
    """Return the day written as 2019-06-30 or Jun 30, 2019; None for an empty cell. Raises BadCell."""
    text = cells[column].strip()
    if not text:
        return None
    found = _day(text)
    if found is None:
        raise BadCell(column, text, "is not a date. Write it as 2019-06-30 or Jun 30, 2019.")
    return found


def last_day(cells: dict[str, str], column: str, kind: str) -> date | None:
    """Return the last day, inclusive; column `kind` says whether the day itself still counts. Raises BadCell."""
    end, word = day(cells, column), cells[kind].strip()
    if end and word not in ("inclusive", "exclusive"):
        raise BadCell(kind, word, "must be “inclusive” or “exclusive” when there is an end date.")
    return end - timedelta(days=1) if end and word == "exclusive" else end


@cache
def _day(text: str) -> date | None:
    for form in (ISO, PORTAL):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day, not a moment
        except ValueError:
            continue
    return None
