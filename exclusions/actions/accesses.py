"""Who read confidential matter."""

from datetime import datetime
from typing import TYPE_CHECKING

from exclusions.actions._record import record_access
from exclusions.models import AccessLog, Petition

if TYPE_CHECKING:
    from exclusions.models import User


def log_reading(petition: Petition, what: str, *, by: "User", at: datetime) -> AccessLog:
    """Note that a staff member opened confidential matter; `what` names the kind of matter, never its content."""
    return record_access(petition, what, by=by, role=by.role, at=at)
