"""What the record of a petition holds as evidence: its answers as printed, and what of it can be cited."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from exclusions.facts.forms import petition_form
from exclusions.models import Document, Petition, Reply, Response
from exclusions.permissions.leaks import sealed_answers
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.language.question import Kind, Question, Visibility

_CONTACTS = ("requester_", "third_party_", "responder_")  # who can be reached where is evidence of nothing


@dataclass(frozen=True)
class AnswerLine:
    """One printed line of the answers, and whether it was given in confidence."""

    key: str
    label: str
    value: str
    confidential: bool


@dataclass(frozen=True)
class AnswerStep:
    """The lines of one step of the form."""

    key: str
    title: str
    lines: list[AnswerLine]

    @property
    def confidential(self) -> bool:
        """Whether any of its lines is."""
        return any(line.confidential for line in self.lines)


def _secret_columns(question: Question) -> set[str]:
    """Return the column keys of a rows question whose cells are confidential."""
    return {
        column.key for column in question.columns if (column.visibility or question.visibility) is not Visibility.PUBLIC
    }


def answer_steps(
    form: Questionnaire, answers: Mapping[str, Any], document_names: Mapping[str, str]
) -> list[AnswerStep]:
    """Return all the answers as printed, step by step, the confidential ones marked."""
    steps: dict[str, list[AnswerLine]] = {}
    for row in form.printed(answers, document_names=document_names):
        secret = row.visibility is not Visibility.PUBLIC or bool(_secret_columns(form.question(row.key)))
        steps.setdefault(row.step, []).append(AnswerLine(row.key, row.label, row.value, secret))
    return [AnswerStep(key, form.step(key).title, lines) for key, lines in steps.items()]


def public_steps(
    form: Questionnaire,
    answers: Mapping[str, Any],
    document_names: Mapping[str, str] | None = None,
    in_place: Callable[[str, str], str] = lambda value, key: value,
) -> list[AnswerStep]:
    """Return the public answers as printed, step by step; `in_place` says what stands for the value of a question."""
    steps: dict[str, list[AnswerLine]] = {}
    for row in form.printed(answers, public_only=True, document_names=document_names or {}):
        value = in_place(row.value, row.key)
        steps.setdefault(row.step, []).append(AnswerLine(row.key, row.label, value, confidential=False))
    return [AnswerStep(key, form.step(key).title, lines) for key, lines in steps.items()]


@dataclass(frozen=True)
class Filed:
    """What came to a case beside its answers and may be cited: posted responses, those with a reply, files."""

    responses: Sequence[Response]
    replied: Set[Any]
    files: Sequence[Document]


def filed_with(petition: Petition) -> Filed:
    """Return what came to a case. Two statements, and one more where there are responses."""
    responses = list(petition.responses.filter(status=Response.Status.POSTED).order_by("posted_at"))
    files = _citable_documents(petition).order_by("uploaded_at", "pk")
    return Filed(responses, _replied(petition) if responses else frozenset(), list(files))


def filed_with_each(petitions: Iterable[UUID]) -> dict[UUID, Filed]:
    """Return the same for several cases, by key; three statements."""
    keys = list(petitions)
    responses = Response.objects.filter(petition__in=keys, status=Response.Status.POSTED).order_by("posted_at")
    answered = set(Reply.objects.let_through().filter(response__in=responses).values_list("response", flat=True))
    files = Document.objects.filter(removed_at__isnull=True).select_related("response").order_by("uploaded_at", "pk")
    found: dict[UUID, tuple[list[Response], list[Document]]] = {key: ([], []) for key in keys}
    for response in responses:
        found[response.petition_id][0].append(response)
    for file in files.filter(petition__in=keys) | files.filter(response__petition__in=keys):
        found[file.petition_id or file.response.petition_id][1].append(file)  # type: ignore[union-attr]
    return {key: Filed(given, answered & {row.pk for row in given}, sent) for key, (given, sent) in found.items()}


def citable(petition: Petition, answers: Mapping[str, Any] | None = None, filed: Filed | None = None) -> dict[str, str]:
    """Return what a finding may cite, as {citation: words}: answers, posted responses, their replies, documents.

    The words are public: labels, references, names of public files; never an answer's value. `answers` are the sealed
    ones and `filed` is what came beside them, where they have been read already.
    """
    form = petition_form(petition.round)
    found = _citable_answers(form, sealed_answers(petition) if answers is None else answers)
    filed = filed or filed_with(petition)
    for response in filed.responses:
        found[f"response:{response.reference}"] = f"Response {response.reference} ({response.get_position_display()})"
        if response.pk in filed.replied:
            found[f"reply:{response.reference}"] = f"Reply to {response.reference}"
    for document in filed.files:
        public = document.visibility == Document.Visibility.PUBLIC
        name = document.file_name if public else f"confidential document of {document.uploaded_at:%Y-%m-%d}"
        found[f"document:{document.pk}"] = f"Document: {name}"
    return found


def not_citable(petition: Petition, citations: Iterable[str]) -> list[str]:
    """Return those that a finding may not cite, sorted: of the record, only what they are about is read."""
    wanted: dict[str, set[str]] = {}
    for citation in citations:
        kind, _, name = citation.partition(":")
        wanted.setdefault(kind, set()).add(name)
    known: set[str] = set()
    if "answer" in wanted:
        known |= _citable_answers(petition_form(petition.round), sealed_answers(petition)).keys()
    if wanted.keys() & {"response", "reply"}:
        posted = petition.responses.filter(status=Response.Status.POSTED).values_list("pk", "reference")
        replied = _replied(petition) if "reply" in wanted else set()
        for key, reference in posted:
            known |= {f"response:{reference}"} | ({f"reply:{reference}"} if key in replied else set())
    if "document" in wanted:
        known |= {f"document:{key}" for key in _citable_documents(petition).values_list("pk", flat=True)}
    return sorted(set(citations) - known)


def _citable_answers(form: Questionnaire, answers: Mapping[str, Any]) -> dict[str, str]:
    return {
        f"answer:{question.key}": f"Petition {question.number}: {question.label}".replace(" :", ":")
        for question in form.shown(answers)
        if answers.get(question.key)
        and question.kind not in (Kind.CERTIFY, Kind.FILES)
        and not question.key.startswith(_CONTACTS)
    }


def _replied(petition: Petition) -> set[Any]:
    """The keys of the responses with a reply that intake let through."""
    return set(Reply.objects.let_through().filter(response__petition=petition).values_list("response", flat=True))


def _citable_documents(petition: Petition) -> QuerySet[Document]:
    present = Document.objects.filter(removed_at__isnull=True)
    return present.filter(petition=petition) | present.filter(response__petition=petition)
