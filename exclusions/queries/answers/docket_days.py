"""Where a row of the whole docket stands in the order of days, without passing all that stand before it.

The database keeps count of the petitions posted on each day (`models.answers.docket_tally`).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import QuerySet, Sum

from exclusions.gateways.database.tallies import NO_DAY
from exclusions.models.answers.docket_tally import DocketDay
from exclusions.models.public import PublicPetition
from exclusions.queries.public.docket import LIST_COLUMNS

_RISING, _FALLING = ("posted_on", "reference"), ("-posted_on", "-reference")
_NO_DAY = date.fromisoformat(NO_DAY)


class Ordered(NamedTuple):
    """What of a petition says where it stands in the order of days."""

    posted_on: date | None
    reference: str


def rows_by_days(rows: "QuerySet[PublicPetition]", columns: Sequence[str], offset: int, size: int) -> list[Any]:
    """Return so many rows behind the first ones in the order of these two columns, of which the day is the first and
    both rise or fall, as LIST_COLUMNS; fewer where they end. Two statements.

    None at all where one of them bears no day: it does not stand between two days.
    """
    falling = columns[0].startswith("-")
    days = _days(rows.db, falling=falling)
    last = min(offset + size, sum(number for _, number in days)) - 1
    first_day, before = _place_within(days, offset)
    last_day, until = _place_within(days, last)
    if first_day is None or last_day is None:
        return []
    after = dict(days)[last_day] - until - 1
    # The rows of a day that are not asked for are passed from the nearer end.
    day, passed, down = (first_day, before, falling) if before <= after else (last_day, after, not falling)
    onward = PublicPetition.objects.filter(**{"posted_on__lte" if down else "posted_on__gte": day})
    # The keys are passed on the index alone, and those of the page are read.
    keys = onward.order_by(*(_FALLING if down else _RISING)).values("reference")[passed : passed + last - offset + 1]
    page = PublicPetition.objects.filter(reference__in=keys).order_by(*(_FALLING if falling else _RISING))
    return list(page.values_list(*LIST_COLUMNS, named=True))


def newest_since(alias: str, share: float, least: int) -> date | None:
    """Return the day since which that share of all petitions, and at least so many, were posted; None where there are
    no more than that, or where some bear no day and stand before all others. One statement."""
    days = _days(alias, falling=True)
    whole = sum(number for _, number in days)
    wanted = max(int(share * whole), least)
    if wanted >= whole or days[0][0] is None:
        return None
    return _place_within(days, wanted)[0]


def row_by_days(rows: "QuerySet[PublicPetition]", columns: Sequence[str], offset: int) -> Ordered | None:
    """Return the row with these two columns, of which the day is the first, before which so many stand in their order.

    None where the counts of the days do not lead to one. Two statements.
    """
    day, reference = columns
    days = _days(rows.db, falling=day.startswith("-"))
    if not 0 <= offset < sum(number for _, number in days):
        return None
    posted_on, within = _place_within(days, offset)
    return _row_within(posted_on, within, dict(days)[posted_on], falling=reference.startswith("-"))


def _days(alias: str, *, falling: bool) -> list[tuple[date | None, int]]:
    """Return the days with the number of their rows, in the order in which the database lists them."""
    counted = DocketDay.objects.order_by("day").values_list("day").annotate(Sum("number"))
    days = [(None if day == _NO_DAY else day, number) for day, number in counted if number]
    if days and days[0][0] is None and connections[alias].features.nulls_order_largest:
        days.append(days.pop(0))
    return days[::-1] if falling else days


def _place_within(days: Sequence[tuple[date | None, int]], offset: int) -> tuple[date | None, int]:
    """Return the day of the row before which so many stand, and how many of these are of the day."""
    for day, number in days:
        if offset < number:
            return day, offset
        offset -= number
    return None, 0


def _row_within(posted_on: date | None, offset: int, number: int, *, falling: bool) -> Ordered | None:
    """Return the row before which so many of a day's rows stand; they are passed from the nearer end."""
    if offset > number // 2:
        falling, offset = not falling, number - 1 - offset
    rows = PublicPetition.objects.filter(posted_on=posted_on).order_by("-reference" if falling else "reference")
    found = rows.values_list("reference", flat=True)[offset : offset + 1]
    return next((Ordered(posted_on, reference) for reference in found), None)
