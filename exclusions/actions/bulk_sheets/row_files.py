"""The files that rows of a sheet name: which there are, what is wrong with the others, what a draft is given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from exclusions.actions.record.files import KeptFile, SmallPicture
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.inspection import InspectedFile, refusal_of_count, safe_name
from exclusions.gateways.documents.object_store import StoredFile
from exclusions.gateways.documents.zips.names import file_key, named_type
from exclusions.models import BulkContent, BulkFile, BulkRow, BulkSheet, Document
from exclusions.permissions.importer.bulk_rows import files_in_row
from exclusions.questionnaires import Question

MISSING = "“{}” is in no ZIP of this sheet."
SEND = "Send a ZIP with it, or correct the name."
NO_ENDING = "“{}” has no accepted ending."
NAME_OTHERS = "Name files of the kinds PDF, PNG, JPEG, TXT, CSV, DOCX or XLSX."
TWICE = "“{}” is the same file as “{}”."
ONCE = "Name it once in a row. A file is either public or confidential."
REFUSED = "“{}” was not taken."
AGAIN = "Delete its ZIP, and send one with a file in order."


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file that a row names, and the remedy."""

    question_key: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Usable:
    """A file that a row names, and its content."""

    question: Question
    name: str
    content: BulkContent


class SheetFiles:
    """The files in the ZIPs of a sheet, and what was read of them. Two statements; none for a row."""

    def __init__(self, sheet: BulkSheet) -> None:
        self._sheet = sheet
        self._form = petition_form(sheet.round)
        files = BulkFile.objects.filter(zip__sheet=sheet, zip__taken_at__isnull=False)
        self._digests = dict(files.order_by("pk").values_list("key", "sha256"))
        self._contents = {(one.sha256, one.is_public, one.named_type): one for one in sheet.contents.order_by("pk")}

    def faults(self, row: BulkRow) -> list[Fault]:
        """Return what is wrong with the files that a row names."""
        return [fault for fault in self._judged(row) if isinstance(fault, Fault)]

    def usable(self, row: BulkRow) -> list[KeptFile]:
        """Return the files that the draft of a row is given, as they are stored; those with a fault are left out."""
        return [_as_kept(one) for one in self._judged(row) if isinstance(one, Usable)]

    def _judged(self, row: BulkRow) -> Iterator[Usable | Fault]:
        used: dict[str, str] = {}
        for question, name in files_in_row(self._form, self._sheet, row):
            found = self._find(question, name)
            if isinstance(found, Usable):
                earlier = used.setdefault(found.content.sha256, name)
                if earlier is not name:
                    found = Fault(question.key, TWICE.format(name, earlier), ONCE)
                elif too_many := refusal_of_count(len(used) - 1):
                    found = Fault(question.key, REFUSED.format(name), too_many)
            yield found

    def _find(self, question: Question, name: str) -> Usable | Fault:
        if not named_type(name):
            return Fault(question.key, NO_ENDING.format(name), NAME_OTHERS)
        digest = self._digests.get(file_key(name), "")
        content = self._contents.get((digest, question.is_public, named_type(name)))
        if content is None:
            return Fault(question.key, MISSING.format(name), SEND)
        if content.refused:
            return Fault(question.key, f"{REFUSED.format(name)} {content.refused}", AGAIN)
        return Usable(question, name, content)


class Wanted(NamedTuple):
    """A content that rows name and that was not read: of which file, and under which question it is first named."""

    zip_id: UUID
    name: str
    sha256: str
    question_key: str
    is_public: bool
    named_type: str


def content_of(sheet: BulkSheet, wanted: Wanted, kept: KeptFile) -> BulkContent:
    """Return the unsaved content of a file that was kept."""
    small = kept.small
    return BulkContent(
        sheet=sheet,
        sha256=wanted.sha256,
        is_public=wanted.is_public,
        named_type=wanted.named_type,
        content_type=kept.inspected.content_type,
        size=kept.stored.size,
        stored_sha256=kept.stored.sha256,
        storage_key=kept.stored.key,
        text_key=kept.text_key,
        text_whole=kept.text_whole,
        unread_parts=kept.unread_parts,
        reader=kept.reader,
        pictures=kept.pictures,
        thumbnail_key=small.key if small else "",
        thumbnail_width=small.width if small else None,
        thumbnail_height=small.height if small else None,
        scan=Document.Scan(kept.scan),
    )


def _as_kept(one: Usable) -> KeptFile:
    """Return a file as it was kept, under the name and question of a row."""
    read = one.content
    width, height = read.thumbnail_width, read.thumbnail_height
    return KeptFile(
        question=one.question,
        inspected=InspectedFile(safe_name(one.name), read.content_type),
        stored=StoredFile(read.storage_key, read.size, read.stored_sha256),
        scan=read.scan,
        uploaded_sha256=read.sha256,
        small=None if width is None else SmallPicture(read.thumbnail_key, width, height or 0),
        text_key=read.text_key,
        text_whole=read.text_whole,
        unread_parts=read.unread_parts,
        reader=read.reader,
        pictures=read.pictures,
    )


def keys_of(contents: Iterable[BulkContent]) -> set[str]:
    """Return what is in the file store of contents."""
    return {key for one in contents for key in (one.storage_key, one.text_key, one.thumbnail_key) if key}


def files_of_sheet(sheet: BulkSheet) -> set[str]:
    """Return what is in the file store of a sheet: to be erased once the sheet is gone, where nothing else names it."""
    return keys_of(sheet.contents.all()) | set(sheet.zips.values_list("storage_key", flat=True)) - {""}
