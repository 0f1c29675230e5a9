"""Who sees what a new edition retires, and decides what follows."""

from exclusions.models import User
from exclusions.workflow.roles import Role

RENUMBERING_STAFF = frozenset({Role.DRAFTER, Role.PUBLISHER, Role.ADMIN})


def sees_cases(user: User) -> bool:
    """Whether the person may be told which cases stand on a number; an administrator is told how many."""
    return user.role in RENUMBERING_STAFF - {Role.ADMIN}
