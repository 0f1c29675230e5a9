"""The events of a petition in words, for those who read the whole case."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from exclusions import criteria
from exclusions.models import Event
from exclusions.workflow.event_words import event_words
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.two_persons import ACTS

_TOGETHER = "Findings recorded"


@dataclass(frozen=True)
class Moment:
    """One event: what happened, what it was about, the statuses it led between, who did it, in which role, and why."""

    what: str
    about: str
    before: str
    after: str
    who: str
    role: str
    at: datetime
    reason: str


def timeline(events: Iterable[Event]) -> list[Moment]:
    """Return events of a petition, oldest first, in words; findings that were recorded together are one moment."""
    found: list[Moment] = []
    for moment in map(_moment, events):
        last = found[-1] if found else None
        if last and _goes_with(moment, last):
            found[-1] = replace(last, what=_TOGETHER, about=f"{last.about}; {moment.about}")
        else:
            found.append(moment)
    return found


def _goes_with(moment: Moment, last: Moment) -> bool:
    both = moment.what == event_words("finding") and last.what in (event_words("finding"), _TOGETHER)
    return both and (last.who, last.at) == (moment.who, moment.at)


def _moment(event: Event) -> Moment:
    moved = event.from_status != event.to_status
    return Moment(
        what=event_words(event.kind),
        about=_about(event),
        before=_status(event.from_status) if moved else "",
        after=_status(event.to_status) if moved else "",
        who=str(event.by) if event.by else "",
        role=_ROLES.get(event.role, ""),
        at=event.at,
        reason=event.reason,
    )


# Made once: to ask the choices for their values makes the list of them anew.
_STATUSES = {status.value: str(status.label) for status in Status}
_ROLES = {role.value: str(role.label) for role in Role}


def _status(value: str) -> str:
    return _STATUSES.get(value, value)


def _about(event: Event) -> str:
    """Return what an event's data add to its name: the criterion, the outcome, the response."""
    key = str(event.data.get("criterion", ""))
    found = [criteria.get(key).title] if key in criteria.KEYS else []
    if event.data.get("result") in criteria.RESULTS:
        found.append(criteria.RESULTS[event.data["result"]].lower())
    found += [ACTS[event.data["act"]].label.lower()] if event.data.get("act") in ACTS else []
    found += [str(event.data[name]) for name in ("outcome", "position", "response") if event.data.get(name)]
    return ", ".join(found)
