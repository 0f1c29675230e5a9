"""Which lines of the headings that words name stand on a day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from exclusions.gateways.database.among import among
from exclusions.gateways.database.prepared import Prepared, PreparedMany
from exclusions.gateways.database.together import Fetch, fetch, fetch_many, together
from exclusions.goods.scoring import Place
from exclusions.hts import range_of
from exclusions.models.tariff import TariffLine

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_BARE = 500
SPARE_LINES = 2  # of a heading beyond those wanted, since some may not stand on the day


def chosen_of(place: Place, most: int) -> list[str]:
    """Return the plain numbers of the lines of a heading that fit best."""
    return list(dict.fromkeys([number for _, number in sorted(place.lines)]))[: most + SPARE_LINES]


def unlined(chosen: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the headings of which no line was chosen: they are shown by their rate lines."""
    return [heading for heading, some in chosen.items() if not any(len(number) > len(heading) for number in some)]


def ended(chosen: Mapping[str, Sequence[str]], standing: Iterable[str]) -> list[str]:
    """Return the headings of which lines were chosen and none is among the numbers that stand: rate lines show them."""
    lined = {number[:4] for number in standing if len(number) > len(number[:4])}.union(unlined(chosen))
    return [heading for heading in chosen if heading not in lined]


def lines_on(as_of: date, chosen: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """Return the chosen lines and headings as they stand on the day; of a heading without any, its rate lines.

    As number, ending and all words, in the schedule's order. At most three statements.
    """
    if not chosen:
        return []
    numbers = [number for some in chosen.values() for number in some]
    asked: Fetch[Any] = fetch(_OF_NUMBERS, list(dict.fromkeys([*numbers, *chosen])), as_of)
    below = fetch_many(_RATE_LINES, [range_of(heading) for heading in unlined(chosen)], as_of)  # on the same way
    together(asked, *below)
    found = asked.found()
    without = ended(chosen, [number for _, number, *_ in found])
    below += fetch_many(_RATE_LINES, [range_of(heading) for heading in without], as_of)
    for some in below:
        found += some.found()
    return [(number, ending, words) for _, number, ending, words in sorted(found)]


def rate_numbers_fetch(headings: Collection[str], as_of: date) -> list[Fetch[list[tuple[Any, ...]]]]:
    """What asks for the rate lines of the headings, as rows (place, plain number) in the schedule's order."""
    return fetch_many(_RATE_NUMBERS, [range_of(heading) for heading in headings], as_of)


def _standing_lines(as_of: date, columns: Sequence[str]) -> "QuerySet[TariffLine, Any]":
    return TariffLine.objects.on(as_of).order_by("position", "number").values_list("position", "number", *columns)


def _chosen_lines(numbers: Sequence[str], as_of: date) -> Any:
    return _standing_lines(as_of, WORDS).filter(among("number", numbers))


def _rate_lines(columns: Sequence[str], ranges: Sequence[tuple[str, str]], as_of: date) -> Any:
    below = Q()
    for first, after in ranges:
        below |= Q(number__gte=first, number__lt=after)
    return _standing_lines(as_of, columns).filter(below, Q(level=8) | Q(level=10, number__endswith="00"))[:MOST_BARE]


def _rates(*columns: str) -> PreparedMany:
    """The look-up of the rate lines of headings, with these columns of each."""
    first, other = (date(2019, 1, 1),), (date(2020, 1, 1),)
    make = partial(_rate_lines, columns)
    return PreparedMany(make, (4, 13), lambda n: (f"{n}a", f"{n}b"), first, other, one_plan=True)


WORDS = ("description", "full_description")
_OF_NUMBERS: Prepared[TariffLine] = Prepared(
    _chosen_lines, (["1"], date(2019, 1, 1)), (["2"], date(2020, 1, 1)), one_plan=True
)
_RATE_LINES, _RATE_NUMBERS = _rates(*WORDS), _rates()
