"""What people do about the organizations they belong to."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from exclusions.actions.record.events import record_event
from exclusions.actions.record.publication import publish_petition
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Authorization, Interest, Listing, Membership, Organization, Petition, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import STAGE_OF, Status

VETTERS = frozenset({Role.INTAKE, Role.ADMIN})


def register(*, legal_name: str, by: User, at: datetime, kind: str = Organization.Kind.COMPANY) -> Organization:
    """Create an organization with the person as its owner and return it.

    The same person registering the same name again gets the organization they have. Another person's organization of
    the same name is never joined: a name is no proof. Raises NotPermitted for agency staff, Incomplete without a name.
    """
    if by.role:
        raise NotPermitted("Agency staff do not file petitions; use an account of your own for that.")
    name = " ".join(legal_name.split())
    if not name:
        raise Incomplete(fields={"legal_name": ["Enter the full legal name of the organization."]})
    if len(name) > 300:
        raise Incomplete(fields={"legal_name": [f"The name has {len(name)} characters; the limit is 300."]})
    with transaction.atomic():
        mine = Organization.objects.filter(memberships__user=by, legal_name__iexact=name).order_by("created_at").first()
        if mine is not None:
            return mine
        organization = Organization.objects.create(legal_name=name, kind=kind, created_at=at)
        owner = Membership.Role.OWNER
        Membership.objects.create(user=by, organization=organization, role=owner, created_at=at)
        record_event(f"organization:{organization.pk}", "register", by=by, at=at)
    return organization


def named(*, legal_name: str, by: User, at: datetime) -> Organization:
    """Return the one organization of that name, or a new one without members, for which a clerk files at its request.

    Raises NotPermitted unless `by` is an intake clerk, Incomplete without a name or where several bear it.
    """
    if by.role != Role.INTAKE:
        raise NotPermitted("Only an intake clerk files at an organization's written request.")
    name = " ".join(legal_name.split())
    if not name or len(name) > 300:
        raise Incomplete(fields={"legal_name": ["Enter the full legal name, at most 300 characters."]})
    with transaction.atomic():
        found = list(Organization.objects.filter(legal_name__iexact=name, merged_into__isnull=True)[:2])
        if len(found) > 1:
            raise Incomplete(
                fields={"legal_name": ["Several organizations bear this name; merge the duplicates first."]}
            )
        if found:
            return found[0]
        organization = Organization.objects.create(legal_name=name, created_at=at)
        record_event(f"organization:{organization.pk}", "register", by=by, at=at)
    return organization


def vet(organization: Organization, *, by: User, at: datetime, vetted: bool, reason: str) -> Organization:
    """Let a firm file for others, or take that back at once, with a reason for the record; return the organization.

    Raises NotPermitted unless `by` is an intake clerk or the administrator, Incomplete without a reason, WrongState
    where nothing would change.
    """
    if by.role not in VETTERS:
        raise NotPermitted("Intake clerks and administrators vet firms.")
    if not reason.strip():
        raise Incomplete(fields={"reason": ["Say what you looked at; it goes on the record."]})
    with transaction.atomic():
        locked = Organization.objects.select_for_update().get(pk=organization.pk)
        if bool(locked.vetted_at) == vetted:
            raise WrongState(f"{locked.legal_name} {'is vetted already' if vetted else 'is not vetted'}.")
        locked.vetted_at, locked.vetted_by = (at, by) if vetted else (None, None)
        locked.save(update_fields=["vetted_at", "vetted_by"])
        kind = "vet" if vetted else "end_vetting"
        record_event(f"organization:{locked.pk}", kind, by=by, at=at, reason=reason.strip()[:2000])
    return locked


@dataclass(frozen=True)
class Merged:
    """What a merge moved."""

    petitions: int
    members: int
    authorizations: int


def merge(*, keep: Organization, duplicate: Organization, by: User, at: datetime, reason: str) -> Merged:
    """Move everything of a duplicate to the organization that stays, and return the counts; the duplicate stays empty.

    Petitions (as requester and filer), listings, members, invitations, authorizations and interests move; public
    copies of posted petitions are refreshed; both chains get an event. Sealed answers keep the name they were
    filed under.
    Raises NotPermitted unless `by` is the administrator; Incomplete without a reason; WrongState for one organization
    twice, a merged one, or two of which one acts for the other.
    """
    if by.role != Role.ADMIN:
        raise NotPermitted("Only an administrator merges organizations.")
    if not reason.strip():
        raise Incomplete(fields={"reason": ["Say why they are the same; it goes on the record."]})
    if keep.pk == duplicate.pk:
        raise WrongState("Choose two different organizations.")
    with transaction.atomic():
        both = Organization.objects.select_for_update().order_by("pk").in_bulk([keep.pk, duplicate.pk])
        stays, goes = both[keep.pk], both[duplicate.pk]
        if stays.merged_into_id or goes.merged_into_id:
            raise WrongState("One of them was merged into another organization before.")
        _refuse_client_and_firm(stays, goes)
        moved = _move_petitions(stays, goes, at)
        members = _move_people(stays, goes, at)
        grants = Authorization.objects.filter(filer=goes).exclude(client=stays).update(filer=stays)
        grants += Authorization.objects.filter(client=goes).exclude(filer=stays).update(client=stays)
        Interest.objects.filter(organization=goes).update(organization=stays)
        goes.merged_into = stays
        goes.vetted_at = goes.vetted_by = None
        goes.save(update_fields=["merged_into", "vetted_at", "vetted_by"])
        counts = {"petitions": moved, "members": members, "authorizations": grants}
        why = reason.strip()[:2000]
        record_event(
            f"organization:{stays.pk}", "merge", by=by, at=at, reason=why, data={"from": str(goes.pk), **counts}
        )
        record_event(f"organization:{goes.pk}", "merged_into", by=by, at=at, reason=why, data={"into": str(stays.pk)})
    return Merged(moved, members, grants)


def _refuse_client_and_firm(one: Organization, other: Organization) -> None:
    pair = Q(filer=one, client=other) | Q(filer=other, client=one)
    if Authorization.objects.filter(pair, revoked_at__isnull=True).exists():
        raise WrongState("One of them acts for the other under an authorization, so they are not the same.")
    both = Q(organization=one, filer_organization=other) | Q(organization=other, filer_organization=one)
    if Petition.objects.filter(both).exists():
        raise WrongState("One of them filed a petition for the other, so they are not the same.")


def _move_petitions(stays: Organization, goes: Organization, at: datetime) -> int:
    found = Petition.objects.select_for_update().filter(Q(organization=goes) | Q(filer_organization=goes))
    moved = list(found.order_by("pk").values_list("pk", flat=True))
    Petition.objects.filter(organization=goes).update(organization=stays)
    Petition.objects.filter(filer_organization=goes).update(filer_organization=stays)
    twice = Listing.objects.filter(organization=stays, ended_at__isnull=True).values("petition_id")
    Listing.objects.filter(organization=goes, ended_at__isnull=True, petition__in=twice).update(ended_at=at)
    Listing.objects.filter(organization=goes).update(organization=stays)
    posted = Petition.objects.filter(pk__in=moved, posted_at__isnull=False)
    for petition in posted.select_related("round", "organization", "filer_organization").order_by("posted_at", "pk"):
        if STAGE_OF[Status(petition.status)] is not None:
            publish_petition(petition, at=at)
    return len(moved)


def _move_people(stays: Organization, goes: Organization, at: datetime) -> int:
    there = {member.user_id: member for member in stays.memberships.all()}
    moved = 0
    for member in goes.memberships.all():
        twin = there.get(member.user_id)
        if twin is None:
            Membership.objects.filter(pk=member.pk).update(organization=stays)
            moved += 1
            continue
        if member.role == Membership.Role.OWNER and twin.role != Membership.Role.OWNER:
            Membership.objects.filter(pk=twin.pk).update(role=Membership.Role.OWNER)
        member.delete()
    goes.invitations.filter(used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)
    return moved
