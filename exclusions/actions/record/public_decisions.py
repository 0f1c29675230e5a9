"""Decisions in the public copy of a petition, the one that stands and those that were reopened; and questions."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from exclusions import criteria
from exclusions.models import Closing, Decision, Petition
from exclusions.models.casework.closing import EARLIER
from exclusions.queries.casework.inquiries import Asked, asked_of
from exclusions.queries.notices.partial_grants import told_of
from exclusions.queries.record.taken_down import Down, explained, words_in_place
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.public_things import Kind
from exclusions.workflow.states import DECIDED, Status

NONE_YET: dict[str, Any] = {"decided_on": None, "rationale": "", "denial_codes": [], "findings": [], "explanations": [],
                            "narrowing": {}, "exclusion": None, "exclusion_confidence": ""}  # fmt: skip


def decision_facts(petition: Petition, status: Status, down: Down) -> dict[str, Any]:
    """Return the columns of the public copy that tell of decisions.

    The one that stands, once it may be known: when signed, a grant as Stage 4; before that its columns are empty. Those
    that were reopened, newest first, with the reason: they were public, and stay so.
    """
    return decision_facts_of(signed_by_case([petition.pk])[petition.pk], status, down)


def signed_by_case(petitions: Iterable[UUID]) -> dict[UUID, list[Decision]]:
    """Return every decision that was signed on each of these petitions, newest first; one statement."""
    found: dict[UUID, list[Decision]] = {key: [] for key in petitions}
    rows = Decision.versions.filter(petition__in=list(found)).select_related("exclusion", "reopening")
    for row in rows.order_by("-version"):
        found[row.petition_id].append(row)
    return found


def decision_facts_of(signed: Sequence[Decision], status: Status, down: Down) -> dict[str, Any]:
    """Return the same columns, from the decisions on a petition, newest first."""
    stands = next((row for row in signed if not hasattr(row, "reopening")), None) if status in DECIDED else None
    former = [_former(row, signed, down) for row in signed if row != stands]
    if stands is None:
        return {**NONE_YET, "former_decisions": former}
    told = _public_reasons(stands, signed, down)
    return {
        **told,
        "decided_on": eastern_date(stands.signed_at),
        "exclusion": stands.exclusion,
        "exclusion_confidence": "",  # decided here, not found by comparing
        "former_decisions": former,
    }


def closing_facts(petition: Petition) -> dict[str, Any]:
    """Return what the public reads of a case that was closed without its merits: the day and the facts, no words.

    One that was withdrawn has no facts: its reason is the requester's. An earlier petition that is not posted yet is
    not named: the public does not know of it.
    """
    if petition.status == Status.WITHDRAWN:
        return {"on": eastern_date(petition.status_since).isoformat(), "facts": []}
    found = Closing.objects.filter(petition=petition).first()
    if found is None:
        return {}
    named = {fact["value"] for fact in found.facts if fact["label"] == EARLIER}
    posted = set(
        Petition.objects.filter(reference__in=named, posted_at__isnull=False).values_list("reference", flat=True)
    )
    facts = [fact for fact in found.facts if fact["label"] != EARLIER or fact["value"] in posted]
    return {"on": eastern_date(found.closed_at).isoformat(), "facts": facts}


def question_facts(petition: Petition, down: Down) -> list[dict[str, Any]]:
    """Return what the public reads of the questions of a case, the first one first; one statement.

    `state` is open, answered, taken_back or lapsed, `ended_on` the day of that. Who asked is not told. Either text was
    looked through for what was given in confidence, and can be taken down by itself.
    """
    return [_told_of(one, down) for one in asked_of(petition)]


def _told_of(asked: Asked, down: Down) -> dict[str, Any]:
    row, answer = asked.inquiry, asked.answer
    return {
        "number": row.number,
        "question": down.in_place(row.question, Kind.INQUIRY, row.number),
        "asked_on": eastern_date(row.asked_at).isoformat(),
        "until": eastern_date(row.closes_at).isoformat(),
        "state": asked.key,
        "ended_on": eastern_date(asked.ended_at).isoformat() if asked.ended_at else "",
        "answer": down.in_place(answer.text, Kind.INQUIRY_ANSWER, row.number) if answer else "",
    }


def _public_reasons(decision: Decision, signed: Sequence[Decision], down: Down) -> dict[str, Any]:
    return {
        "rationale": words_in_place(decision, signed, down, Kind.RATIONALE),
        "denial_codes": [
            {"code": code, "reason": criteria.REASON_OF.get(code, code)} for code in decision.denial_codes
        ],
        "findings": [_finding(finding, decision, signed, down) for finding in decision.findings],
        "explanations": explained(decision, signed, down),
        "narrowing": told_of(decision.narrowing, down),
    }


def _former(decision: Decision, signed: Sequence[Decision], down: Down) -> dict[str, Any]:
    return {
        "outcome": decision.outcome,
        "decided_on": eastern_date(decision.signed_at).isoformat(),
        "exclusion": decision.exclusion.reference if decision.exclusion else "",
        "reopened_on": eastern_date(decision.reopening.reopened_at).isoformat(),
        # It goes with the rationale: what is wrong with one is often said in the other.
        "reason": down.in_place(decision.reopening.reason, Kind.RATIONALE, *decision.mark),
        **_public_reasons(decision, signed, down),
    }


def _finding(finding: dict[str, Any], decision: Decision, signed: Sequence[Decision], down: Down) -> dict[str, Any]:
    """Return a finding as it is published; a citation may name a file by which something was given away."""
    names = {f"Document: {row.document.file_name}" for row in down.rows if row.document}
    cited = ["Document: taken down" if words in names else words for words in finding.get("citations", [])]
    reasons = words_in_place(decision, signed, down, Kind.FINDING, str(finding["criterion"]))
    finding = {name: value for name, value in finding.items() if name != "cites"}
    return {**finding, "reasons": reasons, **({"citations": cited} if "citations" in finding else {})}
