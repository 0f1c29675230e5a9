"""Which actions cover a number, under which heading and at what rate, on a day and over time.

A statistical number (10 digits) that a list names, in or out, goes before the subheading (8 digits) it belongs to:
U.S. note 20 covers some subheadings in part only, so that one subheading can be on two lists.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from exclusions.days import within
from exclusions.facts.action_rates import Action, ActionRates, Rate
from exclusions.hts import dotted
from exclusions.models.tariff import ActionRate, CoveredLine, TariffAction, first_digits

DAY = timedelta(days=1)


class Row(NamedTuple):
    """A subheading or statistical number on a list, or carved out of it, from one day to another."""

    number: str
    heading: str
    included: bool
    valid_from: date
    valid_to: date | None
    list_code: str
    action: str


ROW = ("number", "heading", "included", "valid_from", "valid_to", "action__code", "action__name")


@dataclass(frozen=True, slots=True)
class Coverage:
    """An action that covers a number at one rate, from one day to another (inclusive; no last day: still).

    `heading` is the plain chapter 99 number, `rate_pct` percent of value. `in_part`: the subheading is covered only for
    some statistical numbers; `only` are those named in, `without` those named out. A suspended action is not in force.
    `goods`: the heading is limited to these goods of the lines, and `other_goods` is the plain heading of the others.
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
    goods: str = ""
    other_goods: str = ""

    @property
    def question(self) -> str:
        """What decides whether goods of the line owe it, with what follows if not; "" where all of them do."""
        if not self.goods:
            return ""
        instead = f"they come under {dotted(self.other_goods)} instead" if self.other_goods else "it is not owed"
        return f"Are the goods {self.goods}? If not, {instead}."

    @property
    def in_force(self) -> bool:
        """Whether duty is owed in this time; a suspended rate never took effect."""
        return self.kind != ActionRate.Kind.SUSPENDED

    @property
    def label(self) -> str:
        """As people call the action: List 1; others by their own name."""
        return label(self.list_code, self.action)

    @property
    def heading_dotted(self) -> str:
        """The heading as it is printed: 9903.88.01."""
        return dotted(self.heading)

    def holds_on(self, as_of: date) -> bool:
        """Whether the day is within its dates."""
        return within(as_of, self.valid_from, self.valid_to)


# What a coverage holds but its days, in the order of its fields.
CoverageFields = tuple[str, str, str, Decimal, str, str, bool, tuple[str, ...], tuple[str, ...], str, str]


def _covering(fields: CoverageFields, first: date, last: date | None) -> Coverage:
    return Coverage(*fields[:6], first, last, *fields[6:])


@dataclass(frozen=True, slots=True)
class InTransit:
    """The lower rate of an action for goods that were exported before it rose, and entered soon enough after."""

    list_code: str
    action: str
    heading: str
    rate_pct: Decimal
    exported_before: date
    entered_before: date | None

    @property
    def label(self) -> str:
        """As people call the action."""
        return label(self.list_code, self.action)

    @property
    def heading_dotted(self) -> str:
        """The heading as it is printed: 9903.88.09."""
        return dotted(self.heading)


def label(list_code: str, action: str) -> str:
    """How people call an action: List 1; others by their own name."""
    return f"List {list_code}" if list_code[:1].isdigit() else action


