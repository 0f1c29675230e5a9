"""Which firms may act for a person's companies, and for whom the person's firms may act."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from exclusions.models import Authorization, Membership, Organization, Petition, Round, User
from exclusions.workflow.states import CLOSED


def owned_organizations(user: User) -> QuerySet[Organization]:
    """Return the organizations for which the person decides who may act."""
    found = Organization.objects.filter(memberships__user=user, memberships__role=Membership.Role.OWNER)
    return found.order_by("legal_name")


def given(user: User, client: str = "") -> QuerySet[Authorization]:
    """Return the authorizations given by the person's organizations, the latest first; `client` as in `received`."""
    mine = Organization.objects.filter(memberships__user=user)
    return (
        Authorization.objects.filter(client__in=mine, client__legal_name__icontains=client)
        .select_related("filer", "client")
        .prefetch_related(Prefetch("rounds", Round.objects.order_by("-opens_at", "slug")))
        .order_by("-valid_from", "-pk")
    )


def received(user: User, client: str = "") -> QuerySet[Authorization]:
    """Return the authorizations that the person's firms have received, by client; `client` is a part of its name."""
    mine = Organization.objects.filter(memberships__user=user)
    found = Authorization.objects.filter(filer__in=mine, client__legal_name__icontains=client)
    found = found.select_related("filer", "client")
    return found.order_by("client__legal_name", "-valid_from")


def rounds_to_act_in(at: datetime, organizations: Sequence[Organization] = ()) -> QuerySet[Round]:
    """Return the rounds for which a firm can be authorized: whose window is open or ahead at a moment.

    Also those already closed in which one of the organizations has a petition under way: it may need a reply there.
    """
    under_way = Petition.objects.filter(organization__in=organizations).exclude(status__in=CLOSED)
    asked = Q(closes_at__gte=at) | Q(slug__in=under_way.values("round__slug"))
    return Round.objects.current().filter(asked).order_by("-opens_at")


def given_one(user: User, authorization_id: int) -> Authorization | None:
    """Return one authorization given by the person's organizations, or None."""
    return given(user).filter(pk=authorization_id).first()


def under_way(leave: Authorization) -> int:
    """Return how many petitions of the client, not yet over, the firm of an authorization works on."""
    theirs = Petition.objects.filter(organization=leave.client_id, filer_organization=leave.filer_id)
    return theirs.exclude(status__in=CLOSED).count()
