"""Documents of an earlier petition carried into a copy for the same requester, each judged anew as an upload is."""

from contextlib import suppress
from datetime import datetime

from exclusions.actions.filing.documents import attach_kept, keep_for
from exclusions.actions.record.files import Upload
from exclusions.errors import ActionRefused
from exclusions.facts.forms import petition_form
from exclusions.gateways.documents.object_store import StoreError, read_file
from exclusions.models import Document, Petition, Quarantine, User
from exclusions.queries.record.taken_down import down_of
from exclusions.questionnaires import Kind
from exclusions.workflow.public_things import Kind as Thing


def carry_documents(petition: Petition, draft: Petition, *, by: User, at: datetime) -> int:
    """Attach the documents of a petition to a copy of it; return how many were not.

    For the same requester alone, and none that was taken down, was corrected or carries malware. Each is inspected,
    scanned and cleaned as it would be today, and stays public or confidential. Takes time: call it while nothing is
    locked.
    """
    if draft.organization_id != petition.organization_id or down_of(petition).quarantine_of(Thing.PETITION):
        return petition.documents.filter(removed_at__isnull=True).count()
    asked = {q.key: q.is_public for q in petition_form(draft.round).questions if q.kind is Kind.FILES}
    there, carried = petition.documents.filter(removed_at__isnull=True).count(), 0
    for document in _free(petition):
        is_public = document.visibility == Document.Visibility.PUBLIC
        if asked.get(document.question_key) is not is_public:
            continue
        with suppress(StoreError, ActionRefused):
            upload = Upload(document.file_name, read_file(document.storage_key))
            kept = keep_for(draft, document.question_key, upload)
            attach_kept(draft, kept, by=by, at=at)
            carried += 1
    return there - carried


def _free(petition: Petition) -> list[Document]:
    """Return the documents that were never taken down, in the order in which they were attached."""
    down = Quarantine.objects.filter(petition=petition, document__isnull=False).values("document")
    files = petition.documents.filter(removed_at__isnull=True).exclude(scan=Document.Scan.INFECTED)
    return list(files.exclude(pk__in=down).order_by("uploaded_at", "pk"))
