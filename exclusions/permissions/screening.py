"""Words that wait for intake, and where in them a confidential value of the case is repeated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exclusions.checks.confidential.leak_matcher import Hit, hit_id
from exclusions.checks.confidential.values import OPEN
from exclusions.facts.forms import reply_form, response_form
from exclusions.models import Document, Quarantine, Reply, Response, Screening
from exclusions.permissions.case_secrets import CaseSecrets
from exclusions.permissions.leaks import said_by
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.workflow.public_things import OF_RESPONDERS


@dataclass(frozen=True)
class Waiting:
    """Words under the name of the place where statements about them are kept; `gave` is the response that said them."""

    place: str
    parts: list[tuple[str, str]] = field(repr=False)
    gave: str = ""

    def doubts(self, secrets: CaseSecrets, settled: frozenset[str]) -> "list[PlaceDoubt]":
        """Return each value that the words repeat, once a part, but what was settled; both parties' values."""
        found = [
            PlaceDoubt(part, hit, hit_id(self.place, hit.secret))
            for part, text in self.parts
            for hit in secrets.hits_in(text, but=self.gave)
        ]
        return [doubt for doubt in found if doubt.leak not in settled]


@dataclass(frozen=True)
class PlaceDoubt:
    """A confidential value in words that wait: in which part of them, and what it is settled by."""

    part: str
    hit: Hit
    leak: str


def words_of_screening(screening: Screening) -> Waiting:
    """Return what waits. Reads the file store where files came with a reply: never while a row is locked."""
    if screening.reply:
        return words_of_reply(screening.reply)
    if screening.draft:
        return Waiting(f"product_text:{screening.draft.pk}", [("text", screening.draft.text)])
    opinion = screening.opinion
    return Waiting(f"opinion:{opinion.pk}" if opinion else "", [("reasons", opinion.reasons if opinion else "")])


def words_of_reply(reply: Reply) -> Waiting:
    """Return what a reply says in public, its files included."""
    form = reply_form(reply.response.petition.round)
    return Waiting(
        f"reply:{reply.response_id}", [*answer_parts(form, reply.answers), *file_parts(reply.documents.all())]
    )


def words_of_response(response: Response, files: Iterable[Document] | None = None) -> Waiting:
    """Return what a response says in public, its files included (looked up unless given)."""
    form = response_form(response.petition.round)
    sent = response.documents.all() if files is None else files
    parts = [*answer_parts(form, response.answers), *file_parts(sent)]
    return Waiting(f"response:{response.pk}", parts, str(response.pk))


def words_of_file(document: Document) -> Waiting:
    """Return what a public file says, by its parts and its name."""
    gave = str(document.response_id or "")
    return Waiting(f"document:{document.pk}", file_parts([document]), gave)


def doubts_of_file(document: Document, secrets: CaseSecrets, settled: frozenset[str]) -> list[PlaceDoubt]:
    """Return each value that a public file repeats, but what was settled of it here or stated by its filer.

    Reads the file store: never while a row is locked.
    """
    found = words_of_file(document).doubts(secrets, settled)
    return [doubt for doubt in found if hit_id(document.question_key, doubt.hit.secret) not in settled]


def words_of_part(document: Document, part: str, text: str) -> Waiting:
    """Return what one part of a public file says, which a person read."""
    return Waiting(
        f"document:{document.pk}", [(f"{document.file_name}, its {part}", text)], str(document.response_id or "")
    )


def words_taken_down(taken: Quarantine) -> Waiting | None:
    """Return what would be public again of a file or a response that was taken down; None of anything else."""
    if taken.document:
        return words_of_file(taken.document)
    return words_of_response(taken.response) if taken.response and taken.kind in OF_RESPONDERS else None


def answer_parts(form: Questionnaire, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the public answers as (label, what is printed), but files and what is public of every party."""
    skipped = {question.key for question in form.questions if question.kind is Kind.FILES} | set(OPEN)
    return [(row.label, row.value) for row in form.printed(answers, public_only=True) if row.key not in skipped]


def file_parts(documents: Iterable[Document]) -> list[tuple[str, str]]:
    """Return what public files say, as (file and part, words)."""
    public = [file for file in documents if file.visibility == Document.Visibility.PUBLIC and file.removed_at is None]
    return [(f"{file.file_name}, its {part}", text) for file in public for part, text in said_by(file).parts]
