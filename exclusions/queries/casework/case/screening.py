"""Public answers that may hold confidential matter, for the clerk who reads them before posting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exclusions.checks.confidential.leak_matcher import Matcher, hit_id
from exclusions.checks.confidential.values import OPEN, allowed
from exclusions.checks.confidential.words import suspicions
from exclusions.models import Document, Petition
from exclusions.permissions.leaks import judge_files, secrets_of
from exclusions.queries.casework.case.evidence import AnswerStep
from exclusions.questionnaires import Kind, Questionnaire

CHOSEN = (Kind.CHOICE, Kind.YES_NO, Kind.YES_NO_UNSURE, Kind.CERTIFY)


@dataclass(frozen=True)
class Doubt:
    """A public answer that deserves a second look: which, the words in it, and why."""

    key: str
    label: str
    excerpt: str
    why: str


@dataclass(frozen=True)
class Withheld:
    """A confidential answer: the agency may refuse to treat it so, and `refused` says that it did."""

    key: str
    label: str
    refused: bool


def doubts(
    petition: Petition,
    form: Questionnaire,
    answers: Mapping[str, Any],
    public: list[AnswerStep],
    documents: list[Document],
) -> list[Doubt]:
    """Return what stands out in the public answers and files, in the order of the form; empty when nothing does.

    What the filer stated not to be confidential is among it, with that statement: the agency judges for itself.
    """
    statements = {row.leak: row.statement for row in petition.leak_settlements.all()}
    answers = form.cleaned(answers)
    matcher = Matcher(secrets_of(form, answers, documents), allowed(form, answers))
    # A choice prints the words of the form: “trade secret” there is the ground that the filer chose.
    chosen = {question.key for question in form.questions if question.kind in CHOSEN}
    found = []
    for line in (line for step in public for line in step.lines if line.key not in OPEN):
        for hit in {hit.secret.label: hit for hit in matcher.find(line.value)}.values():
            why = _why(hit.secret.label, statements.get(hit_id(line.key, hit.secret), ""))
            found.append(Doubt(line.key, line.label, hit.excerpt, why))
        said = suspicions(line.value) if line.key not in chosen else []
        found += [Doubt(line.key, line.label, hit.excerpt, hit.why) for hit in said]
    judged = judge_files(form, answers, documents)
    for file in judged.hits:
        why = _why(file.hit.secret.label, statements.get(file.leak, ""))
        label = f"{file.document.file_name} (its {file.part})"
        found.append(Doubt(file.document.question_key, label, file.hit.excerpt, why))
    return [*found, *_for_eyes(documents, judged.unread)]


def _for_eyes(documents: list[Document], unread: list[Document]) -> Iterator[Doubt]:
    """Yield the public files of which something waits for a person, and those that hold pictures: somebody has to
    look.
    """
    for document in unread:
        what = ", ".join(document.unread) or "all of it"
        why = "is not public with the petition: it waits under “Files that wait”, since nobody has read"
        yield Doubt(document.question_key, document.file_name, what, why)
    for document in documents:
        if document.pictures and document.visibility == Document.Visibility.PUBLIC:
            why = "only a person can read it: open it and look"
            yield Doubt(document.question_key, document.file_name, document.pictures, why)


def withheld(form: Questionnaire, answers: Mapping[str, Any], refused: set[str]) -> list[Withheld]:
    """Return the confidential answers whose treatment the agency may refuse; contact data is not among them."""
    return [
        Withheld(question.key, question.label, question.key in refused)
        for question in form.applicable(answers)
        if not question.is_public and answers.get(question.key) and question.step != form.steps[0].key
    ]


def _why(label: str, statement: str) -> str:
    said = f"repeats what “{label}” gives in confidence"
    return f"{said}; the filer states: {statement}" if statement else said
