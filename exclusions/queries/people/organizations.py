"""Organizations as their people see them, and as staff see them who vet firms and look for duplicates."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from exclusions.models import Event, Invitation, Listing, Membership, Organization, User
from exclusions.models.interest import LEGAL_SUFFIXES, Interest, Ties, spoken_name

# Words that tell a legal form, or nothing, and not a company.
FORMS = LEGAL_SUFFIXES | {"and", "of", "the"}
# Addresses of these domains say nothing about where somebody works.
ANYBODYS = frozenset(
    {
        "aol.com",
        "gmail.com",
        "hotmail.com",
        "icloud.com",
        "live.com",
        "msn.com",
        "outlook.com",
        "proton.me",
        "yahoo.com",
    }
)


def mine(user: User) -> QuerySet[Membership]:
    """Return the person's memberships with their organizations, by name."""
    return Membership.objects.filter(user=user).select_related("organization").order_by("organization__legal_name")


def membership_in(user: User, organization_id: UUID) -> Membership | None:
    """Return the person's place in an organization, or None."""
    return Membership.objects.filter(user=user, organization_id=organization_id).select_related("organization").first()


def members(organization: Organization) -> QuerySet[Membership]:
    """Return an organization's people, owners first."""
    return organization.memberships.select_related("user").order_by("-role", "user__full_name", "user__email")


def open_invitations(organization: Organization, at: datetime) -> QuerySet[Invitation]:
    """Return the invitations that may still be accepted."""
    return organization.invitations.filter(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at).order_by(
        "-created_at", "-pk"
    )


def listings_of(organization: Organization) -> QuerySet[Listing]:
    """Return where associations list the organization, with the petition's status once the listing is accepted."""
    found = organization.listings.filter(ended_at__isnull=True)
    return found.select_related("petition__organization", "petition__round").order_by("-listed_at", "-pk")


def firms(*, vetted: bool) -> QuerySet[Organization]:
    """Return the firms and associations that are vetted, or wait for it; the one that waits longest first."""
    found = Organization.objects.exclude(kind=Organization.Kind.COMPANY).filter(merged_into__isnull=True)
    return found.filter(vetted_at__isnull=not vetted).select_related("vetted_by").order_by("created_at", "legal_name")


def history(organization: Organization) -> QuerySet[Event]:
    """Return what happened to an organization, oldest first."""
    return Event.objects.filter(subject=f"organization:{organization.pk}").select_related("by").order_by("sequence")


@dataclass(frozen=True)
class Candidates:
    """Organizations that may be the same, and what they share."""

    why: str
    organizations: list[Organization]


def plain_name(legal_name: str) -> str:
    """Return a name as duplicates are compared: small letters, no punctuation, no words of legal form."""
    words = re.findall(r"[a-z0-9]+", legal_name.lower().replace("&", " and ").replace(".", ""))
    return " ".join(word for word in words if word not in FORMS)


def duplicates(among: Collection[UUID] | None = None) -> list[Candidates]:
    """Return groups of organizations with the same plain name, or people at the same e-mail domain; two statements.

    `among`: looks at these alone, which says whether the search pairs them.
    """
    live = Organization.objects.filter(merged_into__isnull=True)
    if among is not None:
        live = live.filter(pk__in=among)
    counted = {
        one.pk: one
        for one in live.annotate(
            petition_count=Count("petitions", distinct=True), member_count=Count("memberships", distinct=True)
        )
    }
    by_name: dict[str, set[UUID]] = defaultdict(set)
    for one in counted.values():
        by_name[plain_name(one.legal_name)].add(one.pk)
    by_domain: dict[str, set[UUID]] = defaultdict(set)
    rows = Membership.objects.filter(~Q(user__email=""), organization__in=counted)
    for email, key in rows.values_list("user__email", "organization_id"):
        domain = email.rpartition("@")[2].lower()
        if domain not in ANYBODYS:
            by_domain[domain].add(key)
    groups = [("the same name", keys) for name, keys in sorted(by_name.items()) if name]
    groups += [(f"addresses at {domain}", keys) for domain, keys in sorted(by_domain.items())]
    return [
        Candidates(why, sorted((counted[key] for key in keys), key=lambda one: (one.created_at, one.legal_name)))
        for why, keys in groups
        if len(keys) > 1
    ]


SHORTEST, LOOKED_AT = 4, 500  # letters of a word that makes names alike; names that are looked at


def companies_like(name: str, most: int) -> list[str]:
    """Return the legal names on file that share a word with a name, without legal suffixes."""
    words = [word for word in spoken_name(name) if len(word) >= SHORTEST]
    if not words:
        return []
    shared = reduce(or_, (Q(legal_name__icontains=word) for word in words))
    found = Organization.objects.filter(shared, merged_into__isnull=True).order_by("legal_name", "pk")
    names = found.values_list("legal_name", flat=True)[:LOOKED_AT]
    return sorted(names, key=lambda one: -len(set(spoken_name(name)) & set(spoken_name(one))))[:most]


def still_named(interest: Interest) -> list[str]:
    """Return the legal names on file that hold the words of an interest, but those found to be other companies."""
    others = interest.not_them.values_list("name", flat=True)
    rows = [(None, interest.name, ""), *((None, interest.name, other) for other in others)]
    return companies_of(Ties.from_rows(rows), LOOKED_AT)


def companies_named(name: str, most: int) -> list[str]:
    """Return the legal names on file of the companies to which an interest declared by this name ties, at most so
    many.
    """
    return companies_of(Ties.from_rows([(None, name, "")]), most)


def companies_of(ties: Ties, most: int) -> list[str]:
    """Return the legal names on file of the companies that ties name, at most so many."""
    conditions = ties.naming("legal_name")
    found = Organization.objects.filter(reduce(or_, conditions), merged_into__isnull=True).order_by("legal_name", "pk")
    return list(found.values_list("legal_name", flat=True)[:most])
