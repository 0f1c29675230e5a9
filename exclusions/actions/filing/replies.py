"""The requester's replies to posted responses: one for each, public, posted at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from exclusions.actions.filing.responses import checked, discard, keep_all, with_files
from exclusions.actions.record.addresses import page_address
from exclusions.actions.record.events import notify, petition_subject, record_event
from exclusions.actions.record.files import Upload
from exclusions.actions.record.publication import publish_response
from exclusions.actions.record.transition import lock
from exclusions.errors import NotPermitted, WrongState
from exclusions.facts.forms import reply_form
from exclusions.models import Document, PublicResponse, Reply, Response, User
from exclusions.permissions import standing
from exclusions.workflow.deadlines import in_words, window_open
from exclusions.workflow.roles import OWNERS
from exclusions.workflow.states import COMMENTING


def reply_refusals(response: Response, user: User | AnonymousUser, at: datetime) -> list[str]:
    """Return the sentences that keep a person from replying to a posted response; empty when the way is free."""
    petition = response.petition
    if not standing(user, petition, at).roles & OWNERS:
        return ["Only the requester, or who files for it, may reply to a response."]
    if not petition.round.accepts_replies:
        return [f"{petition.round.title} takes no replies."]
    if response.status != Response.Status.POSTED or response.reply_closes_at is None:
        return ["This response is not posted."]
    if Reply.objects.filter(response=response).exists():
        return ["This response was replied to already; one reply is taken for each response."]
    if petition.status not in COMMENTING or not window_open(None, response.reply_closes_at, at):
        return [f"Replies to this response closed on {in_words(response.reply_closes_at)}."]
    return []


def reply(
    response: Response,
    *,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Sequence[Upload]] | None = None,
    by: User,
    at: datetime,
) -> PublicResponse | None:
    """Answer a posted response for the requester; it is posted at once, with its files.

    Return the public copy; None while response or petition are in quarantine.

    Raises WrongState when the reply period is over or a reply exists, NotPermitted, Incomplete with fields.
    """
    files = keep_all(reply_form(response.petition.round), uploads or {})
    try:
        return _post_reply(response, answers, files, by, at)
    except BaseException:
        discard(files)
        raise


def _post_reply(
    response: Response, answers: Mapping[str, Any], files: Sequence[Document], by: User, at: datetime
) -> PublicResponse | None:
    with transaction.atomic():
        petition = lock(response.petition)
        locked = Response.objects.select_for_update().get(pk=response.pk)
        locked.petition = petition
        refused = reply_refusals(locked, by, at)
        if refused:
            owner = bool(standing(by, petition, at).roles & OWNERS)
            raise WrongState(*refused) if owner else NotPermitted(*refused)
        cleaned = checked(reply_form(petition.round), with_files(answers, files))
        made = Reply.objects.create(response=locked, answers=cleaned, submitted_at=at, submitted_by=by)
        for file in files:
            file.reply, file.uploaded_by, file.uploaded_at = made, by, at
            file.save(force_insert=True)
        copy = publish_response(locked, at=at)
        record_event(petition_subject(petition), "reply", by=by, at=at, data={"response": locked.reference})
        notify(
            to=locked.email,
            template="reply_posted",
            subject=f"{petition.reference}: the requester replied to your response",
            context={
                "reference": petition.reference,
                "response": locked.reference,
                "url": page_address("docket-petition", petition.reference),
            },
            at=at,
        )
    return copy
