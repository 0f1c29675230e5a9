"""What of a case could be taken down, what is down, and who fetched it while it was public."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from exclusions.models import Document, Petition, PublicDownload, Quarantine, Response, User
from exclusions.permissions import standing
from exclusions.permissions.quarantine import quarantine_refusal, restoring_refusal


@dataclass(frozen=True)
class Thing:
    """Something public of a case: `key` names it in a form."""

    key: str
    label: str
    response: Response | None = None
    document: Document | None = None


@dataclass(frozen=True)
class Down:
    """One taking down, with the fetches of its file before it, and what the person may do about it."""

    taken: Quarantine
    fetched: list[PublicDownload]
    may_restore: bool
    may_replace: bool


@dataclass(frozen=True)
class QuarantinePage:
    """What the page of a case shows: what can be taken down, and what was, newest first."""

    things: list[Thing]
    down: list[Down]
    reasons: list[str]


def quarantine_page(petition: Petition, user: User, at: datetime) -> QuarantinePage:
    """Return the page for a person who may open the case."""
    held = standing(user, petition, at)
    taken = list(
        Quarantine.objects.filter(petition=petition)
        .select_related("document", "response", "taken_by", "restored_by")
        .order_by("-taken_at", "-pk")
    )
    live = {(row.response_id, row.document_id) for row in taken if row.restored_at is None}
    things = [thing for thing in _things(petition) if (_pk(thing.response), _pk(thing.document)) not in live]
    whole = quarantine_refusal(petition, None, None, user, at, held)
    offered = [
        thing for thing in things if not quarantine_refusal(petition, thing.response, thing.document, user, at, held)
    ]
    downloads = PublicDownload.objects.filter(reference=petition.reference).select_related("by")
    fetches = list(downloads.order_by("-at", "-pk"))
    may_restore = restoring_refusal(petition, user, at, held) is None
    down = [
        Down(
            row,
            [fetch for fetch in fetches if fetch.at <= row.taken_at and row.document_id in (None, fetch.key)]
            if row.response_id is None
            else [],
            may_restore and row.restored_at is None and row.replacement_id is None,
            row.document is not None
            and row.restored_at is None
            and row.replacement_id is None
            and quarantine_refusal(petition, None, row.document, user, at, held) is None,
        )
        for row in taken
    ]
    return QuarantinePage(offered, down, whole.reasons if whole else [])


def _pk(thing: Response | Document | None) -> object:
    return thing.pk if thing else None


def _things(petition: Petition) -> list[Thing]:
    """The petition, its posted responses, and every public file of either."""
    responses = petition.responses.filter(status=Response.Status.POSTED).order_by("posted_at")
    files = Document.objects.filter(
        Q(petition=petition)
        | Q(response__petition=petition, response__status=Response.Status.POSTED)
        | Q(reply__response__petition=petition),
        visibility=Document.Visibility.PUBLIC,
        removed_at__isnull=True,
    ).order_by("uploaded_at", "pk")
    return [
        Thing("petition", "The whole petition, with its responses and files"),
        *(Thing(f"response:{row.pk}", f"Response {row.reference}", response=row) for row in responses),
        *(Thing(f"document:{row.pk}", f"File {row.file_name}", document=row) for row in files),
    ]
