"""Who works beside whom, who leads them, who is away, and how much each has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, QuerySet

from exclusions.models import Absence, Assignment, Event, Petition, User
from exclusions.queries.casework.holders import holders
from exclusions.queries.casework.lists.worklist import at_desk, statuses_for, unassigned
from exclusions.queries.casework.targets import over_target
from exclusions.workflow.deadlines import eastern_date

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Load:
    """One person of a team: open cases, those over target, what was done in the last seven days, and the absence."""

    person: User
    open: int
    over: int
    done: int
    absence: Absence | None


def workers(role: str) -> QuerySet[User]:
    """Return who works cases in a role: not who leads the team, which assigns and records nothing."""
    return User.objects.filter(role=role, is_active=True, leads=False)


def absent(role: str, on: date) -> dict[int, Absence]:
    """Return the absences of a role's people on a day of New York, by the person's key. One statement."""
    rows = Absence.objects.in_force(on).filter(user__role=role).order_by("last_day", "pk")
    return {row.user_id: row for row in rows}


def absence_of(user: User, on: date) -> Absence | None:
    """Return the absence of one person on a day, or None. One statement."""
    return next(iter(Absence.objects.in_force(on).filter(user=user).order_by("-last_day", "pk")[:1]), None)


def open_cases(role: str) -> QuerySet[Assignment]:
    """Return what the people of a role have of the cases that stand at their desk now."""
    return holders().filter(petition__in=at_desk(role), user__role=role)


def loads(role: str, at: datetime, known: Mapping[str, int]) -> list[Load]:
    """Return the load of each person of a team, by name; `known` are the targets. Five statements."""
    people = list(workers(role).order_by("full_name", "email"))
    held = open_cases(role).order_by().values_list("user")
    late = Petition.objects.filter(over_target(at, known, statuses_for(role)))
    counted = dict(held.annotate(Count("pk")))
    over = dict(held.filter(petition__in=late).annotate(Count("pk")))
    moved = Event.objects.filter(by__in=[person.pk for person in people], at__gt=at - WEEK, role=role)
    moved = moved.filter(subject__startswith="petition:").exclude(from_status=F("to_status"))
    done = dict(moved.order_by().values_list("by").annotate(Count("pk")))
    away = absent(role, eastern_date(at))
    return [
        Load(person, counted.get(person.pk, 0), over.get(person.pk, 0), done.get(person.pk, 0), away.get(person.pk))
        for person in people
    ]


def coming_absences(role: str, on: date) -> QuerySet[Absence]:
    """Return the absences of a team that hold on a day or later, by their first day."""
    rows = Absence.objects.filter(user__role=role, last_day__gte=on, withdrawn_at__isnull=True)
    return rows.select_related("user").order_by("first_day", "pk")


def unassigned_count(role: str) -> int:
    """Return how many cases of a role nobody has."""
    return unassigned(at_desk(role)).count()
