"""What can be done with many cases at once from a list, by whom."""

from typing import Final

from exclusions.workflow.roles import JUDGES, OWNERS, Role
from exclusions.workflow.transitions import NEED_FORM, OUT_OF_COURSE, TAKEN_ELSEWHERE, TRANSITIONS

MOST: Final = 500  # cases at once, so that one transaction stays short
ASSIGNED: Final = JUDGES - {Role.CUSTOMS}


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


def acts_on_many(role: str) -> list[tuple[str, str]]:
    """Return the buttons of a list for a role: what is sent as `act`, and the label. None for those who only read."""
    if role not in ASSIGNED:
        return []
    return [
        ("take", "Take"),
        ("release", "Give back"),
        *((f"move-{name}", label) for name, label in simple_transitions(role).items()),
    ]
