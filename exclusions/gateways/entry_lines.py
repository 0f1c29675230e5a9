"""Lines of entry summaries as people bring them: pasted, or as CSV or XLSX. A sentence for each cell that is wrong."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from exclusions.gateways.cells import BadCell, cell_text
from exclusions.gateways.rows import BadRow
from exclusions.hts import HtsError, parse

MOST = 50_000
MOST_BAD = 1000  # cells that are told of one by one
FIRST_DAY = date(2018, 7, 6)  # the first entries that owed a Section 301 duty, 83 FR 28710
COLUMNS = {
    "entry_number": ("entry number", "entry no", "entry", "entry summary number", "entry summary"),
    "entry_date": ("entry date", "date of entry", "date", "entered on", "entry summary date"),
    "hts10": ("hts10", "hts", "htsus", "hts number", "htsus number", "hts code", "tariff number", "hts us code"),
    "value": ("value", "entered value", "value usd", "customs value", "line value", "goods value"),
    "duty_paid": ("duty paid", "duty", "duties paid", "section 301 duty", "301 duty", "section 301 duty paid"),
    "description": ("description", "product", "goods", "product description"),
    "liquidated_on": ("liquidated on", "liquidation date", "date of liquidation", "liquidation"),
}
NEEDED = ("entry_number", "entry_date", "hts10", "value", "duty_paid")
LABELS = {name: words[0] for name, words in COLUMNS.items()}
_KNOWN = {word: name for name, words in COLUMNS.items() for word in (*words, name.replace("_", " "))}
_FORMS = ("%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%B %d, %Y", "%m-%d-%Y", "%Y/%m/%d", "%Y%m%d", "%m/%d/%y", "%d-%b-%Y")
_OTHER_MONEY = re.compile(r"[€£¥₩]|\b(?:EUR|GBP|JPY|CNY|RMB|CAD|HKD|AUD|MXN)\b", re.IGNORECASE)
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+")
# Of "$12,500" without quotes the comma would divide, and 12 dollars be counted.
_TOO_MANY = (
    "has {} cells where there are {} columns. Put an amount with a comma in quotes, or leave the comma out; give every "
    "further column a heading."
)
_MERGED = "is empty. Merged cells hold their value in the first of them only: undo the merge and fill each row."


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of an entry: amounts in US dollars; `hts` is plain, 8 or 10 digits; `place` counts lines from 1."""

    place: int
    entry_number: str
    entered_on: date
    hts: str
    value: Decimal
    duty_paid: Decimal
    description: str = ""
    liquidated_on: date | None = None


@dataclass
class EntryTable:
    """What was brought: lines that can be answered, and the cells that cannot, each with what is wrong.

    `fault` says why nothing can be read at all; `more`: there are more wrong cells than are told.
    """

    lines: list[EntryLine] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    fault: str = ""
    more: bool = False


def text_rows(text: str) -> Iterator[tuple[int, list[object]]]:
    """Yield the rows of pasted text or of a CSV file, whatever divides the cells: tab, semicolon or comma."""
    first = text.lstrip("\ufeff \r\n").split("\n", 1)[0]
    divided = next((mark for mark in ("\t", ";") if mark in first), ",")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=divided, skipinitialspace=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if any(cell.strip() for cell in cells):
            yield line, list(cells)


def read_entry_lines(rows: Iterable[tuple[int, Sequence[object]]], name: str, *, today: date) -> EntryTable:
    """Return the lines of a table with a heading row, or without one in the order of NEEDED. Reads all, stops at MOST.

    Every wrong cell is told by row and column; the other rows are answered all the same.
    """
    table = EntryTable()
    columns: list[str] = []
    for line, cells in rows:
        words = [cell_text(cell) for cell in cells]
        if not columns:
            columns = _columns(words)
            missing = [LABELS[needed] for needed in NEEDED if needed not in columns]
            if missing:
                table.fault = _no_columns(missing)
                return table
            if _is_heading(words):
                continue
        if len(table.lines) >= MOST:
            table.fault = f"There are more than {MOST:,} lines. Divide them, and send the parts one by one."
            return table
        if any(words[len(columns) :]):
            _tell(table, BadRow(name, line, "the row", ", ".join(words), _TOO_MANY.format(len(words), len(columns))))
            continue
        _read(table, name, line, dict(zip(columns, words + [""] * len(columns), strict=False)), today)
    if not table.lines and not table.bad:
        table.fault = "There is no line below the heading row. Paste or choose the lines of your entries."
    return table


