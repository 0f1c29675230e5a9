"""A question as a page asks it, while the answers that decide whether it applies are being given on that very page."""

from dataclasses import dataclass, replace

from exclusions.questionnaires.language.condition import Answers, Condition
from exclusions.questionnaires.language.question import Question


@dataclass(frozen=True)
class Asked:
    """A question on a page; with a condition, it applies only where the answers on this very page make that hold."""

    question: Question
    condition: Condition | None


def asked_question(question: Question, holds: bool | None, counted: Answers, unknown: set[str]) -> Asked:
    """Return a question as a page asks it: no choice that can by no answer come to apply."""
    open_choices = tuple(
        choice
        for choice in question.choices
        if choice.shown_if is None or choice.shown_if.verdict(counted, unknown) is not False
    )
    if len(open_choices) < len(question.choices):
        question = replace(question, choices=open_choices)
    return Asked(question, question.shown_if if holds is None else None)
