"""The cases that wait for a person's role: theirs, their colleagues' and nobody's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from exclusions import hts
from exclusions.models import Assignment, Petition, Response, Round, User
from exclusions.queries.desk.notes import tags_on
from exclusions.queries.desk.sides import Sides, days_by_side
from exclusions.queries.record.due import next_deadline
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.seats import seat, seats
from exclusions.workflow.states import STATUSES, Mover, Status, worklist_of

PAGE_SIZE = 40

NOBODY = Sides()


@dataclass(frozen=True)
class Row:
    """One case of the list, as it is printed. `days` counts New York days since it came to this status.

    `target` is None where a status has none; `over` is how many days beyond it the case is, 0 within it.
    """

    reference: str
    product: str
    number: str
    requester: str
    status: str
    label: str
    tone: str
    move: str
    days: int
    target: int | None
    over: int
    sides: Sides
    deadline: datetime | None
    deadline_of: str
    assignee: str
    mine: bool
    waiting_responses: int
    tags: str


def statuses_for(role: str) -> tuple[Status, ...]:
    """Return the statuses that a role works or, for the auditor, may look through."""
    if role == Role.AUDITOR:
        return tuple(status for status in Status if status != Status.DRAFT)
    return worklist_of(role)


def worklist(user: User) -> QuerySet[Petition]:
    """Return the cases of a person's role, oldest in their status first; none from which a tie or recusal bars them."""
    statuses = statuses_for(user.role)
    rows: QuerySet[Petition] = Petition.objects.filter(status__in=statuses).open_to(user)
    if user.role == Role.INTAKE:
        # While a petition is open to responses, only those that wait to be posted are work.
        rows = rows.filter(Q(status=Status.SUBMITTED) | Q(pk__in=_to_post().values("petition")))
    return rows.select_related("organization").order_by("status_since", "reference")


def _to_post() -> QuerySet[Response]:
    return Response.objects.filter(status=Response.Status.SUBMITTED)


def naming(rows: QuerySet[Petition], words: str) -> QuerySet[Petition]:
    """Return the cases whose reference, product or company has the words in it."""
    return rows.filter(
        Q(reference__icontains=words) | Q(product_name__icontains=words) | Q(organization__legal_name__icontains=words)
    )


def held_by(rows: QuerySet[Petition], user: User, holder: int | None = None) -> QuerySet[Petition]:
    """Return the cases that the person has taken, or those that `holder` has of the person's team."""
    return rows.filter(pk__in=_held(user).filter(user=holder or user.pk).values("petition"))


def unassigned(rows: QuerySet[Petition], user: User) -> QuerySet[Petition]:
    """Return the cases that nobody has taken in the person's role."""
    return rows.exclude(pk__in=_held(user).values("petition"))


def by_assignee(rows: QuerySet[Petition], user: User) -> QuerySet[Petition]:
    """Return the rows with `holder`, the address of who has each in the person's role, to be sorted by it."""
    held = _held(user).filter(petition=OuterRef("pk")).order_by("assigned_at")
    return rows.annotate(holder=Subquery(held.values("user__full_name")[:1]))


def _held(user: User) -> QuerySet[Assignment]:
    held = Assignment.objects.filter(ended_at__isnull=True)
    return held if user.role == Role.AUDITOR else held.filter(role__in=seats(user.role))


def rows(petitions: Sequence[Petition], user: User, at: datetime, known: Mapping[str, int]) -> list[Row]:
    """Return the list's rows for petitions read by `worklist`; `known` are the targets in force.

    Three statements, for intake and auditor four, however many petitions there are.
    """
    keys = [petition.pk for petition in petitions]
    held: dict[tuple[object, str], Assignment] = {
        (row.petition_id, row.role): row
        for row in Assignment.objects.filter(petition__in=keys, ended_at__isnull=True).select_related("user")
    }
    sides = days_by_side(petitions, at)
    tags = tags_on(keys, user)
    waiting: dict[object, int] = {}
    if user.role in (Role.INTAKE, Role.AUDITOR):
        counted = _to_post().filter(petition__in=keys).order_by().values_list("petition").annotate(Count("pk"))
        waiting = dict(counted)
    return [
        _row(
            petition,
            held.get((petition.pk, _place(petition))),
            (eastern_date(at) - eastern_date(petition.status_since)).days,
            known.get(petition.status),
            sides.get(str(petition.pk), NOBODY),
            waiting.get(petition.pk, 0),
            ", ".join(str(mark.tag) for mark in tags.get(petition.pk, [])),
            user,
        )
        for petition in petitions
    ]


def _place(petition: Petition) -> str:
    role = STATUSES[Status(petition.status)].worklist
    return seat(role, petition.status) if isinstance(role, Role) else ""


def _row(
    petition: Petition,
    has: Assignment | None,
    days: int,
    target: int | None,
    sides: Sides,
    waiting: int,
    tags: str,
    user: User,
) -> Row:
    row, (deadline, words) = STATUSES[Status(petition.status)], next_deadline(petition)
    return Row(
        reference=petition.reference or "",
        product=petition.product_name,
        number=hts.dotted(petition.hts10) if petition.hts10 else "",
        requester=petition.organization.legal_name,
        status=petition.status,
        label=str(row.status.label),
        tone=row.tone,
        move=str(row.mover).removeprefix("The ").capitalize() if isinstance(row.mover, Mover) else "Nobody",
        days=days,
        target=target,
        over=max(days - target, 0) if target is not None else 0,
        sides=sides,
        deadline=deadline,
        deadline_of=words,
        assignee=str(has.user) if has else "",
        mine=bool(has and has.user_id == user.pk),
        waiting_responses=waiting,
        tags=tags,
    )


def round_choices() -> list[tuple[str, str]]:
    """Return the rounds that the filter offers, as (slug, title)."""
    return list(Round.objects.current().order_by("-opens_at").values_list("slug", "title"))
