"""What the record of a petition holds as evidence: its answers as printed, and what of it can be cited."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from exclusions.facts.forms import petition_form, response_form
from exclusions.models import Document, Petition, Reply, Response
from exclusions.permissions.leaks import sealed_answers
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.language.question import Kind, Question, Visibility

_CONTACTS = ("requester_", "third_party_", "responder_")  # who can be reached where is evidence of nothing
UNANSWERED = "unanswered"  # the kind of a citation of a question to which the record has no answer
OF_FORM = ("answer:", f"{UNANSWERED}:")  # how the citations begin that are of the petition's own form
_PAGE = re.compile(r"document:[0-9a-f-]+:[1-9][0-9]{0,3}")  # a document and the page in it


@dataclass(slots=True)  # frozen, the hundred of a page would take four times as long to make
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
    form: Questionnaire,
    answers: Mapping[str, Any],
    document_names: Mapping[str, str],
    only: Collection[str] | None = None,
) -> list[AnswerStep]:
    """Return all the answers as printed, step by step, the confidential ones marked; or of some alone (`only`)."""
    steps: dict[str, list[AnswerLine]] = {}
    for question, printed in form.lines(answers, False, document_names, only):
        key, secret = question.key, not question.is_public or bool(_secret_columns(question))
        lines = [AnswerLine(key, label, value, secret) for label, value in printed]
        if lines:  # of a table with a unit and no figure there are none
            steps.setdefault(question.step, []).extend(lines)
    return [AnswerStep(key, form.step(key).title, lines) for key, lines in steps.items()]


def public_steps(
    form: Questionnaire,
    answers: Mapping[str, Any],
    document_names: Mapping[str, str] | None = None,
    in_place: Callable[[str, str], str] = lambda value, key: value,
    only: Collection[str] | None = None,
) -> list[AnswerStep]:
    """Return the public answers as printed, step by step; `in_place` says what stands for the value of a question."""
    steps: dict[str, list[AnswerLine]] = {}
    for question, printed in form.lines(answers, True, document_names or {}, only):
        key = question.key
        lines = [AnswerLine(key, label, in_place(value, key), confidential=False) for label, value in printed]
        if lines:
            steps.setdefault(question.step, []).extend(lines)
    return [AnswerStep(key, form.step(key).title, lines) for key, lines in steps.items()]


def is_evidence(question: Question) -> bool:
    """Say whether an answer to a question is evidence of something: not a certification, a file or a contact."""
    return question.kind not in (Kind.CERTIFY, Kind.FILES) and not question.key.startswith(_CONTACTS)


def not_citable(petition: Petition, citations: Iterable[str]) -> list[str]:
    """Return those that a finding may not cite, sorted: of the record, only what they are about is read."""
    wanted: dict[str, set[str]] = {}
    for citation in citations:
        kind, _, name = citation.partition(":")
        wanted.setdefault(kind, set()).add(name)
    known: set[str] = set()
    if wanted.keys() & {"answer", UNANSWERED}:
        known |= _citable_answers(petition_form(petition.round), sealed_answers(petition))
    if wanted.keys() & {"response", "reply"}:
        known |= _citable_responses(petition, replies="reply" in wanted)
    if "document" in wanted:
        files = {f"document:{key}" for key in _citable_documents(petition).values_list("pk", flat=True)}
        pages = {name for name in citations if _PAGE.fullmatch(name) and name.rpartition(":")[0] in files}
        known |= files | pages
    return sorted(set(citations) - known)


def without_answer(form: Questionnaire, answered: Collection[str]) -> list[Question]:
    """Return the public questions of a form to which the record has no answer, in its order.

    A finding that the record shows nothing cites them. That a question in confidence was left open is itself told in
    confidence, so that none of these is cited.
    """
    open_ = (question for question in form.questions if question.key not in answered)
    return [question for question in open_ if question.is_public and is_evidence(question)]


def _citable_answers(form: Questionnaire, answers: Mapping[str, Any]) -> set[str]:
    """Each answer of the petition, and each public question that it leaves open."""
    given = {question.key: question for question in form.applicable(answers) if answers.get(question.key)}
    cited = {f"answer:{key}" for key, question in given.items() if is_evidence(question)}
    return cited | {f"{UNANSWERED}:{question.key}" for question in without_answer(form, given)}


def _citable_responses(petition: Petition, *, replies: bool) -> set[str]:
    """Each posted response, each of its public answers, and with `replies` the replies to them."""
    if not petition.round.response_questionnaire:
        return set()
    form, known = response_form(petition.round), set[str]()
    replied = _replied(petition) if replies else set()
    posted = petition.responses.filter(status=Response.Status.POSTED)
    for key, reference, answers in posted.values_list("pk", "reference", "answers"):
        known |= {f"response:{reference}"} | ({f"reply:{reference}"} if key in replied else set())
        keys = [form.question(answer) for answer in form.public(answers)]
        known |= {f"response:{reference}:{question.key}" for question in keys if is_evidence(question)}
    return known


def _replied(petition: Petition) -> set[Any]:
    """Return the keys of the responses with a reply that intake let through."""
    return set(Reply.objects.let_through().filter(response__petition=petition).values_list("response", flat=True))


def _citable_documents(petition: Petition) -> QuerySet[Document]:
    present = Document.objects.filter(removed_at__isnull=True)
    return present.filter(petition=petition) | present.filter(response__petition=petition)
