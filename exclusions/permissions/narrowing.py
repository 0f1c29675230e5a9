"""What a grant in part rests on: a coded reason needs something of the record, as a code of a denial does."""

from collections.abc import Mapping, Sequence
from typing import Any

from exclusions import criteria
from exclusions.checks.substance import lacks_substance
from exclusions.models import CustomsOpinion, Petition, Reply, Response

# The criterion whose adverse finding a code may rest on instead, and what of the record bears each code out.
_CRITERION = {"NR1": "administrability", "NR2": "availability"}
BORNE_OUT_BY: Mapping[str, str] = {
    "NR1": "an objection of Customs to a product text of the case, or an adverse finding on its administrability",
    "NR2": "a posted response that opposes the petition, or an adverse finding on availability",
    "NR3": "a posted reply of the requester",
}


def narrowing_code_faults(petition: Petition, codes: Sequence[str], results: Mapping[str, str]) -> list[str]:
    """Return a sentence for each coded reason of a grant in part on which the record has nothing.

    `results` are the current findings by criterion. One statement at most for each code that needs the record.
    """
    return [
        f"{code} needs {BORNE_OUT_BY[code]}. Choose another code, or have the record completed."
        for code in codes
        if code in BORNE_OUT_BY and not _borne_out(petition, code, results)
    ]


def _borne_out(petition: Petition, code: str, results: Mapping[str, str]) -> bool:
    if results.get(_CRITERION.get(code, "")) in criteria.ADVERSE:
        return True
    if code == "NR1":
        opinions = CustomsOpinion.objects.filter(draft__petition=petition)
        return opinions.exclude(result=CustomsOpinion.Result.NO_OBJECTION).exists()
    if code == "NR2":
        opposed = Response.objects.filter(petition=petition, status=Response.Status.POSTED)
        return opposed.filter(position=Response.Position.OPPOSE).exists()
    return Reply.objects.let_through().filter(response__petition=petition).exists()


def narrowing_faults(petition: Petition, data: Mapping[str, Any], results: Mapping[str, str]) -> dict[str, list[str]]:
    """Return, by field, what a grant in part that is about to be signed lacks beside what every grant needs."""
    codes = [str(code) for code in data.get("narrowing_codes") or []]
    unknown = [code for code in codes if code not in criteria.NARROWING_REASONS]
    of_codes = [] if codes else ["Choose at least one coded reason why less is granted than was asked."]
    of_codes += [f"Unknown reason code: {', '.join(unknown)}."] if unknown else []
    words = str(data.get("narrowing") or "")
    lacks = (
        lacks_substance(words)
        if words.strip()
        else "Say which part of the request is left out, and why. Your words are published."
    )
    known = str(data.get("proposed_by") or "") in criteria.PROPOSERS
    whole = any(draft.whole_number for draft in _last(petition))
    found = {
        "narrowing_codes": [*of_codes, *narrowing_code_faults(petition, codes, results)],
        "proposed_by": [] if known else ["Choose who proposed the narrower text."],
        "narrowing": [lacks] if lacks else [],
        "outcome": ["The text covers the whole 10-digit number. Sign it as a grant."] if whole else [],
    }
    return {field: said for field, said in found.items() if said}


def _last(petition: Petition) -> list[Any]:
    return sorted(petition.drafts.all(), key=lambda draft: draft.version)[-1:]
