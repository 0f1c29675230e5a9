"""The cases that wait for a person's role: theirs, their colleagues' and nobody's."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from exclusions import hts
from exclusions.models import Petition, Response, User
from exclusions.models.interest import Ties
from exclusions.models.petition import PetitionQuerySet
from exclusions.queries.casework.holders import holders
from exclusions.queries.casework.lists.beside_cases import About, about, tags_of
from exclusions.queries.casework.lists.sides import Sides, days_by_side
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.roles import Role
from exclusions.workflow.states import STATUSES, Mover, Status, worklist_of

PAGE_SIZE = 40


class Shown(NamedTuple):
    """What a list reads of a case."""

    pk: UUID
    reference: str | None
    product_name: str
    hts10: str
    requester: str
    status: str
    status_since: datetime


# The columns of `Shown`, as they are read.
COLUMNS: Final = tuple("organization__legal_name" if name == "requester" else name for name in Shown._fields)


class Row(NamedTuple):
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
    assignee: str
    mine: bool
    waiting_responses: int
    tags: str


def statuses_for(role: str) -> tuple[Status, ...]:
    """Return the statuses that a role works or, for the auditor, may look through."""
    if role == Role.AUDITOR:
        return tuple(status for status in Status if status != Status.DRAFT)
    return worklist_of(role)


def at_desk(role: str) -> PetitionQuerySet:
    """Return the cases that wait for a role; for the auditor, those to be looked through."""
    rows = Petition.objects.filter(status__in=statuses_for(role))
    if role == Role.INTAKE:
        # While a petition is open to responses, only those that wait to be posted are work.
        rows = rows.filter(Q(status=Status.SUBMITTED) | Q(pk__in=Response.objects.to_post().values("petition")))
    return rows


def worklist(user: User, ties: Ties | None = None) -> QuerySet[Petition]:
    """Return the cases at the desk of a person's role, oldest in their status first; none from which a tie or recusal
    bars them.

    `ties` are the person's, where they have been looked up already.
    """
    rows: QuerySet[Petition] = at_desk(user.role).open_to(user, ties)
    return rows.select_related("organization").order_by("status_since", "reference")


def naming(rows: QuerySet[Petition], words: str) -> QuerySet[Petition]:
    """Return the cases whose reference, product or company has the words in it."""
    return rows.filter(
        Q(reference__icontains=words) | Q(product_name__icontains=words) | Q(organization__legal_name__icontains=words)
    )


def held_by(rows: QuerySet[Petition], user: User, holder: int | None = None) -> QuerySet[Petition]:
    """Return the cases that the person has, or those that `holder` has of the person's team."""
    return rows.filter(pk__in=holders().filter(user=holder or user.pk).values("petition"))


def unassigned(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """Return the cases that nobody has."""
    return rows.exclude(pk__in=holders().values("petition"))


def by_assignee(rows: QuerySet[Petition]) -> QuerySet[Petition]:
    """Return the rows with `holder`, the name of who has each, to be sorted by it."""
    held = holders().filter(petition=OuterRef("pk")).order_by("assigned_at")
    return rows.annotate(holder=Subquery(held.values("user__full_name")[:1]))


def rows(read: Iterable[tuple[Any, ...]], user: User, at: datetime, known: Mapping[str, int]) -> list[Row]:
    """Return the list's rows for cases of `worklist` read by COLUMNS; `known` are the targets in force.

    Four statements, whatever there is, and one more for those who post responses, and for the auditor: they are told of
    the responses that wait to be posted.
    """
    cases = [Shown(*columns) for columns in read]
    if not cases:
        return []
    beside = about([case.pk for case in cases], posts=user.role in (Role.INTAKE, Role.AUDITOR))
    sides, today = days_by_side(cases, at, beside), eastern_date(at)
    return [
        _row(
            case,
            beside[case.pk],
            (today - eastern_date(case.status_since)).days,
            known.get(case.status),
            sides[str(case.pk)],
            user,
        )
        for case in cases
    ]


class _Said(NamedTuple):
    """What a list says of a status, whatever the case: its words and colour, whose move."""

    label: str
    tone: str
    move: str


@cache
def _status_labels(value: str) -> _Said:
    status = Status(value)
    row = STATUSES[status]
    return _Said(
        str(row.status.label),
        row.tone,
        str(row.mover).removeprefix("The ").capitalize() if isinstance(row.mover, Mover) else "Nobody",
    )


def _row(case: Shown, beside: About, days: int, target: int | None, sides: Sides, user: User) -> Row:
    said = _status_labels(case.status)
    holder, name = beside.holder or (None, "")
    return Row(
        reference=case.reference or "",
        product=case.product_name,
        number=hts.dotted(case.hts10) if case.hts10 else "",
        requester=case.requester,
        status=case.status,
        label=said.label,
        tone=said.tone,
        move=said.move,
        days=days,
        target=target,
        over=max(days - target, 0) if target is not None else 0,
        sides=sides,
        assignee=name,
        mine=holder == user.pk,
        waiting_responses=beside.to_post,
        tags=", ".join(tags_of(beside, user)) if beside.tags else "",
    )
