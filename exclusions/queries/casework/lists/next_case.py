"""Which case is a person's next."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from exclusions.models import Petition, Recommendation, User
from exclusions.queries.casework.lists.team import absent, open_cases, workers
from exclusions.queries.casework.lists.worklist import held_by, statuses_for, unassigned, worklist
from exclusions.queries.casework.targets import over_target, targets
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status

AT_A_TIME: Final = 50  # cases that are tried for one person
AHEAD: Final = 10  # cases more than the lightest colleague: then nobody is given another one


def longest_waiting(user: User, at: datetime) -> list[UUID]:
    """Return the keys of the free cases of a person's role, at most 50: over target first, each by how long it waits.

    None from which the person is barred or of which the person made the recommendation that is to be looked at.
    """
    rows = unassigned(worklist(user))
    made = Recommendation.objects.filter(made_by=user)
    if Status.CONSISTENCY in statuses_for(user.role):
        rows = rows.exclude(status=Status.CONSISTENCY, pk__in=made.filter(level=2).values("petition"))
        rows = rows.exclude(status=Status.LEVEL2, pk__in=made.filter(level=1).values("petition"))
    return list(_by_need(rows, user, at).values_list("pk", flat=True)[:AT_A_TIME])


def own_longest(user: User, at: datetime) -> Petition | None:
    """Return the case of a person's own that waits longest, over target first, or None."""
    rows = _by_need(held_by(worklist(user), user), user, at).select_related("round", "organization")
    return next(iter(rows[:1]), None)


def _by_need(rows: QuerySet[Petition], user: User, at: datetime) -> QuerySet[Petition]:
    late = over_target(at, targets(), statuses_for(user.role))
    return rows.annotate(late=Case(When(late, then=Value(0)), default=Value(1), output_field=IntegerField())).order_by(
        "late", "status_since", "reference"
    )


def present_loads(role: str, at: datetime) -> dict[int, int]:
    """Return how many open cases each person of a role has who is not away, by the person's key. Three statements."""
    away = absent(role, eastern_date(at))
    people = dict.fromkeys(workers(role).exclude(pk__in=away).values_list("pk", flat=True), 0)
    counted = open_cases(role).order_by().values_list("user").annotate(Count("pk"))
    return people | {key: number for key, number in counted if key in people}


def ahead_of_team(user: User, at: datetime) -> bool:
    """Say whether a person has so many more cases than the lightest colleague that another should get the next one."""
    found = present_loads(user.role, at)
    mine = found.pop(user.pk, 0)
    return bool(found) and mine - min(found.values()) >= AHEAD
