"""The reading of a sheet's ZIPs, file by file: what each file is, then each content that rows name, once.

A ZIP counts once all of its files were read: where one of them is not what the ZIP says, none of them is taken. What a
row names is parsed and scanned as a single upload is. Each step stands in the database before the next begins.
"""

from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.db import transaction

from exclusions.actions.bulk_sheets.row_files import Wanted, content_of
from exclusions.actions.record.files import KeptFile, Upload, erase_unnamed, keep_file
from exclusions.errors import Incomplete
from exclusions.facts.forms import petition_form
from exclusions.gateways.bulk_sheets.zips import Damaged, Opened
from exclusions.gateways.documents.object_store import StoreAway, StoreError, open_file
from exclusions.gateways.documents.parsing import Busy
from exclusions.gateways.documents.zips.names import named_type
from exclusions.models import BulkContent, BulkFile, BulkSheet, BulkZip
from exclusions.questionnaires.sheet_columns import of_files

AT_ONCE = 20_000_000  # bytes of files that are read between two looks at the clock
MOST_AT_ONCE = 100  # files
MISSING = "This ZIP is no longer in the store. Send it again."
DAMAGED = "“{}” does not unpack to what the ZIP says of it. Make the ZIP again, and send it again."
TWO_OF_ONE_NAME = "Another ZIP of this sheet has a different file named “{}”. Rename one, or delete that ZIP first."
NAMED = 6  # sentences about one ZIP


class NotNow(Exception):
    """The file store is away, or others' files take all places: the work goes on in a minute."""


