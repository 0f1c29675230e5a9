"""Responses to a petition as the staff read them: those that wait for the intake clerk, and those of one case."""

from collections.abc import Iterable
from dataclasses import dataclass

from exclusions.facts.forms import reply_form, response_form
from exclusions.models import Document, Petition, Reply, Response, User
from exclusions.models.screening import HELD_BACK
from exclusions.permissions.case_secrets import secrets_of_cases
from exclusions.permissions.leaks import settled_by_case
from exclusions.permissions.screening import PlaceDoubt, words_of_response
from exclusions.queries.agency.evidence import AnswerStep, answer_steps, public_steps
from exclusions.queries.record.case_files import names_of
from exclusions.queries.record.taken_down import Down
from exclusions.questionnaires import PrintedRow
from exclusions.workflow.public_things import Kind

PAGE = 50


@dataclass(frozen=True)
class WaitingResponse:
    """A confirmed response as intake reads it, with all its files, confidential ones too.

    `doubts` are the values that others of the case gave in confidence and that it repeats, under the name `place`.
    """

    response: Response
    rows: list[PrintedRow]
    files: list[Document]
    doubts: list[PlaceDoubt]
    place: str


@dataclass(frozen=True)
class PrintedResponse:
    """A response with its answers as printed, the reply's, and the files of each."""

    response: Response
    steps: list[AnswerStep]
    reply_steps: list[AnswerStep]
    files: list[Document]
    reply_files: list[Document]


def waiting_responses(user: User) -> list[WaitingResponse]:
    """Return the confirmed responses that wait for posting, oldest first, at most 50; none to a case that is barred."""
    found = list(
        Response.objects.select_related("petition__round")
        .filter(status=Response.Status.SUBMITTED, petition__in=Petition.objects.all().open_to(user))
        .order_by("confirmed_at")[:PAGE]
    )
    given = Document.objects.filter(response__in=[response.pk for response in found], removed_at__isnull=True)
    files = list(given.order_by("uploaded_at", "pk"))
    secrets = secrets_of_cases(response.petition for response in found)
    settled = settled_by_case(response.petition for response in found)
    waiting = []
    for response in found:
        sent = [file for file in files if file.response_id == response.pk]
        rows = response_form(response.petition.round).printed(response.answers, document_names=names_of(sent))
        words = words_of_response(response, sent)
        case = response.petition_id
        doubts = words.doubts(secrets[case], settled.get(case, frozenset()))
        waiting.append(WaitingResponse(response, rows, sent, doubts, words.place))
    return waiting


def printed_responses(petition: Petition, files: Iterable[Document], down: Down | None) -> list[PrintedResponse]:
    """Return the responses with their replies: all that were confirmed, with all their answers.

    With `down`, for who works from the public side: the posted ones with public answers, without what is down.
    `files` are those of the case that the person may open.
    """
    rows = petition.responses.exclude(status=Response.Status.UNCONFIRMED)
    if down is not None:
        gone = [row.response_id for row in down.rows if row.response_id and row.kind == Kind.RESPONSE]
        rows = rows.filter(status=Response.Status.POSTED).exclude(pk__in=gone)
    if not petition.round.response_questionnaire:
        return []
    form = response_form(petition.round)
    form_of_reply = reply_form(petition.round) if petition.round.reply_questionnaire else None
    names, printed, lost = names_of(files), [], down or Down([])
    waits = Reply.objects.filter(response__petition=petition, screening__outcome__in=HELD_BACK)
    unseen = set() if down is None else set(waits.values_list("pk", flat=True))
    for response in rows.select_related("reply").order_by("created_at"):
        reply = getattr(response, "reply", None)
        replied: list[AnswerStep] = []
        if reply and reply.pk not in unseen and form_of_reply and not lost.of(Kind.REPLY, response.reference):
            in_reply = lost.placing(Kind.REPLY_ANSWER, response.reference)
            replied = public_steps(form_of_reply, reply.answers, names, in_reply)
        in_response = lost.placing(Kind.RESPONSE_ANSWER, response.reference)
        printed.append(
            PrintedResponse(
                response,
                answer_steps(form, response.answers, names)
                if down is None
                else public_steps(form, response.answers, names, in_response),
                replied,
                [file for file in files if file.response_id == response.pk],
                [file for file in files if reply and file.reply_id == reply.pk],
            )
        )
    return printed
