"""What each desk concluded of a case, and what a conclusion needs: one rule for every desk, button, page and API.

An outcome that is not the one of the desk before says why (GAO-21-506 found analysts overruled without a recorded
reason). A code needs an adverse finding on its criterion; one that no criterion of the round leads to, the fact that it
rests on. A grant leaves no adverse finding unexplained.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, TypeVar

from exclusions import criteria
from exclusions.checks.substance import lacks_substance
from exclusions.models import CommitteeAssessment, LegalReview, Outcome, Petition, Recommendation
from exclusions.permissions.denial_facts import counsel_faults, fact_code_faults
from exclusions.permissions.narrowing import narrowing_code_faults, narrowing_faults
from exclusions.workflow.states import Status

LEVEL1, LEVEL2, LEGAL, COMMITTEE, SIGNATORY = "level1", "level2", "legal", "committee", "signatory"
# In the order in which a case passes them.
DESKS: Mapping[str, str] = {
    LEVEL1: "level 1",
    LEVEL2: "level 2",
    LEGAL: "the Office of General Counsel",
    COMMITTEE: "the Section 301 Committee",
    SIGNATORY: "the signatory",
}
_ORDER = list(DESKS)
AS_WORDS = {Outcome.GRANT: "a grant", Outcome.IN_PART: "a grant in part", Outcome.DENY: "a denial"}
DESK_OF = {Status.LEVEL1: LEVEL1, Status.LEVEL2: LEVEL2, Status.LEGAL: LEGAL, Status.COMMITTEE: COMMITTEE}
Data = Mapping[str, Any] | None
Row = TypeVar("Row")
Faults = dict[str, list[str]]  # by field, as a form shows them
Concluding = Recommendation | LegalReview | CommitteeAssessment


@dataclass(frozen=True)
class Conclusion:
    """What a desk concluded last; `departure` is why it did not follow the desk before."""

    desk: str
    outcome: str
    departure: str
    departs: bool
    made_at: datetime
    codes: Sequence[str] = ()


def conclusion_in(row: Concluding) -> Conclusion:
    """Return what a desk concluded in a row of its own."""
    if isinstance(row, LegalReview):
        return Conclusion(LEGAL, row.outcome, row.departure, row.departs, row.made_at, row.denial_codes)
    if isinstance(row, CommitteeAssessment):
        return Conclusion(COMMITTEE, row.outcome, row.departure, False, row.made_at)
    desk = LEVEL1 if row.level == 1 else LEVEL2
    return Conclusion(desk, row.outcome, row.departure, False, row.made_at, row.denial_codes)


def conclusions(petition: Petition) -> dict[str, Conclusion]:
    """Return what each desk concluded last, in the order of the desks; not what a desk before has undone since.

    Three statements, or none where the petition was read with these rows.
    """
    found: dict[str, Conclusion] = {}
    rows: list[Concluding] = [
        *petition.recommendations.all(),
        *petition.legal_reviews.all(),
        *petition.assessments.all(),
    ]
    for one in map(conclusion_in, sorted(rows, key=attrgetter("made_at", "pk"))):
        place = _ORDER.index(one.desk)
        found = {desk: earlier for desk, earlier in found.items() if _ORDER.index(desk) < place}
        found[one.desk] = one
    return found


def latest(rows: Iterable[Row]) -> Row | None:
    """Return the entry that was made last, or None where there is none."""
    return max(rows, key=attrgetter("made_at", "pk"), default=None)


def before(desk: str, made: Mapping[str, Conclusion]) -> Conclusion | None:
    """Return what the nearest desk before this one concluded, or None."""
    earlier = [one for one in made.values() if _ORDER.index(one.desk) < _ORDER.index(desk)]
    return earlier[-1] if earlier else None


def departs_from(desk: str, outcome: str, made: Mapping[str, Conclusion]) -> Conclusion | None:
    """Return the conclusion from which an outcome of a desk departs, or None."""
    earlier = before(desk, made)
    return earlier if earlier and earlier.outcome != outcome else None


def departure_faults(desk: str, outcome: str, departure: str, made: Mapping[str, Conclusion]) -> list[str]:
    """Return what is wrong with the reason of a departure: not given, empty of meaning, or of none."""
    other = departs_from(desk, outcome, made)
    if other is None:
        said = departure.strip()
        return ["You reached the same outcome as the desk before. Put these words under the reasons."] if said else []
    if not departure.strip():
        concluded = f"{sentence_case(DESKS[other.desk])} concluded for {AS_WORDS[Outcome(other.outcome)]}"
        return [f"{concluded}. Say what in the record leads you to another outcome."]
    found = lacks_substance(departure)
    return [found] if found else []


def code_faults(petition: Petition, codes: Sequence[str]) -> list[str]:
    """Return a sentence for each code of a denial whose criterion has no adverse finding, and for each of a grant in
    part on which the record has nothing.
    """
    if not codes:
        return []
    known = [code for code in codes if code in criteria.DENIAL_REASONS and code not in criteria.OF_FACTS]
    results = _results(petition)
    sentences = narrowing_code_faults(petition, codes, results) + fact_code_faults(petition, codes, results)
    for code in known:
        of_code = [key for key in petition.round.criteria if criteria.get(key).denial_code == code]
        if of_code and not any(results.get(key) in criteria.ADVERSE for key in of_code):
            found = ", ".join(f"{criteria.get(key).title}: {_label(results.get(key))}" for key in of_code)
            sentences.append(
                f"{code} needs a finding against an exclusion, or “Not shown”, on its criterion ({found}). "
                "Have the finding revised, or choose another code."
            )
    return sentences


def without_criterion(petition: Petition, codes: Sequence[str]) -> list[str]:
    """Return the codes to which no criterion of the round leads: they rest on a fact of their own."""
    led_to = {criteria.get(key).denial_code for key in petition.round.criteria}
    return [code for code in codes if code in criteria.DENIAL_REASONS and criteria.family(code) not in led_to]


def adverse(petition: Petition) -> list[str]:
    """Return the titles of the criteria on which the current finding is adverse, in the round's order."""
    results = _results(petition)
    return [criteria.get(key).title for key in petition.round.criteria if results.get(key) in criteria.ADVERSE]