class FileReader:
    """Reads the files of one sheet, step by step; the ZIPs that it opens are closed with the stack."""

    def __init__(self, sheet: BulkSheet, at: datetime, stack: ExitStack) -> None:
        self._sheet, self._at, self._stack = sheet, at, stack
        self._form = petition_form(sheet.round)
        self._opened: dict[UUID, Opened] = {}

    def read_some(self) -> bool:
        """Read some files, or one content; return whether to go on. Raises NotNow."""
        unread = self._sheet.zips.filter(taken_at__isnull=True, refused=[]).order_by("sent_at", "pk").first()
        if unread is not None:
            self._read_zip(unread)
            return True
        if self._left:
            self._read_content(self._left.pop())
            return True
        with transaction.atomic():
            same = BulkSheet.objects.select_for_update().filter(
                pk=self._sheet.pk, revision=self._sheet.revision, state=BulkSheet.State.READING
            )
            if same.exists():
                same.update(state=BulkSheet.State.CHECKING)
        return False

    def _open(self, zip_id: UUID) -> Opened:
        """Return a ZIP, opened once a slice. Raises NotNow, Damaged, StoreError where it is gone."""
        if zip_id not in self._opened:
            key = BulkZip.objects.values_list("storage_key", flat=True).get(pk=zip_id)
            try:
                content = self._stack.enter_context(open_file(key))
            except StoreAway as away:
                raise NotNow from away
            self._opened[zip_id] = Opened(content)
            self._stack.callback(self._opened[zip_id].close)
        return self._opened[zip_id]

    def _read_zip(self, unread: BulkZip) -> None:
        """Read some files of a ZIP; take it, or refuse it, with the last of them."""
        files: list[BulkFile] = []
        size, last = 0, ""
        try:
            opened = self._open(unread.pk)
            for file in unread.files.filter(sha256="").order_by("pk")[:MOST_AT_ONCE]:
                last = file.name
                file.sha256 = opened.digest(file.name)
                files.append(file)
                size += file.size
                if size > AT_ONCE:
                    break
        except Damaged:
            self._end(unread, [DAMAGED.format(last or unread.file_name)])
            return
        except StoreError:
            self._end(unread, [MISSING])
            return
        BulkFile.objects.bulk_update(files, ["sha256"])
        if not unread.files.filter(sha256="").exists():
            self._end(unread, self._of_other_zips(unread))

    def _of_other_zips(self, unread: BulkZip) -> list[str]:
        taken = BulkFile.objects.filter(zip__sheet=self._sheet, zip__taken_at__isnull=False)
        known = dict(taken.values_list("key", "sha256"))
        return [
            TWO_OF_ONE_NAME.format(file.name)
            for file in unread.files.order_by("pk")
            if known.get(file.key, file.sha256) != file.sha256
        ][:NAMED]

    def _end(self, unread: BulkZip, refused: list[str]) -> None:
        """Take a ZIP that was read, or refuse it with all of its files."""
        with transaction.atomic():
            BulkSheet.objects.select_for_update().filter(pk=self._sheet.pk).exists()
            found = BulkZip.objects.filter(pk=unread.pk, taken_at__isnull=True, refused=[]).order_by("pk").first()
            if found is None:
                return
            if refused:
                erase_unnamed([found.storage_key])
                found.files.all().delete()
                found.refused, found.storage_key = refused, ""
            else:
                found.taken_at = self._at
            found.save(update_fields=["refused", "storage_key", "taken_at"])

    @cached_property
    def _left(self) -> list[Wanted]:
        """The contents that rows name and that were not read, each once, those named first last."""
        files = {
            key: (zip_id, name, sha256)
            for key, zip_id, name, sha256 in BulkFile.objects.filter(
                zip__sheet=self._sheet, zip__taken_at__isnull=False
            )
            .order_by("pk")
            .values_list("key", "zip_id", "name", "sha256")
        }
        known = set(self._sheet.contents.values_list("sha256", "is_public", "named_type"))
        is_public = {question.key: question.is_public for question in of_files(self._form)}
        found: dict[tuple[str, bool, str], Wanted] = {}
        named = self._sheet.wanted_files.filter(row__drafted_at__isnull=True).order_by("pk")
        for question_key, key in named.values_list("question_key", "key"):
            if key in files and question_key in is_public:
                zip_id, name, sha256 = files[key]
                what = (sha256, is_public[question_key], named_type(name))
                if what not in known:
                    found.setdefault(what, Wanted(zip_id, name, sha256, question_key, what[1], what[2]))
        return list(found.values())[::-1]

    def _read_content(self, wanted: Wanted) -> None:
        """Inspect, scan and store a content as a single upload is; write what was found, once."""
        try:
            with self._open(wanted.zip_id).file(wanted.name) as content:
                kept = keep_file(self._form, wanted.question_key, Upload(wanted.name, content))
        except Incomplete as refused:
            if isinstance(refused.__cause__, Busy) or isinstance(_cause(refused.__cause__), StoreAway):
                raise NotNow from refused
            said = " ".join(sentence for group in refused.fields.values() for sentence in group)
            self._write(self._refused(wanted, said), None)
        except (Damaged, StoreError):
            self._write(self._refused(wanted, MISSING), None)
        else:
            self._write(content_of(self._sheet, wanted, kept), kept)

    def _refused(self, wanted: Wanted, said: str) -> BulkContent:
        return BulkContent(
            sheet=self._sheet,
            sha256=wanted.sha256,
            is_public=wanted.is_public,
            named_type=wanted.named_type,
            refused=said,
        )

    def _write(self, content: BulkContent, kept: KeptFile | None) -> None:
        """Write what was read of a content, unless somebody else did meanwhile or the sheet is gone."""
        content.read_at = self._at
        is_written = False
        try:
            with transaction.atomic():
                sheets = BulkSheet.objects.select_for_update().filter(pk=self._sheet.pk)
                same = BulkContent.objects.filter(
                    sheet=self._sheet,
                    sha256=content.sha256,
                    is_public=content.is_public,
                    named_type=content.named_type,
                )
                if sheets.exists() and not same.exists():
                    content.save(force_insert=True)
                    is_written = True
        finally:
            if kept is not None and not is_written:
                kept.discard()


def _cause(error: BaseException | None) -> BaseException | None:
    return error.__cause__ if error else None
