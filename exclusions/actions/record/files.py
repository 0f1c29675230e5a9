"""Taking in one uploaded file: looked into, scanned, stored; nothing is kept of a refused one."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, Self, cast

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction

from exclusions.errors import Incomplete
from exclusions.gateways.documents.inspection import MAX_BYTES, FileRefused, InspectedFile
from exclusions.gateways.documents.object_store import StoreAway, StoredFile, StoreError, delete_file, store_file
from exclusions.gateways.documents.parsing import SECONDS, Busy, parsed_upload, thumbnail_of
from exclusions.gateways.documents.reading import READER
from exclusions.gateways.documents.reading_result import Parsed
from exclusions.gateways.documents.scanner import ScanStatus, scan
from exclusions.gateways.documents.thumbnails import KINDS
from exclusions.models import Document
from exclusions.queries.record.orphans import named_among
from exclusions.questionnaires import Kind, Question, Questionnaire

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_PIECE = 1 << 20  # bytes
AWAY = "We cannot store files at the moment, so this one was not kept. Attach it again in a few minutes."


@dataclass(frozen=True)
class Upload:
    """A file as it arrived: what the sender calls it, and its content in memory or, when large, in a file on disk."""

    name: str
    data: bytes | BinaryIO

    @classmethod
    def from_browser(cls, file: "UploadedFile[Any]") -> Self:
        """Return the upload of a file that a browser sent. A large file stays on disk, where Django stored it."""
        on_disk = isinstance(file, TemporaryUploadedFile)
        return cls(file.name or "file", cast("BinaryIO", file.file) if on_disk else file.read())

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Give the content as a file; one on disk is left open for its owner to close."""
        yield io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data


@dataclass(frozen=True)
class SmallPicture:
    """Where the small picture of a public photograph is stored, and its pixels; no key, 0 by 0: none can be made."""

    key: str
    width: int
    height: int


@dataclass(frozen=True)
class KeptFile:
    """A file that was taken in, before any row tells of it."""

    question: Question
    inspected: InspectedFile
    stored: StoredFile
    scan: str
    uploaded_sha256: str
    small: SmallPicture | None = None
    text_key: str = ""
    text_whole: bool = False
    unread_parts: str = ""  # one a line
    reader: int = READER
    pictures: str = ""
    seconds: float = 0.0  # of processor time that its parsing took

    def discard(self) -> None:
        """Erase what was stored, since the filing that it belongs to was refused."""
        small = self.small.key if self.small else ""
        for key in {self.stored.key, self.text_key, small} - {""}:
            delete_file(key)

    def document(self) -> Document:
        """Return the unsaved document of the file, public or confidential as its question is."""
        public, small = self.question.is_public, self.small
        return Document(
            question_key=self.question.key,
            visibility=Document.Visibility.PUBLIC if public else Document.Visibility.CONFIDENTIAL,
            file_name=self.inspected.name,
            content_type=self.inspected.content_type,
            size=self.stored.size,
            sha256=self.stored.sha256,
            storage_key=self.stored.key,
            scan=self.scan,
            uploaded_sha256=self.uploaded_sha256,
            text_key=self.text_key,
            text_whole=self.text_whole,
            unread_parts=self.unread_parts,
            reader=self.reader if public else 0,
            pictures=self.pictures,
            thumbnail_key=small.key if small else "",
            thumbnail_width=small.width if small else None,
            thumbnail_height=small.height if small else None,
        )


def stored_keys(documents: Iterable[Document]) -> set[str]:
    """Return what is in the file store of these documents: the files, their texts and small pictures."""
    named = ((document.storage_key, document.text_key, document.thumbnail_key) for document in documents)
    return {key for keys in named for key in keys if key}


def erase_unnamed(keys: Iterable[str]) -> None:
    """Erase stored files once the transaction is committed, but for those that other rows name then.

    Equal content of one requester is stored once for several petitions: it goes with the last row that names it. Where
    a row is made that names a file of another, that other row, or its petition or sheet, is locked meanwhile.
    """
    transaction.on_commit(partial(_erase_unnamed, frozenset(keys) - {""}))


def _erase_unnamed(keys: frozenset[str]) -> None:
    for key in keys - named_among(keys):
        delete_file(key)


def keep_file(
    form: Questionnaire, question_key: str, upload: Upload, *, seconds: int = SECONDS, without: str = ""
) -> KeptFile:
    """Inspect, scan and store a file given under a question of a form; return where it is kept.

    The content decides what the file is, never its name. A public one of which something cannot be read is kept: it
    waits for a person, and nobody is held up. `without` names a part of it to take out first. Raises Incomplete, under
    the question's key, when the file is empty, too large, of another kind than its name says, infected, or not to be
    parsed in `seconds` of processor time.
    """
    question = next((q for q in form.questions if q.key == question_key and q.kind is Kind.FILES), None)
    if question is None:
        raise Incomplete(f"This form takes no files under “{question_key}”.")
    try:
        with parsed_upload(
            upload.name, upload.data, public=question.is_public, seconds=seconds, without=without
        ) as parsed:
            return _keep(question, upload, parsed)
    except FileRefused as refused:
        raise Incomplete(fields={question_key: [str(refused)]}) from refused


def _keep(question: Question, upload: Upload, parsed: Parsed) -> KeptFile:
    """Store a parsed file as it came, or what may be published of it and its text for the leak check."""
    with upload.opened() as content:
        found = scan(stored_pieces(content))
        if found.status == ScanStatus.INFECTED:
            raise FileRefused(f"“{parsed.name}” carries malware and was not kept. Clean it and attach it again.")
        digest = hashlib.sha256()
        for piece in stored_pieces(content):
            digest.update(piece)
        as_it_came = not question.is_public or parsed.plain
        stored = _store(stored_pieces(content if as_it_came else parsed.clean))
    inspected = InspectedFile(parsed.name, parsed.content_type)
    kept = KeptFile(question, inspected, stored, found.status.value, digest.hexdigest(), seconds=parsed.seconds)
    if not question.is_public:
        return kept
    try:
        text = stored if parsed.plain else _store(stored_pieces(parsed.text))
    except FileRefused:
        kept.discard()
        raise
    unread = "\n".join(parsed.unknown)
    kept = replace(kept, text_key=text.key, text_whole=parsed.whole, unread_parts=unread, pictures=parsed.pictures)
    try:
        return replace(kept, small=keep_small(parsed.name, parsed.content_type, parsed.clean))
    except Busy:
        return kept  # `small_pictures.make_thumbnails` comes back to it
    except FileRefused:
        kept.discard()
        raise


def keep_small(name: str, content_type: str, content: BinaryIO) -> SmallPicture | None:
    """Make and store the small picture of a public photograph; None for a file of another kind.

    Raises Busy while other files take all slots, FileRefused when the store takes nothing.
    """
    if content_type not in KINDS:
        return None
    made, width, height = thumbnail_of(name, content)
    return SmallPicture(_store([made]).key if made else "", width, height)


def stored_pieces(content: BinaryIO) -> Iterator[bytes]:
    """Yield the whole of a file, from its beginning, without holding more than a piece of it."""
    content.seek(0)
    while piece := content.read(_PIECE):
        yield piece


def _store(pieces: Iterable[bytes]) -> StoredFile:
    try:
        return store_file(pieces, limit=2 * MAX_BYTES)
    except StoreAway as away:
        raise FileRefused(AWAY) from away
    except StoreError as failed:
        raise FileRefused(str(failed)) from failed
