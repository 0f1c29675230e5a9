"""The requester's replies to posted responses: one for each, public, posted when intake has read it.

A reply that intake does not let through frees its place: it is given again, corrected, while its reply period runs.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from exclusions.actions.filing.own_values import Own, ask, keep_statements, own_values
from exclusions.actions.filing.sent_files import discard, keep_all, with_files, with_names
from exclusions.actions.filing.submissions import checked
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.files import Upload
from exclusions.actions.record.screenings import begin_screening
from exclusions.actions.record.transition import lock
from exclusions.errors import ActionRefused, NotPermitted, WrongState
from exclusions.facts.forms import reply_form
from exclusions.facts.rounds import pause_refusal, periods_stand
from exclusions.models import Document, Reply, Response, Screening, User
from exclusions.permissions import standing_of
from exclusions.permissions.case_secrets import own_secrets
from exclusions.permissions.leaks import settled_leaks
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.workflow.deadlines import in_words, window_open
from exclusions.workflow.roles import OWNERS
from exclusions.workflow.states import COMMENTING


def reply_refusal(response: Response, user: User | AnonymousUser, at: datetime) -> ActionRefused | None:
    """Return what keeps a person from replying to a posted response, or None when the way is free."""
    return _refusal(response, user, at, _outcomes(response))


def _refusal(
    response: Response, user: User | AnonymousUser, at: datetime, outcomes: Sequence[str | None]
) -> ActionRefused | None:
    petition = response.petition
    if not standing_of(user, petition, at).roles & OWNERS:
        return NotPermitted("Only the requester or its filer may reply to a response.")
    if not petition.round.accepts_replies:
        return WrongState(f"{petition.round.title} takes no replies.")
    if periods_stand(petition.round):
        return WrongState(pause_refusal(petition.round))
    if response.status != Response.Status.POSTED or response.reply_closes_at is None:
        return WrongState("This response is not posted.")
    if any(outcome != Screening.Outcome.WITHHELD for outcome in outcomes):
        return WrongState("You already replied to this response. Each response takes one reply.")
    if petition.status not in COMMENTING or not window_open(None, response.reply_closes_at, at):
        return WrongState(f"Replies to this response closed on {in_words(response.reply_closes_at)}.")
    return None


def _outcomes(response: Response) -> list[str | None]:
    """Return what intake made of each reply to a response; None of one that was given before there were screenings."""
    return list(response.replies.order_by("attempt").values_list("screening__outcome", flat=True))


def withheld_reply(response: Response) -> Reply | None:
    """Return the last reply to a response where intake did not let it through, with its screening; None of others."""
    last = Reply.objects.filter(response=response).select_related("screening").order_by("-attempt").first()
    waits_or_posted = last is None or Reply.objects.that_stand().filter(pk=last.pk).exists()
    return None if waits_or_posted else last


def to_begin_with(form: Questionnaire, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return earlier answers for a form that is filled again: without files and statements, which are given anew."""
    anew = {question.key for question in form.questions if question.kind in (Kind.FILES, Kind.CERTIFY)}
    return {key: value for key, value in before.items() if key not in anew}


@dataclass(frozen=True)
class CheckedReply:
    """A reply that may be filed: its files are stored, and the requester stated what of it is public."""

    response: Response
    answers: Mapping[str, Any] = field(repr=False)
    files: Sequence[Document]
    stated: Sequence[Own]


def reply(
    response: Response,
    *,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Sequence[Upload]] | None = None,
    stated_public: Collection[str] = (),
    by: User,
    at: datetime,
) -> Reply:
    """Answer a posted response for the requester; return the reply, which waits until intake has read it.

    Every reply waits: it may repeat what a responder gave in confidence, and the requester is not to learn whether it
    does. Takes and raises what `check_reply` does.
    """
    ready = check_reply(response, answers=answers, uploads=uploads, stated_public=stated_public, by=by, at=at)
    return file_reply(ready, by=by, at=at)


def check_reply(
    response: Response,
    *,
    answers: Mapping[str, Any],
    uploads: Mapping[str, Sequence[Upload]] | None = None,
    stated_public: Collection[str] = (),
    by: User,
    at: datetime,
) -> CheckedReply:
    """Return a reply as it may be filed; its files are parsed and stored, which takes long.

    `stated_public` are the statements, of those that a refusal asked for, that a value of the requester's own is
    public. Raises WrongState when the reply period is over or a reply exists, NotPermitted, Incomplete with fields,
    Repeats; nothing is kept of a refused reply.
    """
    form = reply_form(response.petition.round)
    if refused := reply_refusal(response, by, at):
        raise refused
    cleaned = checked(form, with_names(answers, uploads or {}))  # before any file is parsed
    files = keep_all(form, uploads or {})
    try:
        found = own_values(form, cleaned, files, own_secrets(response.petition).of_requester)
        settled, place = settled_leaks(response.petition), f"reply:{response.pk}"
        found = [own for own in found if own.leak(place) not in settled]
        ask(found, stated_public, place)
    except BaseException:
        discard(files)
        raise
    return CheckedReply(response, answers, files, found)


def file_reply(ready: CheckedReply, *, by: User, at: datetime) -> Reply:
    """File a reply that was checked at this moment, and return it; who replied meanwhile is found under the lock.

    Raises WrongState and NotPermitted.
    """
    try:
        return _file(ready.response, ready.answers, ready.files, ready.stated, by, at)
    except BaseException:
        discard(ready.files)
        raise


def _file(
    response: Response,
    answers: Mapping[str, Any],
    files: Sequence[Document],
    stated: Sequence[Own],
    by: User,
    at: datetime,
) -> Reply:
    with transaction.atomic():
        petition = lock(response.petition)
        locked = Response.objects.select_for_update().get(pk=response.pk)
        locked.petition = petition
        outcomes = _outcomes(locked)
        if refused := _refusal(locked, by, at, outcomes):
            raise refused
        cleaned = checked(reply_form(petition.round), with_files(answers, files))
        made = Reply.objects.create(
            response=locked, attempt=len(outcomes) + 1, answers=cleaned, submitted_at=at, submitted_by=by
        )
        for file in files:
            file.reply, file.uploaded_by, file.uploaded_at = made, by, at
            file.save(force_insert=True)
        keep_statements(petition, stated, f"reply:{locked.pk}", by=by, at=at)
        begin_screening(petition, waits=True, at=at, reply=made)
        record_event(petition_subject(petition), "reply", by=by, at=at, data={"response": locked.reference})
    return made
