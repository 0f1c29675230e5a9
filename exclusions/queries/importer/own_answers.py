"""A filer's own answers as its check page shows them: question by question, the confidential and the blank ones too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from exclusions.questionnaires import Kind, PrintedRow, Question, Questionnaire, Visibility


@dataclass(frozen=True)
class OwnAnswer:
    """What was answered to one question: its printed lines, none where it has no answer yet."""

    key: str
    label: str
    confidential: bool
    lines: list[PrintedRow]

    @property
    def is_table(self) -> bool:
        """Whether its lines have labels of their own, such as one for each origin and period."""
        return any(line.label != self.label for line in self.lines)


@dataclass(frozen=True)
class OwnStep:
    """One step of the form, with every question on it that applies."""

    key: str
    title: str
    answers: list[OwnAnswer] = field(default_factory=list)


def own_steps(form: Questionnaire, answers: Mapping[str, Any], names: Mapping[str, str]) -> list[OwnStep]:
    """Return what a filer has answered so far by step, in the order of the form; the certifications are left out.

    `names` are {document id: file name}. The answers of questions that do not apply are not shown: they do not count.
    """
    cleaned = form.cleaned(answers)
    printed: dict[str, list[PrintedRow]] = {}
    for row in form.printed(cleaned, document_names=names):
        printed.setdefault(row.key, []).append(row)
    found: dict[str, OwnStep] = {}
    for question in form.applicable(cleaned):
        if question.kind is not Kind.CERTIFY:
            own = found.setdefault(question.step, OwnStep(question.step, form.step(question.step).title))
            lines = printed.get(question.key, [])
            own.answers.append(OwnAnswer(question.key, question.label, _is_secret(question), lines))
    return list(found.values())


def _is_secret(question: Question) -> bool:
    """Say whether anything of an answer stays confidential: all of it, or some columns of its rows."""
    seen = {column.visibility or question.visibility for column in question.columns} | {question.visibility}
    return seen != {Visibility.PUBLIC}