def read_cells(place: int, cells: Mapping[str, str], today: date) -> tuple[EntryLine | None, list[BadCell]]:
    """Return the line that cells by the names of COLUMNS make, or what is wrong with each of them."""
    bad: list[BadCell] = []

    def take(column: str, reading: Callable[[str], object], *, optional: bool = False) -> object:
        text = cells.get(column, "").strip()
        try:
            if not text and optional:
                return None
            if not text:
                raise BadCell(column, "", _MERGED)
            if text.startswith("="):
                raise BadCell(column, text, "is a formula, not its result. Copy the cells and paste their values.")
            return reading(text)
        except BadCell as refused:
            bad.append(BadCell(column, refused.value or text, refused.reason))
        return None

    entry = take("entry_number", _entry)
    entered = take("entry_date", lambda text: _entered(text, today))
    hts = take("hts10", _hts)
    value, paid = take("value", _money), take("duty_paid", _money)
    liquidated = take("liquidated_on", _day, optional=True)
    if isinstance(entered, date) and isinstance(liquidated, date) and liquidated < entered:
        bad.append(BadCell("liquidated_on", f"{liquidated}", f"is before the entry, {entered}. Correct one of them."))
    if bad:
        return None, bad
    said = " ".join(cells.get("description", "").split())[:2000]
    return EntryLine(place, entry, entered, hts, value, paid, said, liquidated), []  # type: ignore[arg-type]


def _read(table: EntryTable, name: str, line: int, cells: dict[str, str], today: date) -> None:
    one, bad = read_cells(line, cells, today)
    if one is not None:
        table.lines.append(one)
    for cell in bad:
        _tell(table, BadRow(name, line, LABELS[cell.column], cell.value, cell.reason))


def _tell(table: EntryTable, row: BadRow) -> None:
    if len(table.bad) >= MOST_BAD:
        table.more = True
    else:
        table.bad.append(row)


def _columns(words: Sequence[str]) -> list[str]:
    named = [_KNOWN.get(_plain(word), "") for word in words]
    return named if any(named) else list(NEEDED)[: len(words)]


def _is_heading(words: Sequence[str]) -> bool:
    return any(_plain(word) in _KNOWN for word in words)


def _plain(word: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", word.casefold().replace("(usd)", "").replace("($)", "")))


def _no_columns(missing: Sequence[str]) -> str:
    columns = ", ".join(f"“{name}”" for name in missing)
    needed = ", ".join(LABELS[name] for name in NEEDED)
    return (
        f"There is no column {columns}. Give the columns {needed}, with a heading row or in this order; a column "
        "description and a column liquidated on may follow."
    )


def _entry(text: str) -> str:
    if len(text) > 40 or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 \-/.]*", text):
        raise BadCell("", text, "is not an entry number. Write its letters and digits, for example ABC-1234567-8.")
    return text


@lru_cache(maxsize=4096)
def _hts(text: str) -> str:
    try:
        return parse(text, digits=(8, 10)).plain
    except HtsError as error:
        raise BadCell("", text, str(error)) from error


def _entered(text: str, today: date) -> date:
    found = _day(text)
    if found > today:
        raise BadCell("", text, f"is after today, {today}. Check the year.")
    if found < FIRST_DAY:
        raise BadCell("", text, f"is before {FIRST_DAY}, when the first Section 301 duty began. Check the year.")
    return found


@lru_cache(maxsize=8192)
def _day(text: str) -> date:
    if re.fullmatch(r"[34]\d{4}", text):
        meant = date(1899, 12, 30) + timedelta(days=int(text))
        raise BadCell(
            "", text, f"is a spreadsheet’s count of days ({meant}?). Format the column as a date, or as text."
        )
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day, not a moment
        except ValueError:
            continue
    raise BadCell("", text, "is not a day of the calendar. Write it as 2019-06-30 or 06/30/2019 (month first).")


def _money(text: str) -> Decimal:
    if _OTHER_MONEY.search(text):
        raise BadCell("", text, "is not in US dollars. Enter what the entry summary says, in US dollars.")
    plain = re.sub(r"^(?:USD?\s*)?\$?\s*|\s*USD$", "", text, flags=re.IGNORECASE)
    if plain.startswith(("-", "(")):
        raise BadCell("", text, "is less than nothing. Enter the amount on the entry summary.")
    if not _MONEY.fullmatch(plain):
        raise BadCell("", text, "is not an amount. Write dollars and cents with a point, for example 1,234.50.")
    try:
        amount = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise BadCell("", text, "is not an amount. Write dollars and cents, for example 1,234.50.") from None
    if amount >= 10**12:
        raise BadCell("", text, "is larger than any entry. Check the amount.")
    return amount
