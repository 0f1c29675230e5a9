"""Fetches of public files, so that it can be told later who has what was taken down."""

from datetime import datetime
from typing import TYPE_CHECKING

from exclusions.models.public import PublicDocument, PublicDownload

if TYPE_CHECKING:
    from exclusions.models import User


def log_download(document: PublicDocument, *, by: "User | None", at: datetime) -> PublicDownload:
    """Note that a public file was fetched, by whom where the person is signed in; no address is kept."""
    reference = document.petition.reference
    return PublicDownload.objects.create(reference=reference, key=document.key, by=by, at=at)
