"""Which actions cover a number, under which heading and at what rate, on a day and over time.

A statistical number (10 digits) that a list names, in or out, goes before the subheading (8 digits) it belongs to:
U.S. note 20 covers some subheadings in part only, so that one subheading can be on two lists.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q

from exclusions.hts import dotted, range_of
from exclusions.models.tariff import ActionRate, CoveredLine

DAY = timedelta(days=1)


class _Row(NamedTuple):
    number: str
    heading: str
    included: bool
    valid_from: date
    valid_to: date | None
    list_code: str
    action: str


class _Rate(NamedTuple):
    pct: Decimal
    kind: str
    valid_from: date
    valid_to: date | None
    source: str


ROW = ("number", "heading", "included", "valid_from", "valid_to", "action__code", "action__name")
RATE = (
    "action__rates__pct",
    "action__rates__kind",
    "action__rates__valid_from",
    "action__rates__valid_to",
    "action__rates__source",
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """An action that covers a number at one rate, from one day to another (inclusive; no last day: still).

    `heading` is the plain chapter 99 number, `rate_pct` percent of value. `in_part`: the subheading is covered only for
    some statistical numbers; `only` are those named in, `without` those named out. A suspended action is not in force.
    """

    list_code: str
    action: str
    heading: str
    rate_pct: Decimal
    kind: str
    source: str
    valid_from: date
    valid_to: date | None
    in_part: bool = False
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def in_force(self) -> bool:
        """Whether duty is owed in this time; a suspended rate never took effect."""
        return self.kind != ActionRate.Kind.SUSPENDED

    @property
    def label(self) -> str:
        """As people call the action: List 1; others by their own name."""
        return f"List {self.list_code}" if self.list_code[:1].isdigit() else self.action

    @property
    def heading_dotted(self) -> str:
        """The heading as it is printed: 9903.88.01."""
        return dotted(self.heading)

    def holds_on(self, as_of: date) -> bool:
        """Whether the day is within its dates."""
        return self.valid_from <= as_of and (self.valid_to is None or self.valid_to >= as_of)


def coverage(number: str, as_of: date) -> list[Coverage]:
    """The actions in force on the day for the plain number of 8 or 10 digits. One statement."""
    return coverage_of([number], as_of)[number]


def coverage_of(numbers: Collection[str], as_of: date) -> dict[str, list[Coverage]]:
    """For each plain number the actions in force on the day; none for less than 8 digits. One statement for all."""
    histories = coverage_histories(numbers)
    return {number: in_force(history, as_of) for number, history in histories.items()}


def in_force(history: Iterable[Coverage], as_of: date) -> list[Coverage]:
    """Those of the history that hold on the day and are not suspended."""
    return [item for item in history if item.in_force and item.holds_on(as_of)]


def coverage_histories(numbers: Collection[str]) -> dict[str, list[Coverage]]:
    """For each plain number every time in which an action covered it at one rate, oldest first. One statement."""
    wanted = {number for number in numbers if len(number) >= 8}
    if not wanted:
        return {number: [] for number in numbers}
    rows, rates = _rows_and_rates({number[:8] for number in wanted})
    return {number: _history(number, rows.get(number[:8], []), rates) if number in wanted else [] for number in numbers}


def _rows_and_rates(subheadings: set[str]) -> tuple[dict[str, list[_Row]], dict[str, set[_Rate]]]:
    """The covered lines of each subheading, by list, and the rates of their headings, in one statement."""
    condition = Q()
    for first, after in map(range_of, subheadings):
        condition |= Q(number__gte=first, number__lt=after)
    named = CoveredLine.objects.filter(condition).order_by()
    lines: dict[_Row, int] = {}
    rates: dict[str, set[_Rate]] = {}
    for position, heading, *values in named.values_list("action__position", "action__rates__heading", *ROW, *RATE):
        row = _Row(*values[: len(ROW)])
        lines[row] = position
        of_heading = rates.setdefault(row.heading, set())
        if heading == row.heading:
            of_heading.add(_Rate(*values[len(ROW) :]))
    groups: dict[str, list[_Row]] = {}
    for row in sorted(lines, key=lambda row: (lines[row], row.list_code, row.number, row.valid_from)):
        groups.setdefault(row.number[:8], []).append(row)
    return groups, rates


def _history(number: str, rows: list[_Row], rates: dict[str, set[_Rate]]) -> list[Coverage]:
    """Ask anew on each day on which a row or a rate begins or has ended, and join what goes on unchanged."""
    dated: list[_Row | _Rate] = [*rows, *(rate for row in rows for rate in rates[row.heading])]
    days = sorted({item.valid_from for item in dated} | {item.valid_to + DAY for item in dated if item.valid_to})
    if not days:
        return []
    finished: list[Coverage] = []
    running: dict[Coverage, Coverage] = {}
    for day, following in zip(days, [*days[1:], None], strict=True):
        now = _on(number, day, rows, rates)
        last = following - DAY if following else None
        going_on = {}
        for item in now:
            key = replace(item, valid_from=date.min, valid_to=None)
            begun = running.pop(key, item)
            going_on[key] = replace(begun, valid_to=last)
        finished += running.values()
        running = going_on
    return sorted([*finished, *running.values()], key=lambda item: (item.valid_from, item.list_code))


def _on(number: str, day: date, rows: list[_Row], rates: dict[str, set[_Rate]]) -> list[Coverage]:
    found = []
    for code in dict.fromkeys(row.list_code for row in rows):
        on_list = [row for row in rows if row.list_code == code and _holds(row, day)]
        named = [row for row in on_list if len(row.number) > 8]
        covering = [row for row in named if row.number == number] or [row for row in on_list if row not in named]
        if len(number) == 8 and not covering:
            covering = [row for row in named if row.included][:1]
        decided_here = any(row.number == number and len(number) > 8 for row in covering)
        in_part = not decided_here and any(row.included or len(number) == 8 for row in named)
        only = tuple(row.number for row in named if row.included) if in_part else ()
        without = tuple(row.number for row in named if not row.included) if in_part else ()
        for row in covering:
            for rate in rates[row.heading]:
                if row.included and _holds(rate, day):
                    found.append(
                        Coverage(
                            code,
                            row.action,
                            row.heading,
                            rate.pct,
                            rate.kind,
                            rate.source,
                            day,
                            None,
                            in_part,
                            only,
                            without,
                        )
                    )
    return found


def _holds(item: _Row | _Rate, day: date) -> bool:
    return item.valid_from <= day and (item.valid_to is None or item.valid_to >= day)
