"""A public file gets a cleaner copy: the old one stays stored for the record, an event names both by their hashes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.files import KeptFile, Upload, erase_unnamed, keep_file, stored_keys
from exclusions.actions.record.public_files.homes import form_of, petition_of, publish_home
from exclusions.errors import Conflict, WrongState
from exclusions.gateways.documents.object_store import StoreError, read_file
from exclusions.models import Document, EarlierCopy, Petition, User

# What of a file is another in another copy; what it is called and where it belongs stays.
_OF_THE_COPY = (
    "content_type", "size", "sha256", "storage_key", "scan", "text_key", "text_whole", "unread_parts", "reader",
    "pictures", "thumbnail_key", "thumbnail_width", "thumbnail_height",
)  # fmt: skip


@contextmanager
def made_anew(document: Document, *, without: str = "") -> Iterator[KeptFile]:
    """Clean and read the stored copy of a public file once more, and store that; it is erased where the body raises.

    `without` names a part to take out first. Reads the file store: never while a row is locked. Raises WrongState
    where the file is not in the store, Incomplete with the reason where the part cannot be taken out.
    """
    try:
        upload = Upload(document.file_name, read_file(document.storage_key))
    except StoreError as missing:
        raise WrongState(str(missing)) from missing
    form = form_of(document, petition_of(document).round)
    kept = keep_file(form, document.question_key, upload, without=without)
    try:
        yield kept
    except BaseException:
        kept.discard()
        raise


def replace_copy(
    document: Document, petition: Petition, kept: KeptFile, *, kind: str, reason: str, by: User | None, at: datetime
) -> Document:
    """Let a new copy stand in the place of a public file's old one; return the document. The case's row is locked.

    The old copy stays stored and is not served any more. The event, of that kind, names both by their hashes. Raises
    Conflict where the file was changed meanwhile.
    """
    row = Document.objects.filter(pk=document.pk, storage_key=document.storage_key, removed_at__isnull=True).first()
    if row is None:
        raise Conflict("The file was changed meanwhile. Look at it again.")
    made = kept.document()
    EarlierCopy.objects.create(
        document=row,
        storage_key=row.storage_key,
        sha256=row.sha256,
        size=row.size,
        replaced_by_sha256=made.sha256,
        reason=reason,
        replaced_at=at,
        replaced_by=by,
    )
    data = {"document": str(row.pk), "old": row.sha256, "new": made.sha256}
    erase_unnamed(stored_keys([row]) - {row.storage_key})  # its text and small picture are made of it
    row.content_type, row.size, row.sha256, row.storage_key = (
        made.content_type,
        made.size,
        made.sha256,
        made.storage_key,
    )
    row.text_key, row.text_whole, row.unread_parts = made.text_key, made.text_whole, made.unread_parts
    row.scan, row.reader, row.pictures = made.scan, made.reader, made.pictures
    row.thumbnail_key, row.thumbnail_width = made.thumbnail_key, made.thumbnail_width
    row.thumbnail_height = made.thumbnail_height
    row.save(update_fields=_OF_THE_COPY)
    record_event(petition_subject(petition), kind, by=by, at=at, reason=reason, data=data)
    publish_home(row, petition, at=at)
    return row
