"""Responses in every status, each with a public and a confidential file, and a reply with its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from exclusions.actions.filing import replies, responses
from exclusions.actions.filing.withdrawn_responses import withdraw_response
from exclusions.actions.record.files import Upload
from exclusions.actions.review import screenings
from exclusions.models import Document, Petition, Response, User
from exclusions.models.casework.screening import Screening
from tests.factories.cast import Responder
from tests.factories.files import pdf
from tests.factories.world import response_answers, token_of

Status = Response.Status
WITH_FILES = {
    "confidential_documents_ground": "third_party",
    "confidential_documents_summary": "Quotations of other producers; they are above ours.",
    "certify_confidential": "yes",
}
REPLY = {"text": "The slabs of Granite Coast are of natural stone.", "certify_complete": "yes"}


@dataclass(frozen=True)
class FileOf:
    """What a file belongs to: petition, response or reply, for a response also its status, and who may see it."""

    home: str
    visibility: str
    status: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.visibility, self.status, self.home) if part)


def answer_petition(petition: Petition, cast: Mapping[str, User], at: datetime) -> dict[FileOf, Document]:
    """Give a response in every status, and a reply to the posted one; return every file of the posted petition."""
    for status in Status.values:
        given = respond_with_files(petition, status, at)
        bring(given, status, cast["intake"], at)
    posted = Response.objects.get(petition=petition, organization_name="Posted Quarry")
    uploads = {"public_documents": [Upload("posted-reply.pdf", pdf("A file of a reply."))]}
    replies.reply(posted, answers=REPLY, uploads=uploads, by=cast["filer"], at=at)
    screenings.let_through(Screening.objects.get(reply__response=posted), by=cast["intake"], at=at)
    return files_of(petition)


def posted_response(petition: Petition, cast: Mapping[str, User], at: datetime, **said: str) -> Response:
    """Return a posted response to a posted petition; what is `said` takes the place of the usual answers."""
    answers = response_answers(Responder(), **said)
    given = responses.respond(reference=str(petition.reference), answers=answers, by=None, at=at)
    bring(given, Status.POSTED, cast["intake"], at)
    given.refresh_from_db()
    return given


def respond_with_files(petition: Petition, name: str, at: datetime) -> Response:
    """Give an unconfirmed response whose responder and files are called after `name`."""
    uploads = {
        f"{visibility}_documents": [Upload(f"{name}-{visibility}.pdf", pdf(f"A {visibility} file of {name}."))]
        for visibility in Document.Visibility.values
    }
    answers = response_answers(
        Responder(), org_legal_name=f"{name.capitalize()} Quarry", responder_email=f"{name}@example.test", **WITH_FILES
    )
    return responses.respond(reference=str(petition.reference), answers=answers, uploads=uploads, by=None, at=at)


def bring(given: Response, status: str, clerk: User, at: datetime) -> None:
    """Bring an unconfirmed response into a status by the actions that lead there."""
    if status != Status.UNCONFIRMED:
        given = responses.confirm_response(token=token_of(given), at=at)
    if status == Status.WITHDRAWN:
        withdraw_response(given, by=None, at=at, token=token_of(given))
    if status == Status.POSTED:
        responses.post_response(given, by=clerk, at=at)
    if status == Status.REFUSED:
        responses.refuse_response(given, reason="It answers another petition.", by=clerk, at=at)


def files_of(petition: Petition) -> dict[FileOf, Document]:
    """Return every file that belongs to a petition, by what it belongs to; where two are alike, the last."""
    found = {}
    for file in Document.objects.select_related("response").order_by("uploaded_at", "pk"):
        if file.petition_id == petition.pk:
            found[FileOf("petition", file.visibility)] = file
        elif file.response and file.response.petition_id == petition.pk:
            found[FileOf("response", file.visibility, file.response.status)] = file
        elif file.reply and file.reply.response.petition_id == petition.pk:
            found[FileOf("reply", file.visibility)] = file
    return found
