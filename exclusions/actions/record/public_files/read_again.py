"""Reading public files again: the texts that an older reader kept, and those that are missing from the store."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from exclusions.actions.record.files import erase_unnamed
from exclusions.actions.record.public_files.homes import petition_of
from exclusions.actions.record.transition import lock
from exclusions.errors import Conflict
from exclusions.gateways.documents.object_store import StoreError, delete_file, open_file, store_file
from exclusions.gateways.documents.parsing import read_apart
from exclusions.gateways.documents.reading import READER
from exclusions.gateways.documents.reading_result import MAX_TEXT, ReadApart
from exclusions.models import Document, Petition

AT_ONCE = 20
_LONGEST = 5 * MAX_TEXT  # bytes: a character has four at most, and parts have names


def read_files_of(petition: Petition) -> None:
    """Read again what is to be read again of the public files of a case, those of responses and replies included.

    Reads the file store, and locks the case for each: never call it while a row is locked.
    """
    of = Q(petition=petition) | Q(response__petition=petition) | Q(reply__response__petition=petition)
    read_again(Document.objects.filter(of, visibility=Document.Visibility.PUBLIC, removed_at__isnull=True))


def read_again(documents: Iterable[Document]) -> int:
    """Read those of these public files whose text an older reader kept, or is missing; return how many were read."""
    return sum(_read(document) for document in documents if document.reader < READER or not _has_text(document))


def read_some_again(*, most: int = AT_ONCE) -> int:
    """Read some of the public files again whose text an older reader kept, oldest first; return how many were read.

    A file that is missing from the store is noted as one that nobody can read, and `verify_record` tells of it.
    """
    waiting = Document.objects.to_be_read_again(READER).order_by("uploaded_at", "pk")
    return read_again(waiting[:most])


def _has_text(document: Document) -> bool:
    try:
        open_file(document.text_key).close()
    except StoreError:
        return False
    return True


def _read(document: Document) -> bool:
    """Read one file, before any lock; write what was found unless the file was changed meanwhile."""
    found = _reading_of(document)
    is_plain = bool(document.text_key) and document.text_key == document.storage_key
    new = "" if is_plain or not (found.text or found.whole) else store_file([found.text.encode()], limit=_LONGEST).key
    kept = False
    try:
        with transaction.atomic():
            lock(petition_of(document))
            row = Document.objects.filter(pk=document.pk, storage_key=document.storage_key).first()
            if row is not None:
                _write(row, found, new)
                kept = True
    except Conflict:  # the draft was deleted meanwhile
        pass
    finally:
        if new and not kept:
            delete_file(new)
    if kept:
        document.refresh_from_db()
    return kept


def _reading_of(document: Document) -> ReadApart:
    try:
        with open_file(document.storage_key) as content:
            return read_apart(document.content_type, content)
    except StoreError:
        return ReadApart()


def _write(row: Document, found: ReadApart, text_key: str) -> None:
    """Note what a reader found; an older text stays where there is no newer one, since what it says is still told."""
    old = row.text_key
    row.text_key = text_key or old
    row.text_whole, row.unread_parts = found.whole, unread_parts(row, found)
    row.pictures, row.reader = found.pictures, READER
    row.save(update_fields=["text_key", "text_whole", "unread_parts", "pictures", "reader"])
    if text_key and old and old != row.storage_key:
        erase_unnamed([old])


def unread_parts(document: Document, found: ReadApart) -> str:
    """Return the parts, one a line, that no program could read of a file, but those that a person has read in it."""
    by_person = set(document.parts_read.filter(sha256=document.sha256).values_list("part", flat=True))
    return "\n".join(part for part in found.unknown if part not in by_person)
