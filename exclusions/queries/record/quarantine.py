"""What of a case a person could take down, what is down, and who fetched it while it was public."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from exclusions.models import Membership, Petition, PublicDownload, Quarantine, Response, User
from exclusions.permissions import Standing, may_read_confidential
from exclusions.permissions.quarantine import is_author, quarantine_refusal, restoring_refusal
from exclusions.queries.record.public_things import Thing, public_things
from exclusions.workflow.public_things import OF_RESPONDERS, TEXTS, Kind
from exclusions.workflow.roles import OWNERS

GROUPS = {
    "Petition": (Kind.PETITION, Kind.ANSWER),
    "Documents": (Kind.DOCUMENT,),
    "Questions of the agency": (Kind.INQUIRY, Kind.INQUIRY_ANSWER),
    "Decision and letters": (Kind.RATIONALE, Kind.FINDING, Kind.EXPLANATION, Kind.LETTER),
}
OF_A_RESPONSE = {
    Kind.RESPONSE: "The whole response, with its files and the reply",
    Kind.RESPONSE_ANSWER: "Its answer",
    Kind.REPLY: "The whole reply",
    Kind.REPLY_ANSWER: "Answer of the reply",
}


@dataclass(frozen=True)
class DownItem:
    """One taking down as a person may read it, with the fetches of its file before it and what can be done now."""

    taken: Quarantine
    words: str
    reason: str
    who: str
    fetched: list[PublicDownload]
    may_restore: bool = False
    may_replace: bool = False
    may_correct: bool = False


@dataclass(frozen=True)
class QuarantinePage:
    """What the page of a case shows: what the person may take down, and what was taken down, newest first."""

    things: list[Thing]
    down: list[DownItem]
    reasons: list[str]

    @property
    def choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The things in groups, as (key, words): each response with its reply is a group.

        Its reference stands over the group: on a telephone a list shows the beginning of a line alone.
        """
        grouped = {
            title: [(thing.key, thing.title) for thing in self.things if thing.kind in kinds]
            for title, kinds in GROUPS.items()
        }
        for thing in self.things:
            if thing.kind in OF_A_RESPONSE and thing.response:
                title = f"Response {thing.response.reference}"
                words = OF_A_RESPONSE[thing.kind]
                grouped.setdefault(title, []).append((thing.key, f"{words}: {thing.label}" if thing.label else words))
        return [(title, things) for title, things in grouped.items() if things]


def quarantine_page(petition: Petition, user: User, at: datetime, standing: Standing) -> QuarantinePage:
    """Return the page for a person who may open the case: for its owners or for staff."""
    taken, things = _taken(petition), public_things(petition)
    offered = [
        thing
        for thing in _not_down(things, taken)
        if not quarantine_refusal(petition, thing.kind, thing.response, thing.document, user, at, standing=standing)
    ]
    whole = quarantine_refusal(petition, Kind.PETITION, None, None, user, at, standing=standing)
    fetches = _fetches(petition)
    owners = _owners(petition)
    items = [_item(row, petition, user, at, standing, fetches, owners) for row in taken]
    return QuarantinePage(offered, items, whole.reasons if whole and not offered else [])


def author_page(response: Response, user: User | None, at: datetime, *, by_link: bool) -> QuarantinePage:
    """Return the page for the author of a response: what of it is public and can be taken down, and what is down."""
    petition, author = response.petition, response if by_link else None
    taken = [row for row in _taken(petition) if _response_key(row) == response.pk]
    offered = [
        thing
        for thing in _not_down(public_things(petition), taken)
        if (thing.document.response_id if thing.document else thing.response.pk if thing.response else None)
        == response.pk
        and not quarantine_refusal(petition, thing.kind, thing.response, thing.document, user, at, author=author)
    ]
    # Only the author's own words come back: who else took it down may have repeated what another party gave.
    own = {row.pk for row in taken if row.taken_by_id in (None, response.user_id)}
    items = [
        DownItem(row, row.what, row.reason if row.pk in own else "", "you" if row.pk in own else "the agency", [])
        for row in taken
    ]
    return QuarantinePage(offered, items, [] if offered or items else ["Nothing of this response is public."])


def own_response(reference: str, response: str, user: User) -> Response | None:
    """Return the response of that reference that the person gave while signed in, or None."""
    found = Response.objects.select_related("petition__round", "petition__organization")
    row = found.filter(reference=response, petition__reference=reference).order_by("pk").first()
    return row if row and is_author(row, user, None) else None


def _response_key(taken: Quarantine) -> object:
    """Return the key of the response that a taken thing belongs to; None for replies, which another person wrote."""
    if taken.document:
        return taken.document.response_id
    return taken.response_id if taken.kind in OF_RESPONDERS else None


def _taken(petition: Petition) -> list[Quarantine]:
    rows = Quarantine.objects.filter(petition=petition).order_by("-taken_at", "-pk")
    return list(rows.select_related("document", "response", "letter", "taken_by", "restored_by"))


def _not_down(things: Iterable[Thing], taken: Iterable[Quarantine]) -> list[Thing]:
    down = {row.thing for row in taken if row.restored_at is None}
    return [thing for thing in things if thing.key not in down]


def _fetches(petition: Petition) -> list[PublicDownload]:
    downloads = PublicDownload.objects.filter(reference=petition.reference).select_related("by")
    return list(downloads.order_by("-at", "-pk"))


def _owners(petition: Petition) -> frozenset[int]:
    """Return the people of the requester and of the firm that files for it, but not who works for the agency."""
    parties = {petition.organization_id, petition.filer_organization_id} - {None}
    people = Membership.objects.filter(organization__in=parties, user__role="")
    return frozenset(people.values_list("user_id", flat=True)) - {petition.assisted_by_id}


def _item(
    row: Quarantine,
    petition: Petition,
    user: User,
    at: datetime,
    standing: Standing,
    fetches: Sequence[PublicDownload],
    owners: frozenset[int],
) -> DownItem:
    owner = bool(standing.roles & OWNERS)
    # A reason, or the name of a file, may say what was wrong: who works from the public side, and the party on the
    # other side of the case, read the published ground alone.
    reads = may_read_confidential(user, petition, at, standing) and not (owner and _response_key(row))
    live = row.restored_at is None and row.replacement_id is None
    restores = live and restoring_refusal(petition, user, at, standing) is None
    mine = row.document is not None and live and not _is_refused(row, petition, user, at, standing)
    # The owner reads the words of its own people alone: the agency's may repeat what another party gave in confidence,
    # whether or not who typed them could know, and whatever role that person has today.
    names_agency = owner and row.taken_by_id is not None and row.taken_by_id not in owners
    return DownItem(
        row,
        row.what if reads else row.what_openly,
        row.reason if reads and not names_agency else "",
        "the agency" if names_agency else str(row.taken_by or "its author"),
        [
            fetch
            for fetch in fetches
            if row.kind in (Kind.PETITION, Kind.DOCUMENT)
            and fetch.at <= row.taken_at
            and row.document_id in (None, fetch.key)
        ],
        may_restore=restores and not row.correction,
        may_replace=mine,
        may_correct=restores and row.kind in TEXTS,
    )


def _is_refused(row: Quarantine, petition: Petition, user: User, at: datetime, standing: Standing) -> bool:
    return quarantine_refusal(petition, Kind.DOCUMENT, None, row.document, user, at, standing=standing) is not None
