"""Small pictures of public photographs that have none: taken in by an earlier version, or while no slot was free."""

from django.db import transaction

from exclusions.actions.record.files import keep_small
from exclusions.actions.record.public_files.homes import petition_of
from exclusions.actions.record.transition import lock
from exclusions.errors import Conflict
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.gateways.documents.object_store import StoreError, delete_file, open_file
from exclusions.gateways.documents.parsing import Busy
from exclusions.gateways.documents.thumbnails import KINDS
from exclusions.models import DocketVersion, Document, PublicDocument

AT_ONCE = 20


def make_thumbnails(*, most: int = AT_ONCE) -> int:
    """Make small pictures of the public photographs that have none, oldest first; return of how many it is known now.

    At most `most` are looked at. Each is made before its transaction, which then writes it to the document and to its
    public copy: nobody waits for pixels. A photograph of which none can be made is noted as such and not tried again.
    One whose file is missing from the store (`verify_record` says so) is passed over, and one that changes meanwhile.
    """
    waiting = Document.objects.filter(
        visibility=Document.Visibility.PUBLIC,
        content_type__in=KINDS,
        thumbnail_width__isnull=True,
        removed_at__isnull=True,
    )
    known = 0
    for key in list(waiting.order_by("uploaded_at", "pk").values_list("pk", flat=True)):
        if known == most:
            break
        try:
            known += _make(waiting.get(pk=key))
        except Busy:
            break
        except (StoreError, FileRefused, Document.DoesNotExist):
            continue
    return known


def _make(document: Document) -> bool:
    with open_file(document.storage_key) as content:
        small = keep_small(document.file_name, document.content_type, content)
    if small is None:
        return False
    kept = False
    try:
        with transaction.atomic():
            lock(petition_of(document))
            found = Document.objects.filter(pk=document.pk, thumbnail_width__isnull=True).first()
            if found is not None:
                sizes = {"thumbnail_key": small.key, "thumbnail_width": small.width, "thumbnail_height": small.height}
                found.thumbnail_key = small.key
                found.thumbnail_width, found.thumbnail_height = small.width, small.height
                found.save(update_fields=sizes.keys())
                if PublicDocument.objects.filter(key=found.pk).update(**sizes):
                    DocketVersion.advance()
                kept = True
    except Conflict:  # the draft was deleted meanwhile
        pass
    finally:
        if not kept and small.key:
            delete_file(small.key)
    return kept