def fact_faults(petition: Petition, codes: Sequence[str], facts: str) -> list[str]:
    """Return what is wrong with the facts behind the codes to which no criterion leads."""
    alone = ", ".join(without_criterion(petition, codes))
    return _needed(
        facts,
        f"No criterion of this round leads to {alone}. Give the fact that supports the code." if alone else "",
        "No chosen code needs a separate fact. Put these words into the rationale.",
    )


def adverse_faults(petition: Petition, text: str) -> list[str]:
    """Return what is wrong with the reasons for a grant against adverse findings."""
    found = ", ".join(adverse(petition))
    return _needed(
        text,
        f"The findings on these criteria are adverse: {found}. Say why the petition is granted anyway."
        if found
        else "",
        "No finding is adverse. Put these words into the rationale.",
    )


def _needed(text: str, missing: str, needless: str) -> list[str]:
    if not missing:
        return [needless] if text.strip() else []
    if not text.strip():
        return [missing]
    found = lacks_substance(text)
    return [found] if found else []


def conclusion_faults(petition: Petition, desk: str, outcome: str, codes: Sequence[str], departure: str) -> Faults:
    """Return, by field, what a conclusion that a desk is about to put on record lacks."""
    return _without_empty(
        denial_codes=code_faults(petition, codes),
        departure=departure_faults(desk, outcome, departure, conclusions(petition)),
    )


def grant_faults(petition: Petition, data: Mapping[str, Any]) -> Faults:
    """Return, by field, what a grant that is about to be signed lacks."""
    return _grant_faults(petition, Outcome.GRANT, data)


def partial_grant_faults(petition: Petition, data: Mapping[str, Any]) -> Faults:
    """Return, by field, what a grant in part that is about to be signed lacks."""
    of_any = _grant_faults(petition, Outcome.IN_PART, data)
    return narrowing_faults(petition, data, _results(petition)) | of_any


