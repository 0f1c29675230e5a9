"""Files of a petition: attached to a question, inspected, scanned, stored, and taken away again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from exclusions.actions.filing.owning import must_own
from exclusions.actions.filing.petitions import save_answers
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.files import KeptFile, Upload, erase_unnamed, keep_file, stored_keys
from exclusions.actions.record.transition import lock
from exclusions.actions.record.versions import reopen_answers
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.inspection import MAX_BYTES, refusal_of_count, safe_name
from exclusions.models import Document, Petition, User
from exclusions.workflow.states import EDITABLE

__all__ = ["Upload", "attach", "attach_kept", "attach_stored", "keep_for", "remove", "too_large"]


def attach(petition: Petition, question_key: str, upload: Upload, *, by: User, at: datetime) -> Document:
    """Attach a file to a question of a draft, or of a petition returned for correction; return the document.

    Public or confidential as the question is. The content decides what the file is, never its name. Raises Incomplete,
    under the question's key, when the file is empty, too large, of another kind than its name says, infected, or one
    too many; NotPermitted and WrongState as `save_answers` does. Nothing is kept of a refused file.
    """
    return attach_kept(petition, keep_for(petition, question_key, upload), by=by, at=at)


def keep_for(petition: Petition, question_key: str, upload: Upload) -> KeptFile:
    """Inspect, scan and store a file for a question of a petition; nothing of the petition changes yet.

    It takes time: call it while no row is locked. Raises Incomplete as `attach` does.
    """
    return keep_file(petition_form(petition.round), question_key, upload)


def attach_kept(petition: Petition, kept: KeptFile, *, by: User, at: datetime) -> Document:
    """Attach a file that `keep_for` stored; return the document. Raises as `attach` does, and erases the file then."""
    try:
        return attach_stored(petition, [kept], by=by, at=at)[0]
    except BaseException:
        kept.discard()
        raise


def attach_stored(petition: Petition, kept: Sequence[KeptFile], *, by: User, at: datetime) -> list[Document]:
    """Attach files that are stored, all of them or none; return the documents. Raises as `attach` does.

    Nothing is erased: other petitions of the requester may have the same files.
    """
    made: list[Document] = []
    with transaction.atomic():
        locked = _editable(petition, by, at)
        there = list(locked.documents.filter(removed_at__isnull=True).order_by("uploaded_at", "pk"))
        answers: dict[str, list[str]] = {}
        for one in kept:
            question_key, document = one.question.key, one.document()
            twice = next((old for old in there if old.uploaded_sha256 == one.uploaded_sha256), None)
            refused = _twice(document, twice) if twice else refusal_of_count(len(there))
            if refused:
                raise Incomplete(fields={question_key: [refused]})
            document.petition, document.uploaded_by, document.uploaded_at = locked, by, at
            document.save(force_insert=True)
            if question_key not in answers:
                answers[question_key] = _ids(locked, question_key, at)
            answers[question_key].append(str(document.pk))
            there.append(document)
            made.append(document)
        save_answers(locked, by=by, at=at, answers=answers)
        for document in made:
            data = {"document": str(document.pk), "question": document.question_key}
            record_event(petition_subject(locked), "attach", by=by, at=at, data=data)
    return made


def _twice(new: Document, old: Document) -> str:
    if new.visibility != old.visibility:
        return (
            f"“{new.file_name}” is the same file that you attached as {old.get_visibility_display().lower()}, as "
            f"“{old.file_name}”. A file is either public or confidential. Remove one, or take the figures out of it."
        )
    return f"“{new.file_name}” is attached already, as “{old.file_name}”. We did not attach it again."


def too_large(name: str) -> str:
    """Return the sentence for a file that is not even read, so large is it."""
    return f"“{safe_name(name)}” is larger than {MAX_BYTES // 1_000_000} MB. Reduce it or split it."


def remove(petition: Petition, document: Document, *, by: User, at: datetime) -> Document:
    """Take a file away from a draft, or from a petition returned for correction; return the document.

    A document of a sealed version is kept in the store, marked as removed, since what was certified must stay whole;
    one that was never filed is erased. Raises NotPermitted and WrongState as `save_answers` does.
    """
    with transaction.atomic():
        locked = _editable(petition, by, at)
        ids = [key for key in _ids(locked, document.question_key, at) if key != str(document.pk)]
        save_answers(locked, by=by, at=at, answers={document.question_key: ids})
        document.removed_at = at
        if not locked.versions.sealed().exists():
            erase_unnamed(stored_keys([document]))
            document.storage_key = document.text_key = document.thumbnail_key = ""
        document.save(update_fields=["removed_at", "storage_key", "text_key", "thumbnail_key"])
        record_event(
            petition_subject(locked),
            "remove",
            by=by,
            at=at,
            data={"document": str(document.pk), "question": document.question_key},
        )
    return document


def _editable(petition: Petition, by: User, at: datetime) -> Petition:
    locked = lock(petition)
    must_own(locked, by, at)
    if locked.status not in EDITABLE:
        raise WrongState(f"{locked} has been submitted. You can no longer change its documents.")
    return locked


def _ids(petition: Petition, question_key: str, at: datetime) -> list[str]:
    found = reopen_answers(petition, at=at).answers.get(question_key, [])
    return [str(key) for key in found] if isinstance(found, list) else []
