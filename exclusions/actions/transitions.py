"""Every transition that staff can take, by its name: one way in for the page, the admin and the API.

A transition that does more than move a petition has its own action; the others move it and nothing else.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from exclusions.actions.decision import decisions, notices
from exclusions.actions.people import proposals
from exclusions.actions.record.transition import move
from exclusions.actions.review import intake, own_view
from exclusions.errors import Incomplete, WrongState
from exclusions.models import Petition, Proposal, User
from exclusions.permissions import refusal
from exclusions.workflow.roles import OWNERS, Role
from exclusions.workflow.transitions import CLOSINGS, TRANSITIONS

Entered = Mapping[str, Any]
OwnAction = Callable[[Petition, User, datetime, str, Entered], object]


def _return(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
    points, last_day = list(data.get("points") or []), data.get("last_day")
    return intake.return_petition(petition, points=points, last_day=last_day, by=by, at=at)


def _post(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
    return intake.post_petition(petition, screened=bool(data.get("screened")), by=by, at=at)


def _grant(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
    return decisions.grant(
        petition, **_texts(data, "rationale", "departure", "adverse", "contacts", "seen"), by=by, at=at
    )


def _grant_in_part(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
    codes = [str(code) for code in data.get("narrowing_codes") or []]
    words = _texts(data, "rationale", "narrowing", "proposed_by", "departure", "adverse", "contacts", "seen")
    return decisions.grant_in_part(petition, **words, narrowing_codes=codes, by=by, at=at)


def _deny(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
    codes = [str(code) for code in data.get("denial_codes") or []]
    return decisions.deny(
        petition,
        **_texts(data, "rationale", "departure", "facts", "contacts", "seen"),
        denial_codes=codes,
        by=by,
        at=at,
    )


def _texts(data: Entered, *names: str) -> dict[str, Any]:
    return {name: str(data.get(name) or "") for name in names}


def _publish(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
    refused = refusal("publish", petition, by, at, data)
    if refused:
        raise refused
    names = ("citation", "published_on", "heading", "note", "ends_on")
    given = {name: data[name] for name in names if data.get(name)}
    return notices.publish_grant(petition, notices.Notice(**given), by=by, at=at)


def _reopen_decision(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
    """Carry out what counsel asked for, where it waits; the page of the decision proposes it where it does not."""
    waiting = Proposal.objects.waiting(at).filter(act="reopen_decision", subject=f"petition:{petition.pk}")
    asked = waiting.filter(proposed_by__role=Role.LEGAL).order_by("pk").first()
    refused = refusal("reopen_decision", petition, by, at, None if asked else {**data, "reason": reason})
    if refused or asked is None:  # the gate refuses where counsel did not ask
        raise refused or WrongState("Counsel has not asked to reopen the decision.")
    return proposals.confirm(asked, by=by, at=at)


def _close(name: str) -> OwnAction:
    """Carry out what intake proposed, where it waits; the page of the case proposes it where it does not."""

    def close(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
        waiting = Proposal.objects.waiting(at).filter(act=name, subject=f"petition:{petition.pk}")
        asked = waiting.order_by("pk").first()
        if asked is not None:
            return proposals.confirm(asked, by=by, at=at)
        refused = refusal(name, petition, by, at, {**data, "reason": reason})
        raise refused or WrongState("Nobody has proposed to close this case.")  # the gate refuses before that

    return close


def _recommend(petition: Petition, by: User, at: datetime, reason: str, data: Entered) -> object:
    return own_view.send_to_level2(petition, by=by, at=at)


OWN_ACTION: dict[str, OwnAction] = {
    "recommend": _recommend,
    "return": _return,
    "post": _post,
    "grant": _grant,
    "grant_in_part": _grant_in_part,
    "deny": _deny,
    "publish": _publish,
    "reopen_decision": _reopen_decision,
    **{name: _close(name) for name in CLOSINGS},
}


def staff_transitions() -> list[str]:
    """Return the names of the transitions that belong to staff, in the order of the table."""
    return [name for name, row in TRANSITIONS.items() if row.roles - OWNERS - {Role.CLOCK}]


def take(
    petition: Petition,
    name: str,
    *,
    by: User,
    at: datetime,
    reason: str = "",
    data: Entered | None = None,
) -> Petition:
    """Take a transition of the workflow by its name and return the petition as it is then.

    `data`: `points` and `last_day` for return; `screened` for post; `rationale`, `departure`, `adverse`, `contacts` for
    grant, and with `narrowing`, `narrowing_codes`, `proposed_by` for grant_in_part; `rationale`, `denial_codes`,
    `facts`, `departure`, `contacts` for deny; `citation`, `published_on`, `heading`, `note`, `ends_on` for publish.
    Raises ActionRefused: for a transition of the requester or the clock, too.
    """
    entered = data or {}
    if name not in staff_transitions():
        refused = refusal(name, petition, by, at, {**entered, "reason": reason}) if name in TRANSITIONS else None
        raise refused or Incomplete("This transition is not taken here.")
    own = OWN_ACTION.get(name)
    if own:
        own(petition, by, at, reason, entered)
    else:
        move(petition, name, by=by, at=at, reason=reason.strip(), data=entered)
    return Petition.objects.select_related("round", "organization", "filer_organization").get(pk=petition.pk)
