"""What people do about the organizations they belong to."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from exclusions.actions._record import record_event
from exclusions.errors import Incomplete, NotPermitted
from exclusions.models import Membership, Organization

if TYPE_CHECKING:
    from exclusions.models import User


def register(*, legal_name: str, by: "User", at: datetime, kind: str = Organization.Kind.COMPANY) -> Organization:
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
        mine = Organization.objects.filter(memberships__user=by, legal_name__iexact=name).first()
        if mine is not None:
            return mine
        organization = Organization.objects.create(legal_name=name, kind=kind)
        Membership.objects.create(user=by, organization=organization, role=Membership.Role.OWNER)
        record_event(f"organization:{organization.pk}", "register", by=by, at=at)
    return organization
