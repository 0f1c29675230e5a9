"""Which case is a person's next."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from exclusions.models import Assignment, Petition, Recommendation, User
from exclusions.queries.desk.targets import over_target, targets
from exclusions.queries.desk.worklist import held_by, statuses_for, unassigned, worklist
from exclusions.workflow.seats import seats
from exclusions.workflow.states import CLOSED, Status

AT_A_TIME: Final = 50  # cases that are tried for one person
AHEAD: Final = 10  # cases more than the lightest colleague: then nobody is given another one


def longest_waiting(user: User, at: datetime) -> list[UUID]:
    """Return the keys of the free cases of a person's role, at most 50: over target first, each by how long it waits.

    None from which the person is barred or of which the person made the recommendation that is to be looked at.
    """
    rows = unassigned(worklist(user), user)
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


def loads(role: str) -> dict[int, int]:
    """Return how many open cases each person of a role has, by the person's key; 0 for who has none. Two statements."""
    people = dict.fromkeys(User.objects.filter(role=role, is_active=True).values_list("pk", flat=True), 0)
    held = Assignment.objects.filter(user__role=role, ended_at__isnull=True, role__in=seats(role))
    alive = held.exclude(petition__status__in=CLOSED).filter(_at_their_desk(role))
    counted = alive.order_by().values_list("user").annotate(Count("pk"))
    return people | {key: number for key, number in counted if key in people}


def _at_their_desk(role: str) -> Q:
    """The case is in a status that the role works: one that has gone on is nobody's load."""
    return Q(petition__status__in=statuses_for(role))


def ahead_of_team(user: User, at: datetime) -> bool:
    """Say whether a person has so many more cases than the lightest colleague that another should get the next one."""
    found = loads(user.role)
    mine = found.pop(user.pk, 0)
    return bool(found) and mine - min(found.values()) >= AHEAD
