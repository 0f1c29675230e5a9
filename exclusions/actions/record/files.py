"""Taking in one uploaded file: looked into, scanned, stored; nothing is kept of a refused one."""

import hashlib
import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Self, cast

from django.core.files.uploadedfile import TemporaryUploadedFile

from exclusions.errors import Incomplete
from exclusions.gateways.documents.cleaning import CannotClean, clean_into
from exclusions.gateways.documents.inspection import MAX_BYTES, FileRefused, InspectedFile, inspect_file
from exclusions.gateways.documents.object_store import StoredFile, StoreError, delete_file, store_file
from exclusions.gateways.documents.reading import read_content
from exclusions.gateways.documents.scanner import ScanStatus, scan
from exclusions.models import Document
from exclusions.questionnaires import Kind, Question, Questionnaire

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_PIECE = 1 << 20  # bytes


@dataclass(frozen=True)
class Upload:
    """A file as it arrived: what the sender calls it, and its content in memory or, when large, in a file on disk."""

    name: str
    data: bytes | BinaryIO

    @classmethod
    def of(cls, file: "UploadedFile[Any]") -> Self:
        """Return what a browser sent; a large file stays on disk, where Django put it as it came."""
        on_disk = isinstance(file, TemporaryUploadedFile)
        return cls(file.name or "file", cast("BinaryIO", file.file) if on_disk else file.read())

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Give the content as a file; one on disk is left open for its owner to close."""
        yield io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data


@dataclass(frozen=True)
class KeptFile:
    """A file that was taken in, before any row tells of it."""

    question: Question
    inspected: InspectedFile
    stored: StoredFile
    scan: str
    uploaded_sha256: str
    text_key: str = ""
    text_whole: bool = False

    def discard(self) -> None:
        """Erase what was stored, since the filing that it belongs to was refused."""
        delete_file(self.stored.key)
        if self.text_key:
            delete_file(self.text_key)

    def document(self) -> Document:
        """Return the unsaved document of the file, public or confidential as its question is."""
        public = self.question.is_public
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
        )


def keep_file(form: Questionnaire, question_key: str, upload: Upload) -> KeptFile:
    """Inspect, scan and store a file given under a question of a form; return where it is kept.

    The content decides what the file is, never its name. Raises Incomplete, under the question's key, when the file is
    empty, too large, of another kind than its name says, or infected.
    """
    question = next((q for q in form.questions if q.key == question_key and q.kind is Kind.FILES), None)
    if question is None:
        raise Incomplete(f"This form takes no files under “{question_key}”.")
    try:
        inspected = inspect_file(upload.name, upload.data)
    except FileRefused as refused:
        raise Incomplete(fields={question_key: [str(refused)]}) from refused
    with upload.opened() as content:
        found = scan(_pieces(content))
        if found.status == ScanStatus.INFECTED:
            sentence = f"“{inspected.name}” carries malware and was not kept. Clean it and attach it again."
            raise Incomplete(fields={question_key: [sentence]})
        digest = hashlib.sha256()
        for piece in _pieces(content):
            digest.update(piece)
        if not question.is_public:
            stored = _store(question_key, _pieces(content))
            return KeptFile(question, inspected, stored, found.status.value, digest.hexdigest())
        return _keep_public(question, inspected, content, found.status.value, digest.hexdigest())


def _keep_public(question: Question, inspected: InspectedFile, content: BinaryIO, scan: str, digest: str) -> KeptFile:
    """Store what may be published of a file, its metadata taken out, and its text for the leak check."""
    with tempfile.TemporaryFile() as clean:
        try:
            changed = clean_into(inspected.content_type, content, clean)
        except CannotClean as failed:
            sentence = (
                f"“{inspected.name}” is damaged or locked with a password, so that what it tells of its author cannot "
                "be taken out. Save it again without a password and attach it."
            )
            raise Incomplete(fields={question.key: [sentence]}) from failed
        if not changed:  # plain text, which is its own text
            stored = _store(question.key, _pieces(content))
            return KeptFile(question, inspected, stored, scan, digest, stored.key, text_whole=True)
        reading = read_content(inspected.content_type, clean)
        stored = _store(question.key, _pieces(clean))
    text = _store(question.key, [reading.text.encode()]) if reading.text else None
    return KeptFile(question, inspected, stored, scan, digest, text.key if text else "", reading.whole)


def _pieces(content: BinaryIO) -> Iterator[bytes]:
    """Yield the whole of a file, from its beginning, without holding more than a piece of it."""
    content.seek(0)
    while piece := content.read(_PIECE):
        yield piece


def _store(question_key: str, pieces: Iterable[bytes]) -> StoredFile:
    try:
        return store_file(pieces, limit=2 * MAX_BYTES)
    except StoreError as failed:
        raise Incomplete(fields={question_key: [str(failed)]}) from failed
