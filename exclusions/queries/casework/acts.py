"""What can be done with many cases at once from a list, by whom."""

from typing import Final

from exclusions.models import User
from exclusions.workflow.roles import LED, OWNERS
from exclusions.workflow.transitions import NEED_FORM, OUT_OF_COURSE, TAKEN_ELSEWHERE, TRANSITIONS

MOST: Final = 500  # cases at once, so that one transaction stays short
ASSIGNED: Final = LED


def simple_transitions(role: str) -> dict[str, str]:
    """Return the transitions of a role for which nothing is typed, as {name: label}, in the order of the table."""
    return {
        name: row.label
        for name, row in TRANSITIONS.items()
        if role in row.roles
        and not row.roles <= OWNERS
        and not row.needs_reason
        and name not in NEED_FORM | TAKEN_ELSEWHERE | OUT_OF_COURSE
    }


def acts_on_many(user: User) -> list[tuple[str, str]]:
    """Return the buttons of a list: what is sent as `act`, and the label. None for those who read, or lead, alone."""
    if user.role not in ASSIGNED or user.leads:
        return []
    return [
        ("take", "Take"),
        ("release", "Give back"),
        *((f"move-{name}", label) for name, label in simple_transitions(user.role).items()),
    ]
