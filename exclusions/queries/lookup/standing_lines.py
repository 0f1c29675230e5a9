"""Which lines of the headings that words name stand on a day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from exclusions.goods.scoring import Place
from exclusions.hts import range_of
from exclusions.models.tariff import TariffLine

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_BARE = 1000
SPARE_LINES = 2  # of a heading beyond those wanted, since some may not stand on the day


def chosen_of(place: Place, most: int) -> list[str]:
    """Return the plain numbers of the lines of a heading that fit best."""
    return list(dict.fromkeys([number for _, number in sorted(place.lines)]))[: most + SPARE_LINES]


def bare_of(chosen: Mapping[str, Sequence[str]], standing: Iterable[str]) -> list[str]:
    """Return the headings of which no line was chosen, or none of those is among the numbers that stand: they are shown
    by their rate lines."""
    lined = {number[:4] for number in standing if len(number) > len(number[:4])}
    return [heading for heading in chosen if heading not in lined]


def lines_on(as_of: date, chosen: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Return the chosen lines and headings as they stand on the day; of a heading without any, its rate lines.

    As number, ending and all words, in the schedule's order. At most two statements.
    """
    if not chosen:
        return []
    numbers = {*chosen, *(number for some in chosen.values() for number in some)}
    columns = ("position", "number", "description", "full_description")
    found = list(TariffLine.objects.in_force(as_of).filter(number__in=numbers).order_by().values_list(*columns))
    if bare := bare_of(chosen, [number for _, number, *_ in found]):
        found += _rate_lines(bare, as_of).values_list(*columns)[:MOST_BARE]
    return [(number, ending, words) for _, number, ending, words in sorted(found)]


def standing_numbers(numbers: Collection[str], as_of: date) -> set[str]:
    """Return those of the plain numbers that stand on the day. One statement."""
    return set(
        TariffLine.objects.in_force(as_of).filter(number__in=numbers).order_by().values_list("number", flat=True)
    )


def rate_numbers(headings: Collection[str], as_of: date) -> list[str]:
    """Return the plain numbers of the rate lines of headings, in the schedule's order. One statement."""
    return list(_rate_lines(headings, as_of).values_list("number", flat=True)[:MOST_BARE]) if headings else []


def _rate_lines(headings: Collection[str], as_of: date) -> "QuerySet[TariffLine]":
    below = Q()
    for heading in headings:
        first, after = range_of(heading)
        below |= Q(number__gte=first, number__lt=after)
    rows = TariffLine.objects.in_force(as_of).filter(below, Q(level=8) | Q(level=10, number__endswith="00"))
    return rows.order_by("position", "number")
