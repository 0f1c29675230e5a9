"""The seats of a case: who holds one works the petition for a role."""

from collections.abc import Mapping

from exclusions.workflow.roles import Role
from exclusions.workflow.states import STATUSES, Status

CONSISTENCY = "consistency"


def seat(role: str, status: str) -> str:
    """Return the seat that a person of a role takes while a petition is in a status.

    The consistency check has one of its own: it belongs to another level 2 reviewer than level 2 does (GAO-21-506).
    """
    return CONSISTENCY if role == Role.REVIEWER2 and status == Status.CONSISTENCY else role


# By the status in which a case stands: the seat of the desk at which it is. Whoever holds that one has the case.
SEATS: Mapping[Status, str] = {
    status: seat(row.worklist, status) for status, row in STATUSES.items() if isinstance(row.worklist, Role)
}
