"""The events of a petition in words, for those who read the whole case."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from exclusions import criteria
from exclusions.models import Event
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from exclusions.workflow.two_persons import ACTS

_WORDS = {
    "start": "Draft begun",
    "assign": "Case assigned",
    "release": "Case given back",
    "finding": "Finding recorded",
    "recommendation": "Recommendation recorded",
    "inquiry": "Question put to the filer",
    "answer_inquiry": "Question answered",
    "take_back_inquiry": "Question taken back",
    "hand_over": "Handed to a colleague by who files it",
    "lapse_inquiry": "Question not answered in time",
    "draw_own_view": "Drawn whether level 2 judges before it reads level 1",
    "own_view": "Own view of level 2 recorded",
    "consistency": "Consistency review recorded",
    "legal_review": "Legal review recorded",
    "product_text": "Product text drafted",
    "opinion": "Opinion of Customs recorded",
    "assessment": "Committee's assessment recorded",
    "contact": "Contact outside the docket logged",
    "recusal": "Recusal declared",
    "respond": "Response received",
    "post_response": "Response posted",
    "refuse_response": "Response not posted",
    "reply": "Reply filed",
    "post_reply": "Reply posted",
    "let_through": "Words let through by intake",
    "refuse_reply": "Reply not posted",
    "withhold": "Words not let through by intake",
    "state_coincidence": "Coincidence stated",
    "second_coincidence": "Coincidence agreed to",
    "quarantine": "Taken down from the public side",
    "replace": "Corrected file given",
    "correct": "Corrected text published",
    "restore": "Put back on the public side",
    "propose": "Proposed",
    "refuse_proposal": "Proposal refused",
    "withdraw_proposal": "Proposal withdrawn",
    "reissue_letter": "Letter issued anew",
    "correct_exclusion": "Exclusion corrected, letter issued anew",
}
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
    both = moment.what == _WORDS["finding"] and last.what in (_WORDS["finding"], _TOGETHER)
    return both and (last.who, last.at) == (moment.who, moment.at)


def _moment(event: Event) -> Moment:
    transition = TRANSITIONS.get(event.kind)
    moved = event.from_status != event.to_status
    return Moment(
        what=transition.label if transition else _WORDS.get(event.kind, event.kind.replace("_", " ").capitalize()),
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
    """What an event's data add to its name: the criterion, the outcome, the response."""
    key = str(event.data.get("criterion", ""))
    found = [criteria.get(key).title] if key in criteria.KEYS else []
    if event.data.get("result") in criteria.RESULTS:
        found.append(criteria.RESULTS[event.data["result"]].lower())
    found += [ACTS[event.data["act"]].label.lower()] if event.data.get("act") in ACTS else []
    found += [str(event.data[name]) for name in ("outcome", "position", "response") if event.data.get(name)]
    return ", ".join(found)
