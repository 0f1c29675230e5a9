"""Where a row of the whole docket stands in the order of days, without passing all that stand before it.

The database keeps count of the petitions posted on each day (`models.answers.docket_tally`).
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connections
from django.db.models import QuerySet, Sum

from exclusions.gateways.database.prepared import Prepared, prepared_cursor
from exclusions.gateways.database.tallies import NO_DAY
from exclusions.models.answers.docket_tally import DocketDay
from exclusions.models.public import PublicPetition

_WITHIN = (
    f"SELECT reference FROM {PublicPetition._meta.db_table} WHERE posted_on {{own}} "
    "ORDER BY reference {way} LIMIT 1 OFFSET %s"
)


class Ordered(NamedTuple):
    """What of a petition says where it stands in the order of days."""

    posted_on: date | None
    reference: str


_DAYS: Prepared[DocketDay] = Prepared(
    lambda: DocketDay.objects.order_by("day").values_list("day").annotate(Sum("number")), (), ()
)
_NO_DAY = date.fromisoformat(NO_DAY)


def row_by_days(rows: "QuerySet[PublicPetition]", columns: Sequence[str], offset: int) -> Ordered | None:
    """Return the row with these two columns, of which the day is the first, before which so many stand in their order.

    None where the counts of the days do not lead to one. Two statements.
    """
    day, reference = columns
    days = [(None if one == _NO_DAY else one, number) for one, number in _DAYS.tuples() if number]
    if days and days[0][0] is None and connections[rows.db].features.nulls_order_largest:
        days.append(days.pop(0))
    for posted_on, number in reversed(days) if day.startswith("-") else days:
        if offset < number:
            return _row_within(rows.db, posted_on, offset, number, falling=reference.startswith("-"))
        offset -= number
    return None


def _row_within(alias: str, posted_on: date | None, offset: int, number: int, *, falling: bool) -> Ordered | None:
    """Return the row before which so many of a day's rows stand; they are passed from the nearer end."""
    if offset > number // 2:
        falling, offset = not falling, number - 1 - offset
    own = "IS NULL" if posted_on is None else "= %s"
    day = [] if posted_on is None else [connections[alias].ops.adapt_datefield_value(posted_on)]
    with prepared_cursor(alias) as cursor:
        cursor.execute(_WITHIN.format(own=own, way="DESC" if falling else "ASC"), [*day, offset])
        row = cursor.fetchone()
    return Ordered(posted_on, row[0]) if row else None
