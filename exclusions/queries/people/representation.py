"""Which firms may act for a person's companies, and for whom the person's firms may act."""

from django.db.models import Prefetch, QuerySet

from exclusions.models import Authorization, Membership, Organization, Round, User


def owned_organizations(user: User) -> QuerySet[Organization]:
    """Return the organizations for which the person decides who may act."""
    found = Organization.objects.filter(memberships__user=user, memberships__role=Membership.Role.OWNER)
    return found.order_by("legal_name")


def given(user: User) -> QuerySet[Authorization]:
    """Return the authorizations given by the person's organizations, the latest first."""
    mine = Organization.objects.filter(memberships__user=user)
    return (
        Authorization.objects.filter(client__in=mine)
        .select_related("filer", "client")
        .prefetch_related(Prefetch("rounds", Round.objects.order_by("-opens_at", "slug")))
        .order_by("-valid_from", "-pk")
    )


def received(user: User) -> QuerySet[Authorization]:
    """Return the authorizations that the person's firms have received, by client."""
    mine = Organization.objects.filter(memberships__user=user)
    found = Authorization.objects.filter(filer__in=mine).select_related("filer", "client")
    return found.order_by("client__legal_name", "-valid_from")


def given_one(user: User, authorization_id: int) -> Authorization | None:
    """Return one authorization given by the person's organizations, or None."""
    return given(user).filter(pk=authorization_id).first()
