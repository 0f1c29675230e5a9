"""Every public thing of a case that can be taken down by itself, from what the public copy is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from exclusions import criteria
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.models import (
    Decision,
    Document,
    Inquiry,
    Letter,
    Petition,
    Quarantine,
    Reply,
    Response,
)
from exclusions.queries.record.case_files import posted_files
from exclusions.queries.record.taken_down import words_of
from exclusions.questionnaires import Kind as QuestionKind
from exclusions.questionnaires import Questionnaire
from exclusions.workflow.public_things import OF_DECISIONS, OF_INQUIRIES, Kind, key_of
from exclusions.workflow.states import DECIDED, Status

# Support or opposition is what a response is: it goes with the response.
NOT_ALONE = frozenset({"position"})


@dataclass(frozen=True)
class Thing:
    """Something public of a case: `key` names it in a form, `label` says in words which question or criterion it is."""

    kind: Kind
    key: str
    label: str = ""
    response: Response | None = None
    document: Document | None = None
    letter: Letter | None = None

    @property
    def title(self) -> str:
        """The title under which a person chooses the thing to take down."""
        of = self.response.reference if self.response else self.letter.code if self.letter else ""
        name = self.document.file_name if self.document else self.label
        if self.kind is Kind.PETITION:
            return "The whole petition, with its responses and files"
        return f"{' '.join(filter(None, (self.kind.label, of)))}{f': {name}' if name else ''}"


def public_things(petition: Petition) -> list[Thing]:
    """Return every public thing of a petition, posted or taken down; of one that is not posted its letters alone.

    The same number of statements however many there are.
    """
    letters = Letter.objects.filter(petition=petition).order_by("issued_at", "pk")
    found = [
        Thing(Kind.LETTER, key_of(Kind.LETTER, letter.code), letter.get_kind_display(), letter=letter)
        for letter in letters
    ]
    if petition.posted_at is None:
        return found
    version = petition.versions.sealed().newest()
    answers = version.answers if version else {}
    return [
        Thing(Kind.PETITION, key_of(Kind.PETITION)),
        *_answers(petition_form(petition.round), answers, Kind.ANSWER),
        *_responses(petition),
        *(
            Thing(Kind.DOCUMENT, key_of(Kind.DOCUMENT, file.pk), document=file)
            for file in posted_files(petition).select_related("response")
        ),
        *_inquiries(petition),
        *_decisions(petition),
        *found,
    ]


def _answers(
    form: Questionnaire, answers: Mapping[str, Any], kind: Kind, response: Response | None = None
) -> Iterator[Thing]:
    """Each public answer once; files are things of their own."""
    keys = dict.fromkeys(row.key for row in form.printed(answers, public_only=True))
    of = [response.reference] if response else []
    for key in keys:
        question = form.question(key)
        if question.kind is not QuestionKind.FILES and key not in NOT_ALONE:
            yield Thing(kind, key_of(kind, *of, key), question.label, response)


def _responses(petition: Petition) -> Iterator[Thing]:
    if not petition.round.response_questionnaire:
        return
    form = response_form(petition.round)
    posted = Response.objects.filter(petition=petition, status=Response.Status.POSTED)
    let_through = Reply.objects.let_through().filter(response__petition=petition)
    replies = {reply.response_id: reply for reply in let_through}
    for response in posted.order_by("posted_at", "reference"):
        yield Thing(Kind.RESPONSE, key_of(Kind.RESPONSE, response.reference), response=response)
        yield from _answers(form, response.answers, Kind.RESPONSE_ANSWER, response)
        reply = replies.get(response.pk)
        if reply is not None:
            yield Thing(Kind.REPLY, key_of(Kind.REPLY, response.reference), response=response)
            yield from _answers(reply_form(petition.round), reply.answers, Kind.REPLY_ANSWER, response)


def _inquiries(petition: Petition) -> Iterator[Thing]:
    """Yield the questions of the agency to the filer, each with its answer where there is one."""
    rows = Inquiry.objects.filter(petition=petition).select_related("answer")
    for row in rows.order_by("number"):
        yield Thing(Kind.INQUIRY, key_of(Kind.INQUIRY, row.number), f"question {row.number}")
        if hasattr(row, "answer"):
            yield Thing(Kind.INQUIRY_ANSWER, key_of(Kind.INQUIRY_ANSWER, row.number), f"question {row.number}")


def _decisions(petition: Petition) -> Iterator[Thing]:
    """Yield the words of every decision that is public, the one that stands first."""
    rows = Decision.versions.filter(petition=petition).select_related("reopening").order_by("-version")
    for decision in rows:
        former = hasattr(decision, "reopening")
        if not former and Status(petition.status) not in DECIDED:
            continue
        of = f"decision {decision.version}" if former or decision.mark else ""
        yield Thing(Kind.RATIONALE, key_of(Kind.RATIONALE, *decision.mark), of)
        for finding in decision.findings:
            key = str(finding["criterion"])
            title = criteria.get(key).title if key in criteria.KEYS else key
            label = f"{title} ({of})" if of else title
            yield Thing(Kind.FINDING, key_of(Kind.FINDING, key, *decision.mark), label)
        for said in decision.explanations:
            label = f"{said['title']} ({of})" if of else str(said["title"])
            yield Thing(Kind.EXPLANATION, key_of(Kind.EXPLANATION, said["key"], *decision.mark), label)


def text_of(petition: Petition, taken: Quarantine) -> str:
    """Return a text that was taken down, from the private record; empty for what is no text."""
    _, *parts = taken.thing.split(":")
    kind, last = Kind(taken.kind), parts[-1] if parts else ""
    if kind in OF_DECISIONS:
        own = 0 if kind is Kind.RATIONALE else 1  # how many parts of the key are not the number of the decision
        version = int(parts[own]) if len(parts) > own else 1
        decision = Decision.versions.get(petition=petition, version=version)
        return words_of(decision, kind, parts[0] if own else "")
    if kind in OF_INQUIRIES:
        row = Inquiry.objects.select_related("answer").get(petition=petition, number=int(last))
        return row.question if kind is Kind.INQUIRY else row.answer.text
    if kind is Kind.ANSWER:
        sealed = petition.versions.sealed().newest()
        return _printed(petition_form(petition.round), sealed.answers if sealed else {}, last)
    if kind is Kind.RESPONSE_ANSWER and taken.response:
        return _printed(response_form(petition.round), taken.response.answers, last)
    if kind is Kind.REPLY_ANSWER and taken.response:
        reply = Reply.objects.let_through().get(response=taken.response)
        return _printed(reply_form(petition.round), reply.answers, last)
    return ""


def _printed(form: Questionnaire, answers: Mapping[str, Any], key: str) -> str:
    return "\n".join(row.value for row in form.printed(answers, public_only=True) if row.key == key)
