"""The transitions that lead to each state, and who takes each of them."""

from exclusions.workflow.roles import STAFF, Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS, path_to


def _path(status: Status) -> tuple[str, ...]:
    """By the fewest transitions; counsel clears for denial only where the way leads through one."""
    granting = path_to(status, avoiding={"clear_for_denial"})
    return path_to(status) if "deny" in granting else granting


PATHS = {status: _path(status) for status in Status}
TO_LEVEL1, TO_LEGAL, TO_SIGNATURE = PATHS[Status.LEVEL1], PATHS[Status.LEGAL], PATHS[Status.SIGNATURE]
# Who takes each transition, by the fixture's name: whoever is called like its role, but for these.
_NAMED = {role: role.value for role in STAFF} | {Role.REQUESTER: "importer"}
_UNUSUAL = {"confirm_consistency": "second_reviewer2", "reopen": "legal", "return_alike": "second_reviewer2"}
ACTORS = {
    name: _UNUSUAL.get(name) or next(_NAMED[role] for role in Role if role in row.roles)
    for name, row in TRANSITIONS.items()
    if row.roles != {Role.CLOCK}
}
