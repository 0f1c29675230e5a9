"""What a clerk does with a public file that waits, since nobody has read some part of it.

The part is taken out of the copy, or is read as text and found to hold nothing confidential. What cannot be shown as
text nobody waves through.
"""

from datetime import datetime

from django.db import transaction

from exclusions.actions.record.accesses import log_reading
from exclusions.actions.record.disclosure_checks import look_through, refuse_doubts, require_reason
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.public_files.copies import made_anew, replace_copy
from exclusions.actions.record.public_files.homes import petition_of, publish_home
from exclusions.actions.record.transition import lock
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.gateways.documents.object_store import StoreError, open_file
from exclusions.gateways.documents.parsing import part_of
from exclusions.models import Document, PartRead, Petition, User
from exclusions.permissions import standing_of
from exclusions.permissions.case_secrets import case_secrets
from exclusions.permissions.leaks import settled_leaks
from exclusions.permissions.screening import PlaceDoubt, doubts_of_file, words_of_part
from exclusions.workflow.roles import Role
from exclusions.workflow.states import EDITABLE

WHY = "Give the reason. Those who read the case read it, and it stays on record."
AGAIN = "The file is the same after it was cleaned again, so its copy stays."
OTHERWISE = "Take the part out, or ask for another file."


def open_part(document: Document, number: int, *, by: User, at: datetime) -> str:
    """Return all that one of the parts which wait says, counted from 1; the clerk's reading of it is noted.

    Raises NotPermitted, WrongState, and Incomplete with the reason where nobody can read it.
    """
    petition = petition_of(document)
    _may_act(petition, by, at)
    text = _text_of(document, document.unread[number - 1])
    log_reading(petition, f"part of document {document.pk}", by=by, at=at)
    return text


def note_part_read(document: Document, part: str, *, by: User, at: datetime) -> Document:
    """Record that the clerk read a part and that nothing in it is confidential; return the file.

    It becomes public with its case once nothing else in it waits. Raises NotPermitted, WrongState, Incomplete for a
    part that cannot be shown, and Repeats while it repeats what was given in confidence in the case.
    """
    text, secrets = _text_of(document, part), case_secrets(petition_of(document))
    doubts = _doubts(document, document)
    with transaction.atomic():
        petition, row = _opened(document, part, by, at)
        refuse_doubts([*doubts, *words_of_part(row, part, text).doubts(secrets, settled_leaks(petition))], "The file")
        read = PartRead.objects.create(document=row, part=part, sha256=row.sha256, read_at=at, read_by=by)
        row.unread_parts = "\n".join(name for name in row.unread if name != part)
        row.save(update_fields=["unread_parts"])
        data = {"document": str(row.pk), "sha256": row.sha256, "part": read.pk}
        record_event(petition_subject(petition), "read_part", by=by, at=at, data=data)
        if row.is_read_whole:
            publish_home(row, petition, at=at)
    return row


def remove_part(document: Document, part: str, *, reason: str, by: User, at: datetime) -> Document:
    """Let a copy without a part that waits take the place of a public file's copy; return the file.

    Raises NotPermitted, WrongState, and Incomplete without a reason, or where the file would not open without it.
    """
    require_reason(reason, WHY)
    _may_act(petition_of(document), by, at)
    with made_anew(document, without=part) as kept:
        copy = kept.document()  # one in which something still waits is public by no means
        doubts = _doubts(document, copy) if copy.is_read_whole else []
        with transaction.atomic():
            petition, row = _opened(document, part, by, at)
            look_through("remove_part", petition, {"reason": reason}, by=by, at=at)
            refuse_doubts(doubts, "The file without the part")
            return replace_copy(row, petition, kept, kind="remove_part", reason=reason.strip(), by=by, at=at)


def clean_again(document: Document, *, reason: str, by: User, at: datetime) -> Document:
    """Let a copy that was cleaned by this version take the place of a public file's copy; return the file.

    For what an older version left in it. Raises NotPermitted, WrongState where the copy stays the same, Incomplete
    without a reason.
    """
    require_reason(reason, WHY)
    _may_act(petition_of(document), by, at)
    with made_anew(document) as kept, transaction.atomic():
        petition = lock(petition_of(document))
        _may_act(petition, by, at)
        look_through("clean_file", petition, {"reason": reason}, by=by, at=at)
        if kept.stored.sha256 == document.sha256:
            raise WrongState(AGAIN)
        return replace_copy(document, petition, kept, kind="clean_file", reason=reason.strip(), by=by, at=at)


def _doubts(document: Document, copy: Document) -> list[PlaceDoubt]:
    """Return what a copy of a file repeats of what was given in confidence in its case."""
    petition = petition_of(document)
    copy.pk, copy.response_id = document.pk, document.response_id
    return doubts_of_file(copy, case_secrets(petition), settled_leaks(petition))


def _text_of(document: Document, part: str) -> str:
    if part not in document.unread:
        raise WrongState("This part does not wait any more.")
    try:
        with open_file(document.storage_key) as content:
            return part_of(content, part)
    except (FileRefused, StoreError) as refused:
        raise Incomplete(f"{refused} {OTHERWISE}") from refused


def _opened(document: Document, part: str, by: User, at: datetime) -> tuple[Petition, Document]:
    """Return the case, locked, and the file as it is now, if the person may act and the part still waits."""
    petition = lock(petition_of(document))
    _may_act(petition, by, at)
    row = Document.objects.filter(pk=document.pk, storage_key=document.storage_key, removed_at__isnull=True).first()
    if row is None or part not in row.unread:
        raise WrongState("This part does not wait any more.")
    return petition, row


def _may_act(petition: Petition, by: User, at: datetime) -> None:
    standing = standing_of(by, petition, at)
    if Role.INTAKE not in standing.roles:
        raise NotPermitted("Only an intake clerk deals with files that wait.")
    if standing.kept_from_acting:
        raise NotPermitted(*standing.kept_from_acting)
    if petition.status in EDITABLE:
        raise WrongState("The petition is with its filer. Wait until it is submitted.")
