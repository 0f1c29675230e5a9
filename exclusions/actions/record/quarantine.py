"""Taking down what should not be public, at once and everywhere, and putting it back when it is in order."""

from datetime import datetime

from django.db import transaction

from exclusions.actions.record.doors import look_through, refuse_doubts
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.files import Upload, keep_file
from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.record.transition import lock
from exclusions.errors import Conflict, Incomplete, WrongState
from exclusions.facts.forms import petition_form, reply_form, response_form
from exclusions.models import Document, Petition, Quarantine, Response, Round, User
from exclusions.permissions import standing
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.leaks import settled_leaks
from exclusions.permissions.quarantine import quarantine_refusal, restoring_refusal
from exclusions.permissions.screening import words_of_file, words_taken_down
from exclusions.questionnaires import Questionnaire

AWAITS = "Corrected file, not looked through yet."


def take_down(
    petition: Petition,
    *,
    by: User,
    at: datetime,
    reason: str,
    response: Response | None = None,
    document: Document | None = None,
) -> Quarantine:
    """Take a posted petition, a response to it or one public file down, and return the quarantine.

    In the one transaction the public rows go and a tombstone stays, the docket's version advances (what is cached of
    it is thereby out of date in every process), and the event is written. The reason is for those who read the case.
    Raises NotPermitted, WrongState, Incomplete without a reason, Conflict when it is down already.
    """
    if not reason.strip():
        sentence = "Say what is wrong, without repeating it; the reason goes on the record."
        raise Incomplete(sentence, fields={"reason": [sentence]})
    with transaction.atomic():
        locked = lock(petition)
        refused = quarantine_refusal(locked, response, document, by, at)
        if refused:
            raise refused
        if Quarantine.objects.filter(
            petition=locked, response=response, document=document, restored_at__isnull=True
        ).exists():
            raise Conflict("It has been taken down already.")
        look_through("quarantine", locked, {"reason": reason}, by=by, at=at)
        taken = Quarantine.objects.create(
            petition=locked, response=response, document=document, reason=reason.strip(), taken_at=at, taken_by=by
        )
        _note(taken, "quarantine", by=by, at=at, reason=reason.strip())
        _republish(taken, at=at)
    return taken


def restore(taken: Quarantine, *, by: User, at: datetime) -> Quarantine:
    """Put back what was taken down, or its corrected file in its stead; return the quarantine, now ended.

    Raises NotPermitted, WrongState when it was put back or replaced before, and Repeats while a file or a response
    repeats what was given in confidence.
    """
    words = words_taken_down(taken)
    secrets = case_secrets(taken.petition) if words else None
    with transaction.atomic():
        petition = lock(taken.petition)
        held = Quarantine.objects.select_for_update(of=("self",)).get(pk=taken.pk)
        refused = restoring_refusal(petition, by, at)
        if refused:
            raise refused
        if held.restored_at:
            raise WrongState("It was put back already.")
        if held.replacement_id:
            raise WrongState("A corrected file has replaced it; put that one back.")
        if words and secrets:
            refuse_doubts(words.doubts(secrets, settled_leaks(petition)))
        held.restored_at, held.restored_by = at, by
        held.save(update_fields=["restored_at", "restored_by"])
        _note(held, "restore", by=by, at=at)
        _republish(held, at=at)
    return held


def replace_document(taken: Quarantine, upload: Upload, *, by: User, at: datetime) -> Document:
    """Give a corrected file for one that was taken down, and return it. It waits until staff have looked it through.

    The old file stays in quarantine for good. Raises NotPermitted, WrongState, Incomplete as `attach` does, and Repeats
    where the file repeats a value that its giver may read; any other doubt is told to the clerk who puts it back.
    """
    old = taken.document
    if old is None:
        raise WrongState("Only a file can be replaced.")
    kept = keep_file(_form_of(old, taken.petition.round), old.question_key, upload, whole=True)
    try:
        said = "\n".join(text for _, text in words_of_file(kept.document()).parts)
        look_through("replace", taken.petition, {"file": said}, by=by, at=at)
        with transaction.atomic():
            petition = lock(taken.petition)
            held = Quarantine.objects.select_for_update(of=("self",)).get(pk=taken.pk)
            refused = quarantine_refusal(petition, None, old, by, at)
            if refused:
                raise refused
            if held.restored_at or held.replacement_id:
                raise WrongState("It was put back or replaced already.")
            new = kept.document()
            new.petition, new.response, new.reply = old.petition, old.response, old.reply
            new.visibility, new.uploaded_by, new.uploaded_at = old.visibility, by, at
            new.save(force_insert=True)
            held.replacement = new
            held.save(update_fields=["replacement"])
            waiting = Quarantine.objects.create(
                petition=petition, document=new, reason=AWAITS, taken_at=at, taken_by=by
            )
            _note(waiting, "replace", by=by, at=at, replaces=str(old.pk))
    except BaseException:
        kept.discard()
        raise
    return new


def _form_of(document: Document, round: Round) -> Questionnaire:
    """The form under one of whose questions the file was given."""
    if document.reply_id:
        return reply_form(round)
    return response_form(round) if document.response_id else petition_form(round)


def _note(taken: Quarantine, kind: str, *, by: User, at: datetime, reason: str = "", replaces: str = "") -> None:
    """Write the event; its data name the thing by reference or id, never by a name."""
    held = standing(by, taken.petition, at)
    thing = {"thing": "petition"}
    if taken.document_id:
        thing = {"thing": "document", "document": str(taken.document_id)}
    elif taken.response:
        thing = {"thing": "response", "response": str(taken.response.reference)}
    if replaces:
        thing["replaces"] = replaces
    role = str(next(iter(held.roles), ""))
    record_event(petition_subject(taken.petition), kind, by=by, at=at, role=role, reason=reason, data=thing)


def _republish(taken: Quarantine, *, at: datetime) -> None:
    """Let the public copies be made again; they leave out what is in quarantine."""
    document = taken.document
    response = taken.response
    if document is not None:
        response = document.reply.response if document.reply else document.response
    if response is not None:
        publish_response(response, at=at)
    else:
        publish_petition(taken.petition, at=at)
        if taken.document_id is None and taken.restored_at:
            posted = Response.objects.filter(petition=taken.petition, status=Response.Status.POSTED).order_by(
                "posted_at", "pk"
            )
            for found in posted.select_related("petition__round"):
                publish_response(found, at=at)
