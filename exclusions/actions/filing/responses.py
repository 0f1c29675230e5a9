"""Responses of the public: given, confirmed by e-mail, posted or refused by intake."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from exclusions.actions.filing import submissions
from exclusions.actions.filing.own_values import Own, keep_statements
from exclusions.actions.filing.response_messages import send_receipt, tell_of_posting, tell_of_refusal
from exclusions.actions.filing.sent_files import discard, keep_all, with_files, with_names
from exclusions.actions.filing.withdrawn_responses import give_place, to_replace
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.disclosure_checks import look_through, refuse_doubts, require_reason
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.files import Upload
from exclusions.actions.record.letters import response_letter
from exclusions.actions.record.public_files.read_again import read_again
from exclusions.actions.record.publication import publish_response
from exclusions.actions.record.transition import lock
from exclusions.errors import WrongState
from exclusions.facts.forms import response_form
from exclusions.models import Document, Petition, Response, User
from exclusions.models.submission import CONFIRM_WITHIN
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.leaks import settled_leaks
from exclusions.permissions.screening import words_of_response
from exclusions.permissions.submissions import response_refusal
from exclusions.queries.public.rounds import reply_deadline
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.states import COMMENTING

NO_PETITION = "No posted petition with this reference takes responses here."
AGAIN = "Respond again while responses are open."  # what the author of a response whose link is too old can do


@dataclass(frozen=True)
class CheckedResponse:
    """A response that may be taken in: its files are stored, and its author stated what of it is public."""

    petition: Petition
    answers: Mapping[str, Any] = field(repr=False)
    files: Sequence[Document]
    stated: Sequence[Own]
    replaces: Response | None


def respond(
    *,
    reference: str,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Sequence[Upload]] | None = None,
    stated_public: Collection[str] = (),
    by: User | AnonymousUser | None,
    at: datetime,
    replaces: str = "",
) -> Response:
    """Take in a response to a posted petition, and send its author a link to confirm it; return it unconfirmed.

    Needs no account. What counts for the deadline is this moment. Takes and raises what `check_response` does.
    """
    ready = check_response(
        reference=reference, answers=answers, uploads=uploads, stated_public=stated_public, at=at, replaces=replaces
    )
    return keep_response(ready, by=by, at=at)


def check_response(
    *,
    reference: str,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Sequence[Upload]] | None = None,
    stated_public: Collection[str] = (),
    at: datetime,
    replaces: str = "",
) -> CheckedResponse:
    """Return a response to a posted petition as it may be kept; its files are parsed and stored, which takes long.

    `uploads` are files by question; `stated_public` the statements, of those that a refusal asked for, that a value of
    the responder's own is public. What others of the case gave in confidence is not looked for here: intake does when
    it posts. `replaces` is the token of an earlier response of the same author, which is withdrawn once this one is
    confirmed. Raises WrongState when responses are not open at `at`, Incomplete with a sentence a field, Repeats;
    nothing is kept of a refused response, its files included.
    """
    petition = Petition.objects.select_related("round").filter(reference=reference).first()
    if petition is None:
        raise WrongState(NO_PETITION)
    return check_for(petition, answers=answers, uploads=uploads, stated_public=stated_public, at=at, replaces=replaces)


def check_for(
    petition: Petition,
    *,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Sequence[Upload]] | None = None,
    stated_public: Collection[str] = (),
    at: datetime,
    replaces: str = "",
) -> CheckedResponse:
    """Return a response to this petition as `check_response` does; the petition was read with its round."""
    if refused := response_refusal(petition, at):
        raise refused
    old = to_replace(petition, replaces, at)
    form = response_form(petition.round)
    # Files are parsed only of a form that is otherwise in order: who sends hostile ones has to fill it in first.
    cleaned = submissions.checked(form, with_names(answers, uploads or {}))
    files = keep_all(form, uploads or {})
    try:
        stated = submissions.stated_values(form, cleaned, files, stated_public, Response.NOUN)
    except BaseException:
        discard(files)
        raise
    return CheckedResponse(petition, with_files(answers, files), files, stated, old)


def keep_response(ready: CheckedResponse, *, by: User | AnonymousUser | None, at: datetime) -> Response:
    """Take in a response that was checked at this moment, unconfirmed, and send its author the link; return it."""
    try:
        with transaction.atomic():
            made = _take_in(ready.petition, ready.answers, ready.files, by, at, ready.replaces)
            keep_statements(ready.petition, ready.stated, f"{Response.NOUN}:{made.pk}", by=made.user, at=at)
            return made
    except BaseException:
        discard(ready.files)
        raise


def _take_in(
    petition: Petition,
    answers: Mapping[str, Any],
    files: Sequence[Document],
    by: User | AnonymousUser | None,
    at: datetime,
    replaces: Response | None,
) -> Response:
    form, response = response_form(petition.round), Response(petition=petition, replaces=replaces)
    token = submissions.take_in(response, form, submissions.checked(form, answers), by=by, at=at)
    for file in files:
        file.response, file.uploaded_at = response, at
        file.save(force_insert=True)
    notify(
        to=response.email,
        template="confirm_response",
        subject=f"Confirm your response to {petition.reference}",
        context={
            "reference": petition.reference,
            "position": response.get_position_display(),
            "number": response.receipt,
            "sent": in_words(at),
            "until": in_words(at + CONFIRM_WITHIN),
            "url": page_address("docket-respond-confirm", petition.reference, token),
        },
        at=at,
    )
    return response


def confirm_response(*, token: str, at: datetime) -> Response:
    """Confirm a response by the link that was mailed; return it submitted. A second click changes nothing.

    What counts for the deadline is when the response was given; the link is good for 72 hours. Raises WrongState.
    """
    with transaction.atomic():
        found = submissions.require_link(Response.objects.of_token(token), otherwise=", or respond again")
        petition = lock(found.petition)
        response = Response.objects.select_for_update().get(pk=found.pk)
        if not submissions.confirm(response, again=AGAIN, at=at):
            return response
        record_event(petition_subject(petition), "respond", by=None, at=at, data={"position": response.position})
        response.petition = petition
        if response.replaces:
            give_place(response.replaces, petition, at=at)
        send_receipt(response, token, at)
    return response


def _waiting(response: Response, by: User, at: datetime) -> Response:
    """Return the response, locked behind its petition, where it waits for an intake clerk, which the person is."""
    petition = lock(response.petition)
    locked = Response.objects.select_for_update().get(pk=response.pk)
    locked.petition = petition
    submissions.require_waiting(locked, by, at)
    return locked


def post_response(response: Response, *, by: User, at: datetime, tells_author: bool = True) -> Response:
    """Post a confirmed response to the docket; return it with its reference and reply deadline.

    Without `tells_author` the caller tells the author: of many at once.
    The reply deadline is the later of the close of responses and this posting, plus the round's days (84 FR 29576).
    Raises NotPermitted, WrongState, and Repeats while it repeats what others of the case gave in confidence.
    """
    files = response.documents.filter(visibility=Document.Visibility.PUBLIC, removed_at__isnull=True)
    read_again(files)
    words, secrets = words_of_response(response), case_secrets(response.petition)
    with transaction.atomic():
        locked = _waiting(response, by, at)
        petition = locked.petition
        if petition.status not in COMMENTING or petition.response_closes_at is None:
            raise WrongState(f"The petition is “{petition.get_status_display()}”. You can no longer post responses.")
        refuse_doubts(words.doubts(secrets, settled_leaks(petition)))
        number = petition.responses.filter(reference__isnull=False).count() + 1
        round = petition.round
        locked.reference = f"{petition.reference}-R{number:03d}"
        locked.status = Response.Status.POSTED
        locked.posted_at, locked.posted_by = at, by
        if round.accepts_replies:
            locked.reply_closes_at = reply_deadline(round, petition.response_closes_at, at)
            latest = max(filter(None, [petition.reply_closes_at, locked.reply_closes_at]))
            petition.reply_closes_at = latest
            petition.save(update_fields=["reply_closes_at"])
        locked.save()
        publish_response(locked, at=at)
        record_event(petition_subject(petition), "post_response", by=by, at=at, data={"response": locked.reference})
        tell_of_posting(petition, locked, at, tells_author=tells_author)
        response_letter(locked, at=at)
    return locked


def refuse_response(response: Response, *, reason: str, by: User, at: datetime, tells_author: bool = True) -> Response:
    """Decline to post a response, with a reason that goes on the record and to its author; return it refused.

    Without `tells_author` the caller tells the author: of many at once.
    """
    require_reason(reason, "Give the reason. It goes on record and to the responder.")
    with transaction.atomic():
        locked = _waiting(response, by, at)
        petition = locked.petition
        look_through("refuse_response", petition, {"reason": reason}, by=by, at=at)
        submissions.decline(locked, reason)
        record_event(petition_subject(petition), "refuse_response", by=by, at=at, reason=reason)
        if tells_author:
            tell_of_refusal(locked, petition, reason, at)
    return locked
