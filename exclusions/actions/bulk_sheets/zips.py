"""ZIPs of documents of a sheet: taken by their directory, read in slices, deleted with all that only they held."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from exclusions.actions.bulk_sheets.proving import BUSY
from exclusions.actions.bulk_sheets.row_files import keys_of
from exclusions.actions.bulk_sheets.sheets import lock_sheet
from exclusions.actions.record.files import AWAY, erase_unnamed, stored_pieces
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.forms import petition_form
from exclusions.gateways.bulk_sheets.zips import MOST_BYTES, Listed, listed_files
from exclusions.gateways.documents.inspection import FileRefused, safe_name
from exclusions.gateways.documents.object_store import StoredFile, StoreError, delete_file, store_file
from exclusions.gateways.documents.zips.names import file_key, file_names
from exclusions.models import BulkFile, BulkRow, BulkSheet, BulkWanted, BulkZip, User
from exclusions.questionnaires.sheet_columns import of_files

MOST_ZIPS = 20  # of one sheet
TOO_MANY = f"This sheet has {MOST_ZIPS} ZIPs already. Delete one that you no longer need."
TOO_LARGE = f"This ZIP is larger than {MOST_BYTES // 1_000_000} MB. Divide it, and send the parts one after another."
GONE = "This ZIP was deleted."


@dataclass(frozen=True)
class KeptZip:
    """A ZIP that was looked into and stored, before any row tells of it."""

    name: str
    stored: StoredFile
    files: Sequence[Listed] = field(repr=False)


def keep_zip(name: str, content: BinaryIO) -> KeptZip:
    """Look into a ZIP by its directory and store it. Takes time: call it while nothing is locked.

    Raises Incomplete, under “zip”, with a sentence for each thing that is not accepted; nothing is kept then.
    """
    try:
        if content.seek(0, 2) > MOST_BYTES:
            raise FileRefused(TOO_LARGE)
        files = listed_files(name, content)
        stored = store_file(stored_pieces(content), limit=MOST_BYTES)
    except FileRefused as refused:
        raise Incomplete(fields={"zip": str(refused).split("\n")}) from refused
    except StoreError as away:
        raise Incomplete(fields={"zip": [AWAY]}) from away
    return KeptZip(safe_name(name), stored, files)


def take_zip(sheet: BulkSheet, kept: KeptZip, *, by: User, at: datetime) -> BulkZip:
    """Let a ZIP that was kept be read in slices, and the rows that name files be checked anew; return it.

    Raises NotPermitted for anybody but the owners, WrongState while other work is under way, Incomplete where there
    are too many; the ZIP is erased then.
    """
    try:
        with transaction.atomic():
            locked = lock_sheet(sheet, by=by, at=at)
            if locked.state == BulkSheet.State.PROVING:
                raise WrongState(BUSY)
            if locked.zips.count() >= MOST_ZIPS:
                raise Incomplete(fields={"zip": [TOO_MANY]})
            taken = BulkZip.objects.create(
                sheet=locked,
                file_name=kept.name,
                size=kept.stored.size,
                storage_key=kept.stored.key,
                sent_at=at,
                sent_by=by,
            )
            files = (BulkFile(zip=taken, name=one.name, key=one.key, size=one.size) for one in kept.files)
            BulkFile.objects.bulk_create(files, batch_size=500)
            _read_anew(locked)
    except BaseException:
        delete_file(kept.stored.key)
        raise
    return taken


def delete_zip(sheet: BulkSheet, key: UUID, *, by: User, at: datetime) -> None:
    """Delete a ZIP of a sheet with its files, and what was read of those that no other ZIP has. Drafts keep theirs.

    Raises NotPermitted, and WrongState while other work is under way or where it is gone.
    """
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        if locked.state == BulkSheet.State.PROVING:
            raise WrongState(BUSY)
        gone = locked.zips.filter(pk=key).order_by("pk").first()
        if gone is None:
            raise WrongState(GONE)
        erase_unnamed([gone.storage_key])
        gone.delete()
        left = BulkFile.objects.filter(zip__sheet=locked).exclude(sha256="").values("sha256")
        unused = locked.contents.exclude(sha256__in=left)
        erase_unnamed(keys_of(unused))
        unused.delete()
        _read_anew(locked)


def _read_anew(locked: BulkSheet) -> None:
    named = BulkWanted.objects.filter(sheet=locked).values("row")
    BulkRow.objects.filter(pk__in=named, drafted_at__isnull=True).update(state=BulkRow.State.WAITING, faults=[])
    locked.state, locked.stopped = BulkSheet.State.READING, []
    locked.revision += 1
    locked.save(update_fields=["state", "stopped", "revision"])


def note_wanted(locked: BulkSheet) -> bool:
    """Write which files the rows of a sheet name, once the rows are written; return whether files are to be read."""
    places = {name: place for place, name in enumerate(locked.headings)}
    columns = [(q.key, places[q.key]) for q in of_files(petition_form(locked.round)) if q.key in places]
    wanted = (
        BulkWanted(sheet=locked, row=row, question_key=key, name=name, key=file_key(name))
        for row in (locked.rows.order_by("number") if columns else ())
        for key, place in columns
        for name in file_names(row.cells[place] if place < len(row.cells) else "")
    )
    BulkWanted.objects.bulk_create(wanted, batch_size=500)
    return locked.zips.exists()
