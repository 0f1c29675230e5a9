"""Whose case it is: at the desks of review only who has a case works it; others take it over first, and say why.

A case that nobody has is anybody's of the role.
"""

from exclusions.models import Assignment, Petition, User
from exclusions.permissions.standing import Standing
from exclusions.workflow.roles import Role
from exclusions.workflow.seats import seat

DESKS = frozenset({Role.REVIEWER1, Role.REVIEWER2, Role.LEGAL, Role.DRAFTER, Role.COMMITTEE})


def holder(petition: Petition, role: str) -> Assignment | None:
    """Return who has the case now, for a role in the petition's status; None where nobody has."""
    place = seat(role, petition.status)
    return next((row for row in petition.assignments.all() if row.role == place and row.ended_at is None), None)


def held_by_another(petition: Petition, user: object, held: Standing) -> str:
    """Return a sentence where another person of the same desk has the case, or ""."""
    if not isinstance(user, User) or not held.roles & DESKS:
        return ""
    found = holder(petition, user.role)
    if found is None or found.user_id == user.pk:
        return ""
    return f"{found.user} has this case. Ask for it, or take it over on its page and say why."
