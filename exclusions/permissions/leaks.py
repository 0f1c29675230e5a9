"""Confidential values of a petition that its public files give away, by name or text, and what its filer settled."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from exclusions.checks.confidential.leak_matcher import Hit, Matcher, Secret, Sort, hit_id
from exclusions.checks.confidential.values import allowed, declared
from exclusions.gateways.documents.object_store import StoreError, open_file, read_file
from exclusions.gateways.documents.parsing import read_apart
from exclusions.gateways.documents.reading import READER
from exclusions.gateways.documents.text_parts import BODY, divided
from exclusions.models import ConfidentialityRefusal, Document, LeakSettlement, Petition, PetitionVersion
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.questionnaires.language.cleaned import Cleaned

NAME = "name"  # where a hit stands that is in the name of a file


@dataclass(frozen=True)
class FileHit:
    """A confidential value in a public file: the file, the value, and where it stands (its name, text, comments …)."""

    document: Document
    hit: Hit
    part: str

    @property
    def leak(self) -> str:
        """What the hit is settled by."""
        return hit_id(self.document.question_key, self.hit.secret)


def settled_leaks(petition: Petition) -> frozenset[str]:
    """Return the leaks that were stated not to be confidential, or to be coincidences by two members of staff."""
    return frozenset(row.leak for row in petition.leak_settlements.all() if row.counts)


def settled_by_case(petitions: Iterable[Petition]) -> dict[UUID, frozenset[str]]:
    """Return the same of several petitions, by key; one statement."""
    found: dict[UUID, set[str]] = {}
    rows = LeakSettlement.objects.that_count().filter(petition__in={petition.pk for petition in petitions})
    for case, leak in rows.values_list("petition_id", "leak"):
        found.setdefault(case, set()).add(leak)
    return {case: frozenset(leaks) for case, leaks in found.items()}


def sealed_answers(petition: Petition) -> dict[str, Any]:
    """Return the answers as last certified; empty while nothing is."""
    version = _certified(petition)
    return dict(version.answers) if version else {}


def certified_answers(petition: Petition, form: Questionnaire) -> Cleaned:
    """Return the same as this form reads them: gone through once for a petition that was read with its versions."""
    version = _certified(petition)
    return version.cleaned(form) if version else form.cleaned({})


def _certified(petition: Petition) -> PetitionVersion | None:
    """Return the version that was certified last."""
    sealed = (version for version in petition.versions.all() if version.sealed_at)
    return max(sealed, key=lambda version: version.number, default=None)


def has_public_files(form: Questionnaire, answers: Mapping[str, Any], keys: Any) -> bool:
    """Say whether one of these questions takes public files and has some."""
    return any(q.kind is Kind.FILES and q.is_public and q.key in keys and answers.get(q.key) for q in form.questions)


def secrets_of(form: Questionnaire, answers: Mapping[str, Any], documents: list[Document]) -> list[Secret]:
    """Return the confidential values of a petition: those of its answers, and the names of its confidential files."""
    hidden = [document for document in documents if document.visibility == Document.Visibility.CONFIDENTIAL]
    names = names_as_secrets((document.question_key, document.file_name) for document in hidden)
    return [*declared(form, form.counted(answers)), *names]


def names_as_secrets(files: Iterable[tuple[str, str]]) -> list[Secret]:
    """Return the names of confidential files, given as (key of the question, file name), as confidential values."""
    stems = ((key, _stem(name)) for key, name in files)
    return [Secret(key, "the name of a confidential document", stem, Sort.PHRASE) for key, stem in stems if stem != key]


@dataclass(frozen=True)
class JudgedFiles:
    """Where the public files of a petition repeat a confidential value, and which of them nobody has read whole.

    `basis` tells of which values and files that is so.
    """

    hits: list[FileHit]
    unread: list[Document]
    basis: object = field(repr=False)


class FilesChanged(Exception):
    """What was found in files was found for other answers or files than the petition has now."""


def judge_files(form: Questionnaire, answers: Mapping[str, Any], documents: list[Document]) -> JudgedFiles:
    """Read the public ones of these files and look for confidential values, one hit a file and question.

    Reads the file store: never call it while a row is locked. What it returns may be used under the lock.
    """
    if not _public(documents):
        return JudgedFiles([], [], None)
    secrets, known, public = _basis(form, answers, documents)
    matcher = Matcher(secrets, known)
    found: dict[tuple[object, str], FileHit] = {}
    unread = []
    for document in public:
        said = said_by(document)
        unread += [] if said.whole else [document]
        for part, text in said.parts if matcher else ():
            for hit in matcher.find(text):
                found.setdefault((document.pk, hit.secret.label), FileHit(document, hit, part))
    return JudgedFiles(list(found.values()), unread, (secrets, known, [_matter(document) for document in public]))


def judge_names(form: Questionnaire, answers: Mapping[str, Any], documents: list[Document]) -> JudgedFiles:
    """Look for confidential values in the names of public files alone: for a row of a sheet, which has no files yet.

    One hit a question and value: both are settled together.
    """
    secrets, known, public = _basis(form, answers, documents)
    matcher = Matcher(secrets, known)
    hits = (FileHit(document, hit, NAME) for document in public for hit in matcher.find(_shown_name(document)))
    return JudgedFiles(list({hit.leak: hit for hit in hits}.values()), [], NAME)


def still_judged(
    form: Questionnaire, answers: Mapping[str, Any], documents: list[Document], judged: JudgedFiles | None = None
) -> JudgedFiles:
    """Return where the public ones of a petition's files repeat a confidential value, and which could not be read.

    With `judged`, nothing is read: it tells, or FilesChanged is raised, since values or files are others now. What was
    found in names alone tells in any case.
    """
    if judged is not None and judged.basis is NAME:
        return judged
    if judged is None or not _public(documents):
        return judge_files(form, answers, documents)
    secrets, known, public = _basis(form, answers, documents)
    if judged.basis != (secrets, known, [_matter(document) for document in public]):
        raise FilesChanged
    return judged


def _basis(
    form: Questionnaire, answers: Mapping[str, Any], documents: list[Document]
) -> tuple[list[Secret], list[str], list[Document]]:
    """Return what is looked for, what everybody may know anyhow, and the files in which it is looked for."""
    cleaned = form.cleaned(answers)
    return secrets_of(form, cleaned, documents), list(allowed(form, cleaned)), _public(documents)


def _public(documents: list[Document]) -> list[Document]:
    return [document for document in documents if document.visibility == Document.Visibility.PUBLIC]


def _matter(document: Document) -> tuple[object, ...]:
    """All that is read of a file: a text is stored once under its key, and never rewritten."""
    return document.pk, document.question_key, document.file_name, document.text_key, document.is_read_whole


@dataclass(frozen=True)
class Said:
    """What a public file says, as (where, what), and whether that is all of it."""

    parts: list[tuple[str, str]] = field(repr=False)
    whole: bool


def said_by(document: Document) -> Said:
    """Return the name of a public file and what was read from it, which is kept; of an older reader, what it says now.

    A text that is missing counts as not read.
    """
    name = (NAME, _shown_name(document))
    try:
        if document.reader >= READER:
            return Said([name, *_kept_text(document)], document.is_read_whole)
        with open_file(document.storage_key) as file:
            read = read_apart(document.content_type, file)
        return Said([name, *divided(read.text)], read.whole and not read.unknown)
    except StoreError:
        return Said([name], False)


def _shown_name(document: Document) -> str:
    return document.file_name.replace("_", " ")


def _kept_text(document: Document) -> list[tuple[str, str]]:
    text = read_file(document.text_key).decode("utf-8", "replace")
    # A plain text is its own text: it may hold whatever divides the parts of others.
    return [(BODY, text)] if document.text_key == document.storage_key else list(divided(text))


def unread_sentence(document: Document) -> str:
    """Return what is wrong with a public file of which something was not read, for who may read the file."""
    name = document.file_name
    if document.unread:
        parts = ", ".join(f"“{part}”" for part in document.unread)
        return f"We cannot read a part of the public file “{name}”: {parts}."
    return f"We cannot read all of the text of the public file “{name}”."


UNREAD_REMEDY = (
    "You can submit. But nothing of the file is public until a person has read that part or taken it out. "
    "To avoid the wait, print the file to a new PDF and attach that instead."
)


def refused_digest(answer: Any) -> str:
    """Return the sha256 of an answer: one whose confidential treatment was refused is cured by another answer."""
    return hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()


def uncured_refusals(petition: Petition, answers: Mapping[str, Any]) -> list[ConfidentialityRefusal]:
    """Return the refusals of confidential treatment that no other answer and no statement of the filer has cured."""
    settled = settled_leaks(petition)
    return [
        refused
        for refused in sorted(petition.confidentiality_refusals.all(), key=lambda row: (row.refused_at, row.pk))
        if refused_digest(answers.get(refused.question_key)) == refused.answer_digest
        and refusal_leak(refused) not in settled
    ]


def refusal_leak(refused: ConfidentialityRefusal) -> str:
    """Return what a refusal is settled by: the filer's statement that everyone may read it."""
    return f"refusal-{refused.pk}"


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name
