"""The first page of a list as it stands, not narrowed: what everybody opens many times a day.

Its statement is made once for a role, and PostgreSQL plans it once: either takes longer than to read the forty cases.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

from exclusions.gateways.database.prepared import Prepared
from exclusions.models import Petition, User
from exclusions.models.interest import Ties
from exclusions.queries.desk.lists.list_pages import COUNTED

# The cases of a list for a person, of whom these ties are known, in order.
Listed = Callable[[User, Ties | None], QuerySet[Petition]]
NONE_TIED = Ties(frozenset(), frozenset())


class _HowMany(Subquery):
    """How many rows a queryset has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"


def first_page(listed: Listed, user: User, columns: Sequence[str], size: int) -> tuple[list[tuple[Any, ...]], int]:
    """Return these columns of the first cases of a list, and how many it has, counted up to COUNTED. One statement.

    For a person whom no tie bars: each tie is a condition of its own. `listed` is a function of a module.
    """
    rows = _statement(listed, user.role, tuple(columns), size).tuples(user.pk)
    return [row[:-1] for row in rows], int(rows[0][-1]) if rows else 0


@cache
def _statement(listed: Listed, role: str, columns: tuple[str, ...], size: int) -> Prepared[Petition]:
    def page(key: int) -> Any:
        rows = listed(User(pk=key, role=role), NONE_TIED)
        counted = _HowMany(rows.order_by().values("pk")[:COUNTED], output_field=IntegerField())
        # What is joined is read of the cases of the page alone.
        shown = Petition.objects.filter(pk__in=rows.values("pk")[:size]).order_by(*rows.query.order_by)
        return shown.annotate(counted=counted).values_list(*columns, "counted")

    return Prepared(page, (1,), (2,))
