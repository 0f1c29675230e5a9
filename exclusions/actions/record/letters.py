"""Letters: set as PDF, kept in the file store, verifiable by a code. They hold public facts alone."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions import criteria, hts
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import petition_subject
from exclusions.actions.record.many.together import together_of
from exclusions.actions.record.transition import lock
from exclusions.errors import WrongState
from exclusions.gateways.documents.object_store import store_file
from exclusions.gateways.typesetting import letter_pdf, to_keep
from exclusions.models import (
    Anchor,
    Closing,
    Cure,
    Decision,
    Event,
    ExclusionTerm,
    ExclusionText,
    Letter,
    Petition,
    PublicLetter,
)
from exclusions.models.exclusion import note_cited
from exclusions.queries.agency.determinations import action_of
from exclusions.queries.agency.passages import IN_LETTER, Passage, cited, excerpt, passages_of
from exclusions.queries.record.taken_down import down_of
from exclusions.queries.register.partial_grants import letter_facts
from exclusions.workflow.deadlines import eastern_date, in_words
from exclusions.workflow.states import Status

# No 0, O, 1, I, L or U: the code is read aloud and typed.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
LIMIT = 20_000_000


def issue_letter(
    petition: Petition,
    kind: str,
    *,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    action: str = "",
    instead_of: Letter | None = None,
    reason: str = "",
) -> Letter:
    """Set, store and record a letter of a kind of `Letter.Kind`; return it with its verification code.

    `facts` are what the kind needs besides the head of the case (see `typesetting.letter_pdf`); public facts only.
    `action` names the tariff action where the caller knows it. `instead_of` is the letter that it supersedes, and
    `reason` says why: both are printed, and shown where either is verified. Raises ValueError for an unknown kind or a
    missing fact.
    """
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
    head = {
        "issued_at": at,
        "reference": petition.reference or "",
        "docket": petition.round.docket,
        "organization": petition.organization.legal_name,
        "product_name": petition.product_name,
        "hts10": hts.dotted(petition.hts10),
        "action": action or _action_name(petition),
        "round": petition.round.title,
        "citation": petition.round.citation,
        "verification_code": code,
        "verify_url": page_address("verify-letter", code),
        "is_demo": petition.round.is_demo,
        **record_state(petition),
        **({"supersedes": instead_of.code, "superseded_day": _day(instead_of), "why": reason} if instead_of else {}),
    }
    said = {**head, **(facts or {})}
    letter = Letter(
        petition=petition, kind=kind, code=code, issued_at=at, supersedes=instead_of, reason=reason, sha256=None
    )
    with transaction.atomic():
        if among := together_of(petition):
            among.add_letter(letter, _shown(letter, head), to_keep(said))
        else:
            stored = store_file([letter_pdf(kind, said)], limit=LIMIT)
            letter.sha256, letter.storage_key = stored.sha256, stored.key
            letter.save(force_insert=True)
            _shown(letter, head).save(force_insert=True)
        _supersede(letter)
    return letter


def _shown(letter: Letter, head: Mapping[str, Any]) -> PublicLetter:
    """What everybody may verify of a letter."""
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


def record_state(petition: Petition) -> dict[str, str]:
    """Return what a letter prints of the record: the head of its case (number and hash) and the last day's digest."""
    among = together_of(petition)
    if among:
        sequence, digest = among.head(petition)
        anchor = among.anchor
    else:
        chain = Event.objects.filter(subject=petition_subject(petition)).values_list("sequence", "hash")
        sequence, digest = chain.order_by("-sequence").first() or (0, "")
        anchor = Anchor.objects.order_by("-day").first()
    return {
        "head": f"{sequence}:{digest}" if sequence else "",
        "anchor": anchor.digest if anchor else "",
        "anchor_day": anchor.day.isoformat() if anchor else "",
    }


def ensure_letter(petition: Petition, kind: str, *, at: datetime) -> Letter | None:
    """Return the receipt or the confirmation of withdrawal, issuing it at the first asking; None where there is none.

    These two say only what the record holds anyway, so that filing need not wait for a page to be set.
    """
    with transaction.atomic():
        locked = lock(petition)
        found = locked.letters.filter(kind=kind).order_by("-issued_at", "-pk").first()
        if found:
            return found
        if kind == Letter.Kind.RECEIPT and locked.submitted_at:
            return issue_letter(locked, kind, at=at, facts=_receipt_facts(locked))
        if kind == Letter.Kind.WITHDRAWAL and locked.status == Status.WITHDRAWN:
            return issue_letter(locked, kind, at=at, facts=_withdrawal_facts(locked))
    return None


def _receipt_facts(petition: Petition) -> dict[str, Any]:
    version = petition.versions.filter(sealed_at__isnull=False).order_by("number").first()
    submitted = petition.submitted_at
    return {"submitted": in_words(submitted) if submitted else "", "sha256": version.sha256 if version else ""}


def _withdrawal_facts(petition: Petition) -> dict[str, Any]:
    event = Event.objects.filter(subject=petition_subject(petition), kind="withdraw").order_by("sequence").last()
    return {"withdrawn": in_words(petition.status_since), "reason": event.reason if event else ""}


def returned_letter(petition: Petition, cure: Cure, *, at: datetime) -> Letter:
    """Issue the letter that returns a petition: each question with its remedy, and the last day."""
    return issue_letter(petition, Letter.Kind.RETURNED, at=at, facts=_cure_facts(cure))


def lapsed_letter(petition: Petition, cure: Cure, *, at: datetime) -> Letter:
    """Issue the letter that a petition has lapsed: what it was returned for, and the day that passed."""
    return issue_letter(petition, Letter.Kind.LAPSED, at=at, facts=_lapse_facts(cure))


