"""Merging two organizations that are the same: everything of the one moves to the other."""

from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError
from django.db.models import Q

from exclusions.actions.record.publication import publish_petition
from exclusions.actions.store.cases import store_cases
from exclusions.errors import Conflict, WrongState
from exclusions.models import Authorization, BulkSheet, Interest, Listing, Membership, Organization, Petition
from exclusions.workflow.states import STAGE_OF, Status


@dataclass(frozen=True)
class Merged:
    """What a merge moved."""

    petitions: int
    members: int
    authorizations: int


def refuse_client_and_firm(one: Organization, other: Organization) -> None:
    """Raise WrongState where one of two organizations acts, or filed, for the other: then they are not the same."""
    pair = Q(filer=one, client=other) | Q(filer=other, client=one)
    if Authorization.objects.filter(pair, revoked_at__isnull=True).exists():
        raise WrongState("One of them acts for the other under an authorization, so they are not the same.")
    both = Q(organization=one, filer_organization=other) | Q(organization=other, filer_organization=one)
    if Petition.objects.filter(both).exists():
        raise WrongState("One of them filed a petition for the other, so they are not the same.")


def move_everything(stays: Organization, goes: Organization, *, at: datetime) -> Merged:
    """Move everything of a duplicate to the organization that stays, and return the counts; the duplicate stays empty.

    Both rows are locked by the caller, in its transaction. Petitions (as requester and filer), listings, members,
    authorizations and interests move, open invitations of the duplicate end, public copies of posted petitions are
    refreshed. Sealed answers keep the name they were filed under. Raises Conflict while one of the petitions is being
    filed or changed: the filing goes through, and the merge waits for it.
    """
    petitions = _move_petitions(stays, goes, at)
    members = _move_people(stays, goes, at)
    grants = Authorization.objects.filter(filer=goes).exclude(client=stays).update(filer=stays)
    grants += Authorization.objects.filter(client=goes).exclude(filer=stays).update(client=stays)
    Interest.objects.filter(organization=goes).update(organization=stays)
    BulkSheet.objects.filter(organization=goes).update(organization=stays)
    BulkSheet.objects.filter(filer_organization=goes).update(filer_organization=stays)
    goes.merged_into = stays
    goes.vetted_at = goes.vetted_by = None
    goes.save(update_fields=["merged_into", "vetted_at", "vetted_by"])
    return Merged(petitions, members, grants)


def _move_petitions(stays: Organization, goes: Organization, at: datetime) -> int:
    found = Petition.objects.select_for_update(nowait=True).filter(Q(organization=goes) | Q(filer_organization=goes))
    try:
        moved = list(found.order_by("pk").values_list("pk", flat=True))
    except OperationalError as busy:  # PostgreSQL: somebody else holds one of the rows
        raise Conflict(
            f"A petition of {goes.legal_name} is being filed or changed right now, so nothing was moved. "
            "Confirm the merge again in a minute."
        ) from busy
    Petition.objects.filter(organization=goes).update(organization=stays)
    Petition.objects.filter(filer_organization=goes).update(filer_organization=stays)
    twice = Listing.objects.filter(organization=stays, ended_at__isnull=True).values("petition_id")
    Listing.objects.filter(organization=goes, ended_at__isnull=True, petition__in=twice).update(ended_at=at)
    Listing.objects.filter(organization=goes).update(organization=stays)
    posted = Petition.objects.filter(pk__in=moved, posted_at__isnull=False)
    for petition in posted.select_related("round", "organization", "filer_organization").order_by("posted_at", "pk"):
        if STAGE_OF[Status(petition.status)] is not None:
            publish_petition(petition, at=at)
    store_cases(Petition.objects.filter(pk__in=moved).order_by("pk"), at=at)
    return len(moved)


def _move_people(stays: Organization, goes: Organization, at: datetime) -> int:
    """Move who is not there yet; who is in both stays once, as owner where they own either."""
    there = list(stays.memberships.values_list("user_id", flat=True))
    twins = goes.memberships.filter(user__in=there)
    owners = list(twins.filter(role=Membership.Role.OWNER).values_list("user_id", flat=True))
    stays.memberships.filter(user__in=owners).update(role=Membership.Role.OWNER)
    twins.delete()
    goes.invitations.filter(used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)
    return goes.memberships.update(organization=stays)
