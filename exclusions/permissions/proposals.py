"""May this person propose an act of two persons, confirm, refuse or withdraw it? One answer for button and action."""

from collections.abc import Collection
from datetime import datetime

from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.models import Proposal, User
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.two_persons import ACTS

OWN_ACCOUNT = "You cannot propose or confirm a change to your own account. Two other administrators must do it."


def proposing_refusal(act: str, by: User, concerned: Collection[int]) -> ActionRefused | None:
    """Return why a person may not propose an act on these accounts, or None when they may. KeyError: no such act."""
    if not by.is_active or by.role not in ACTS[act].roles:
        names = " or ".join(sorted(str(role.label).lower() for role in ACTS[act].roles))
        return NotPermitted(f"“{ACTS[act].label}” is for: {names}.")
    return NotPermitted(OWN_ACCOUNT) if by.pk in concerned else None


def first_refusal(act: str, by: User) -> ActionRefused | None:
    """Return why a person may not be the one who proposes an act, where one role alone does; None when they may."""
    first = ACTS[act].first
    if first is None or by.role == first:
        return None
    others = " or ".join(sorted(str(role.label) for role in ACTS[act].roles - {first}))
    return NotPermitted(f"“{ACTS[act].label}” is proposed by: {first.label}. It is confirmed by: {others}.")


def confirming_refusal(
    proposal: Proposal, by: User, at: datetime, concerned: Collection[int] = ()
) -> ActionRefused | None:
    """Return why a person may not confirm a proposal now, or None when they may."""
    refused = proposing_refusal(proposal.act, by, concerned)
    if refused is not None:
        return refused
    if proposal.settled_at is not None:
        return WrongState(f"This was {proposal.get_outcome_display().lower()} on {in_words(proposal.settled_at)}.")
    if by.pk == proposal.proposed_by_id:
        return NotPermitted("You proposed this. Another member of staff must confirm it.")
    if ACTS[proposal.act].apart and by.role == proposal.proposed_by.role:
        others = " or ".join(sorted(str(role.label) for role in ACTS[proposal.act].roles if role != by.role))
        return NotPermitted(
            f"You have the same role as the person who proposed this. It must be confirmed by: {others}."
        )
    if proposal.expires_at <= at:
        return WrongState(
            f"No one confirmed this by {in_words(proposal.expires_at)}. Propose it again if it is still needed."
        )
    return None


def refusing_refusal(proposal: Proposal, by: User) -> ActionRefused | None:
    """Return why a person may not refuse a proposal, or None when they may."""
    refused = proposing_refusal(proposal.act, by, ())
    if refused is None and proposal.settled_at is not None:
        refused = WrongState(f"This was {proposal.get_outcome_display().lower()} on {in_words(proposal.settled_at)}.")
    if refused is None and by.pk == proposal.proposed_by_id:
        refused = NotPermitted("You proposed this. Withdraw it instead.")
    return refused


def withdrawing_refusal(proposal: Proposal, by: User) -> ActionRefused | None:
    """Return why a person may not withdraw a proposal, or None when they may."""
    if by.pk != proposal.proposed_by_id:
        return NotPermitted("Only the person who proposed this can withdraw it. Refuse it instead.")
    if proposal.settled_at is not None:
        return WrongState(f"This was {proposal.get_outcome_display().lower()} on {in_words(proposal.settled_at)}.")
    return None
