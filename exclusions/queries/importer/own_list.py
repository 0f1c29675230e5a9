"""The list of a person's petitions: narrowed by state and organization, what has to be done soonest on top."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from exclusions.models import Petition, Response, User
from exclusions.workflow.states import ASKED_OF_OWNERS, CLOSED, COMMENTING, EDITABLE, Status

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
    waiting = Q(status=Status.RETURNED)
    to_reply = Response.objects.to_be_replied_to(at).filter(petition=OuterRef("pk"))
    waiting |= Q(Exists(to_reply), status__in=COMMENTING)
    of_state = {
        DRAFTS: Q(status=Status.DRAFT),
        YOURS: waiting,
        AGENCY: ~waiting & ~Q(status__in=EDITABLE | CLOSED),
        OVER: Q(status__in=CLOSED),
    }
    return of_state.get(state, Q())


def in_state(found: QuerySet[Petition], state: str, at: datetime) -> QuerySet[Petition]:
    """Return those of the petitions that are in one of the STATES at a moment; all of them for ""."""
    return found.filter(condition(state, at))


def narrowed(
    found: QuerySet[Petition], at: datetime, *, state: str = "", organization: str = "", person: str = ""
) -> QuerySet[Petition]:
    """Return those of the petitions in a state, of an organization and with a person, by their keys; "": all."""
    found = in_state(found, state, at)
    found = found.filter(organization__pk=organization) if organization else found
    return found.filter(filed_by__pk=person) if person else found


def with_deadline(found: QuerySet[Petition], at: datetime) -> QuerySet[Petition]:
    """Return the petitions with the next deadline that the list shows (`deadline`), and with it where it is `ahead`."""
    replies = Response.objects.to_be_replied_to(at).filter(petition=OuterRef("pk")).order_by("reply_closes_at")
    reply = Subquery(replies.values("reply_closes_at")[:1])
    due = Case(
        When(status=Status.DRAFT, then=F("round__closes_at")),
        When(status=Status.RETURNED, then=F("cure_closes_at")),
        When(status=Status.POSTED, then=Coalesce(reply, F("response_closes_at"))),
        When(status=Status.REPLYING, then=Coalesce(reply, F("reply_closes_at"))),
        output_field=DateTimeField(),
    )
    ahead = Case(When(deadline__gte=at, then=F("deadline")), output_field=DateTimeField())
    return found.annotate(deadline=due).annotate(ahead=ahead)


def soonest_first(found: QuerySet[Petition], at: datetime) -> QuerySet[Petition]:
    """Return the petitions by the deadline ahead that the list shows, then those without, the last changed on top."""
    return with_deadline(found, at).order_by(F("ahead").asc(nulls_last=True), "-updated_at", "-pk")


@dataclass(frozen=True)
class NextMove:
    """What the owners of a petition do next, as a request, and until when."""

    petition: Petition
    todo: str
    deadline: datetime | None


def your_moves(user: User | AnonymousUser, at: datetime) -> list[NextMove]:
    """Return what the owners have to do next, the first deadline on top: replies, corrections, drafts to be finished.

    At most MOST_MOVES; drafts of windows that are over are left out. One statement.
    """
    to_do = condition(YOURS, at) | Q(status=Status.DRAFT, round__opens_at__lte=at, round__closes_at__gte=at)
    theirs = Petition.objects.owned_by(user, at).select_related("organization").filter(to_do)
    found = with_deadline(theirs, at).order_by(F("ahead").asc(nulls_last=True), "-updated_at", "-pk")[:MOST_MOVES]
    return [
        NextMove(one, ASKED_OF_OWNERS.get(Status(one.status), "You may reply to responses"), vars(one)["deadline"])
        for one in found
    ]


@dataclass(frozen=True)
class Whose:
    """Of the petitions that a person may work on: (key, name) of the requesters and of who has them, by name.

    `through_firm`: whether a firm files any of them.
    """

    organizations: list[tuple[str, str]]
    people: list[tuple[str, str]]
    through_firm: bool


def whose(user: User | AnonymousUser, at: datetime) -> Whose:
    """Return whose the petitions are that the person may work on at a moment; one statement."""
    rows = Petition.objects.owned_by(user, at).order_by()
    named = rows.values_list(
        "organization", "organization__legal_name", "filed_by", "filed_by__full_name", "filed_by__email"
    )
    found = list(named.annotate(firm=F("filer_organization")).distinct())
    organizations = {(str(key), name) for key, name, *_ in found}
    people = {(str(key), full_name or email) for _, _, key, full_name, email, _ in found}
    return Whose(_by_name(organizations), _by_name(people), any(firm for *_, firm in found))


def _by_name(named: set[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(named, key=lambda one: (one[1].casefold(), one[0]))
