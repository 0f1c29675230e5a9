"""From which cases a person is kept, as SQL for statements that are written by hand."""

from typing import Any

from django.db.models import QuerySet

from exclusions.models import Petition, User
from exclusions.models.interest import Ties
from exclusions.workflow.roles import READS_CONFIDENTIAL


def barred_keys(user: User, ties: Ties | None, values: dict[str, Any]) -> str:
    """Return the SQL of the keys of the petitions that bar a person; what it is asked with is put into `values`.

    `ties` are the person's, where they have been looked up already; otherwise one statement asks for them.
    """
    return _written(Petition.objects.barred_keys(user, ties), values)


def unseen_keys(user: User, ties: Ties | None, values: dict[str, Any]) -> str:
    """Return the same of all that `search.cases_of` keeps from a person: who works in public knows of none unposted."""
    unseen = Petition.objects.barred_keys(user, ties)
    if user.role not in READS_CONFIDENTIAL:
        unseen = unseen.union(Petition.objects.filter(posted_at__isnull=True).values("pk"), all=True)
    return _written(unseen, values)


def _written(keys: QuerySet[Any, Any], values: dict[str, Any]) -> str:
    sql, params = keys.query.sql_with_params()
    names = [f"barred_{number}" for number in range(len(params))]
    values |= dict(zip(names, params, strict=True))
    return sql % tuple(f"%({name})s" for name in names)
