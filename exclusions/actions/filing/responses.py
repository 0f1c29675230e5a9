"""Responses of the public: given, confirmed by e-mail, posted or refused by intake."""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from exclusions.actions.filing.own_values import ask, keep_statements, own_values
from exclusions.actions.filing.response_messages import open_until, send_receipt, tell_of_posting
from exclusions.actions.filing.sent_files import discard, keep_all, with_files, with_names
from exclusions.actions.filing.withdrawn_responses import give_place, to_replace
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.doors import look_through, refuse_doubts, require_reason
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.files import Upload
from exclusions.actions.record.letters import response_letter
from exclusions.actions.record.public_files.read_again import read_again
from exclusions.actions.record.publication import publish_response
from exclusions.actions.record.transition import lock
from exclusions.checks.confidential.matcher import Matcher
from exclusions.checks.confidential.values import allowed
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.facts.forms import response_form
from exclusions.facts.rounds import pause_refusal, periods_stand
from exclusions.models import Document, Petition, Response, User
from exclusions.models.response import CONFIRM_WITHIN
from exclusions.permissions import standing
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.leaks import secrets_of, settled_leaks
from exclusions.permissions.screening import words_of_response
from exclusions.queries.public.rounds import reply_deadline
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.workflow.deadlines import in_words, window_open
from exclusions.workflow.roles import Role
from exclusions.workflow.states import COMMENTING, Status

RESPONSE = "response"  # where statements about one are kept, with its key behind it


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _open_for_responses(petition: Petition, at: datetime) -> ActionRefused | None:
    closes = petition.response_closes_at
    if not petition.round.accepts_responses:
        return WrongState(f"{petition.round.title} takes no responses to a filing.")
    if periods_stand(petition.round):
        return WrongState(pause_refusal(petition.round))
    if petition.status != Status.POSTED or closes is None:
        return WrongState("Responses to this petition are not open.")
    if not window_open(None, closes, at):
        return WrongState(f"Responses to this petition closed on {in_words(closes)}. A late response is not posted.")
    return None


