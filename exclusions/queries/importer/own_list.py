"""The list of a person's petitions: narrowed by state and organization, what has to be done soonest on top."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, Count, DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from exclusions.models import BulkRow, Petition, Response, User
from exclusions.workflow.states import ASKED_OF_OWNERS, CLOSED, COMMENTING, EDITABLE, WITHDRAWABLE, Status

MOST_MOVES = 10
DRAFTS, YOURS, AGENCY, OVER = "draft", "yours", "agency", "closed"
STATES = {
    DRAFTS: "Drafts",
    YOURS: "Filed, waiting for you",
    AGENCY: "Filed, nothing for you to do",
    OVER: "Decided or closed",
}


def condition(state: str, at: datetime) -> Q:
    """Return the condition under which a petition is in one of the STATES at a moment; always met for ""."""
    if state == DRAFTS:
        return Q(status=Status.DRAFT)
    if state == OVER:
        return Q(status__in=CLOSED)
    if state not in (YOURS, AGENCY):
        return Q()
    to_reply = Response.objects.to_be_replied_to(at).filter(petition=OuterRef("pk"))
    waiting = Q(status=Status.RETURNED) | Q(Exists(to_reply), status__in=COMMENTING)
    return waiting if state == YOURS else ~waiting & ~Q(status__in=EDITABLE | CLOSED)


def in_state(found: QuerySet[Petition], state: str, at: datetime) -> QuerySet[Petition]:
    """Return those of the petitions that are in one of the STATES at a moment; all of them for ""."""
    return found.filter(condition(state, at))


def narrowed(
    found: QuerySet[Petition],
    at: datetime,
    *,
    state: str = "",
    organization: str = "",
    person: str = "",
    sheet: str = "",
) -> QuerySet[Petition]:
    """Return those of the petitions in a state, of an organization, with a person and of a sheet, by keys; "": all."""
    found = in_state(found, state, at)
    found = found.filter(organization__pk=organization) if organization else found
    found = found.filter(pk__in=BulkRow.objects.filter(sheet__pk=sheet).values("petition")) if sheet else found
    return found.filter(filed_by__pk=person) if person else found


def ahead(at: datetime, *, replies: bool = True) -> Case:
    """Return the next deadline of a petition, where it is not over; `replies`: whether any may have one for a reply."""
    closes: Case | Coalesce = Case(
        When(status=Status.POSTED, response_closes_at__gte=at, then=F("response_closes_at")),
        When(status=Status.REPLYING, reply_closes_at__gte=at, then=F("reply_closes_at")),
    )
    if replies:
        open_ = Response.objects.to_be_replied_to(at).filter(petition=OuterRef("pk")).order_by("reply_closes_at")
        closes = Coalesce(Subquery(open_.values("reply_closes_at")[:1]), closes)
    return Case(
        When(status=Status.DRAFT, round__closes_at__gte=at, then=F("round__closes_at")),
        When(status=Status.RETURNED, cure_closes_at__gte=at, then=F("cure_closes_at")),
        When(status__in=COMMENTING, then=closes),
        output_field=DateTimeField(),
    )


def still_open(user: User, at: datetime) -> QuerySet[Petition]:
    """Return the petitions of a person that may be withdrawn, and the drafts, the last changed on top."""
    owned = Petition.objects.owned_by(user, at).filter(status__in={Status.DRAFT, *WITHDRAWABLE})
    return owned.select_related("organization").order_by("-updated_at", "-pk")


class ToReply(NamedTuple):
    """To how many responses the owners of a petition may reply now, and until when to the first."""

    number: int
    by: datetime | None

    @classmethod
    def from_responses(cls, responses: Sequence[Response]) -> "ToReply | None":
        """Return the number of the responses and the first deadline; None without any. `responses` come by deadline."""
        return cls(len(responses), responses[0].reply_closes_at) if responses else None


def to_reply(owned: QuerySet[Petition], at: datetime) -> dict[UUID, ToReply]:
    """Return which of the petitions have responses that wait for a reply, by their keys. One statement."""
    commenting = owned.filter(status__in=COMMENTING).order_by().values("pk")
    found = Response.objects.to_be_replied_to(at).filter(petition__in=commenting).order_by()
    rows = found.values_list("petition").annotate(number=Count("pk"), by=Min("reply_closes_at"))
    return {key: ToReply(number, by) for key, number, by in rows}


def soonest_first(found: QuerySet[Petition], at: datetime, replies: Mapping[UUID, ToReply]) -> QuerySet[Petition]:
    """Return the petitions by the deadline ahead that the list shows, then those without, the last changed on top."""
    next_ = ahead(at, replies=bool(replies))
    return found.order_by(next_.asc(nulls_last=True), "-updated_at", "-pk")


class NextMove(NamedTuple):
    """What the owners of a petition do next, as a request, and until when."""

    key: UUID
    product: str
    reference: str | None
    organization: str
    todo: str
    deadline: datetime | None


def your_moves(owned: QuerySet[Petition], at: datetime, replies: Mapping[UUID, ToReply]) -> list[NextMove]:
    """Return what the owners have to do next, the first deadline on top: replies, corrections, drafts to be finished.

    At most MOST_MOVES; drafts of windows that are over are left out. One statement.
    """
    open_draft = Q(status=Status.DRAFT, round__opens_at__lte=at, round__closes_at__gte=at)
    to_do = owned.filter(Q(pk__in=list(replies)) | Q(status=Status.RETURNED) | open_draft)
    rows = soonest_first(to_do, at, replies).values_list(
        "pk", "product_name", "reference", "organization__legal_name", "status", "round__closes_at", "cure_closes_at"
    )
    found = []
    for key, product, reference, organization, status, closes, cure in rows[:MOST_MOVES]:
        if reply := replies.get(key):
            todo, deadline = "You may reply to responses", reply.by
        else:
            todo, deadline = ASKED_OF_OWNERS[Status(status)], closes if status == Status.DRAFT else cure
        found.append(NextMove(key, product, reference, organization, todo, deadline))
    return found


@dataclass(frozen=True)
class Whose:
    """Of the petitions that a person may work on: (key, name) of the requesters and of who has them, by name.

    `through_firm`: whether a firm files any of them; `number`: how many there are in each status.
    """

    organizations: list[tuple[str, str]]
    people: list[tuple[str, str]]
    through_firm: bool
    number: Counter[str]


def whose(owned: QuerySet[Petition]) -> Whose:
    """Return whose the petitions are that a person may work on, and in which status; one statement."""
    parties = ("organization", "organization__legal_name", "filed_by", "filed_by__full_name", "filed_by__email")
    rows = owned.order_by().values_list(*parties, "filer_organization", "status").annotate(number=Count("pk"))
    organizations, people, through_firm, number = set(), set(), False, Counter[str]()
    for key, name, person, full_name, email, firm, status, many in rows:
        organizations.add((str(key), name))
        people.add((str(person), full_name or email))
        through_firm |= bool(firm)
        number[status] += many
    return Whose(_by_name(organizations), _by_name(people), through_firm, number)


def _by_name(named: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(named, key=lambda one: (one[1].casefold(), one[0]))
