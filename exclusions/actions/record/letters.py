"""Letters: set as PDF, kept in the file store, verifiable by a code. They hold public facts alone."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions import criteria, hts
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import petition_subject
from exclusions.actions.record.transition import lock
from exclusions.gateways.documents.object_store import store_file
from exclusions.gateways.typesetting import letter_pdf
from exclusions.models import Anchor, Cure, Decision, Event, ExclusionTerm, Letter, Petition, PublicLetter
from exclusions.queries.agency.determinations import action_of, latest_draft
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.states import Status

# No 0, O, 1, I, L or U: the code is read aloud and typed.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
LIMIT = 20_000_000


def issue_letter(
    petition: Petition, kind: str, *, at: datetime, facts: Mapping[str, Any] | None = None, action: str = ""
) -> Letter:
    """Set, store and record a letter of a kind of `Letter.Kind`; return it with its verification code.

    `facts` are what the kind needs besides the head of the case (see `typesetting.letter_pdf`); public facts only.
    `action` names the tariff action where the caller knows it. Raises ValueError for an unknown kind or a missing fact.
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
    }
    stored = store_file([letter_pdf(kind, {**head, **(facts or {})})], limit=LIMIT)
    with transaction.atomic():
        letter = Letter.objects.create(
            petition=petition, kind=kind, code=code, sha256=stored.sha256, storage_key=stored.key, issued_at=at
        )
        PublicLetter.objects.create(
            code=code,
            reference=petition.reference or "",
            kind=letter.get_kind_display(),
            issued_at=at,
            sha256=stored.sha256,
            head=str(head["head"]),
            anchor=str(head["anchor"]),
        )
    return letter


def record_state(petition: Petition) -> dict[str, str]:
    """Return what a letter prints of the record: the head of its case (number and hash) and the last day's digest."""
    last = Event.objects.filter(subject=petition_subject(petition)).order_by("-sequence").first()
    anchor = Anchor.objects.order_by("-day").first()
    return {
        "head": f"{last.sequence}:{last.hash}" if last else "",
        "anchor": anchor.digest if anchor else "",
        "anchor_day": anchor.day.isoformat() if anchor else "",
    }


def ensure_letter(petition: Petition, kind: str, *, at: datetime) -> Letter | None:
    """Return the receipt or the confirmation of withdrawal, issuing it at the first asking; None where there is none.

    These two say only what the record holds anyway, so that filing need not wait for a page to be set.
    """
    with transaction.atomic():
        locked = lock(petition)
        found = locked.letters.filter(kind=kind).order_by("-issued_at").first()
        if found:
            return found
        if kind == Letter.Kind.RECEIPT and locked.submitted_at:
            version = locked.versions.filter(sealed_at__isnull=False).order_by("number").first()
            facts = {"submitted": in_words(locked.submitted_at), "sha256": version.sha256 if version else ""}
            return issue_letter(locked, kind, at=at, facts=facts)
        if kind == Letter.Kind.WITHDRAWAL and locked.status == Status.WITHDRAWN:
            event = Event.objects.filter(subject=f"petition:{locked.pk}", kind="withdraw").order_by("sequence").last()
            facts = {"withdrawn": in_words(locked.status_since), "reason": event.reason if event else ""}
            return issue_letter(locked, kind, at=at, facts=facts)
    return None


def returned_letter(petition: Petition, cure: Cure, *, at: datetime) -> Letter:
    """Issue the letter that returns a petition: each question with its remedy, and the last day."""
    facts = {"points": cure.points, "cure_by": in_words(cure.closes_at)}
    return issue_letter(petition, Letter.Kind.RETURNED, at=at, facts=facts)


def lapsed_letter(petition: Petition, cure: Cure, *, at: datetime) -> Letter:
    """Issue the letter that a petition has lapsed: what it was returned for, and the day that passed."""
    facts = {"points": cure.points, "cure_by": in_words(cure.closes_at), "returned": in_words(cure.returned_at)}
    return issue_letter(petition, Letter.Kind.LAPSED, at=at, facts=facts)


def decision_letter(decision: Decision, *, at: datetime) -> Letter:
    """Issue the letter of a signed decision: every criterion with its finding, and each departure with its reason."""
    facts: dict[str, Any] = {
        "rationale": decision.rationale,
        "findings": [
            {
                "criterion": finding["title"],
                "result": finding["result_label"],
                "reasons": finding["reasons"],
                "citations": finding["citations"],
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
        return issue_letter(decision.petition, Letter.Kind.DENIAL, at=at, facts=facts)
    facts |= _grant_facts(decision)
    return issue_letter(decision.petition, Letter.Kind.GRANT, at=at, facts=facts, action=decision.exclusion.action.name)


def _grant_facts(decision: Decision) -> dict[str, Any]:
    draft = latest_draft(decision.petition)
    term = ExclusionTerm.objects.filter(exclusion=decision.exclusion).order_by("-pk").first()
    text = draft.text if draft else ""
    return {
        "extent": "whole" if draft and draft.whole_number else "described",
        "product_text": text,
        "starts_on": term.valid_from if term else None,
        "ends_on": term.valid_to if term else None,
        "heading": hts.dotted(term.heading) if term and term.heading else "",
        "note": f"20({term.note})" if term and term.note else "",
        "notice": term.authority if term else "",
    }


def _action_name(petition: Petition) -> str:
    action = action_of(petition)
    return action.name if action else "the action of the procedure"
