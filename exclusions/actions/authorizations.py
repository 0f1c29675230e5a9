"""A client's leave for a firm to file and reply for it: given, and taken back."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from exclusions.actions._record import record_event
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Authorization, Membership, Organization
from exclusions.workflow.deadlines import eastern_date

if TYPE_CHECKING:
    from exclusions.models import User

NOBODY = (
    "Nobody with this address belongs to a law firm, association or broker here. Ask them for the address of their "
    "account, or to create one and name their firm."
)
SEVERAL = "This person belongs to several firms. Give the address of a colleague who belongs to one of them only."


def authorize(
    *,
    client: Organization,
    email: str,
    by: "User",
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Authorization:
    """Let the firm of the person with this e-mail address act for the client; return the authorization.

    From the New York day of `at` unless `valid_from` is later, until `valid_to` (inclusive) or until it is revoked.
    Raises NotPermitted unless `by` is an owner of the client; Incomplete when the address belongs to nobody at a firm,
    the dates run backwards, or the firm may act already.
    """
    today = eastern_date(at)
    begins = max(valid_from or today, today)
    if valid_to is not None and valid_to < begins:
        raise Incomplete(fields={"valid_to": [f"The last day is before the first, {begins:%B} {begins.day}."]})
    with transaction.atomic():
        locked = _owned(client, by)
        firm = _firm_of(email, client)
        standing = Authorization.objects.filter(filer=firm, client=locked, revoked_at__isnull=True)
        if standing.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=begins)).exists():
            raise Incomplete(fields={"email": [f"{firm.legal_name} may act for you already. Revoke that first."]})
        granted = Authorization.objects.create(
            filer=firm, client=locked, valid_from=begins, valid_to=valid_to, accepted_at=at
        )
        record_event(f"organization:{locked.pk}", "authorize", by=by, at=at, data={"filer": str(firm.pk)})
    return granted


def revoke(authorization: Authorization, *, by: "User", at: datetime) -> Authorization:
    """Take a firm's leave back at once; return the authorization. What the firm has filed stays filed.

    Raises NotPermitted unless `by` is an owner of the client, WrongState when it was revoked before.
    """
    with transaction.atomic():
        client = _owned(authorization.client, by)
        standing = Authorization.objects.select_for_update().get(pk=authorization.pk)
        if standing.revoked_at is not None:
            raise WrongState("This authorization was revoked before.")
        standing.revoked_at = at
        standing.save(update_fields=["revoked_at"])
        record_event(f"organization:{client.pk}", "revoke", by=by, at=at, data={"filer": str(standing.filer_id)})
    return standing


def _owned(client: Organization, by: "User") -> Organization:
    locked = Organization.objects.select_for_update().get(pk=client.pk)
    if not Membership.objects.filter(user=by, organization=locked, role=Membership.Role.OWNER).exists():
        raise NotPermitted(f"Only an owner of {locked.legal_name} decides who may act for it.")
    return locked


def _firm_of(email: str, client: Organization) -> Organization:
    firms = Organization.objects.filter(memberships__user__email__iexact=email.strip(), memberships__user__role="")
    found = list(firms.exclude(kind=Organization.Kind.COMPANY).exclude(pk=client.pk).distinct()[:2])
    if not found:
        raise Incomplete(fields={"email": [NOBODY]})
    if len(found) > 1:
        raise Incomplete(fields={"email": [SEVERAL]})
    return found[0]
