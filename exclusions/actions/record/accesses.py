"""Who read confidential matter."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from exclusions.actions.record.events import access, petition_subject, record_access
from exclusions.gateways.database.alone import inserted_meanwhile
from exclusions.models import AccessLog, Membership, Petition, User
from exclusions.workflow.roles import Role


def log_reading(petition: Petition, what: str, *, by: User, at: datetime) -> AccessLog:
    """Note that a person opened confidential matter; `what` names the kind of matter, never its content.

    The role is the staff role, or else the part in the case: of the requester, or of the firm that files for it.
    """
    return record_access(petition, what, by=by, role=_role(petition, by), at=at)


@contextmanager
def reading(petition: Petition, what: str, *, by: User, at: datetime) -> Iterator[None]:
    """Note the same while the page is made that shows the matter: the body may give it out only by being left.

    Where the note is not on record for good by then, DatabaseError is raised in place of the page. What the body asks
    of the database waits for the note, so ask before.
    """
    with inserted_meanwhile(access(petition, what, by=by, role=_role(petition, by), at=at)):
        yield


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
