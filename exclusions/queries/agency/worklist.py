"""The cases that wait for a person's role: theirs, their colleagues' and nobody's."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from exclusions.models import Assignment, Petition, Response, Round, User
from exclusions.queries.record.due import next_deadline
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.seats import seat, seats
from exclusions.workflow.states import STATUSES, Status, worklist_of

PAGE_SIZE = 40

# Customs works from drafts, the administrator in Django admin; neither has a list of petitions.
HAS_WORKLIST = frozenset({*filter(worklist_of, Role), Role.AUDITOR})


@dataclass(frozen=True)
class Row:
    """One case of the list. `age_days` counts New York days since it came to this status."""

    petition: Petition
    age_days: int
    deadline: datetime | None
    deadline_of: str
    assignee: str
    mine: bool
    waiting_responses: int


def statuses_for(role: str) -> tuple[Status, ...]:
    """Return the statuses that a role works or, for the auditor, may look through."""
    if role == Role.AUDITOR:
        return tuple(status for status in Status if status != Status.DRAFT)
    return worklist_of(role)


def worklist(user: User) -> QuerySet[Petition]:
    """Return the cases of a person's role, oldest in their status first; none from which a tie or recusal bars them."""
    statuses = statuses_for(user.role)
    rows: QuerySet[Petition] = Petition.objects.filter(status__in=statuses).open_to(user)
    waiting = Count("responses", filter=Q(responses__status=Response.Status.SUBMITTED))
    if user.role == Role.INTAKE:
        # While a petition is open to responses, only those that wait to be posted are work.
        rows = rows.annotate(waiting=waiting).filter(Q(status=Status.SUBMITTED) | Q(waiting__gt=0))
    mine = Assignment.objects.filter(ended_at__isnull=True).select_related("user")
    return (
        rows.select_related("round", "organization")
        .prefetch_related(Prefetch("assignments", queryset=mine, to_attr="open_assignments"))
        .order_by("status_since", "reference")
    )


def naming(rows: QuerySet[Petition], words: str) -> QuerySet[Petition]:
    """Return the cases whose reference, product or company has the words in it."""
    return rows.filter(
        Q(reference__icontains=words) | Q(product_name__icontains=words) | Q(organization__legal_name__icontains=words)
    )


def held_by(rows: QuerySet[Petition], user: User) -> QuerySet[Petition]:
    """Return the cases that the person has taken."""
    return rows.filter(pk__in=_held(user).filter(user=user).values("petition"))


def unassigned(rows: QuerySet[Petition], user: User) -> QuerySet[Petition]:
    """Return the cases that nobody has taken in the person's role."""
    return rows.exclude(pk__in=_held(user).values("petition"))


def _held(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.filter(ended_at__isnull=True, role__in=seats(user.role))


def rows(petitions: list[Petition], user: User, at: datetime) -> list[Row]:
    """Return the list's rows for petitions read by `worklist`; runs no SQL."""
    return [_row(petition, user, at) for petition in petitions]


def _row(petition: Petition, user: User, at: datetime) -> Row:
    role = STATUSES[Status(petition.status)].worklist
    place = seat(role, petition.status) if isinstance(role, Role) else ""
    held: list[Assignment] = getattr(petition, "open_assignments", [])
    mine = next((assignment for assignment in held if assignment.role == place), None)
    deadline, words = next_deadline(petition)
    return Row(
        petition=petition,
        age_days=(eastern_date(at) - eastern_date(petition.status_since)).days,
        deadline=deadline,
        deadline_of=words,
        assignee=str(mine.user) if mine else "",
        mine=bool(mine and mine.user_id == user.pk),
        waiting_responses=getattr(petition, "waiting", 0),
    )


def round_choices() -> list[tuple[str, str]]:
    """Return the rounds that the filter offers, as (slug, title)."""
    return list(Round.objects.current().order_by("-opens_at").values_list("slug", "title"))
