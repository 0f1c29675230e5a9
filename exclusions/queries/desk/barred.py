"""From which cases a person is kept, as SQL for statements that are written by hand."""

from typing import Any

from exclusions.models import Petition, User
from exclusions.models.interest import Ties
from exclusions.workflow.roles import READS_CONFIDENTIAL


def barred_keys(user: User, ties: Ties | None, values: dict[str, Any]) -> str:
    """Return the SQL of the keys of the petitions that bar a person; what it is asked with is put into `values`.

    `ties` are the person's, where they have been looked up already; otherwise one statement asks for them.
    """
    barred = Petition.objects.all().barred_keys(user, ties)
    names = [f"barred_{number}" for number in range(len(barred.params))]
    values |= dict(zip(names, barred.params, strict=True))
    return " ".join((barred.sql % tuple(f"%({name})s" for name in names)).split())


def unseen_keys(user: User, ties: Ties | None, values: dict[str, Any]) -> str:
    """Return the same of all that `search.cases_of` keeps from a person: who works in public knows of none unposted."""
    without = barred_keys(user, ties, values)
    if user.role not in READS_CONFIDENTIAL:
        without += f" UNION ALL SELECT id FROM {Petition._meta.db_table} WHERE posted_at IS NULL"
    return without
