"""Members that an association names in its petition, and who may then read its status."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.filing.owning import must_own
from exclusions.actions.people.memberships import lock_owned
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.transition import lock
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Listing, Membership, Organization, Petition, User


def list_member(petition: Petition, *, email: str, by: User, at: datetime) -> Listing:
    """Name the company of the owner with this e-mail address as a member behind the petition; return the listing.

    The company sees nothing before an owner of it accepts. Raises NotPermitted unless `by` may work on the petition
    and it is an association's; Incomplete for an address that does not lead to one company, or to one listed already.
    """
    with transaction.atomic():
        locked = lock(petition)
        must_own(locked, by, at)
        if locked.organization.kind != Organization.Kind.ASSOCIATION:
            raise NotPermitted("Only a trade association lists members behind its petition.")
        owned = Organization.objects.filter(
            memberships__user__email__iexact=email.strip(), memberships__role=Membership.Role.OWNER
        )
        found = list(owned.exclude(pk=locked.organization_id).distinct()[:2])
        if len(found) != 1:
            raise Incomplete(fields={"email": ["This is not the address of an owner of one company here."]})
        if locked.listings.filter(organization=found[0], ended_at__isnull=True).exists():
            raise Incomplete(fields={"email": [f"{found[0].legal_name} is listed already."]})
        listing = Listing.objects.create(petition=locked, organization=found[0], listed_at=at, listed_by=by)
        data = {"organization": str(found[0].pk)}
        record_event(petition_subject(locked), "list_member", by=by, at=at, data=data)
    return listing


def accept(listing: Listing, *, by: User, at: datetime) -> Listing:
    """Agree to be listed, which opens the petition's status to the company; return the listing.

    Raises NotPermitted unless `by` is an owner of the company, WrongState when it was answered or ended before.
    """
    with transaction.atomic():
        lock_owned(listing.organization, by)
        locked = Listing.objects.select_for_update().get(pk=listing.pk)
        if locked.accepted_at is not None or locked.ended_at is not None:
            raise WrongState("This was already answered.")
        locked.accepted_at = at
        locked.save(update_fields=["accepted_at"])
        data = {"organization": str(locked.organization_id)}
        record_event(petition_subject(lock(locked.petition)), "accept_listing", by=by, at=at, data=data)
    return locked


def end(listing: Listing, *, by: User, at: datetime) -> Listing:
    """Take a company off the list: by its owner, or by whoever may work on the petition; return the listing."""
    with transaction.atomic():
        petition = lock(listing.petition)
        locked = Listing.objects.select_for_update().get(pk=listing.pk)
        if locked.ended_at is not None:
            raise WrongState("This company is no longer listed.")
        its_owner = Membership.objects.filter(
            user=by, organization_id=locked.organization_id, role=Membership.Role.OWNER
        ).exists()
        if not its_owner:
            must_own(petition, by, at)
        locked.ended_at = at
        locked.save(update_fields=["ended_at"])
        data = {"organization": str(locked.organization_id)}
        record_event(petition_subject(petition), "end_listing", by=by, at=at, data=data)
    return locked
