"""What the machine can tell before filing, from the answers and plain facts; one check a file.

`run` is for petitions and other filings. `confidential_echo`, `confidential_words` and `product_text` are used on
their own by staff.
"""

from collections.abc import Callable, Iterable

from exclusions.checks import (
    actual_use,
    adcvd_cases,
    availability,
    cas_number,
    description,
    earlier_petition,
    hts_number,
    live_exclusion,
    named_party,
    one_product,
    own_manufacturing,
    percentages,
    purchases,
    trademark,
)
from exclusions.checks.confidential import repeated_in_public
from exclusions.checks.live_exclusion import said_of_ended
from exclusions.checks.result import (
    Answers,
    CheckResult,
    EarlierPetition,
    EndedExclusion,
    Facts,
    Form,
    LiveExclusion,
    TariffFacts,
)

__all__ = [
    "CheckResult",
    "EarlierPetition",
    "EndedExclusion",
    "Facts",
    "LiveExclusion",
    "TariffFacts",
    "run",
    "said_of_ended",
    "warnings",
]

Check = Callable[[Form, Answers, Facts], Iterable[CheckResult]]
CHECKS: tuple[Check, ...] = (
    hts_number.check,
    live_exclusion.check,
    description.check,
    trademark.check,
    named_party.check,
    actual_use.check,
    one_product.check,
    cas_number.check,
    percentages.check,
    adcvd_cases.check,
    availability.check,
    purchases.check,
    own_manufacturing.check,
    repeated_in_public.check,
    earlier_petition.check,
)


def warnings(form: Form, answers: Answers, facts: Facts) -> list[CheckResult]:
    """The results of `run` that are no errors, each in the order of the form: what a page shows of answers that were
    certified, in which nobody looks for what they give away any more."""
    checks = [repeated_in_public.looks if check is repeated_in_public.check else check for check in CHECKS]
    return [result for result in _results(checks, form, answers, facts) if not result.is_error]


def run(form: Form, answers: Answers, facts: Facts | None = None) -> list[CheckResult]:
    """Every result on these answers, errors before warnings, each in the order of the form.

    `form` is the questionnaire. Answers to questions that do not apply are ignored. What is missing or not of its type
    is for the questionnaire's own `problems`; a check that lacks a fact says nothing.
    """
    return _results(CHECKS, form, answers, facts or Facts())


def _results(checks: Iterable[Check], form: Form, answers: Answers, facts: Facts) -> list[CheckResult]:
    counted = form.counted(answers)
    order = {question.key: place for place, question in enumerate(form.applicable(counted))}
    found = {result: None for check in checks for result in check(form, counted, facts) if result.key in order}
    return sorted(found, key=lambda result: (not result.is_error, order[result.key]))