@dataclass(frozen=True)
class CoveredRows:
    """What the lists hold for some subheadings, of all days: rows by subheading, rates by heading.

    `in_transit` are the rates of each list for goods that were under way when its rate rose; `on_top` the citations of
    the actions by code that are no list, and are owed on top of the lists.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    rates: dict[str, set[Rate]] = field(default_factory=dict)
    in_transit: dict[str, set[Rate]] = field(default_factory=dict)
    on_top: dict[str, str] = field(default_factory=dict)

    def history(self, number: str) -> list[Coverage]:
        """Every time in which a list covered the plain number at one rate, oldest first; none below 8 digits."""
        return [item for item in self._times(number) if item.list_code not in self.on_top]

    def beside(self, number: str) -> list[Coverage]:
        """Return the same of the actions that are owed on top of the lists."""
        return [item for item in self._times(number) if item.list_code in self.on_top] if self.on_top else []

    def _times(self, number: str) -> list[Coverage]:
        """Ask anew on each day on which a row or a rate begins or has ended, and join what goes on unchanged."""
        rows = self._rows_of(number)
        dated: list[Row | Rate] = [*rows, *(rate for row in rows for rate in self.rates[row.heading])]
        days = sorted({item.valid_from for item in dated} | {item.valid_to + DAY for item in dated if item.valid_to})
        finished: list[Coverage] = []
        running: dict[CoverageFields, tuple[date, date | None]] = {}
        for day, following in zip(days, [*days[1:], None], strict=False):
            last = following - DAY if following else None
            going_on: dict[CoverageFields, tuple[date, date | None]] = {}
            for fields in self._rates_in_force(number, day):
                going_on.setdefault(fields, (running.pop(fields, (day, None))[0], last))
            finished += [_covering(fields, *times) for fields, times in running.items()]
            running = going_on
        finished += [_covering(fields, *times) for fields, times in running.items()]
        return sorted(finished, key=attrgetter("valid_from", "list_code", "heading"))

    def names(self, number: str, as_of: date) -> bool:
        """Whether a list names the plain number itself that day, or its line of 8 digits as 8 and 00."""
        own = (number, number.removesuffix("00")) if len(number) == 10 else (number,)
        return any(
            row.included and row.number in own and within(as_of, row.valid_from, row.valid_to)
            for row in self._rows_of(number)
        )

    def transit(self, number: str, as_of: date) -> list[InTransit]:
        """Return the rates on the day for goods under way when the rate of a list rose that covers the plain number."""
        found = {
            InTransit(row.list_code, row.action, rate.heading, rate.pct, rate.valid_from, _after(rate)): None
            for row, _ in self._deciding(number, as_of)
            for rate in self.in_transit[row.list_code]
            if within(as_of, rate.valid_from, rate.valid_to)
        }
        return list(found)

    def _rows_of(self, number: str) -> list[Row]:
        return self.rows.get(number[:8], []) if len(number) >= 8 else []

    def _deciding(self, number: str, day: date) -> Iterator[tuple[Row, "Part"]]:
        rows = [row for row in self._rows_of(number) if within(day, row.valid_from, row.valid_to)]
        some_goods = {row.heading for row in rows if any(rate.goods for rate in self.rates[row.heading])}
        for code in dict.fromkeys(row.list_code for row in rows):
            on_list = [row for row in rows if row.list_code == code]
            yield from _for_some_goods(number, [row for row in on_list if row.heading in some_goods])
            yield from _deciding(number, [row for row in on_list if row.heading not in some_goods])

    def _rates_in_force(self, number: str, day: date) -> Iterator[CoverageFields]:
        for row, part in self._deciding(number, day):
            for rate in self.rates[row.heading]:
                if within(day, rate.valid_from, rate.valid_to):
                    yield (row.list_code, row.action, row.heading, rate.pct, rate.kind, rate.source, *part, rate.goods,
                           rate.other_goods)  # fmt: skip


_LINES = CoveredLine.objects.alias(subheading=first_digits(8)).order_by()
_RATES = (*(f"action__{name}" for name in Action._fields), *(f"action__rates__{name}" for name in Rate._fields))
_NEVER_RIGHT = "action__rates__superseded_at"  # asked of by name: a join does not go by the manager
_WITH_RATES = _LINES.values_list("action__position", *ROW, *_RATES, _NEVER_RIGHT, "action__rates")


def covered_rows(subheadings: Collection[str], rates: ActionRates | None = None) -> CoveredRows:
    """Return what the lists hold for the plain subheadings (8 digits) and what is below them. One statement, or none.

    Who asks for many hands over the rates of all actions; else each line is read with those of its own.
    """
    found = CoveredRows()
    if not subheadings:
        return found
    if rates is None:
        rows, rates = _with_rates(subheadings)
    else:
        lines = _LINES.values_list("action__position", *ROW).filter(subheading__in=subheadings)
        rows = [(position, Row(*values)) for position, *values in lines]
    _note_rates(found, [row for _, row in rows], rates)
    rows.sort(key=lambda one: (one[0], one[1].list_code, one[1].number, one[1].valid_from))
    for _, row in rows:
        found.rows.setdefault(row.number[:8], []).append(row)
    return found


def _with_rates(subheadings: Collection[str]) -> tuple[list[tuple[int, Row]], ActionRates]:
    """Return the lines with their places, and the rates of their actions: read as one row for each line and rate."""
    rows: dict[tuple[int, Row], None] = {}
    rates: dict[tuple[Action, Rate], None] = {}
    of_line, whole = 1 + len(ROW), 1 + len(ROW) + len(Action._fields)
    for values in _WITH_RATES.filter(subheading__in=subheadings):
        rows[values[0], Row(*values[1:of_line])] = None
        if values[-1] is not None and values[-2] is None:
            rates[Action(*values[of_line:whole]), Rate(*values[whole:-2])] = None
    return list(rows), list(rates)


def _note_rates(found: CoveredRows, rows: Collection[Row], rates: ActionRates) -> None:
    """Note the rates under which the rows of the lists stand."""
    codes = {row.list_code for row in rows}
    of_action: dict[str, list[Rate]] = {}
    for action, rate in rates:
        if action.code in codes:
            if action.reach == TariffAction.Reach.ON_TOP:
                found.on_top[action.code] = action.citation
            of_action.setdefault(action.code, []).append(rate)
    for code, heading in {(row.list_code, row.heading) for row in rows}:
        of_heading = found.rates.setdefault(heading, set())
        of_transit = found.in_transit.setdefault(code, set())
        for rate in of_action.get(code, ()):
            if rate.kind == ActionRate.Kind.IN_TRANSIT:
                of_transit.add(rate)
            elif rate.heading == heading:
                of_heading.add(rate)


def coverage(number: str, as_of: date) -> list[Coverage]:
    """Return the actions in force on the day for the plain number of 8 or 10 digits. One statement."""
    return in_force(covered_rows({number[:8]} if len(number) >= 8 else ()).history(number), as_of)


def in_force(history: Iterable[Coverage], as_of: date) -> list[Coverage]:
    """Those of the history that hold on the day and are not suspended."""
    return [item for item in history if item.in_force and item.holds_on(as_of)]


Part = tuple[bool, tuple[str, ...], tuple[str, ...]]


def _deciding(number: str, on_list: list[Row]) -> Iterator[tuple[Row, Part]]:
    """Yield the rows of one list that put the number on it, each with whether in part, what is named in, what out."""
    own = [row for row in on_list if row.number == number]
    if len(number) > 8 and own:
        yield from ((row, (False, (), ())) for row in own if row.included)
        return
    whole = [row for row in on_list if len(row.number) == 8 and row.included]
    named = [row for row in on_list if len(row.number) > 8]
    if len(number) > 8:
        in_part = any(row.included for row in named)
        yield from ((row, _part(row.heading, named) if in_part else (False, (), ())) for row in whole)
        return
    # A subheading is on each heading under which the list names it or a statistical number below it.
    headings = {row.heading: row for row in (*reversed([row for row in named if row.included]), *whole)}
    yield from ((row, _part(row.heading, named) if named else (False, (), ())) for row in headings.values())


def _for_some_goods(number: str, rows: list[Row]) -> Iterator[tuple[Row, Part]]:
    """Yield the rows of a list that put some goods of the number on it, beside those that decide for the others."""
    for row in rows:
        if number.startswith(row.number) or row.number.startswith(number):
            yield row, (True, (row.number,) if len(row.number) > len(number) else (), ())


def _part(heading: str, named: list[Row]) -> Part:
    """Which statistical numbers are under the heading, and which of the subheading are not."""
    only = dict.fromkeys(row.number for row in named if row.included and row.heading == heading)
    others = dict.fromkeys(row.number for row in named if row.number not in only)
    return True, tuple(only), tuple(others)


def _after(rate: Rate) -> date | None:
    return rate.valid_to + DAY if rate.valid_to else None
