"""A page of a list as it stands or sorted, not narrowed: what everybody opens many times a day.

Its statement is made once for a role and an order, and PostgreSQL plans it once: either takes longer than to read the
forty cases. Which cases are on the page is read from an index alone, however deep it lies.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from exclusions.gateways.database.prepared import Prepared
from exclusions.gateways.database.together import Fetch, fetch
from exclusions.models import Petition, User
from exclusions.models.interest import Ties

# The cases of a list for a person, of whom these ties are known, in order.
Listed = Callable[[User, Ties | None], QuerySet[Petition]]
Read = tuple[list[tuple[Any, ...]], int]
NONE_TIED = Ties(frozenset(), frozenset())


class _HowMany(Subquery):
    """How many rows a queryset has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"


def read_page(
    listed: Listed,
    user: User,
    columns: Sequence[str],
    size: int,
    *,
    number: int = 1,
    most: int,
    order: Sequence[str] = (),
) -> Fetch[Read]:
    """Return the look-up of these columns of the cases on a page of a list, and of how many the list has, counted up to
    `most`.

    For a person whom no tie bars: each tie is a condition of its own. `listed` is a function of a module, `order` takes
    the place of its own. One statement; it counts nothing where the page has no cases.
    """
    start = (number - 1) * size
    deep = most <= start + size + 1  # all before the page are there, and one row beyond it says whether there are more
    statement = _statement(listed, user.role, tuple(columns), size + deep, tuple(order), counted=not deep)
    if deep:

        def read(rows: list[tuple[Any, ...]]) -> Read:
            return rows[:size], min(start + len(rows), most) if rows else 0

        return fetch(statement, user.pk, start, made=read)
    return fetch(statement, user.pk, start, most, made=_counted)


def _counted(rows: list[tuple[Any, ...]]) -> Read:
    return [row[:-1] for row in rows], int(rows[0][-1]) if rows else 0


@cache
def _statement(
    listed: Listed, role: str, columns: tuple[str, ...], size: int, order: tuple[str, ...], *, counted: bool
) -> Prepared[Petition]:
    def page(key: int, start: int, most: int = 0) -> Any:
        rows = listed(User(pk=key, role=role), NONE_TIED)
        rows = rows.order_by(*order) if order else rows
        # What is joined is read of the cases of the page alone.
        shown = Petition.objects.filter(pk__in=rows.values("pk")[start : start + size]).order_by(*rows.query.order_by)
        if not counted:
            return shown.values_list(*columns)
        how_many = _HowMany(rows.order_by().values("pk")[:most], output_field=IntegerField())
        return shown.annotate(counted=how_many).values_list(*columns, "counted")

    return Prepared(page)
