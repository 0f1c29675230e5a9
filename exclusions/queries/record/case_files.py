"""The files of a case that a member of staff may open: of the petition, of the responses to it, of the replies."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from exclusions.models import Document, Petition, PublicDocument, Quarantine, Reply, Response
from exclusions.queries.record.taken_down import Down
from exclusions.workflow.public_things import Kind


def case_files(petition: Petition, *, whole: bool, down: Down | None = None) -> "QuerySet[Document]":
    """Return the files of a case, in the order in which they came.

    `whole`: for who reads confidential matter, and so all that was filed, posted or not; of a response only once its
    author has confirmed it. For the others, who work from the public side, what is on the docket and no more; `down` is
    what of the case is down, where that has been read already.
    """
    filed = Q(petition=petition) | Q(reply__response__petition=petition)
    filed |= Q(response__petition=petition) & ~Q(response__status=Response.Status.UNCONFIRMED)
    found = Document.objects.filter(filed, removed_at__isnull=True).order_by("uploaded_at", "pk")
    return found if whole else _on_the_docket(found, petition, down)


def is_on_the_docket(document: Document, petition: Petition) -> bool:
    """Say whether everybody may read this file now: opening it is then no reading of anything confidential."""
    return _on_the_docket(Document.objects.filter(pk=document.pk), petition).exists()


def posted_files(petition: Petition) -> "QuerySet[Document]":
    """Return the public files of a posted petition, of posted responses and of replies, taken down, waiting or not."""
    replies = Reply.objects.let_through().filter(response__petition=petition)
    filed = Q(petition=petition) | Q(reply__in=replies)
    filed |= Q(response__petition=petition, response__status=Response.Status.POSTED)
    found = Document.objects.filter(filed, visibility=Document.Visibility.PUBLIC, removed_at__isnull=True)
    return found.order_by("uploaded_at", "pk")


def _on_the_docket(files: "QuerySet[Document]", petition: Petition, known: Down | None = None) -> "QuerySet[Document]":
    down = Quarantine.objects.filter(petition=petition, restored_at__isnull=True)
    if petition.posted_at is None:
        return files.none()
    if known.quarantine_of(Kind.PETITION) if known else down.filter(kind=Kind.PETITION).exists():
        return files.none()
    of_responses, of_replies = down.filter(kind=Kind.RESPONSE), down.filter(kind=Kind.REPLY)
    return files.filter(
        Exists(PublicDocument.objects.filter(key=OuterRef("pk"))),  # none that waits, since nobody read some part
        ~Exists(down.filter(document=OuterRef("pk"))),
        ~Exists(of_responses.filter(response=OuterRef("response"))),
        ~Exists(of_responses.filter(response=OuterRef("reply__response"))),
        ~Exists(of_replies.filter(response=OuterRef("reply__response"))),
        pk__in=posted_files(petition).order_by().values("pk"),
    )


def names_of(files: Iterable[Document]) -> dict[str, str]:
    """Return the names of files by their keys, as the printing of answers takes them."""
    return {str(file.pk): file.file_name for file in files}
