"""What a change of a tariff list does for everybody: how many numbers, and what some of them owe before and after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from exclusions import hts
from exclusions.days import span_in_full
from exclusions.duties.owed import percent
from exclusions.facts.coverage import coverage, label
from exclusions.models import ActionRate, CoveredLine, TariffAction
from exclusions.queries.people.tariff_changes import Row

EXAMPLES = 10
NAMES = {"pct": "percent of value", "valid_from": "first day", "valid_to": "last day"}


@dataclass(frozen=True)
class Effect:
    """What changes, in a sentence and in rows of (what, before, after), which are plain words."""

    summary: str
    changes: list[list[str]]


def public_effect(action: TariffAction, rows: Sequence[Row], as_of: date) -> Effect:
    """Return what rows of a list change for the public, read as of a day or the first day of what begins later.

    Three statements and two an example.
    """
    lines = [row.instance for row in rows if row.table == "line" and not row.before]
    rates = [row.instance for row in rows if row.table == "rate" and not row.never_right]
    edited = [change for row in rows for change in _columns(row)]
    gone = [row.instance for row in rows if row.never_right]
    owed = [*_by_never_right(action, gone), *_by_lines(action, lines, rates, as_of), *_by_rates(action, rates, as_of)]
    return Effect(_summary(action, rows, lines), [*edited, *owed[:EXAMPLES]])


def _summary(action: TariffAction, rows: Sequence[Row], lines: Sequence[CoveredLine]) -> str:
    parts = []
    if not action.pk:
        parts.append("make the list")
    if lines:
        headings = ", ".join(sorted({hts.dotted(line.heading) for line in lines}))
        parts.append(f"put {len(lines):,} line{'' if len(lines) == 1 else 's'} on it, under {headings}")
    for row in rows:
        if row.never_right:
            parts.append(f"say that the {row.table} of {_named(row.instance)} was never right")
        elif row.table == "rate":
            word = "change" if row.before else "enter"
            parts.append(f"{word} the rate of {hts.dotted(row.instance.heading)}, {percent(row.instance.pct)}")
        elif row.before and row.table == "line":
            parts.append(f"correct the line {hts.dotted(row.instance.number)}")
        elif row.before:
            parts.append("correct what is said of it")
    return "; ".join(parts)


def _columns(row: Row) -> Iterable[list[str]]:
    """Yield each column of a row that changes."""
    model = type(row.instance)
    if row.never_right:
        days = span_in_full(row.instance.valid_from, row.instance.valid_to)
        yield [f"{_named(row.instance)}, the whole {row.table}", days, "on no day"]
        return
    what = "" if row.table == "list" else f"{_named(row.instance)}: "
    for name, was in row.before.items():
        value = getattr(row.instance, name)
        becomes = "" if value is None else str(value)
        if was != becomes:
            yield [f"{what}{NAMES.get(name) or model._meta.get_field(name).verbose_name}", was, becomes]


def _named(one: Any) -> str:
    return hts.dotted(one.number if isinstance(one, CoveredLine) else one.heading)


def _by_lines(
    action: TariffAction, lines: Sequence[CoveredLine], rates: Sequence[ActionRate], as_of: date
) -> Iterable[list[str]]:
    """Yield what numbers owe before and after they are put on the list."""
    if not lines:
        return
    pct = _rates_of(action, rates)
    numbers = {line.number for line in lines if line.included}
    yield ["Numbers that are put on the list", "", f"{len(numbers):,}"]
    for line in [line for line in lines if line.included][:EXAMPLES]:
        day = max(as_of, line.valid_from)
        before = [(item.label, item.rate_pct) for item in coverage(line.number, day)]
        new = (label(action.code, action.name), pct.get(line.heading, Decimal(0)))
        yield [f"{hts.dotted(line.number)}, {day:%Y-%m-%d}", _owed(before), _owed([*before, new])]


def _by_rates(action: TariffAction, rates: Sequence[ActionRate], as_of: date) -> Iterable[list[str]]:
    """Yield what numbers on the list owe before and after its rate is another."""
    if not action.pk or not rates:
        return
    for rate in rates:
        on_it = CoveredLine.objects.filter(action=action, heading=rate.heading, included=True)
        yield [f"Numbers under {hts.dotted(rate.heading)}", "", f"{on_it.count():,}"]
        day = max(as_of, rate.valid_from)
        some = on_it.in_force(day).order_by("number", "pk").values_list("number", flat=True)[:EXAMPLES]
        for number in some:
            before = [(item.heading, item.label, item.rate_pct) for item in coverage(number, day)]
            others = [(name, pct) for heading, name, pct in before if heading != rate.heading]
            ends = rate.valid_to is not None and rate.valid_to < day
            new = [] if ends else [(label(action.code, action.name), rate.pct)]
            yield [
                f"{hts.dotted(number)}, {day:%Y-%m-%d}",
                _owed([(name, pct) for _, name, pct in before]),
                _owed([*others, *new]),
            ]


def _by_never_right(action: TariffAction, gone: Sequence[Any]) -> Iterable[list[str]]:
    """Yield what numbers owed on the first day of a row, and owe without it."""
    for one in gone:
        day, by_rate = one.valid_from, isinstance(one, ActionRate)
        numbers = [] if by_rate else [one.number]
        if by_rate:
            on_it = CoveredLine.objects.filter(action=action, heading=one.heading, included=True)
            yield [f"Numbers under {hts.dotted(one.heading)}", f"{on_it.count():,}", ""]
            numbers = list(on_it.in_force(day).order_by("number", "pk").values_list("number", flat=True)[:EXAMPLES])
        for number in numbers:
            before = [(item.heading, item.label, item.rate_pct) for item in coverage(number, day)]
            was = [(name, pct) for _, name, pct in before]
            left = [(name, pct) for heading, name, pct in before if heading != one.heading]
            yield [f"{hts.dotted(number)}, {day:%Y-%m-%d}", _owed(was), _owed(left)]


def _rates_of(action: TariffAction, rates: Iterable[ActionRate]) -> dict[str, Decimal]:
    """Return the rates of a list by heading, those to be written before those that stand."""
    stand = ActionRate.objects.filter(action=action).order_by("valid_from") if action.pk else ()
    return {rate.heading: rate.pct for rate in [*stand, *rates]}


def _owed(duties: Sequence[tuple[str, Decimal]]) -> str:
    """Return additional duties in words, with their sum where there are several."""
    if not duties:
        return "nothing beside the base rate"
    words = ", ".join(f"{name} {percent(pct)}" for name, pct in duties)
    return words if len(duties) == 1 else f"{words}: {percent(sum((pct for _, pct in duties), Decimal(0)))} in all"
