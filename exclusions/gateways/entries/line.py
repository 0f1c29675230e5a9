"""A line of an entry, the table of what was brought, and how one row of cells becomes a line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from exclusions.gateways.cells import BadCell
from exclusions.gateways.entries import cells as read
from exclusions.gateways.entries.cells import AS_IT_STANDS, Choices, Days
from exclusions.gateways.entries.columns import Layout
from exclusions.gateways.rows import BadRow

FIELDS = ("entry_number", "entry_date", "hts10", "value", "duty_paid", "description", "liquidated_on")
MERGED = "is empty. Merged cells hold their value in the first of them only: undo the merge and fill each row."


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of an entry: amounts in US dollars; `hts` is plain, 8 or 10 digits; `place` counts lines from 1.

    `only_301`: the duty is known to be Section 301's alone; None: it may be any duty of the line. `headings` are the
    plain headings of the lists that were declared, `ieepa` what was paid under 9903.01 and 9903.02 beside them.
    """

    place: int
    entry_number: str
    entered_on: date
    hts: str
    value: Decimal
    duty_paid: Decimal
    description: str = ""
    liquidated_on: date | None = None
    only_301: bool | None = False
    headings: tuple[str, ...] = ()
    ieepa: Decimal = Decimal(0)


@dataclass
class EntryTable:
    """What was brought: lines that can be answered, and the cells that cannot, each with what is wrong.

    `fault` says why nothing can be read at all; `more`: there are more wrong cells than are told. `layout` says with
    `missing` and `seen` which columns have to be chosen first. `passed` are rows that are no lines: totals, headings
    again; `elsewhere` counts lines of goods that are not of China. `zeros` counts numbers that may have lost a first
    zero, `days` how days would have to be written that cannot be read. `joined`: rows of several
    tariff numbers made one line.
    """

    lines: list[EntryLine] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    fault: str = ""
    more: bool = False
    layout: Layout | None = None
    passed: list[int] = field(default_factory=list)
    elsewhere: int = 0
    zeros: int = 0
    days: Days | None = None
    joined: bool = False

    @property
    def asks(self) -> bool:
        """Whether columns have to be chosen before anything can be answered."""
        return bool(self.layout and self.layout.missing and self.layout.seen)

    @property
    def any_duty(self) -> str:
        """The heading of a column of duty that holds all duty of a line; "" where the duty is Section 301's."""
        mixed = self.layout and any(line.only_301 is None for line in self.lines)
        return self.layout.label("duty_paid") if mixed and self.layout else ""


def read_cells(
    place: int, cells: Mapping[str, str], today: date, choices: Choices = AS_IT_STANDS
) -> tuple[EntryLine | None, list[BadCell]]:
    """Return the line that cells by the names of COLUMNS make, or what is wrong with each of them."""
    bad: list[BadCell] = []

    def take(column: str, reading: Callable[[str], object], *, optional: bool = False) -> object:
        text = cells.get(column, "").strip()
        try:
            if not text and optional:
                return None
            if not text:
                raise BadCell(column, "", MERGED)
            if text.startswith("="):
                raise BadCell(column, text, "is a formula, not its result. Copy the cells and paste their values.")
            return reading(text)
        except BadCell as refused:
            bad.append(BadCell(column, refused.value or text, refused.reason))
        return None

    entry = take("entry_number", read.entry)
    entered = take("entry_date", lambda text: read.entered(text, today, choices.days))
    hts = take("hts10", lambda text: read.hts(text, choices.zeros))
    value, paid = take("value", read.money), take("duty_paid", read.money)
    liquidated = take("liquidated_on", lambda text: read.day(text, choices.days), optional=True)
    if isinstance(entered, date) and isinstance(liquidated, date) and liquidated < entered:
        bad.append(BadCell("liquidated_on", f"{liquidated}", f"is before the entry, {entered}. Correct one of them."))
    if bad:
        return None, bad
    said = " ".join(cells.get("description", "").split())[:2000]
    return EntryLine(place, entry, entered, hts, value, paid, said, liquidated), []  # type: ignore[arg-type]
