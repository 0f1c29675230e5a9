"""Intake's act on many petitions of one requester: each by the action of one case, with its own event and letter.

Each is a transaction of its own, since a letter is set for each: what refuses is left out and named, and what the time
does not reach waits, to be sent again.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from exclusions.actions import transitions
from exclusions.actions.casework.many import Chosen
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, SomeRefused
from exclusions.models import Petition, User
from exclusions.queries.casework.acts import MOST
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS

SECONDS = 10.0  # after which no other petition is begun
ACTS: Final = ("post", "return")
NONE = "Choose at least one petition: tick the box in front of it."
NOT_THERE = "There is no such petition, or it is not open to you."


@dataclass(frozen=True)
class Taken:
    """The references of what was done, left out (each with its sentences), and of what the time did not reach."""

    done: list[str] = field(default_factory=list)
    left_out: dict[str, list[str]] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)


def take_together(
    chosen: Sequence[Chosen],
    name: str,
    *,
    by: User,
    at: datetime,
    data: Mapping[str, Any],
    seconds: float = SECONDS,
) -> Taken:
    """Post petitions, or return them for the same points: each as `transitions.take` does it; say what came of each.

    `data` is what is entered once for all of them. Raises NotPermitted for another role, Incomplete for none or too
    many, SomeRefused where every one of them refuses; then nothing was done.
    """
    if by.role != Role.INTAKE or name not in ACTS:
        label = TRANSITIONS[name].label if name in TRANSITIONS else name
        raise NotPermitted(f"Only an intake clerk may do “{label}” for petitions that were filed together.")
    wanted = {item.reference: item for item in chosen}
    if not wanted:
        raise Incomplete(fields={"chosen": [NONE]})
    if len(wanted) > MOST:
        raise Incomplete(fields={"chosen": [f"Choose at most {MOST} petitions at once. You chose {len(wanted)}."]})
    taken, until = Taken(), time.monotonic() + seconds
    open_ones = _open_ones(list(wanted), by)
    for reference, seen in wanted.items():
        if taken.done and time.monotonic() > until:
            taken.waiting.append(reference)
        elif said := _refusals_of(open_ones.get(reference), seen, name, by, at, data):
            taken.left_out[reference] = said
        else:
            taken.done.append(reference)
    if not taken.done:
        raise SomeRefused(taken.left_out, of=len(wanted))
    return taken


def _open_ones(references: Sequence[str], by: User) -> dict[str, Petition]:
    rows = Petition.objects.filter(reference__in=references).exclude(status=Status.DRAFT).open_to(by)
    return {str(row.reference): row for row in rows.select_related("round", "organization", "filer_organization")}


def _refusals_of(
    petition: Petition | None, seen: Chosen, name: str, by: User, at: datetime, data: Mapping[str, Any]
) -> list[str]:
    """Take the transition; return the sentences that refuse it, none where it is done."""
    if petition is None:
        return [NOT_THERE]
    if seen.status and petition.status != seen.status:
        return [f"It changed after you opened the page. It is “{petition.get_status_display()}” now."]
    try:
        transitions.take(petition, name, by=by, at=at, data=data)
    except ActionRefused as refused:
        return refused.sentences or [str(refused)]
    return []
