"""Forms made from a shipped one: which of its questions are asked, which are required, which are confidential.

Nothing new is asked: words, kinds and conditions are those of the shipped form, so that every check, page and letter
knows them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from exclusions.questionnaires.grounds import ENDING
from exclusions.questionnaires.language.condition import Condition
from exclusions.questionnaires.language.question import Kind, Question, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire

# What the docket, the tariff's checks, Customs and the letters cannot do without.
NEEDED = frozenset(
    {"org_legal_name", "is_third_party", "third_party_name", "third_party_type", "hts10", "product_name",
     "product_description"}
)  # fmt: skip
_MAY_BE_CONFIDENTIAL = {Kind.LONG_TEXT, Kind.MONEY, Kind.QUANTITY, Kind.NUMBER, Kind.PERCENT, Kind.FILES}
_YES, _NO = "yes", "no"


@dataclass(frozen=True)
class Asked:
    """How a question is asked: `required` is "yes", "no" or "as_shipped"."""

    required: str = "as_shipped"
    confidential: bool = False


def follows(form: Questionnaire, question: Question) -> bool:
    """Say whether a question comes with another one: its public summary, or the ground for its confidentiality."""
    return any(question.key in (other.summary_key, f"{other.key}{ENDING}") for other in form.questions)


def is_needed(question: Question) -> bool:
    """Say whether every form asks the question as the shipped one does."""
    return question.kind is Kind.CERTIFY or question.key in NEEDED


def may_be_confidential(form: Questionnaire, question: Question) -> bool:
    """Say whether a public question may be asked in confidence: free words and figures that nothing hangs on."""
    if not question.is_public or is_needed(question) or question.kind not in _MAY_BE_CONFIDENTIAL:
        return False
    return not follows(form, question) and not any(question.key in keys for keys in map(_keys, form.questions))


def offered(form: Questionnaire) -> list[Question]:
    """Return the questions of a shipped form that are chosen among, in its order."""
    return [question for question in form.questions if not is_needed(question) and not follows(form, question)]


def mistakes(form: Questionnaire, asked: Mapping[str, Asked]) -> dict[str, str]:
    """Return {question: sentence} of what cannot be made of a shipped form so; empty: it can."""
    known = {question.key: question for question in offered(form)}
    there = {question.key for question in _asked_questions(form, asked)}
    found = {key: "The form has no such question." for key in asked if key not in known}
    for key in asked.keys() & known.keys():
        question = known[key]
        missing = [form.question(other).label for other in sorted(_keys(question) - there)]
        if missing:
            found[key] = f"“{question.label}” depends on “{missing[0]}”. Ask that too, or leave this one out."
        elif asked[key].confidential and not may_be_confidential(form, question):
            found[key] = f"“{question.label}” is public in every form."
    return found


def form_from(form: Questionnaire, key: str, title: str, asked: Mapping[str, Asked]) -> Questionnaire:
    """Return the form made of a shipped one. ValueError for what `mistakes` tells."""
    wrong = mistakes(form, asked)
    if wrong:
        raise ValueError(f"{key}: {' '.join(wrong.values())}")
    kept = _asked_questions(form, asked)
    there = {question.key for question in kept}
    # What every form needs is asked in any case where what it hangs on is not.
    kept = [replace(q, shown_if=None) if is_needed(q) and not _keys(q) <= there else q for q in kept]
    questions = tuple(_as_asked(question, asked.get(question.key)) for question in kept)
    steps = tuple(step for step in form.steps if any(question.step == step.key for question in questions))
    return replace(form, key=key, title=title, steps=steps, questions=questions)


def _asked_questions(form: Questionnaire, asked: Mapping[str, Asked]) -> list[Question]:
    """Return the questions that are asked and their companions, in the order of the form."""
    companions = {key for question in form.questions if question.key in asked for key in _companions(question)}
    return [
        question
        for question in form.questions
        if is_needed(question) or question.key in asked or question.key in companions
    ]


def _companions(question: Question) -> set[str]:
    return {question.summary_key, f"{question.key}{ENDING}"} - {""}


def _as_asked(question: Question, how: Asked | None) -> Question:
    if how is None:
        return question
    if how.required in (_YES, _NO):
        question = replace(question, required=how.required == _YES)
    return replace(question, visibility=Visibility.CONFIDENTIAL) if how.confidential else question


def _keys(question: Question) -> frozenset[str]:
    """Return the questions that one's conditions look at."""
    found = frozenset[str]()
    for condition in (question.shown_if, question.required, *(choice.shown_if for choice in question.choices)):
        if condition is not None and not isinstance(condition, bool):
            found |= _keys_of(condition)
    return found


def _keys_of(condition: Condition) -> frozenset[str]:
    return condition.keys
