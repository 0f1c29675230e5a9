"""Every condition of a questionnaire, with answers that make it hold and answers that do not, found by trying."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from exclusions.questionnaires import Kind, Question, Questionnaire
from exclusions.questionnaires.language.condition import Condition

# A number of each chapter that a condition names, and one of none.
NUMBERS = ("8413810040", "2901100000", "3824992000", "7208100000", "7308100000", "7616100000", "8108200000")
FIXED: Mapping[Kind, tuple[Any, ...]] = {
    Kind.YES_NO: ("yes", "no"),
    Kind.YES_NO_UNSURE: ("yes", "no", "unsure"),
    Kind.HTS10: NUMBERS,
    Kind.STATE: ("OH", "XX"),
    Kind.CERTIFY: ("yes",),
    Kind.FILES: (["00000000-0000-4000-8000-000000000001"],),
    Kind.QUANTITY: ({"quantity": "5", "unit": "kg"},),
}


@dataclass(frozen=True)
class Case:
    """A condition of one question, and whether it holds for these answers."""

    question: Question
    what: str  # "shown_if", "required", "choice <value>", "column <key>"
    condition: Condition
    answers: Mapping[str, Any]
    holds: bool

    def __str__(self) -> str:
        return f"{self.question.key}: {self.what} {'holds' if self.holds else 'does not hold'}"


def conditions(question: Question) -> Iterator[tuple[str, Condition]]:
    """Yield every condition of a question: when it is asked, when it is needed, which choices and columns apply."""
    parts = [("shown_if", question.shown_if), ("required", question.required)]
    parts += [(f"choice {choice.value}", choice.shown_if) for choice in question.choices]
    parts += [(f"column {column.key}", column.required) for column in question.columns]
    yield from ((what, part) for what, part in parts if part is not None and not isinstance(part, bool))


def cases(form: Questionnaire) -> Iterator[Case]:
    """Yield each condition of the form twice: with answers for which it holds, and with some for which it does not."""
    for question in form.questions:
        for what, condition in conditions(question):
            for wanted in (True, False):
                yield Case(question, what, condition, _answers(form, question, condition, wanted), wanted)


def _answers(form: Questionnaire, question: Question, condition: Condition, wanted: bool) -> Mapping[str, Any]:
    """Find answers that count and for which the condition is as wanted; a condition that is never so is declared amiss.

    Where it is about a part of the question, the question itself has to be asked.
    """
    keys = _deciding(form, condition) | (_deciding(form, question.shown_if) if question.shown_if else set())
    for answers in tries(form, keys):
        asked = question.key in {found.key for found in form.applicable(answers)}
        if condition is question.shown_if:
            if asked is wanted:
                return answers
        elif asked and condition.holds(form.effective(answers)) is wanted:
            return answers
    raise AssertionError(f"{form.key}: {question.key} has a condition that never is {wanted}.")


def tries(form: Questionnaire, keys: Collection[str]) -> Iterator[Mapping[str, Any]]:
    """Yield every combination of answers to these questions, no answer among them."""
    keys = sorted(keys)
    for values in product(*(_values(form.question(key)) for key in keys)):
        yield {key: value for key, value in zip(keys, values, strict=True) if value is not None}


def _deciding(form: Questionnaire, condition: Condition) -> set[str]:
    """The questions that the condition looks at, and those that decide whether these are asked."""
    found = set(condition.keys)
    for key in condition.keys:
        above = form.question(key).shown_if
        found |= _deciding(form, above) if above is not None else set()
    return found


def _values(question: Question) -> tuple[Any, ...]:
    """Answers to try for one question; None is no answer."""
    if question.kind is Kind.CHOICE:
        return (*(choice.value for choice in question.choices), None)
    if question.kind is Kind.ROWS:
        return ([{column.key: "12" for column in question.columns}], None)
    if question.kind is Kind.PURCHASES:
        return ({"unit": "kg", question.origins[0].key: {question.periods[0].key: {"value": "1"}}}, None)
    if question.kind is Kind.REVENUE:
        return ({question.periods[0].key: "1"}, None)
    return (*FIXED.get(question.kind, ("words",)), None)
