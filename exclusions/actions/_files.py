"""Taking in one uploaded file: looked into, scanned, stored; nothing is kept of a refused one."""

from dataclasses import dataclass

from exclusions.errors import Incomplete
from exclusions.gateways.file_inspection import MAX_BYTES, FileRefused, InspectedFile, inspect_file
from exclusions.gateways.object_store import StoredFile, StoreError, store_file
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
    try:
        stored = store_file([upload.data], limit=MAX_BYTES)
    except StoreError as failed:
        raise Incomplete(fields={question_key: [str(failed)]}) from failed
    return KeptFile(question, inspected, stored, found.status.value)
