"""Scanning what was taken in while the virus scanner did not answer."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from exclusions.actions.record.events import petition_subject, record_event
from exclusions.actions.record.publication import publish_petition
from exclusions.gateways.documents.object_store import StoreError, open_file
from exclusions.gateways.documents.scanner import ScanStatus, scan
from exclusions.models import BulkContent, Document, PublicDocument

AT_ONCE = 50
_PIECE = 1 << 20  # bytes


def scan_waiting(*, at: datetime) -> int:
    """Scan stored files that were not scanned, oldest first, at most 50; return how many are known now.

    An infected file is withdrawn from the petition and from the docket, with an event; it stays stored, unserved, as
    part of the record. Without CLAMD_URL, and while the scanner does not answer, nothing changes. A file that the
    scanner does not take, for its length say, holds up none behind it.
    """
    if not settings.CLAMD_URL:
        return 0
    known = 0
    waiting = Document.objects.filter(scan=Document.Scan.NOT_SCANNED, removed_at__isnull=True)
    for key in list(waiting.order_by("uploaded_at", "pk").values_list("pk", flat=True)):
        if known == AT_ONCE:
            break
        document = waiting.filter(pk=key).order_by("pk").first()
        if document is None:  # scanned with one of equal content
            continue
        try:
            with open_file(document.storage_key) as file:
                found = scan(iter(lambda: file.read(_PIECE), b""))
        except StoreError:
            continue  # `verify_record` tells of missing files
        if found.status == ScanStatus.NOT_SCANNED:
            if scan([b"Is it there?"]).status == ScanStatus.NOT_SCANNED:
                break
            continue
        for same in waiting.select_related("petition").filter(storage_key=document.storage_key).order_by("pk"):
            _note(same, found.status, at)  # what is equal is stored, and scanned, once
        _note_content(document.storage_key, found.status)
        known += 1
    return known


def _note_content(storage_key: str, status: ScanStatus) -> None:
    """Note what the scan of a document found on the content of a sheet of which it was made: no other is made of it."""
    refused = {"refused": "It carries malware."} if status == ScanStatus.INFECTED else {}
    BulkContent.objects.filter(storage_key=storage_key).update(scan=status.value, **refused)


def _note(document: Document, status: ScanStatus, at: datetime) -> None:
    with transaction.atomic():
        document.scan = status.value
        if status == ScanStatus.INFECTED:
            document.removed_at = at
        document.save(update_fields=["scan", "removed_at"])
        PublicDocument.objects.filter(key=document.pk).update(scan=document.scan)
        petition = document.petition
        if status == ScanStatus.INFECTED and petition is not None:
            record_event(petition_subject(petition), "infected", by=None, at=at, data={"document": str(document.pk)})
            if petition.posted_at is not None:
                publish_petition(petition, at=at)
