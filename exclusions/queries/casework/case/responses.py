"""Responses to a petition and the replies to them, as the staff read them in the case."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from exclusions.facts.forms import reply_form, response_form
from exclusions.models import Document, Petition, Reply, Response, Screening
from exclusions.queries.casework.case.case_rows import may_have
from exclusions.queries.casework.case.evidence import AnswerStep, answer_steps, public_steps
from exclusions.queries.record.case_files import names_of
from exclusions.queries.record.taken_down import Down
from exclusions.workflow.public_things import Kind


@dataclass(frozen=True)
class PrintedReply:
    """A reply with its answers as printed and its files."""

    reply: Reply
    withheld: bool
    steps: list[AnswerStep]
    files: list[Document]


@dataclass(frozen=True)
class PrintedResponse:
    """A response with its answers as printed and its files, and the replies: of several all but the last withheld."""

    response: Response
    steps: list[AnswerStep]
    files: list[Document]
    replies: list[PrintedReply]


def _confirmed(petition: Petition) -> "QuerySet[Response]":
    rows = Response.objects.filter(petition=petition).exclude(status=Response.Status.UNCONFIRMED)
    return rows.order_by("created_at")


def printed_responses(petition: Petition, files: Iterable[Document], down: Down | None) -> list[PrintedResponse]:
    """Return the responses with their replies: all that were confirmed, with all their answers.

    With `down`, for who works from the public side: the posted ones with public answers, without what is down.
    `files` are those of the case that the person may open. No statement, where `find_case` saw no response.
    """
    if not petition.round.response_questionnaire or not may_have(petition, "responses"):
        return []
    if down is None:
        rows = list(_confirmed(petition))
    else:
        gone = [row.response_id for row in down.rows if row.response_id and row.kind == Kind.RESPONSE]
        rows = list(_confirmed(petition).filter(status=Response.Status.POSTED).exclude(pk__in=gone))
    form = response_form(petition.round)
    names, printed, lost = names_of(files), [], down or Down([])
    replies = _printed_replies(petition, files, down) if rows else []
    for response in rows:
        in_response = lost.placing(Kind.RESPONSE_ANSWER, response.reference)
        printed.append(
            PrintedResponse(
                response,
                answer_steps(form, response.answers, names)
                if down is None
                else public_steps(form, response.answers, names, in_response),
                [file for file in files if file.response_id == response.pk],
                [reply for reply in replies if reply.reply.response_id == response.pk],
            )
        )
    return printed


def _replies(petition: Petition) -> Any:
    rows = Reply.objects.filter(response__petition=petition).select_related("response", "screening")
    return rows.order_by("attempt", "pk")


def _printed_replies(petition: Petition, files: Iterable[Document], down: Down | None) -> list[PrintedReply]:
    """Return the replies to the responses of a petition: all, or with `down` those that were let through and are not
    down.
    """
    if not petition.round.reply_questionnaire:
        return []
    found = list(_replies(petition) if down is None else _replies(petition).let_through())
    form, names, lost = reply_form(petition.round), names_of(files), down or Down([])
    return [
        PrintedReply(
            reply,
            hasattr(reply, "screening") and reply.screening.outcome == Screening.Outcome.WITHHELD,
            public_steps(form, reply.answers, names, lost.placing(Kind.REPLY_ANSWER, reply.response.reference)),
            [file for file in files if file.reply_id == reply.pk],
        )
        for reply in found
        if not lost.quarantine_of(Kind.REPLY, reply.response.reference)
    ]
