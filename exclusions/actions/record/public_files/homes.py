"""The case that a file belongs to, and the public copy that shows it."""

from datetime import datetime

from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.models import Document, Petition, Response, Round
from exclusions.questionnaires import Questionnaire


def petition_of(document: Document) -> Petition:
    """Return the petition that a file belongs to, as its own or through a response or a reply."""
    response = response_of(document)
    petition = response.petition if response else document.petition
    assert petition is not None  # a file has one home, says the database
    return petition


def response_of(document: Document) -> Response | None:
    """Return the response that a file came with, or that the reply answers which it came with; None of a petition's."""
    return document.reply.response if document.reply else document.response


def form_of(document: Document, round: Round) -> Questionnaire:
    """Return the form under one of whose questions a file was given."""
    if document.reply_id:
        return reply_form(round)
    return response_form(round) if document.response_id else petition_form(round)


def publish_home(document: Document, petition: Petition, *, at: datetime) -> None:
    """Let the public copy that shows a file be made again, where there is one; the case's row is locked."""
    if petition.posted_at is None:
        return
    response = response_of(document)
    if response is None:
        publish_petition(petition, at=at)
    elif response.posted_at is not None and response.status == Response.Status.POSTED:
        response.petition = petition
        publish_response(response, at=at)
