"""May this person take this transition now? One answer for the button, the page, the admin and the API."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser

from exclusions.checks.substance import lacks_substance
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.models import Petition, User
from exclusions.permissions.gates import GATES
from exclusions.permissions.standing import Standing, held_by_another, lapse_refusal, may_read_confidential, standing_of
from exclusions.workflow.roles import JUDGES, OWNERS
from exclusions.workflow.states import Status, worklist_of
from exclusions.workflow.transitions import BESIDE_THE_DESK, TRANSITIONS, Transition

__all__ = ["Standing", "lapse_refusal", "may_read_confidential", "refusal", "refusals", "standing_of"]


def refusal(
    name: str,
    petition: Petition,
    user: User | AnonymousUser | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
) -> ActionRefused | None:
    """Return why a transition is refused, or None when it may go ahead.

    `data` is what the person entered with the transition; None asks whether it may be offered at all, so gates that
    judge what was entered are left for later. `standing` saves looking up the same person's standing again.
    The refusal names the gates that are closed, for the log.
    Raises KeyError for a transition that is not in the table.
    """
    transition = TRANSITIONS[name]
    standing = standing or standing_of(user, petition, at)
    if not standing.roles & transition.roles:
        return NotPermitted(_wrong_role(transition, standing)).closed_by(name, petition.pk, "role")
    if standing.roles & JUDGES and standing.kept_from_acting:
        return NotPermitted(*standing.kept_from_acting).closed_by(name, petition.pk, "kept_away")
    if Status(petition.status) not in transition.sources:
        return WrongState(_wrong_state(transition, petition)).closed_by(name, petition.pk, "status")
    at_desk = any(petition.status in worklist_of(role) for role in standing.roles)
    if (at_desk or name not in BESIDE_THE_DESK) and (elsewhere := held_by_another(petition, user, standing)):
        return NotPermitted(elsewhere).closed_by(name, petition.pk, "held_by_another")
    said = {gate: GATES[gate](petition, user, at, data) for gate in transition.gates}
    if data is not None and transition.needs_reason:
        said["reason"] = _reason_faults(str(data.get("reason", "")), of_owners=transition.roles <= OWNERS)
    closed = [gate for gate, sentences in said.items() if sentences]
    if not closed:
        return None
    return Incomplete(*(one for gate in closed for one in said[gate])).closed_by(name, petition.pk, *closed)


def refusals(
    name: str,
    petition: Petition,
    user: User | AnonymousUser | None,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    standing: Standing | None = None,
) -> list[str]:
    """Return the sentences that refuse a transition; empty means that it may go ahead."""
    found = refusal(name, petition, user, at, data, standing)
    return found.reasons if found else []


def _reason_faults(reason: str, *, of_owners: bool) -> list[str]:
    """The agency says what in the record shows it; why owners withdraw is theirs to say, in a word if they like."""
    if not reason.strip():
        return ["Give a reason. It goes on the record."]
    found = "" if of_owners else lacks_substance(reason)
    return [found] if found else []


def _wrong_role(transition: Transition, standing: Standing) -> str:
    wanted = " or ".join(sorted(role.one for role in transition.roles))
    yours = ", ".join(sorted(role.label for role in standing.roles)) or "none in this case"
    return f"“{transition.label}” is for {wanted}. Your role is {yours}."


def _wrong_state(transition: Transition, petition: Petition) -> str:
    wanted = " or ".join(sorted(f"“{status.label}”" for status in transition.sources))
    return f"“{transition.label}” needs a petition that is {wanted}. This one is “{petition.get_status_display()}”."
