"""The six facts that put a request out of scope (DR6), each compared with what the product knows.

That the number is not covered, that the petition is late or incomplete, the product knows for sure: a code that it does
not confirm is refused. Whether words name several products, or rest on use or a trademark, its checks can only find:
where they find nothing, an adverse finding that cites the words has to. What else may put a request outside of the
scope rests on an adverse finding, and on reasons that counsel wrote (84 FR 29576, requests that are not considered).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from exclusions import checks, criteria
from exclusions.checks import actual_use, hts_number, one_product, trademark
from exclusions.criteria import ADVERSE, OF_FACTS, OTHER_FACT
from exclusions.days import in_full
from exclusions.facts.forms import petition_form
from exclusions.facts.rounds import closes_as_of
from exclusions.hts import dotted
from exclusions.models import LegalReview, Petition
from exclusions.permissions.filing_facts import filing_facts
from exclusions.permissions.leaks import sealed_answers
from exclusions.workflow.deadlines import eastern_date

_FORMER = "DR6 is six facts now. Choose the one on which the denial rests, DR6a to DR6f."
_FIND = "Find against “Administrability” and cite the words, or choose another code."
_ON_WORDS = "administrability"  # the criterion on which a person finds what the words of a request are


@dataclass(frozen=True)
class _Fact:
    """What bears a fact out, in a sentence ("" where nothing does), and what is said where nothing does.

    `may_be_found`: a person's finding on the words bears it out, too.
    """

    confirm: Callable[[Petition], str]
    otherwise: Callable[[Petition], str]
    may_be_found: bool = False


def confirmed(petition: Petition, code: str) -> str:
    """Return what the product knows that bears out one of the facts, in a sentence, or "" where it knows of nothing.

    Five statements at most. KeyError for a code that names no fact of its own.
    """
    return _FACTS[code].confirm(petition)


def fact_code_faults(petition: Petition, codes: Iterable[str], results: Mapping[str, str]) -> list[str]:
    """Return a sentence for each code of a fact that nothing bears out; `results` are the current findings."""
    found = [_fault(petition, code, results) for code in codes if code in OF_FACTS]
    return [*filter(None, found), *([_FORMER] if "DR6" in codes else [])]


def _fault(petition: Petition, code: str, results: Mapping[str, str]) -> str:
    if code == OTHER_FACT:
        if ADVERSE.intersection(results.values()):
            return ""
        return f"{code} needs a finding against an exclusion, or “Not shown”, that cites where the record shows it."
    fact = _FACTS[code]
    if fact.confirm(petition) or (fact.may_be_found and _is_found(petition, results)):
        return ""
    return f"{code} does not hold. {fact.otherwise(petition)}"


def _is_found(petition: Petition, results: Mapping[str, str]) -> bool:
    """Whether a person found on the words: on their criterion, or on one that leads to the codes of facts."""
    of_facts = criteria.family(OTHER_FACT)
    led = [key for key in petition.round.criteria if criteria.get(key).denial_code == of_facts]
    return any(results.get(key) in ADVERSE for key in (_ON_WORDS, *led))


def counsel_faults(last: LegalReview | None) -> list[str]:
    """Return what keeps a denial for another fact from a signature: that counsel, in its last review, has not written
    reasons of its own for it.
    """
    if last and not last.adopts and OTHER_FACT in last.denial_codes:
        return []
    return [f"{OTHER_FACT} is signed only with counsel’s own reasons for it. Ask counsel to record them."]


def _not_covered(petition: Petition) -> str:
    return _checked(petition, hts_number.check, tariff=True) if petition.submitted_at else ""


def _late(petition: Petition) -> str:
    filed = petition.submitted_at
    if filed is None or filed <= petition.round.closes_at:
        return ""
    closes = closes_as_of(petition.round, filed)  # what was filed while an extension held stays in time
    if filed <= closes:
        return ""
    return f"It was filed on {_day(filed)}, after the window closed on {_day(closes)}."


def _incomplete(petition: Petition) -> str:
    missing = petition_form(petition.round).problems(sealed_answers(petition))
    return missing[0].message if missing else ""


def _checked(petition: Petition, *by: checks.Check, tariff: bool = False) -> str:
    """Return the first thing that these checks of a filing say of the certified answers, or ""."""
    form, answers = petition_form(petition.round), sealed_answers(petition)
    at = petition.submitted_at or petition.created_at
    facts, given = filing_facts(petition, answers, at, tariff=tariff, earlier=False), form.counted(answers)
    return next((result.message for check in by for result in check(form, given, facts)), "")


def _day(moment: datetime) -> str:
    return in_full(eastern_date(moment))


def _in_time(petition: Petition) -> str:
    day = _day(petition.submitted_at) if petition.submitted_at else "no day yet"
    return f"The petition was filed on {day}, while the window was open. Choose another code."


_FACTS: Mapping[str, _Fact] = {
    "DR6a": _Fact(
        _not_covered,
        lambda petition: f"The action covered {dotted(petition.hts10)} on the filing day. Choose another code.",
    ),
    "DR6b": _Fact(_late, _in_time),
    "DR6c": _Fact(
        _incomplete, lambda _: "The form has an answer to each question that it had to. Choose another code."
    ),
    "DR6d": _Fact(
        lambda petition: _checked(petition, one_product.check),
        lambda _: f"The check of the text finds one product. {_FIND}",
        may_be_found=True,
    ),
    "DR6e": _Fact(
        lambda petition: _checked(petition, actual_use.check, trademark.check),
        lambda _: f"The check of the text finds no use or trademark. {_FIND}",
        may_be_found=True,
    ),
}
