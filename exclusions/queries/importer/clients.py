"""The desk of a firm: whom it may file for now, with their petitions and the deadline that comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Prefetch, QuerySet

from exclusions.models import Authorization, Membership, Organization, Petition, Round, User
from exclusions.queries.importer.own_list import STATES, ahead, condition
from exclusions.queries.importer.petitions import Party
from exclusions.workflow.deadlines import eastern_date


def acts_for_others(user: User) -> bool:
    """Say whether the person belongs to a law firm, association or broker."""
    mine = Organization.objects.filter(memberships__user=user)
    return mine.exclude(kind=Organization.Kind.COMPANY).exists()


def leaves(user: User, at: datetime, client: str = "") -> QuerySet[Authorization]:
    """Return the authorizations under which the person's firms may act on the day, by the clients' names.

    `client` narrows them to clients with these letters in their name.
    """
    mine = Organization.objects.filter(memberships__user=user)
    found = Authorization.objects.valid_on(eastern_date(at)).filter(filer__in=mine)
    return (
        found.filter(client__legal_name__icontains=client)
        .select_related("client", "filer")
        .prefetch_related(Prefetch("rounds", Round.objects.order_by("-opens_at", "slug")))
        .order_by("client__legal_name", "filer__legal_name", "pk")
    )


@dataclass(frozen=True)
class ClientRow:
    """One client of a firm: how many petitions are in which state (its key, words, number), and what is due first."""

    leave: Authorization
    counts: list[tuple[str, str, int]]
    due: datetime | None

    @property
    def party(self) -> str:
        """How the form of a new petition names this client of this firm."""
        return Party(self.leave.client, self.leave.filer).key


def client_rows(user: User, page: Sequence[Authorization], at: datetime) -> list[ClientRow]:
    """Return the rows of some authorizations; one statement for the petitions of all of them."""
    counted = _counted(user, page, at)
    rows = []
    for leave in page:
        found = counted.get((leave.client_id, leave.filer_id), {})
        counts = [(state, words, found.get(state, 0)) for state, words in STATES.items() if found.get(state)]
        rows.append(ClientRow(leave, counts, found.get("due")))
    return rows


def _counted(user: User, page: Sequence[Authorization], at: datetime) -> dict[tuple[Any, Any], dict[str, Any]]:
    pairs = {(leave.client_id, leave.filer_id) for leave in page}
    theirs = Petition.objects.owned_by(user, at).filter(
        organization__in={client for client, _ in pairs}, filer_organization__in={firm for _, firm in pairs}
    )
    numbers = {state: Count("pk", filter=condition(state, at)) for state in STATES}
    grouped = theirs.order_by().values("organization_id", "filer_organization_id")
    rows = grouped.annotate(due=Min(ahead(at)), **numbers)
    return {(row["organization_id"], row["filer_organization_id"]): dict(row) for row in rows}


def colleagues(petition: Petition) -> list[User]:
    """Return who may have a petition: the active people of the company, or of the firm that files for it, by name."""
    acting = petition.filer_organization_id or petition.organization_id
    people = Membership.objects.filter(organization=acting, user__is_active=True, user__role="")
    return [one.user for one in people.select_related("user").order_by("user__full_name", "user__email")]
