"""Taking in one uploaded file: looked into, scanned, stored; nothing is kept of a refused one."""

import hashlib
from dataclasses import dataclass

from exclusions.errors import Incomplete
from exclusions.gateways.file_cleaning import CannotClean, without_metadata
from exclusions.gateways.file_inspection import MAX_BYTES, FileRefused, InspectedFile, inspect_file
from exclusions.gateways.file_reading import Reading, read_content
from exclusions.gateways.object_store import StoredFile, StoreError, delete_file, store_file
from exclusions.gateways.scanner import ScanStatus, scan
from exclusions.models import Document
from exclusions.questionnaires import Kind, Question, Questionnaire


@dataclass(frozen=True)
class Upload:
    """A file as it arrived: what the sender calls it and its whole content."""

    name: str
    data: bytes


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
    found = scan([upload.data])
    if found.status == ScanStatus.INFECTED:
        sentence = f"“{inspected.name}” carries malware and was not kept. Clean it and attach it again."
        raise Incomplete(fields={question_key: [sentence]})
    digest = hashlib.sha256(upload.data).hexdigest()
    if not question.is_public:
        return KeptFile(question, inspected, _store(question_key, upload.data), found.status.value, digest)
    data, reading = _public_content(question_key, inspected, upload.data)
    stored = _store(question_key, data)
    text = _store(question_key, reading.text.encode()) if reading.text else None
    key = text.key if text else ""
    return KeptFile(question, inspected, stored, found.status.value, digest, key, reading.whole)


def _public_content(question_key: str, inspected: InspectedFile, data: bytes) -> tuple[bytes, Reading]:
    """Return what may be published of a file, its metadata taken out, and its text for the leak check."""
    try:
        clean = without_metadata(inspected.content_type, data)
    except CannotClean as failed:
        sentence = (
            f"“{inspected.name}” is damaged or locked with a password, so that what it tells of its author cannot be "
            "taken out. Save it again without a password and attach it."
        )
        raise Incomplete(fields={question_key: [sentence]}) from failed
    return clean, read_content(inspected.content_type, clean)


def _store(question_key: str, data: bytes) -> StoredFile:
    try:
        return store_file([data], limit=4 * MAX_BYTES)
    except StoreError as failed:
        raise Incomplete(fields={question_key: [str(failed)]}) from failed
