"""What a joint act does for each of its cases: the very actions that the case's own page calls, stage by stage."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exclusions.actions.decision import decisions
from exclusions.actions.record.many.batch import Batch
from exclusions.actions.record.transition import move
from exclusions.actions.review import assignments, product_texts, reviews
from exclusions.actions.review.arguments import answer_arguments, take_suggestions
from exclusions.actions.review.departures import confirm_departure
from exclusions.actions.review.unlike import Unlike
from exclusions.errors import Incomplete
from exclusions.models import Outcome, Petition
from exclusions.permissions.arguments.findings import asked_about
from exclusions.permissions.arguments.marked import arguments_of, likeness
from exclusions.permissions.conclusions import latest
from exclusions.permissions.likes.departing import departures_in
from exclusions.queries.casework.case.evidence import OF_FORM, not_citable
from exclusions.workflow.states import Status

Entered = Mapping[str, Any]
Stage = Callable[[Petition, Entered, Batch], object]
OWN_RESPONSES = "own:responses"  # a citation: of each case its own posted responses and their replies
MOST_COMPARED = 25  # references of the cluster that each consistency review names


def particular_to(petition: Petition, cases: Batch) -> dict[str, Any]:
    """Return what is particular to a case, by reference: its responses, and the answer with its own purchases."""
    filed, answers = cases.filed(petition), cases.answers(petition)
    return {
        "responses": filed.responses,
        "answers": [f"answer:{key}" for key in ("purchases",) if answers.get(key)],
    }


def _take(petition: Petition, entered: Entered, cases: Batch) -> object:
    return assignments.take(petition, by=cases.by, at=cases.at, batch=cases, reason=str(entered.get("reason") or ""))


def _findings(petition: Petition, entered: Entered, cases: Batch) -> None:
    """`findings`: {criterion: {result, reasons, confidential_note, citations, meant}}; others are left as they are."""
    beside: dict[str, str] = {}
    for criterion, said in entered["findings"].items():
        reasons, wanted = said["reasons"], said.get("citations", ())
        if asked := [] if said.get("meant") else asked_about(petition, criterion, reasons, wanted, beside):
            raise Incomplete(*asked, fields={f"{criterion}-meant": asked})
        beside[criterion] = reasons
        reviews.record_finding(
            petition,
            criterion=criterion,
            result=said["result"],
            reasons=reasons,
            confidential_note=said.get("confidential_note", ""),
            citations=_own_citations(petition, wanted, cases),
            meant=True,
            by=cases.by,
            at=cases.at,
            batch=cases,
        )


def _own_citations(petition: Petition, wanted: Sequence[str], cases: Batch) -> list[str]:
    """Those of the common citations that the record of a case has, and its own responses where they are cited."""
    common = [name for name in wanted if name.startswith(OF_FORM)]
    missing = set(not_citable(petition, common))
    own = cases.filed(petition).own if OWN_RESPONSES in wanted else []
    return [*(name for name in common if name not in missing), *own]


def _arguments(petition: Petition, entered: Entered, cases: Batch) -> object:
    return take_suggestions(petition, by=cases.by, at=cases.at, batch=cases)


def _answer(petition: Petition, entered: Entered, cases: Batch) -> object:
    """`like`: names of like arguments (`permissions.arguments.marked.likeness`), each of which is answered alike."""
    wanted = set(entered["like"])
    own = [row.pk for _, row in arguments_of(petition).standing if likeness(row) in wanted]
    if not own:
        raise Incomplete("It makes none of these arguments. Leave it out of this act.")
    said = _pick(entered, ("kind", "standing", "reason"))
    return answer_arguments(petition, arguments=own, **said, by=cases.by, at=cases.at, batch=cases)


def _recommend(petition: Petition, entered: Entered, cases: Batch) -> object:
    unlike = Unlike(**_pick(entered, ("unlike", "ours", "theirs", "departs", "refers")))
    said = _pick(entered, _CONCLUDES)
    return reviews.recommend_outcome(petition, **said, unlike=unlike, by=cases.by, at=cases.at, batch=cases)


def _consistency(petition: Petition, entered: Entered, cases: Batch) -> object:
    others = [str(other.reference) for other in cases.petitions.values() if other.pk != petition.pk]
    named = [text for text in entered.get("compared_with", ()) if text != petition.reference]
    compared = [*named, *others[:MOST_COMPARED]]
    reasons = str(entered.get("reasons") or "")
    apart = {
        "distinctions": {"": str(entered.get("distinctions") or "")},
        "ours": {"": [name for name in (entered.get("ours"),) if name]},
        "theirs": {"": str(entered.get("theirs") or "")},
        "departs": [""] if entered.get("departs") else [],
    }
    said: Entered = {"compared_with": compared, "reasons": reasons, **apart}
    return reviews.record_consistency(petition, **said, by=cases.by, at=cases.at, batch=cases)


def _legal_review(petition: Petition, entered: Entered, cases: Batch) -> object:
    return reviews.record_legal_review(petition, **_pick(entered, _CONCLUDES), by=cases.by, at=cases.at, batch=cases)


def _product_text(petition: Petition, entered: Entered, cases: Batch) -> object:
    said = _pick(entered, ("text", "number", "whole_number"))
    return product_texts.draft_text(petition, **said, by=cases.by, at=cases.at, batch=cases)


def _assessment(petition: Petition, entered: Entered, cases: Batch) -> object:
    said = _pick(entered, ("outcome", "reasons", "departure", "views"))
    return reviews.record_assessment(petition, **said, by=cases.by, at=cases.at, batch=cases)


def _confirm(petition: Petition, entered: Entered, cases: Batch) -> None:
    """Whoever confirmed in the preview what the cases depart from confirms it of each that departs."""
    last = latest(petition.consistency_reviews.all())
    if entered.get("confirms") and departures_in(last):
        seen = last.pk if last else None
        confirm_departure(petition, agreed=True, review=seen, by=cases.by, at=cases.at, batch=cases)


def _grant(petition: Petition, entered: Entered, cases: Batch) -> object:
    said = _pick(entered, ("rationale", "departure", "adverse", "contacts"))
    return decisions.grant(petition, **said, by=cases.by, at=cases.at, batch=cases)


def _grant_in_part(petition: Petition, entered: Entered, cases: Batch) -> object:
    said = _pick(
        entered, ("rationale", "narrowing_codes", "proposed_by", "narrowing", "departure", "adverse", "contacts")
    )
    return decisions.grant_in_part(petition, **said, by=cases.by, at=cases.at, batch=cases)


def _deny(petition: Petition, entered: Entered, cases: Batch) -> object:
    said = _pick(entered, ("rationale", "denial_codes", "departure", "facts", "contacts"))
    return decisions.deny(petition, **said, by=cases.by, at=cases.at, batch=cases)


def _pick(entered: Entered, names: Sequence[str]) -> dict[str, Any]:
    return {name: entered[name] for name in names if name in entered}


def _step(name: Callable[[Petition, Entered], str]) -> Stage:
    return lambda petition, entered, cases: move(
        petition, name(petition, entered), by=cases.by, at=cases.at, is_locked=True, batch=cases
    )


def _cleared(petition: Petition, entered: Entered) -> str:
    return "clear_for_drafting" if entered.get("outcome") != Outcome.DENY else "clear_for_denial"


_CONCLUDES = ("outcome", "reasons", "denial_codes", "departure")
DONE_FOR_EACH: dict[str, tuple[Stage, ...]] = {
    "take": (_take,),
    "findings": (_findings,),
    "arguments": (_arguments,),
    "argument_answer": (_answer,),
    "recommendation": (
        _recommend,
        _step(lambda petition, entered: "recommend" if petition.status == Status.LEVEL1 else "concur"),
    ),
    "consistency": (_consistency, _step(lambda petition, entered: "confirm_consistency")),
    "legal_review": (_confirm, _legal_review, _step(_cleared)),
    "product_text": (_product_text, _step(lambda petition, entered: "send_to_customs")),
    "assessment": (_assessment, _step(lambda petition, entered: "assess")),
    "grant": (_confirm, _grant),
    "grant_in_part": (_confirm, _grant_in_part),
    "deny": (_confirm, _deny),
}
