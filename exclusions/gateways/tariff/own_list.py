"""The lines of a list that an administrator brings: a table with `hts`, and where they differ heading and days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from exclusions.gateways.cells import BadCell, cell_text, day, number
from exclusions.gateways.rows import BadRow, UnreadableFile, is_sheet, open_rows, open_sheet
from exclusions.gateways.tariff.list_table import mend
from exclusions.hts import dotted

COLUMNS = ("hts", "chapter99_heading", "effective_date", "end_date", "included")
_IN, _OUT = {"", "yes", "y", "true", "1"}, {"no", "n", "false", "0"}
MOST = 20_000


@dataclass(frozen=True)
class OwnLine:
    """A number (plain, 8 or 10 digits) that a list covers, or carves out when not `included`; days are inclusive."""

    number: str
    heading: str
    included: bool
    valid_from: date
    valid_to: date | None


@dataclass
class OwnTable:
    """What a file gave: its lines, the cells refused, and what was mended."""

    lines: list[OwnLine] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_own_list(path: Path, *, headings: Sequence[str], first_day: date | None) -> OwnTable:
    """Return the lines of a CSV or XLSX file for a list with these headings (plain, 8 digits) and this first day.

    Raises UnreadableFile for a file that is no table, or has no column `hts`.
    """
    found, mended = OwnTable(), {"date": 0, "zero": 0}
    seen: set[tuple[str, str, bool]] = set()
    rows = _sheet_rows(path, mended) if is_sheet(path) else open_rows(path, found.bad)
    for line, cells in rows:
        if "hts" not in cells:
            known = ", ".join(COLUMNS)
            raise UnreadableFile(f"{path.name} has no column “hts”. The columns that are read are: {known}.")
        try:
            one = _line(cells, headings, first_day)
        except BadCell as refused:
            found.bad.append(refused.row(path, line))
            continue
        key = (one.number, one.heading, one.included)
        if key in seen:
            found.bad.append(BadRow(path.name, line, "hts", dotted(one.number), "is in this file twice. Keep one."))
            continue
        seen.add(key)
        found.lines.append(one)
        if len(found.lines) > MOST:
            raise UnreadableFile(f"{path.name} has more than {MOST:,} lines. Divide it.")
    if mended["date"] or mended["zero"]:
        found.notices.append(f"{sum(mended.values())} codes that a spreadsheet had changed were corrected. Check them.")
    if not found.lines and not found.bad:
        raise UnreadableFile(f"{path.name} holds no rows. Check that it is the right file.")
    return found


def _sheet_rows(path: Path, mended: dict[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below the heading row as text cells, with spreadsheet damage to codes put right."""
    columns: list[str] = []
    for line, cells in open_sheet(path):
        words = [cell_text(cell) for cell in cells]
        if not columns:
            columns = words
            continue
        found = dict(zip(columns, words + [""] * len(columns), strict=False))
        if "hts" in columns:
            place = columns.index("hts")
            found["hts"] = mend(cells[place], words[place], mended)
        yield line, found


def _line(cells: dict[str, str], headings: Sequence[str], first_day: date | None) -> OwnLine:
    plain = number("hts", cells["hts"], (8, 10))
    starts = (day(cells, "effective_date") if "effective_date" in cells else None) or first_day
    if starts is None:
        raise BadCell("effective_date", "", "is empty, and the list has no first day. Enter one of them.")
    ends = day(cells, "end_date") if "end_date" in cells else None
    if ends is not None and ends < starts:
        raise BadCell("end_date", f"{ends}", f"is before the first day, {starts}. Correct one of them.")
    word = cells.get("included", "").strip().lower()
    if word not in _IN | _OUT:
        raise BadCell("included", cells["included"], "is neither yes nor no. Write no for a line that is carved out.")
    return OwnLine(plain, _heading(cells, headings), word in _IN, starts, ends)


def _heading(cells: dict[str, str], headings: Sequence[str]) -> str:
    typed = cells.get("chapter99_heading", "").strip()
    if not typed and len(headings) == 1:
        return headings[0]
    known = ", ".join(dotted(heading) for heading in headings)
    if not typed:
        raise BadCell("chapter99_heading", "", f"is empty, and the list has several headings: {known}. Enter one.")
    plain = number("chapter99_heading", typed, (8,))
    if plain not in headings:
        raise BadCell("chapter99_heading", typed, f"is no heading of this list. Its rates have: {known}.")
    return plain