def closing_letter(closing: Closing, *, at: datetime) -> Letter:
    """Issue the letter that closes a case without its merits: the facts that it rests on, and why."""
    return issue_letter(closing.petition, closing.kind, at=at, facts=_closing_facts(closing))


def _closing_facts(closing: Closing) -> dict[str, Any]:
    filed = closing.petition.submitted_at
    return {"facts": closing.facts, "because": closing.reason, "filed": in_words(filed) if filed else ""}


def _cure_facts(cure: Cure) -> dict[str, Any]:
    return {"points": cure.points, "cure_by": in_words(cure.closes_at)}


def _lapse_facts(cure: Cure) -> dict[str, Any]:
    return {**_cure_facts(cure), "returned": in_words(cure.returned_at)}


def issue_anew(letter: Letter, *, reason: str, at: datetime) -> Letter:
    """Issue a letter anew from the record as it is now, with the reason; the one before stays, marked as superseded.

    What the parties and the signatory said is set as it was: their words change by a new filing or decision only.
    Raises WrongState for a letter that was superseded before. Call it in a transaction that has locked the petition.
    """
    if Letter.objects.filter(supersedes=letter).exists():
        raise WrongState(f"The letter {letter.code} was superseded before; choose the one that took its place.")
    petition, kind = letter.petition, letter.kind
    if kind in (Letter.Kind.DENIAL, Letter.Kind.GRANT):
        decision = Decision.objects.get(petition=petition)
        return decision_letter(decision, at=at, instead_of=letter, reason=reason)
    if kind == Letter.Kind.RECEIPT:
        facts = _receipt_facts(petition)
    elif kind == Letter.Kind.WITHDRAWAL:
        facts = _withdrawal_facts(petition)
    elif kind in Closing.Kind.values:
        facts = _closing_facts(Closing.objects.get(petition=petition))
    else:
        cure = Cure.objects.filter(petition=petition, returned_at__lte=letter.issued_at).order_by("-number").first()
        if cure is None:
            raise WrongState("What this letter says is in its file alone: it was issued before returns had questions.")
        facts = _lapse_facts(cure) if kind == Letter.Kind.LAPSED else _cure_facts(cure)
    return issue_letter(petition, kind, at=at, facts=facts, instead_of=letter, reason=reason)


def letter_of(decision: Decision) -> Letter | None:
    """Return the letter of a decision that stands, or None where none was issued."""
    kind = Letter.Kind.GRANT if decision.exclusion_id else Letter.Kind.DENIAL
    found = Letter.objects.filter(petition=decision.petition_id, kind=kind, superseded_by__isnull=True)
    return found.order_by("-issued_at", "-pk").first()


def decision_letter(decision: Decision, *, at: datetime, instead_of: Letter | None = None, reason: str = "") -> Letter:
    """Issue the letter of a signed decision: every criterion with its finding, and each departure with its reason."""
    how: dict[str, Any] = {"at": at, "instead_of": instead_of, "reason": reason}
    among = together_of(decision.petition)
    known = among.passages(decision.petition) if among else passages_of(decision.petition, whole=False)
    facts: dict[str, Any] = {
        "rationale": decision.rationale,
        "findings": [
            {
                "criterion": finding["title"],
                "result": finding["result_label"],
                "reasons": finding["reasons"],
                "citations": _quoted(finding, known),
            }
            for finding in decision.findings
        ],
        "explanations": [
            {name: said[name] for name in ("title", "words", "reasons")} for said in decision.explanations
        ],
        "signatory": {"name": str(decision.signed_by), "title": decision.signed_by.get_role_display()},
    }
    if decision.exclusion is None:
        facts["reason_codes"] = [
            {"code": code, "text": criteria.DENIAL_REASONS[code]} for code in decision.denial_codes
        ]
        return issue_letter(decision.petition, Letter.Kind.DENIAL, facts=facts, **how)
    facts |= _grant_facts(decision)
    facts |= letter_facts(decision, down_of(decision.petition)) if decision.narrowing else {}
    action = decision.exclusion.action.name
    return issue_letter(decision.petition, Letter.Kind.GRANT, facts=facts, action=action, **how)


def _quoted(finding: Mapping[str, Any], known: Mapping[str, Passage]) -> list[dict[str, str]]:
    """What a finding cites, each with the passage as it is public now; of an older decision the words alone."""
    if "cites" not in finding:
        return [{"words": words, "passage": ""} for words in finding["citations"]]
    passages = cited(known, finding["cites"])
    return [{"words": passage.words, "passage": excerpt(passage.text, IN_LETTER)} for passage in passages]


def _grant_facts(decision: Decision) -> dict[str, Any]:
    """What the registry says of the exclusion as it stands: the letter that a correction brings says the same."""
    text = ExclusionText.objects.filter(exclusion=decision.exclusion).order_by("-version").first()
    term = ExclusionTerm.objects.filter(exclusion=decision.exclusion).order_by("-pk").first()
    return {
        "extent": "whole" if text and text.whole_number else "described",
        "product_text": text.text if text else "",
        "starts_on": term.valid_from if term else None,
        "ends_on": term.valid_to if term else None,
        "heading": hts.dotted(term.heading) if term and term.heading else "",
        "note": note_cited(term.note) if term else "",
        "notice": term.authority if term else "",
    }


def _action_name(petition: Petition) -> str:
    among = together_of(petition)
    action = among.action_of(petition) if among else action_of(petition)
    return action.name if action else "the action of the procedure"
