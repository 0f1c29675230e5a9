"""Who read confidential matter."""

from collections.abc import Iterable
from datetime import datetime

from django.db import DatabaseError, OperationalError
from django.db.models import QuerySet

from exclusions.actions.record.events import petition_subject, record_access
from exclusions.models import AccessLog, Membership, Petition, User
from exclusions.workflow.roles import Role


def log_reading(petition: Petition, what: str, *, by: User, at: datetime) -> AccessLog:
    """Note that a person opened confidential matter; `what` names the kind of matter, never its content.

    The role is the staff role, or else the part in the case: of the requester, or of the firm that files for it. Call
    it before the page is made that shows the matter. Where the note cannot be put on record, whatever the reason,
    OperationalError is raised, and the answer is the page of a site that cannot serve now (503).
    """
    try:
        return record_access(petition, what, by=by, role=_role(petition, by), at=at)
    except DatabaseError as error:
        raise OperationalError("The reading could not be put on record.") from error


def _role(petition: Petition, by: User) -> str:
    if by.role:
        return by.role
    member = Membership.objects.filter(user=by, organization=petition.organization_id).exists()
    return Role.REQUESTER if member else Role.FILER


def log_readings(petitions: Iterable[Petition], what: str, *, by: User, at: datetime) -> None:
    """Note the same of several cases that a member of staff opened together; one statement."""
    AccessLog.objects.bulk_create(
        AccessLog(subject=petition_subject(petition), what=what, by=by, role=by.role, at=at) for petition in petitions
    )


def log_own_readings(petitions: QuerySet[Petition], what: str, *, by: User, at: datetime) -> int:
    """Note that a person fetched confidential matter of several petitions of their own; return of how many.

    Two statements, and one more for each thousand petitions. Drafts are on no record yet. Raises as `log_reading` does.
    """
    mine = set(Membership.objects.filter(user=by).values_list("organization", flat=True))
    filed = petitions.exclude(reference__isnull=True).order_by("pk").values_list("pk", "organization")
    rows = [
        AccessLog(
            subject=petition_subject(Petition(pk=key)),
            what=what,
            by=by,
            role=by.role or (Role.REQUESTER if organization in mine else Role.FILER),
            at=at,
        )
        for key, organization in filed
    ]
    try:
        AccessLog.objects.bulk_create(rows, batch_size=1000)
    except DatabaseError as error:
        raise OperationalError("The readings could not be put on record.") from error
    return len(rows)
