"""Whom agency sign-on lets in."""

from collections.abc import Sequence
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models.functions import Lower

from exclusions.actions.record.events import record_event
from exclusions.errors import NotPermitted
from exclusions.models import User


def accept(*, verified_emails: Sequence[str], known: User | None, at: datetime) -> User:
    """Return the staff account that an identity of the agency's provider belongs to, and record the first link.

    `known` is the account that the identity was linked with before. Otherwise it is the one active staff account that
    has confirmed one of `verified_emails`, the addresses that the provider vouches for. Raises NotPermitted: sign-on
    opens no account, and an importer's is never linked.
    """
    if known is not None:
        if not known.role or not known.is_active:
            raise NotPermitted("Agency sign-on is for agency staff. This is not a staff account.")
        return known
    if not verified_emails:
        raise NotPermitted("The agency's sign-on did not confirm your e-mail address, so you are not signed in.")
    wanted = {email.lower() for email in verified_emails}
    with transaction.atomic():
        found = [
            address.user
            for address in EmailAddress.objects.annotate(plain=Lower("email"))
            .filter(plain__in=wanted, verified=True, user__is_active=True)
            .exclude(user__role="")
            .select_related("user")
        ]
        if len({user.pk for user in found}) != 1:
            raise NotPermitted(
                "No staff account has the address that the agency's sign-on gave. "
                "Ask the administrator to make one. Importers sign in with e-mail address and password."
            )
        user: User = found[0]
        record_event(f"user:{user.pk}", "link_agency_sign_on", by=user, at=at)
    return user