def _grant_faults(petition: Petition, outcome: Outcome, data: Mapping[str, Any]) -> Faults:
    made = conclusions(petition)
    return _without_empty(
        rationale=_rationale_faults(data),
        adverse=adverse_faults(petition, str(data.get("adverse") or "")),
        departure=departure_faults(SIGNATORY, outcome, str(data.get("departure") or ""), made),
    )


def signing_faults(name: str, petition: Petition, data: Mapping[str, Any]) -> Faults:
    """Return, by field, what a decision lacks that is about to be signed by the transition of this name."""
    return _SIGNING[name](petition, data)


def denial_faults(petition: Petition, data: Mapping[str, Any]) -> Faults:
    """Return, by field, what a denial that is about to be signed lacks."""
    codes = [str(code) for code in data.get("denial_codes") or []]
    unknown = [code for code in codes if code not in criteria.DENIAL_REASONS]
    of_codes = [] if codes else ["Choose at least one coded reason for the denial."]
    of_codes += [f"Unknown reason code: {', '.join(unknown)}."] if unknown else []
    made = conclusions(petition)
    counsel = counsel_faults(latest(petition.legal_reviews.all())) if criteria.OTHER_FACT in codes else []
    return _without_empty(
        rationale=_rationale_faults(data),
        denial_codes=[*of_codes, *code_faults(petition, codes), *counsel],
        facts=fact_faults(petition, codes, str(data.get("facts") or "")),
        departure=departure_faults(SIGNATORY, Outcome.DENY, str(data.get("departure") or ""), made),
    )


_SIGNING: Mapping[str, Callable[[Petition, Mapping[str, Any]], Faults]] = {
    "grant": grant_faults,
    "grant_in_part": partial_grant_faults,
    "deny": denial_faults,
}
# The outcome that each transition of the signatory signs.
SIGNS: Mapping[str, Outcome] = {"grant": Outcome.GRANT, "grant_in_part": Outcome.IN_PART, "deny": Outcome.DENY}


def _without_empty(**faults: list[str]) -> Faults:
    return {field: said for field, said in faults.items() if said}


def _rationale_faults(data: Mapping[str, Any]) -> list[str]:
    rationale = str(data.get("rationale") or "")
    found = (
        lacks_substance(rationale) if rationale.strip() else "Give the rationale of the decision. It will be published."
    )
    return [found] if found else []


def sentence_case(words: str) -> str:
    """Return words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def _results(petition: Petition) -> dict[str, str]:
    made = sorted(petition.findings.all(), key=attrgetter("made_at", "pk"))
    return {finding.criterion: finding.result for finding in made}


def _label(result: str | None) -> str:
    return f"“{criteria.RESULTS[result]}”" if result else "none yet"


# ---- Gates of the transition table --------------------------------------------------------------------------------
def grant_reasoned(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The decision states its rationale, why it departs from the desk before, and what outweighs adverse findings."""
    return [] if data is None else _sentences(grant_faults(petition, data))


def narrowing_reasoned(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """The decision states why less is granted than was asked, on whose proposal, and all that a grant states."""
    return [] if data is None else _sentences(partial_grant_faults(petition, data))


def denial_coded(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """A denial carries codes that rest on findings or facts, a rationale, and why it departs from the desk before."""
    return [] if data is None else _sentences(denial_faults(petition, data))


def _sentences(faults: Faults) -> list[str]:
    return list(dict.fromkeys(sentence for said in faults.values() for sentence in said))


def departure_reasoned(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """What the desk concluded since the case came to it follows the desk before, or says why not (GAO-21-506)."""
    desk, made = DESK_OF[Status(petition.status)], conclusions(petition)
    mine = made.get(desk)
    if mine is None or mine.made_at < petition.status_since or mine.departs:
        return []
    return departure_faults(desk, mine.outcome, mine.departure, made)


def codes_found(petition: Petition, user: object, at: datetime, data: Data) -> list[str]:
    """Each code on which the desk concluded still has an adverse finding on its criterion."""
    level = 2 if petition.status == Status.LEVEL2 else 1
    made: LegalReview | Recommendation | None
    if petition.status == Status.LEGAL:
        made = latest(petition.legal_reviews.all())
    else:
        made = latest(row for row in petition.recommendations.all() if row.level == level)
    return code_faults(petition, made.denial_codes if made else [])
