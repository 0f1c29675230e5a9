"""Words that wait for intake, with the doubts about them; and where in a case statements of coincidence may be made."""

from dataclasses import dataclass

from exclusions.facts.forms import reply_form
from exclusions.models import Document, LeakSettlement, Petition, Response, Screening, User
from exclusions.permissions.case_secrets import secrets_of_cases
from exclusions.permissions.leaks import settled_by_case
from exclusions.permissions.screening import (
    PlaceDoubt,
    Waiting,
    words_of_file,
    words_of_response,
    words_of_screening,
)

PAGE = 50


@dataclass(frozen=True)
class WaitingWords:
    """One thing that waits: what it says in public, its files, and the confidential values that it repeats."""

    screening: Screening
    parts: list[tuple[str, str]]
    files: list[Document]
    doubts: list[PlaceDoubt]
    place: str


def waiting_words(user: User) -> list[WaitingWords]:
    """Return what waits for intake, oldest first, at most 50; none of a case from which a tie bars the person."""
    found = list(
        Screening.objects.filter(outcome=Screening.Outcome.WAITS, petition__in=Petition.objects.all().open_to(user))
        .select_related("petition__round", "reply__response__petition__round", "draft", "opinion__draft")
        .prefetch_related("reply__documents")
        .order_by("begun_at", "pk")[:PAGE]
    )
    secrets = secrets_of_cases(row.petition for row in found)
    settled = settled_by_case(row.petition for row in found)
    return [_waiting(row, words_of_screening(row), secrets, settled) for row in found]


def _waiting(row: Screening, words: Waiting, secrets: dict, settled: dict) -> WaitingWords:  # type: ignore[type-arg]
    doubts = words.doubts(secrets[row.petition_id], settled.get(row.petition_id, frozenset()))
    if not row.reply:
        return WaitingWords(row, words.parts, [], doubts, words.place)
    form = reply_form(row.petition.round)
    files = [file for file in row.reply.documents.all() if file.removed_at is None]
    printed = [
        (line.label, line.value)
        for line in form.printed(
            row.reply.answers, public_only=True, document_names={str(file.pk): file.file_name for file in files}
        )
    ]
    return WaitingWords(row, printed, files, doubts, words.place)


def things_of(petition: Petition) -> dict[str, tuple[str, Waiting]]:
    """Return the things of a case that statements may be about: {place: (what it is, its words)}.

    Responses and words that wait, and corrected files that are not public yet. Reads the file store.
    """
    found: dict[str, tuple[str, Waiting]] = {}
    responses = petition.responses.filter(status=Response.Status.SUBMITTED).order_by("created_at", "pk")
    for response in responses.select_related("petition__round").prefetch_related("documents"):
        words = words_of_response(response)
        found[words.place] = (f"Response of {response.organization_name}", words)
    waiting = Screening.objects.filter(petition=petition, outcome=Screening.Outcome.WAITS).order_by("begun_at", "pk")
    for row in waiting.select_related("reply__response__petition__round", "draft", "opinion"):
        words = words_of_screening(row)
        found[words.place] = (row.what, words)
    corrected = Document.objects.filter(quarantines__petition=petition, quarantines__restored_at__isnull=True)
    for document in corrected.order_by("uploaded_at", "pk").distinct():
        words = words_of_file(document)
        found[words.place] = (f"File {document.file_name}", words)
    return found


def statements_of(petition: Petition) -> list[LeakSettlement]:
    """Return everything that was stated of a case not to be confidential, newest first."""
    rows = LeakSettlement.objects.filter(petition=petition).select_related("stated_by", "seconded_by")
    return list(rows.order_by("-stated_at", "-pk"))
