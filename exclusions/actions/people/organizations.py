"""What people do about the organizations they belong to."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, NotPermitted
from exclusions.models import Membership, Organization, User
from exclusions.workflow.roles import Role


def register(*, legal_name: str, by: User, at: datetime, kind: str = Organization.Kind.COMPANY) -> Organization:
    """Create an organization with the person as its owner and return it.

    The same person registering the same name again gets the organization they have. Another person's organization of
    the same name is never joined: a name is no proof. Raises NotPermitted for agency staff, Incomplete without a name.
    """
    if by.role:
        raise NotPermitted("Agency staff cannot file petitions. Use a personal account.")
    name = " ".join(legal_name.split())
    if not name:
        raise Incomplete(fields={"legal_name": ["Enter the full legal name of the organization."]})
    if len(name) > 300:
        raise Incomplete(fields={"legal_name": [f"The name has {len(name)} characters. The limit is 300."]})
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
            raise Incomplete(fields={"legal_name": ["Several organizations have this name. Merge them first."]})
        if found:
            return found[0]
        organization = Organization.objects.create(legal_name=name, created_at=at)
        record_event(f"organization:{organization.pk}", "register", by=by, at=at)
    return organization
