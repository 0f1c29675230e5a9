"""Who belongs to an organization: invited, let in, given another role, taken out."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import transaction

from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify, record_event
from exclusions.errors import Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import Invitation, Membership, Organization, User
from exclusions.workflow.deadlines import in_words

GOOD_FOR = timedelta(days=7)
OPEN_AT_ONCE = 50


def invite(
    organization: Organization, *, email: str, by: User, at: datetime, role: str = Membership.Role.MEMBER
) -> Invitation:
    """Invite the person with this e-mail address and send the key there; return the invitation, good for seven days.

    An earlier invitation of the same address ends. Raises NotPermitted unless `by` is an owner, Incomplete for an
    address that will not do or somebody who belongs already.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
        MaxLengthValidator(254)(address)
    except ValidationError as wrong:
        raise Incomplete(fields={"email": ["Enter one e-mail address, like name@example.com."]}) from wrong
    if role not in Membership.Role.values:
        raise Incomplete(fields={"role": ["Choose owner or member."]})
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        locked = lock_owned(organization, by)
        if locked.memberships.filter(user__email__iexact=address).exists():
            raise Incomplete(fields={"email": [f"This person belongs to {locked.legal_name} already."]})
        waiting = locked.invitations.filter(used_at__isnull=True, withdrawn_at__isnull=True)
        waiting.filter(email=address).update(withdrawn_at=at)
        if waiting.filter(expires_at__gt=at).count() >= OPEN_AT_ONCE:
            raise WrongState(f"{OPEN_AT_ONCE} invitations are open. Withdraw one before you send another.")
        invitation = Invitation.objects.create(
            organization=locked,
            email=address,
            role=role,
            digest=digest(key),
            created_at=at,
            created_by=by,
            expires_at=at + GOOD_FOR,
        )
        record_event(f"organization:{locked.pk}", "invite", by=by, at=at, data={"invitation": invitation.pk})
        notify(
            to=address,
            template="invite",
            subject=f"Invitation to {locked.legal_name}",
            context={
                "organization": locked.legal_name,
                "who": str(by),
                "url": page_address("invitation", key),
                "until": in_words(invitation.expires_at),
            },
            at=at,
        )
    return invitation


def digest(key: str) -> str:
    """Return the sha256 (hex) under which an invitation's key is stored."""
    return hashlib.sha256(key.encode()).hexdigest()


def find_by_key(key: str) -> Invitation | None:
    """Return the invitation that a key belongs to, or None."""
    return Invitation.objects.select_related("organization").filter(digest=digest(key)).first()


def invitation_refusal(invitation: Invitation, *, user: User, at: datetime) -> str:
    """Return the sentence that keeps a person from accepting an invitation, or ""."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True, email__iexact=invitation.email).exists()
    if not confirmed:
        return "This invitation was sent to another address. Sign in with the account of that address to accept it."
    if user.role:
        return "Agency staff cannot belong to organizations that file. Use a personal account."
    if invitation.used_at is not None:
        return "This invitation was already used. Ask an owner for another."
    if invitation.withdrawn_at is not None:
        return "This invitation was withdrawn. Ask an owner of the organization for another."
    if invitation.expires_at <= at:
        return f"This invitation ended on {in_words(invitation.expires_at)}. Ask an owner for another."
    return ""


def accept_invitation(invitation: Invitation, *, by: User, at: datetime) -> Membership:
    """Let the invited person in and use the invitation up; return the membership.

    Raises NotPermitted for another address or for staff, WrongState for one used, withdrawn or over.
    """
    with transaction.atomic():
        organization = Organization.objects.select_for_update().get(pk=invitation.organization_id)
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        refused = invitation_refusal(locked, user=by, at=at)
        if refused:
            spent = locked.used_at or locked.withdrawn_at or locked.expires_at <= at
            raise (WrongState if spent else NotPermitted)(refused)
        locked.used_at, locked.used_by = at, by
        locked.save(update_fields=["used_at", "used_by"])
        membership, made = Membership.objects.get_or_create(
            user=by, organization=organization, defaults={"role": locked.role, "created_at": at}
        )
        if made:
            record_event(f"organization:{organization.pk}", "join", by=by, at=at, data={"invitation": locked.pk})
    return membership


def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Make an invitation worthless; return it. NotPermitted unless `by` is an owner, WrongState when it was used."""
    with transaction.atomic():
        organization = lock_owned(invitation.organization, by)
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if locked.used_at is not None:
            raise WrongState("This invitation was already used. Remove the member instead.")
        if locked.withdrawn_at is None:
            locked.withdrawn_at = at
            locked.save(update_fields=["withdrawn_at"])
            record_event(
                f"organization:{organization.pk}", "withdraw_invitation", by=by, at=at, data={"invitation": locked.pk}
            )
    return locked


def change_role(membership: Membership, *, role: str, by: User, at: datetime) -> Membership:
    """Make a member an owner or the other way round; return the membership. The last owner stays one (WrongState)."""
    if role not in Membership.Role.values:
        raise Incomplete(fields={"role": ["Choose owner or member."]})
    with transaction.atomic():
        organization = lock_owned(membership.organization, by)
        locked = _still_there(membership)
        if role != Membership.Role.OWNER:
            _keep_an_owner(locked)
        if locked.role != role:
            locked.role = role
            locked.save(update_fields=["role"])
            data = {"user": locked.user_id, "role": role}
            record_event(f"organization:{organization.pk}", "change_role", by=by, at=at, data=data)
    return locked


def remove(membership: Membership, *, by: User, at: datetime) -> None:
    """Take somebody out of an organization, or leave it oneself. What they filed stays the organization's.

    Raises NotPermitted unless `by` is an owner or the person; WrongState for the last owner.
    """
    with transaction.atomic():
        if membership.user_id == by.pk:
            organization = Organization.objects.select_for_update().get(pk=membership.organization_id)
        else:
            organization = lock_owned(membership.organization, by)
        locked = _still_there(membership)
        _keep_an_owner(locked)
        kind = "leave" if locked.user_id == by.pk else "take_out"
        record_event(f"organization:{organization.pk}", kind, by=by, at=at, data={"user": locked.user_id})
        locked.delete()


def lock_owned(organization: Organization, by: User) -> Organization:
    """Return the organization with its row locked; NotPermitted unless the person is one of its owners."""
    locked = Organization.objects.select_for_update().get(pk=organization.pk)
    if not Membership.objects.filter(user=by, organization=locked, role=Membership.Role.OWNER).exists():
        raise NotPermitted(f"Only an owner of {locked.legal_name} may do this.")
    return locked


def _still_there(membership: Membership) -> Membership:
    locked = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if locked is None:
        raise Conflict("This person no longer belongs to the organization.")
    return locked


def _keep_an_owner(membership: Membership) -> None:
    if membership.role != Membership.Role.OWNER:
        return
    owners = Membership.objects.filter(organization_id=membership.organization_id, role=Membership.Role.OWNER)
    if not owners.exclude(pk=membership.pk).exists():
        raise WrongState("An organization needs at least one owner. Make someone else an owner first.")
