"""ZIPs of documents for tests of bulk sheets."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exclusions.actions.bulk_sheets.zips import keep_zip, take_zip
from exclusions.models import BulkSheet, BulkZip, User
from tests.factories.importer.bulk_sheets import sheet_of, worked_on
from tests.factories.world import World


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def sent(sheet: BulkSheet, files: Mapping[str, bytes], by: User, at: datetime) -> BulkSheet:
    """Return the sheet with a ZIP of these files taken and read."""
    take_zip(sheet, keep_zip("documents.zip", io.BytesIO(packed(files))), by=by, at=at)
    return worked_on(sheet, at)


def sent_zip(world: World) -> Mapping[str, Any]:
    """Send a ZIP with one document."""
    return {"zip": SimpleUploadedFile("documents.zip", packed({"a.txt": b"A letter."}))}


def zip_of(world: World) -> Mapping[str, Any]:
    """Name a ZIP of the sheet of the world, which was refused: there is nothing of it in the store."""
    named = sheet_of(world)
    found, _made = BulkZip.objects.get_or_create(
        sheet_id=named["sheet_id"],
        file_name="refused.zip",
        defaults={"size": 1, "sent_at": timezone.now(), "sent_by": world.draft.filed_by, "refused": ["No."]},
    )
    return {**named, "zip_id": found.pk}
