"""Letters: set as PDF, kept in the file store, verifiable by a code. But for the address all is public."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions.actions.record.letter_parts.addressee import addressee
from exclusions.actions.record.letter_parts.composing import compose
from exclusions.actions.record.letter_parts.facts import (
    closing_facts,
    cure_facts,
    decision_facts,
    exclusion_facts,
    facts_again,
    lapse_facts,
    posting_facts,
    receipt_facts,
    response_facts,
    term_facts,
    withdrawal_facts,
)
from exclusions.actions.record.letter_parts.head import head_of
from exclusions.actions.record.letter_parts.setting import LIMIT, set_letter
from exclusions.actions.record.letter_parts.templates import words_for
from exclusions.actions.record.many.batch import Batch
from exclusions.actions.record.transition import lock
from exclusions.errors import WrongState
from exclusions.gateways.documents.object_store import store_file
from exclusions.gateways.outbox import wake
from exclusions.gateways.typesetting import letter_pdf, to_keep
from exclusions.models import (
    Closing,
    Cure,
    Decision,
    ExclusionTerm,
    ExclusionText,
    Letter,
    PendingLetter,
    Petition,
    PublicLetter,
    Response,
)
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status

# No 0, O, 1, I, L or U: the code is read aloud and typed.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
Kind = Letter.Kind


def issue_letter(
    petition: Petition,
    kind: str,
    *,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    action: str = "",
    instead_of: Letter | None = None,
    reason: str = "",
    about: str = "",
    later: bool = False,
    batch: Batch | None = None,
) -> Letter:
    """Set, store and record a letter of a kind of `Letter.Kind`; return it with its verification code.

    `facts` are what the kind needs besides the head of the case (`letter_parts.facts`); public facts only. `action`
    names the tariff action where the caller knows it. `instead_of` is the letter that it supersedes, and `reason` says
    why: both are printed, and shown where either is verified. `about` names which one of several things of the case it
    tells of. `later`: a worker sets its page; it is issued, with its code, now. So are those of a `batch`, at its end.
    Raises ValueError for an unknown kind or a missing fact.
    """
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    text, template = words_for(kind, batch)
    head = head_of(petition, code, at, action, batch) | {"template": template}
    if instead_of:
        head |= {"supersedes": instead_of.code, "superseded_day": _day(instead_of), "why": reason}
    said = {**head, **(facts or {})}
    said |= compose(kind, said, text)
    letter = Letter(
        petition=petition, kind=kind, code=code, issued_at=at, supersedes=instead_of, reason=reason, sha256=None,
        about=about, template=template,
    )  # fmt: skip
    with transaction.atomic():
        if batch:
            batch.add_letter(letter, _public_letter(letter, head), to_keep(said))
        else:
            if not later:
                stored = store_file([letter_pdf({**said, "addressee": addressee(petition)})], limit=LIMIT)
                letter.sha256, letter.storage_key = stored.sha256, stored.key
            letter.save(force_insert=True)
            _public_letter(letter, head).save(force_insert=True)
            if later:
                PendingLetter.objects.create(letter=letter, facts=to_keep(said))
                transaction.on_commit(wake)
        _supersede(letter)
    return letter


def _public_letter(letter: Letter, head: Mapping[str, Any]) -> PublicLetter:
    """Return the public copy of a letter: what anybody may verify."""
    return PublicLetter(
        code=letter.code,
        reference=letter.petition.reference or "",
        kind=letter.get_kind_display(),
        issued_at=letter.issued_at,
        sha256=letter.sha256 or "",
        head=str(head["head"]),
        anchor=str(head["anchor"]),
        supersedes=letter.supersedes.code if letter.supersedes else "",
        reason=letter.reason,
    )


def _supersede(letter: Letter) -> None:
    """Say of the letter that it supersedes that it does."""
    before = letter.supersedes
    if before:
        told = PublicLetter.objects.filter(code=before.code)
        told.update(superseded_by=letter.code, superseded_at=letter.issued_at)


def _day(letter: Letter) -> str:
    return eastern_date(letter.issued_at).isoformat()


def ensure_letter(petition: Petition, kind: str, *, at: datetime) -> Letter | None:
    """Return the receipt or the confirmation of withdrawal, set; None where there is none.

    The receipt is issued at the first asking: it says only what the record holds anyway, so that filing need not wait
    for a page to be set.
    """
    with transaction.atomic():
        locked = lock(petition)
        found = locked.letters.filter(kind=kind).order_by("-issued_at", "-pk").first()
        if found is None and kind == Kind.RECEIPT and locked.submitted_at:
            found = issue_letter(locked, kind, at=at, facts=receipt_facts(locked))
        if found is None and kind == Kind.WITHDRAWAL and locked.status == Status.WITHDRAWN:
            found = issue_letter(locked, kind, at=at, facts=withdrawal_facts(locked))
        if found and found.sha256 is None:
            set_letter(found.pending.pk)
            found.refresh_from_db(fields=["sha256", "storage_key"])
    return found


def withdrawal_letter(petition: Petition, *, at: datetime) -> Letter:
    """Issue the confirmation of a withdrawal, to be set by a worker."""
    return issue_letter(petition, Kind.WITHDRAWAL, at=at, facts=withdrawal_facts(petition), later=True)


def returned_letter(petition: Petition, cure: Cure, *, at: datetime) -> Letter:
    """Issue the letter that returns a petition: each question with its remedy, and the last day."""
    return issue_letter(petition, Kind.RETURNED, at=at, facts=cure_facts(cure))


def lapsed_letter(petition: Petition, cure: Cure, *, at: datetime) -> Letter:
    """Issue the letter that a petition has lapsed: what it was returned for, and the day that passed."""
    return issue_letter(petition, Kind.LAPSED, at=at, facts=lapse_facts(cure))


def posted_letter(petition: Petition, *, at: datetime) -> Letter:
    """Issue the letter that a petition was posted, with the last day for responses; a worker sets it."""
    return issue_letter(petition, Kind.POSTED, at=at, facts=posting_facts(petition), later=True)


def response_letter(response: Response, *, at: datetime) -> Letter:
    """Issue the letter that a response was posted, with the last day to reply; a worker sets it."""
    told = response_facts(response)
    return issue_letter(response.petition, Kind.RESPONSE, at=at, facts=told, about=str(response.reference), later=True)


def closing_letter(closing: Closing, *, at: datetime) -> Letter:
    """Issue the letter that closes a case without its merits: the facts that it rests on, and why."""
    return issue_letter(closing.petition, closing.kind, at=at, facts=closing_facts(closing))


def issue_anew(letter: Letter, *, reason: str, at: datetime) -> Letter:
    """Issue a new version of a letter from the record as it is now, with the reason; the one before stays, marked as
    superseded.

    What the parties and the signatory said is set as it was: their words change by a new filing or decision only.
    Raises WrongState for a letter that was superseded before. Call it in a transaction that has locked the petition.
    """
    if Letter.objects.filter(supersedes=letter).exists():
        raise WrongState(f"The letter {letter.code} was superseded. Choose the letter that replaced it.")
    if letter.kind in Letter.OF_DECISION:
        decision = Decision.objects.get(petition=letter.petition)
        return decision_letter(decision, at=at, instead_of=letter, reason=reason)
    facts = facts_again(letter)
    return issue_letter(
        letter.petition, letter.kind, at=at, facts=facts, instead_of=letter, reason=reason, about=letter.about
    )


def letter_of(decision: Decision) -> Letter | None:
    """Return the letter of a decision that stands, or None where none was issued."""
    kinds = (Kind.GRANT, Kind.IN_PART) if decision.exclusion_id else (Kind.DENIAL,)
    return _last(decision.petition, *kinds)


def _last(petition: Petition, *kinds: Letter.Kind) -> Letter | None:
    found = Letter.objects.filter(petition=petition, kind__in=kinds, superseded_by__isnull=True)
    return found.order_by("-issued_at", "-pk").first()


def decision_letter(
    decision: Decision,
    *,
    at: datetime,
    instead_of: Letter | None = None,
    reason: str = "",
    batch: Batch | None = None,
) -> Letter:
    """Issue the letter of a signed decision: every criterion with its finding, and each departure with its reason."""
    facts = decision_facts(decision, batch)
    granted = Kind.IN_PART if facts.get("in_part") else Kind.GRANT
    return issue_letter(
        decision.petition,
        granted if decision.exclusion else Kind.DENIAL,
        facts=facts,
        action=decision.exclusion.action.name if decision.exclusion else "",
        at=at,
        instead_of=instead_of,
        reason=reason,
        batch=batch,
    )


def publication_letter(
    petition: Petition,
    notice: int,
    text: ExclusionText | None,
    term: ExclusionTerm,
    *,
    action: str,
    at: datetime,
    batch: Batch | None = None,
) -> Letter:
    """Issue the letter that a granted exclusion was published, by the notice with that key; a worker sets it."""
    told, about = term_facts(text, term), f"notice {notice}"
    return issue_letter(
        petition, Kind.PUBLICATION, at=at, facts=told, action=action, about=about, later=True, batch=batch
    )


def expiry_letter(decision: Decision, term: ExclusionTerm, *, at: datetime) -> Letter:
    """Issue the letter that the term of an exclusion ends soon; a worker sets it."""
    return _on_exclusion(decision, Kind.EXPIRY, at=at, about=f"term {term.pk}")


def correction_letter(decision: Decision, *, what: str, at: datetime) -> Letter | None:
    """Issue the letter that what a publication told is corrected, in its place; None where no such letter was issued.

    `what` says what, by which authority and why; it is shown where the letter is verified.
    """
    told = _last(decision.petition, Kind.PUBLICATION, Kind.CORRECTION)
    if told is None:
        return None
    return _on_exclusion(decision, Kind.CORRECTION, at=at, instead_of=told, reason=what, correction=what)


def _on_exclusion(
    decision: Decision,
    kind: Letter.Kind,
    *,
    at: datetime,
    about: str = "",
    instead_of: Letter | None = None,
    reason: str = "",
    **more: str,
) -> Letter:
    assert decision.exclusion is not None, "a grant has one: decision_grant_has_exclusion"
    return issue_letter(
        decision.petition,
        kind,
        at=at,
        facts={**exclusion_facts(decision), **more},
        action=decision.exclusion.action.name,
        instead_of=instead_of,
        reason=reason,
        about=about,
        later=True,
    )