def checked(form: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers cleaned; raise Incomplete with a sentence a field when they cannot be filed."""
    cleaned = form.clean(answers)
    fields: dict[str, list[str]] = {}
    for problem in form.problems(answers):
        fields.setdefault(problem.key, []).append(f"{problem.message} {problem.remedy}".strip())
    if fields:
        raise Incomplete(*(sentence for group in fields.values() for sentence in group), fields=fields)
    return cleaned


def _email_key(form: Questionnaire) -> str:
    """Return the key of the form's first e-mail question: the responder's own address."""
    return next(question.key for question in form.questions if question.kind is Kind.EMAIL)


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

    Needs no account. `uploads` are files by question; `stated_public` the statements, of those that a refusal asked
    for, that a value of the responder's own is public. What others of the case gave in confidence is not looked for
    here: intake does when it posts. `replaces` is the token of an earlier response of the same author, which is
    withdrawn once this one is confirmed. What counts for the deadline is this moment. Raises WrongState when responses
    are not open at `at`, Incomplete with a sentence a field, Repeats; nothing is kept of a refused response, its files
    included.
    """
    petition = Petition.objects.select_related("round").filter(reference=reference).first()
    if petition is None:
        raise WrongState("No posted petition with this reference takes responses here.")
    refused = _open_for_responses(petition, at)
    if refused:
        raise refused
    old = to_replace(petition, replaces, at)
    form = response_form(petition.round)
    # Files are parsed only of a form that is otherwise in order: who sends hostile ones has to fill it in first.
    cleaned = checked(form, with_names(answers, uploads or {}))
    files = keep_all(form, uploads or {})
    try:
        own = Matcher(secrets_of(form, cleaned, files), allowed(form, cleaned))
        found = own_values(form, cleaned, files, own.find)
        ask(found, stated_public, RESPONSE)
        with transaction.atomic():
            made = _take_in(petition, with_files(answers, files), files, by, at, old)
            keep_statements(petition, found, f"{RESPONSE}:{made.pk}", by=made.user, at=at)
            return made
    except BaseException:
        discard(files)
        raise


def _take_in(
    petition: Petition,
    answers: Mapping[str, Any],
    files: Sequence[Document],
    by: User | AnonymousUser | None,
    at: datetime,
    replaces: Response | None,
) -> Response:
    form = response_form(petition.round)
    cleaned = checked(form, answers)
    token = secrets.token_urlsafe(32)
    response = Response.objects.create(
        petition=petition,
        position=cleaned["position"],
        organization_name=cleaned["org_legal_name"],
        email=cleaned[_email_key(form)],
        answers=cleaned,
        confirmation_digest=_digest(token),
        user=by if by is not None and by.is_authenticated else None,
        created_at=at,
        replaces=replaces,
    )
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


def find_by_token(token: str) -> Response | None:
    """Return the response that a confirmation link belongs to, or None."""
    return Response.objects.of_token(token)


def confirm_response(*, token: str, at: datetime) -> Response:
    """Confirm a response by the link that was mailed; return it submitted. A second click changes nothing.

    What counts for the deadline is when the response was given; the link is good for 72 hours. Raises WrongState.
    """
    with transaction.atomic():
        found = find_by_token(token)
        if found is None:
            raise WrongState("This link is not known. Copy the whole address from the e-mail, or respond again.")
        petition = lock(found.petition)
        response = Response.objects.select_for_update().get(pk=found.pk)
        if response.status != Response.Status.UNCONFIRMED:
            return response
        if at > response.created_at + CONFIRM_WITHIN:
            raise WrongState(
                f"This link was good until {in_words(response.created_at + CONFIRM_WITHIN)}. "
                "Respond again while responses are open."
            )
        response.status = Response.Status.SUBMITTED
        response.confirmed_at = at
        response.save(update_fields=["status", "confirmed_at"])
        record_event(petition_subject(petition), "respond", by=None, at=at, data={"position": response.position})
        response.petition = petition
        if response.replaces:
            give_place(response.replaces, petition, at=at)
        send_receipt(response, token, at)
    return response


def _refuse_unless_intake(petition: Petition, by: User, at: datetime) -> None:
    held = standing(by, petition, at)
    if Role.INTAKE not in held.roles:
        raise NotPermitted("Only an intake clerk posts or refuses responses.")
    if held.kept:
        raise NotPermitted(*held.kept)


def post_response(response: Response, *, by: User, at: datetime) -> Response:
    """Post a confirmed response to the docket; return it with its reference and reply deadline.

    The reply deadline is the later of the close of responses and this posting, plus the round's days (84 FR 29576).
    Raises NotPermitted, WrongState, and Repeats while it repeats what others of the case gave in confidence.
    """
    files = response.documents.filter(visibility=Document.Visibility.PUBLIC, removed_at__isnull=True)
    read_again(files)
    words, secrets = words_of_response(response), case_secrets(response.petition)
    with transaction.atomic():
        petition = lock(response.petition)
        _refuse_unless_intake(petition, by, at)
        locked = Response.objects.select_for_update().get(pk=response.pk)
        if locked.status != Response.Status.SUBMITTED:
            raise WrongState(f"This response is “{locked.get_status_display()}”. You can post only a submitted one.")
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
        locked.petition = petition
        publish_response(locked, at=at)
        record_event(petition_subject(petition), "post_response", by=by, at=at, data={"response": locked.reference})
        tell_of_posting(petition, locked, at)
        response_letter(locked, at=at)
    return locked


def refuse_response(response: Response, *, reason: str, by: User, at: datetime) -> Response:
    """Decline to post a response, with a reason that goes on the record and to its author; return it refused."""
    require_reason(reason, "Give the reason. It goes on record and to the responder.")
    with transaction.atomic():
        petition = lock(response.petition)
        _refuse_unless_intake(petition, by, at)
        locked = Response.objects.select_for_update().get(pk=response.pk)
        if locked.status != Response.Status.SUBMITTED:
            raise WrongState(f"This response is “{locked.get_status_display()}”. You can refuse only a submitted one.")
        look_through("refuse_response", petition, {"reason": reason}, by=by, at=at)
        locked.status = Response.Status.REFUSED
        locked.refusal_reason = reason
        locked.save(update_fields=["status", "refusal_reason"])
        record_event(petition_subject(petition), "refuse_response", by=by, at=at, reason=reason)
        notify(
            to=locked.email,
            template="response_refused",
            subject=f"{petition.reference}: your response was not posted",
            context={"reference": petition.reference, "reason": reason, "until": open_until(petition, at)},
            at=at,
        )
    return locked
