"""The seats of a case: who holds one works the petition for a role."""

from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status

CONSISTENCY = "consistency"


def seat(role: str, status: str) -> str:
    """Return the seat that a person of a role takes while a petition is in a status.

    The consistency check has one of its own: it belongs to another level 2 reviewer than level 2 does (GAO-21-506).
    """
    return CONSISTENCY if role == Role.REVIEWER2 and status == Status.CONSISTENCY else role


def seats(role: str) -> frozenset[str]:
    """Return every seat that a person of a role can take."""
    return frozenset(seat(role, status) for status in Status)
