"""Tables of covered subheadings: which numbers an action covers, under which chapter 99 heading, and since when.

Four shapes are known by their headings: the USITC table (`hts, chapter99_heading`), the wider table by list with fixed
phrases in `notes`, the rate periods, and the lines of the four-year review. Any of them may be CSV, gzip or XLSX; in
a sheet, codes that Excel turned into dates or bare numbers are put right and counted, and page headings and prose
between the rows are passed over.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path

from exclusions.gateways.cells import BadCell, cell_text, day, last_day, number
from exclusions.gateways.rows import BadRow, UnreadableFile, is_sheet, open_rows, open_sheet
from exclusions.hts import dotted

LIST_OF = {
    "99038801": "1",
    "99038802": "2",
    "99038803": "3",
    "99038804": "3",
    "99038809": "3",
    "99038815": "4A",
    "99038816": "4B",
    **{f"990391{part:02}": "FYR" for part in range(1, 12)},
    "99039210": "FYR",
    **{f"990391{part}": "MAR" for part in (12, 14, 15, 16)},
    "99030531": "FL",
}
PARTIAL = {"99038804", "99039109", "99039110", "99039210", *(code for code in LIST_OF if LIST_OF[code] == "MAR")}
IN_TRANSIT, SUSPENDED = "99038809", "99038816"
PAGE_HEADING = "Harmonized Tariff Schedule "
NUMBER = r"\d{4}\.\d{2}\.\d{4}"
ONLY = re.compile(rf"partial in 2020: only ((?:{NUMBER} ?)+)")
ALL_BUT = re.compile(rf"partial in 2026: all but ((?:{NUMBER} ?)+)")
MOVED = re.compile(r"2024 review: (9903\.\d\d\.\d\d) [\d.]+% from (\d{4}-\d\d-\d\d)")
MOVED_NUMBER = re.compile(rf"({NUMBER}): 9903\.\d\d\.\d\d [\d.]+% from (\d{{4}}-\d\d-\d\d)")
TABLE_DAY = date(2020, 1, 1)

Row = tuple[int, dict[str, str]]


@dataclass(frozen=True)
class ListLine:
    """A number (plain, 8 or 10 digits) that an action covers, or carves out when not `included`.

    Days are inclusive. `valid_from` None: the file does not say; it is then not before `at_earliest`, if given, and
    otherwise the first day of the action. `valid_to` None: no end is stated.
    """

    list_code: str
    number: str
    heading: str
    included: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    at_earliest: date | None = None


@dataclass(frozen=True)
class RateLine:
    """The percent of value of an action's heading between two days, inclusive. `valid_from` None: not stated.

    `goods`: the only goods of its lines that the heading is for; `other_goods`: the plain heading of the others.
    """

    list_code: str
    heading: str
    pct: Decimal
    kind: str
    valid_from: date | None
    valid_to: date | None
    source: str
    goods: str = ""
    other_goods: str = ""


@dataclass
class ListTable:
    """What a file gave: its shape, the rows read, the lines and rates in them, and the rows refused."""

    shape: str = ""
    read: int = 0
    lines: list[ListLine] = field(default_factory=list)
    rates: list[RateLine] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def read_list_table(path: Path) -> ListTable:
    """Return the lines of a table of covered subheadings. Raises UnreadableFile when no known shape fits."""
    table = ListTable()
    rows = _sheet_rows(path, table) if is_sheet(path) else open_rows(path, table.bad)
    seen: set[ListLine] = set()
    repeats = 0
    for line, cells in rows:
        take = _reader(path, table, cells)
        table.read += 1
        try:
            given = take(cells)
        except BadCell as refused:
            table.bad.append(refused.row(path, line))
            continue
        for one in given:
            if isinstance(one, RateLine):
                table.rates.append(one)
            elif one in seen:
                repeats += 1
            else:
                seen.add(one)
                table.lines.append(one)
    if repeats:
        table.notices.append(f"{repeats} lines repeat an earlier one word for word and were taken once.")
    if not table.read and not table.bad:
        raise UnreadableFile(f"{path.name} holds no rows. Check that it is the right file.")
    table.read += len({bad.line for bad in table.bad if not bad.column})  # rows that never became cells
    return table


def _reader(
    path: Path, table: ListTable, cells: dict[str, str]
) -> Callable[[dict[str, str]], list[ListLine | RateLine]]:
    columns = set(cells)
    for shape, needed, take in SHAPES:
        if needed <= columns:
            table.shape = shape
            return take
    raise UnreadableFile(
        f"{path.name} is not a table of covered subheadings: it has the columns {', '.join(sorted(columns))}. "
        "Expected “hts, chapter99_heading”, or the wider table with “hts8, list, chapter99_heading”."
    )


def _usitc(cells: dict[str, str]) -> list[ListLine | RateLine]:
    plain, heading = number("hts", cells["hts"], (8, 10)), _heading(cells)
    source = "USITC table" + (", partly covered" if len(plain) == 10 else "")
    return [ListLine(LIST_OF[heading], plain, heading, source=source)]


def _by_list(cells: dict[str, str]) -> list[ListLine | RateLine]:
    """One row of the wider table: the line itself, and the statistical numbers its notes take in or carve out."""
    plain, heading, code = number("hts8", cells["hts8"], (8,)), _heading(cells), _list(cells)
    notes, start = cells["notes"], day(cells, "effective_date")
    at_earliest = TABLE_DAY + timedelta(days=1) if "not 2020-01-01" in notes else None
    end = None
    if moved := MOVED.search(notes):
        end = date.fromisoformat(moved[2]) - timedelta(days=1)
    source = "table by list: " + notes.split(";")[0]
    lines: list[ListLine | RateLine] = [ListLine(code, plain, heading, True, start, end, source, at_earliest)]
    only, all_but = ONLY.search(notes), ALL_BUT.search(notes)
    for part in only[1].split() if only else ():
        lines.append(ListLine(code, _plain(part), heading, True, start, end, "table by list: partial in 2020: only"))
    moves: dict[str, date] = {}
    for part, since in MOVED_NUMBER.findall(notes):
        moves[part] = min(moves.get(part, date.max), date.fromisoformat(since))
    for part in all_but[1].split() if all_but else ():
        # The day on which a number moved is that of its last move only, so it does not go before a known one.
        first, earliest = (start, None) if only else (None, moves.get(part))
        source_out = "table by list: partial: all but"
        lines.append(ListLine(code, _plain(part), heading, False, first, end, source_out, earliest))
    return lines


def _review(cells: dict[str, str]) -> list[ListLine | RateLine]:
    plain, heading = number("hts", cells["hts"], (8, 10)), _heading(cells)
    end = last_day(cells, "end_date", "end_date_kind")
    source = f"U.S. note 31({cells['note31_subdivision']})" if cells["note31_subdivision"] else "U.S. note 31"
    if cells["notes"]:
        source += f": {cells['notes']}"
    return [ListLine(LIST_OF[heading], plain, heading, True, day(cells, "effective_date"), end, source)]


def _rates(cells: dict[str, str]) -> list[ListLine | RateLine]:
    heading, code = _heading(cells), _list(cells)
    try:
        pct = Decimal(cells["additional_duty_pct"].strip())
    except InvalidOperation:
        reason = "is not a percentage. Give a number such as 7.5."
        raise BadCell("additional_duty_pct", cells["additional_duty_pct"], reason) from None
    kind = "whole"
    if heading in PARTIAL:
        kind = "partial"
    elif heading in (IN_TRANSIT, SUSPENDED):
        kind = "in_transit" if heading == IN_TRANSIT else "suspended"
    start, end = day(cells, "effective_from"), last_day(cells, "effective_to", "effective_to_kind")
    return [RateLine(code, heading, pct, kind, start, end, cells["source"].strip())]


SHAPES: list[tuple[str, set[str], Callable[[dict[str, str]], list[ListLine | RateLine]]]] = [
    ("rates", {"list", "chapter99_heading", "additional_duty_pct", "effective_from", "effective_to", "source"}, _rates),
    ("by list", {"hts8", "list", "chapter99_heading", "effective_date", "notes"}, _by_list),
    ("review", {"hts", "chapter99_heading", "note31_subdivision", "effective_date", "end_date", "notes"}, _review),
    ("usitc", {"hts", "chapter99_heading"}, _usitc),
]


def _sheet_rows(path: Path, table: ListTable) -> Iterator[Row]:
    """Yield the rows of a sheet as text cells, with spreadsheet damage to codes put right."""
    columns: list[str] = []
    mended = {"date": 0, "zero": 0}
    for line, cells in open_sheet(path):
        words = [cell_text(cell) for cell in cells]
        if words[0].startswith(PAGE_HEADING):
            columns = ["hts", "chapter99_heading"]
        elif not columns:
            # Above the table there may be a title and prose.
            columns = words if words[0] in ("hts", "hts8", "list") else []
        elif len(words) > 1 and any(words[1:]):  # otherwise a note that runs across the page
            words[0] = mend(cells[0], words[0], mended)
            yield line, dict(zip(columns, words + [""] * len(columns), strict=False))
    if mended["date"]:
        table.notices.append(f"{mended['date']} codes that a spreadsheet had turned into dates were recovered.")
    if mended["zero"]:
        table.notices.append(f"{mended['zero']} codes had lost a leading zero, which was put back.")
    if not columns:
        raise UnreadableFile(f"{path.name} has no heading row for codes and chapter 99 headings. Add one.")


def mend(cell: object, words: str, mended: dict[str, int]) -> str:
    """Return the code that a spreadsheet took for a day (1901.10.05 became 5 October 1901) or for a plain number."""
    if isinstance(cell, date):
        mended["date"] += 1
        return f"{cell:%Y.%m.%d}"
    if isinstance(cell, float | int) and len(words) in (7, 9):
        mended["zero"] += 1
        return f"0{words}"
    return words


def _heading(cells: dict[str, str]) -> str:
    plain = number("chapter99_heading", cells["chapter99_heading"], (8,))
    if plain not in LIST_OF:
        reason = "is not a heading that puts a Section 301 duty on goods, such as 9903.88.03. Correct it."
        raise BadCell("chapter99_heading", dotted(plain), reason)
    return plain


def _list(cells: dict[str, str]) -> str:
    """Return the list of a row. Files put the maritime action's headings under the review, whose U.S. note they
    share.
    """
    code, heading = cells["list"].strip(), _heading(cells)
    if (code, LIST_OF[heading]) == ("FYR", "MAR"):
        return "MAR"
    if code != LIST_OF[heading]:
        reason = f"does not go with heading {dotted(heading)}, which is List {LIST_OF[heading]}. Correct one of them."
        raise BadCell("list", code, reason)
    return code


def _plain(number: str) -> str:
    return number.replace(".", "")
