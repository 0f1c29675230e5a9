"""What a list of tariffed goods cannot be: the same number twice on a day, or lines beside a duty on all goods."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import ModelForm

from exclusions import hts
from exclusions.days import span_in_full
from exclusions.duties.owed import percent
from exclusions.models import ActionRate, CoveredLine, TariffAction
from exclusions.workflow.term_choices import Span

SHOWN = 10
Key = tuple[object, ...]


@dataclass(frozen=True)
class Row:
    """A row of a tariff table as it is to be written: `table` is list, rate or line; `before` what it holds now, by
    column, empty where it is new. `never_right`: it holds on no day any more.
    """

    table: str
    instance: Any
    before: Mapping[str, str] = field(default_factory=dict)
    never_right: bool = False


class JudgedRow(ModelForm):  # type: ignore[type-arg]
    """A row of a tariff table as its model judges it, and its days; it is saved by nobody alone."""

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first one, and a duty below nothing."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last, pct = (given.get(name) for name in ("valid_from", "valid_to", "pct"))
        if first and last and last < first:
            self.add_error("valid_to", "The last day is before the first day. Correct one of them.")
        if pct is not None and pct < 0:
            self.add_error("pct", "Enter the percent that is added, 0 or more.")
        return given


def list_faults(action: TariffAction, rows: Sequence[Row]) -> list[str]:
    """Return what is wrong with rows of a list beside those that stand; the first few by name. Three statements."""
    lines = [row.instance for row in rows if row.table == "line" and not row.never_right]
    rates = [row.instance for row in rows if row.table == "rate" and not row.never_right]
    faults = [
        *_lines_beside_all_goods(action, lines),
        *_lines_twice(action, lines),
        *_rates_twice(rates),
    ]
    more = len(faults) - SHOWN
    return faults[:SHOWN] + ([f"{more:,} more of this kind."] if more > 0 else [])


def _lines_beside_all_goods(action: TariffAction, lines: Sequence[CoveredLine]) -> Iterator[str]:
    if action.reach != TariffAction.Reach.ALL_GOODS:
        return
    if lines or (action.pk and CoveredLine.objects.filter(action=action).exists()):
        yield f"{action} is on all goods, so that lines of its own would count twice. Choose one of the two."


def _lines_twice(action: TariffAction, lines: Sequence[CoveredLine]) -> Iterator[str]:
    """Yield a number that a list holds twice on a day under one heading."""
    numbers = {line.number for line in lines}
    stand = CoveredLine.objects.filter(action=action, number__in=numbers) if action.pk and numbers else ()
    for new, other in _overlapping(lines, stand, lambda line: (line.number, line.heading, line.included)):
        on = f"{hts.dotted(new.number)} is on {action} under {hts.dotted(new.heading)}"
        yield f"{on} {_days(other)} already, and again {_days(new)}. End the one before the other begins."


def _rates_twice(rates: Sequence[ActionRate]) -> Iterator[str]:
    """Yield a heading that has two rates on a day, of whichever list."""
    stand = ActionRate.objects.filter(heading__in={rate.heading for rate in rates}) if rates else ()
    for new, other in _overlapping(rates, stand, lambda rate: (rate.heading,)):
        has = f"{hts.dotted(new.heading)} has a rate of {percent(other.pct)}"
        yield f"{has} {_days(other)} already, and again {_days(new)}. End the one before the other begins."


def _overlapping(new: Sequence[Any], stand: Iterable[Any], key: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each new row with another of the same key that has a day in common with it, once."""
    replaced = {one.pk for one in new if one.pk}
    others: dict[Key, list[Any]] = defaultdict(list)
    for one in stand:
        if one.pk not in replaced:
            others[key(one)].append(one)
    for one in new:
        mine = Span(one.valid_from, one.valid_to)
        same = others[key(one)]
        other = next((two for two in same if mine.overlaps(Span(two.valid_from, two.valid_to))), None)
        if other is not None:
            yield one, other
        same.append(one)


def _days(row: Any) -> str:
    return span_in_full(row.valid_from, row.valid_to)
