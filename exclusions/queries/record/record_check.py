"""Is the record whole? The guards, each event, row, file and sealed version against chain, seal and hash."""

import hashlib
from collections.abc import Iterator

from django.db import connection
from django.db.models import F, QuerySet

from exclusions.gateways.documents import object_store
from exclusions.models import Document, EarlierCopy, Event, Letter, Petition, PetitionVersion, guards
from exclusions.models.petition import answers_sha256
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.record.chain_heads import anchor_breaks
from exclusions.queries.record.late_seals import late_breaks
from exclusions.queries.record.seal_check import seal_breaks

AT_ONCE = 2_000  # rows that are read at a time


def breaks(reference: str = "") -> Iterator[str]:
    """Yield a sentence for each break, in the order found; of one petition when its reference is given.

    Raises Petition.DoesNotExist for an unknown reference.
    """
    petition = Petition.objects.get(reference=reference) if reference else None
    yield from guards.faults(connection)
    yield from _chain_breaks(petition)
    yield from _version_breaks(petition)
    yield from _file_breaks(petition)
    yield from seal_breaks(petition)
    if petition is None:
        yield from late_breaks()
        yield from anchor_breaks()


def _chain_breaks(petition: Petition | None) -> Iterator[str]:
    events = Event.objects.all()
    if petition is not None:
        events = events.filter(subject=f"petition:{petition.pk}")
    subject, number, last = "", 0, ""
    for event in read_in_chunks(events, ["subject", "sequence"], AT_ONCE):
        if event.subject != subject:
            subject, number, last = event.subject, 0, ""
        number += 1
        if event.sequence != number:
            yield f"{subject}: event {number} is missing; the next on record is {event.sequence}."
            number = event.sequence
        elif event.previous_hash != last:
            yield f"{subject}: event {number} does not follow from the event before it."
        if event.digest() != event.hash:
            yield f"{subject}: event {number} ({event.kind}) does not agree with its hash."
        last = event.hash


def _version_breaks(petition: Petition | None) -> Iterator[str]:
    versions = PetitionVersion.objects.sealed().select_related("petition")
    if petition is not None:
        versions = versions.filter(petition=petition)
    for version in read_in_chunks(versions, ["pk"], AT_ONCE):
        if answers_sha256(version.answers) != version.sha256:
            yield f"{version.petition}: the answers of version {version.number} do not agree with their hash."


def _file_breaks(petition: Petition | None) -> Iterator[str]:
    documents, letters = Document.objects.filter(removed_at__isnull=True), Letter.objects.filter(pending=None)
    if petition is not None:
        documents, letters = documents.filter(petition=petition), letters.filter(petition=petition)
    stored = [(f"document {row.pk}", row.storage_key, row.sha256) for row in documents.order_by("uploaded_at", "pk")]
    copies = EarlierCopy.objects.filter(document__in=documents)
    stored += [(f"earlier copy {row.pk}", row.storage_key, row.sha256) for row in copies.order_by("pk")]
    stored += [(f"letter {row.code}", row.storage_key, str(row.sha256)) for row in letters.order_by("issued_at", "pk")]
    for what, key, sha256 in stored:
        try:
            found = hashlib.sha256(object_store.read_file(key)).hexdigest()
        except object_store.StoreError:
            yield f"The {what} is not in the store."
            continue
        if found != sha256:
            yield f"The {what} does not agree with its hash."
    yield from _copy_breaks(documents)
    # A text has no hash of its own: it is read from the file anew where somebody doubts it (`check_leaks`).
    for row in documents.exclude(text_key__in=("", F("storage_key"))).order_by("uploaded_at", "pk"):
        try:
            object_store.read_file(row.text_key)
        except object_store.StoreError:
            yield f"The text of the document {row.pk} is not in the store."
    # Nor has a small picture, which is made of the file.
    for row in documents.exclude(thumbnail_key="").order_by("uploaded_at", "pk"):
        try:
            object_store.read_file(row.thumbnail_key)
        except object_store.StoreError:
            yield f"The small picture of the document {row.pk} is not in the store."


def _copy_breaks(documents: "QuerySet[Document]") -> Iterator[str]:
    """Yield a sentence for each copy of a public file that took another's place without an act on record."""
    acts = Event.objects.filter(kind__in=("remove_part", "clean_file")).order_by("pk")
    told = {(data.get("document"), data.get("old"), data.get("new")) for data in acts.values_list("data", flat=True)}
    for row in documents.filter(earlier_copies__isnull=False).distinct().order_by("uploaded_at", "pk"):
        copies = list(row.earlier_copies.order_by("pk"))
        followed = [*(copy.sha256 for copy in copies[1:]), row.sha256]
        for copy, sha256 in zip(copies, followed, strict=True):
            if copy.replaced_by_sha256 != sha256 or (str(row.pk), copy.sha256, sha256) not in told:
                yield f"The document {row.pk}: the copy with the hash {sha256} took a place without an act on record."
