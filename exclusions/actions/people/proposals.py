"""Acts that need two persons: proposed by one member of staff, confirmed or refused by another.

A proposal keeps the facts on which it rests. Where they changed before it is confirmed, it is refused: what the second
person agrees to is what the first one saw.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model

from exclusions.actions.people.account_acts import ACCOUNT_ACTS
from exclusions.actions.people.acts import ActBody, Carried, Facts, Ground
from exclusions.actions.people.amendment_acts import AMENDMENT_ACTS
from exclusions.actions.people.by_two.round_acts import ROUND_ACTS
from exclusions.actions.people.by_two.term_press_acts import TERM_ACTS
from exclusions.actions.people.closings import CLOSING_ACTS
from exclusions.actions.people.letter_acts import LETTER_ACTS
from exclusions.actions.people.notice_acts import NOTICE_ACTS
from exclusions.actions.people.organization_acts import ORGANIZATION_ACTS
from exclusions.actions.people.record_acts import RECORD_ACTS
from exclusions.actions.people.seal_acts import SEAL_ACTS
from exclusions.actions.people.tariff_acts import TARIFF_ACTS
from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete, WrongState
from exclusions.models import (
    Exclusion,
    FederalNotice,
    LetterTemplate,
    Organization,
    Petition,
    Proposal,
    Round,
    TariffAction,
    User,
)
from exclusions.permissions.proposals import (
    confirming_refusal,
    first_refusal,
    proposing_refusal,
    refusing_refusal,
    withdrawing_refusal,
)
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.two_persons import (
    ACTS,
    EXCLUSION,
    LETTER_TEMPLATE,
    LIST,
    NOTICE,
    ORGANIZATION,
    PETITION,
    ROUND,
    TERMS,
    USER,
)

BODIES: Mapping[str, ActBody] = {
    **ORGANIZATION_ACTS,
    **ACCOUNT_ACTS,
    **NOTICE_ACTS,
    **RECORD_ACTS,
    **AMENDMENT_ACTS,
    **CLOSING_ACTS,
    **LETTER_ACTS,
    **SEAL_ACTS,
    **TARIFF_ACTS,
    **TERM_ACTS,
    **ROUND_ACTS,
}
LONGEST = 2000  # characters of a reason


def propose(
    act: str,
    key: Any,
    *,
    by: User,
    at: datetime,
    reason: str,
    facts: Mapping[str, Any] | None = None,
    until: datetime | None = None,
) -> Proposal:
    """Propose an act to the organization or account with this key, and return the proposal; it changes nothing yet.

    `facts` are what the act needs, as plain JSON; `until` is until when it may be confirmed, where that is not as its
    kind says. Raises NotPermitted for a role that does not propose it and for
    one's own account, Incomplete without a reason or for facts that will not do, WrongState where it would change
    nothing or is proposed already. KeyError: no such act.
    """
    why, given = _reason(reason), dict(facts or {})
    with transaction.atomic():
        refused = proposing_refusal(act, by, ()) or first_refusal(act, by)
        if refused:
            raise refused
        ground = BODIES[act].ground(str(key), given)
        refused = proposing_refusal(act, by, ground.concerned)
        if refused:
            raise refused
        body = BODIES[act]
        for ask in filter(None, (body.look, body.rehearse)):
            ask(ground.found, given, why, by, at)
        subject = f"{ACTS[act].of}:{key}"
        alike = Proposal.objects.waiting(at).filter(act=act, subject=subject, summary=ground.summary[:900])
        twin = alike.order_by("pk").first()
        if twin is not None:
            raise WrongState(
                f"Someone already proposed this. It waits for a second person until {in_words(twin.expires_at)}."
            )
        proposal = Proposal.objects.create(
            act=act,
            subject=subject,
            facts=given,
            basis=ground.basis,
            summary=ground.summary[:900],
            reason=why,
            proposed_by=by,
            proposed_at=at,
            expires_at=until or ACTS[act].good_until(at),
        )
        record_event(subject, "propose", by=by, at=at, reason=why, data={"proposal": proposal.pk, "act": act})
    return proposal


def confirm(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Carry out what another member of staff proposed, and return the proposal.

    Raises NotPermitted for the proposer, for another role and for one's own account; WrongState when it is settled,
    expired, or rests on facts that have changed since; whatever the act itself refuses.
    """
    body = BODIES[proposal.act]
    with transaction.atomic():
        ground, locked = _locked(proposal)
        refused = confirming_refusal(locked, by, at, ground.concerned)
        if refused:
            raise refused
        changed = changed_since(locked, ground)
        if changed:
            raise WrongState(
                f"The facts behind this have changed since it was proposed: {', '.join(changed)}. "
                "Refuse it. Propose it again if you still need it."
            )
        if body.look:
            body.look(ground.found, locked.facts, locked.reason, by, at)
        _settle(locked, Proposal.Outcome.CONFIRMED, by=by, at=at)
        data = {"proposal": locked.pk, "proposed_by": locked.proposed_by_id}
        body.do(_key(locked), locked.facts, Carried(by, at, locked.reason, data, locked.proposed_by, ground.found))
    return locked


