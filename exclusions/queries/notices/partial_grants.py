"""What was asked for and what is granted, side by side: of a decision that grants less than was asked."""

from collections.abc import Mapping
from typing import Any

from exclusions import criteria
from exclusions.facts.forms import petition_form
from exclusions.models import Decision, Petition
from exclusions.permissions.leaks import certified_answers
from exclusions.queries.record.taken_down import Down
from exclusions.workflow.public_things import Kind

# The petition's own words for the product, the fullest first; all of them are public in every form.
ASKED = ("product_description", "product_name")


def asked_of(petition: Petition) -> dict[str, str]:
    """Return the petition's own product text as filed: `question` (its key) and `asked`.

    One statement, or none where the case has been read.
    """
    form = petition_form(petition.round)
    answers = certified_answers(petition, form)
    for question in ASKED:
        text = str(form.public_answer(answers, question) or "").strip()
        if text:
            return {"question": question, "asked": text}
    return {"question": "product_name", "asked": petition.product_name}


def told_of(narrowing: Mapping[str, Any], down: Down) -> dict[str, Any]:
    """Return what everybody reads of a narrowing: asked, granted, the coded reasons, who proposed it; {} of none.

    Where the answer that was asked was taken down, its tombstone or correction stands in its place.
    """
    if not narrowing:
        return {}
    return {
        "asked": down.in_place(str(narrowing["asked"]), Kind.ANSWER, str(narrowing["question"])),
        "granted": narrowing["granted"],
        "reasons": [{"code": code, "reason": criteria.REASON_OF.get(code, code)} for code in narrowing["codes"]],
        "proposed_by": criteria.PROPOSERS.get(str(narrowing["proposed_by"]), ""),
    }


def letter_facts(decision: Decision, down: Down) -> dict[str, Any]:
    """Return what the letter of a grant in part says besides: asked, granted, proposed_by, and why, in words."""
    told = told_of(decision.narrowing, down)
    if not told:
        return {}
    words = next((said["reasons"] for said in decision.explanations if said["key"] == "narrowing"), "")
    return {"in_part": {**told, "why": words}}
