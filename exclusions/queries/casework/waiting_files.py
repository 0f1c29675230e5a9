"""Public files of which nobody has read some part: they wait for an intake clerk, each with the parts named."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from exclusions.models import Document, Petition, PublicDocument, Quarantine, Reply, Response, User
from exclusions.workflow.states import EDITABLE, Status

PAGE = 50


@dataclass(frozen=True)
class WaitingFile:
    """A file that waits, its case, whether everybody may read it meanwhile, and where another one is asked for."""

    document: Document
    petition: Petition
    is_public: bool

    @property
    def ask(self) -> str:
        """The name of the route at which the clerk asks for another file."""
        if self.is_public:
            return "case-quarantine"
        if self.document.response and self.document.response.status == Response.Status.SUBMITTED:
            return "review-responses"
        reply = self.document.reply
        if reply and not Reply.objects.let_through().filter(pk=reply.pk).exists():
            return "review-words"
        is_filed = self.document.petition is not None and self.petition.status == Status.SUBMITTED
        return "case-return" if is_filed else "case-quarantine"


def public_files(user: User) -> "QuerySet[Document]":
    """Return the files given as public in the cases that a clerk may act on, posted or not, as they came."""
    cases = Petition.objects.all().open_to(user).exclude(status__in=EDITABLE)
    confirmed = Response.objects.filter(petition__in=cases).exclude(status=Response.Status.UNCONFIRMED)
    filed = Q(petition__in=cases) | Q(response__in=confirmed) | Q(reply__response__in=confirmed)
    found = Document.objects.filter(filed, visibility=Document.Visibility.PUBLIC, removed_at__isnull=True)
    return found.select_related(
        "petition__round", "response__petition__round", "reply__response__petition__round"
    ).order_by("uploaded_at", "pk")


def waiting_files(user: User) -> list[WaitingFile]:
    """Return the files that wait, oldest first, at most 50: none that was taken down or whose filing is over."""
    down = Quarantine.objects.filter(document=OuterRef("pk"), restored_at__isnull=True)
    over = Q(petition__isnull=False, petition__posted_at__isnull=True) & ~Q(petition__status=Status.SUBMITTED)
    over |= Q(response__status__in=(Response.Status.REFUSED, Response.Status.WITHDRAWN))
    over |= Q(reply__screening__outcome="withheld")
    found = public_files(user).filter(~Exists(down)).exclude(over)
    rows = found.filter(pk__in=Document.objects.not_read_whole().values("pk"))
    shown = rows.annotate(is_public=Exists(PublicDocument.objects.filter(key=OuterRef("pk"))))
    return [WaitingFile(row, case_of(row), row.is_public) for row in shown[:PAGE]]


def case_of(document: Document) -> Petition:
    """Return the petition that a file belongs to."""
    response = document.reply.response if document.reply else document.response
    petition = response.petition if response else document.petition
    assert petition is not None  # a file has one home, says the database
    return petition