def refuse(proposal: Proposal, *, by: User, at: datetime, reason: str) -> Proposal:
    """Refuse what another member of staff proposed, with a reason for the record; return the proposal."""
    why = _reason(reason)
    with transaction.atomic():
        locked = _locked_alone(proposal)
        refused = refusing_refusal(locked, by)
        if refused:
            raise refused
        _settle(locked, Proposal.Outcome.REFUSED, by=by, at=at, answer=why)
        record_event(locked.subject, "refuse_proposal", by=by, at=at, reason=why, data={"proposal": locked.pk})
    return locked


def withdraw(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Take back one's own proposal, and return it."""
    with transaction.atomic():
        locked = _locked_alone(proposal)
        refused = withdrawing_refusal(locked, by)
        if refused:
            raise refused
        _settle(locked, Proposal.Outcome.WITHDRAWN, by=by, at=at)
        record_event(locked.subject, "withdraw_proposal", by=by, at=at, data={"proposal": locked.pk})
    return locked


def changed_since(proposal: Proposal, ground: Ground) -> list[str]:
    """Return what of the facts that a proposal rests on is otherwise now, in words."""
    return [name for name, value in ground.basis.items() if proposal.basis.get(name) != value]


def _key(proposal: Proposal) -> str:
    return proposal.subject.partition(":")[2]


def _locked(proposal: Proposal) -> tuple[Ground, Proposal]:
    """Lock what the act is done to, then the proposal: always in this order."""
    if Proposal.objects.get(pk=proposal.pk).settled_at is not None:
        # What it was about may be gone; whoever confirms it twice is told that it is settled.
        return Ground("", {}), Proposal.objects.select_for_update().get(pk=proposal.pk)
    ground = BODIES[proposal.act].ground(_key(proposal), proposal.facts)
    return ground, Proposal.objects.select_for_update().get(pk=proposal.pk)


def _locked_alone(proposal: Proposal) -> Proposal:
    """Lock the row whose chain the event goes into, and the proposal. The record as a whole has no row."""
    rows: dict[str, tuple[type[Model], str]] = {
        ORGANIZATION: (Organization, "pk"), USER: (User, "pk"), EXCLUSION: (Exclusion, "pk"),
        PETITION: (Petition, "pk"), NOTICE: (FederalNotice, "pk"), LIST: (TariffAction, "pk"),
        LETTER_TEMPLATE: (LetterTemplate, "pk"), TERMS: (Round, "slug"),
        ROUND: (Round, "slug"),
    }  # fmt: skip
    if named := rows.get(ACTS[proposal.act].of):
        model, column = named
        list(model._default_manager.select_for_update().filter(**{column: _key(proposal)}).order_by("pk"))
    return Proposal.objects.select_for_update().get(pk=proposal.pk)


def _settle(proposal: Proposal, outcome: Proposal.Outcome, *, by: User, at: datetime, answer: str = "") -> None:
    proposal.outcome, proposal.settled_by, proposal.settled_at, proposal.answer = outcome, by, at, answer
    proposal.save(update_fields=["outcome", "settled_by", "settled_at", "answer"])


def _reason(reason: str) -> str:
    """Return a reason as it is kept; raise Incomplete where there is none, or one that is too long."""
    words = reason.strip()
    if not words:
        raise Incomplete(fields={"reason": ["Say why. It goes on the record."]})
    if len(words) > LONGEST:
        raise Incomplete(fields={"reason": [f"The reason has {len(words)} characters. The limit is {LONGEST}."]})
    return words


__all__ = ["BODIES", "Facts", "changed_since", "confirm", "propose", "refuse", "withdraw"]
