"""The facts on which a case may be closed without its merits: read from the tariff, the docket and the returns.

The notices have USTR consider a petition that names one product, is complete, and asks for what is not given already.
Each fact is read as of the filing day; what is read here is read again when counsel confirms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from rapidfuzz.fuzz import token_set_ratio

from exclusions.days import in_full
from exclusions.facts.exclusions import NamedExclusion, exclusions_naming, in_force
from exclusions.facts.filing_day import filing_day
from exclusions.models import Petition, Round
from exclusions.permissions.cures import last_cure
from exclusions.workflow.states import Status

LIKE = 80.0  # percent of `token_set_ratio`: names that differ in an order, a size or a spelling are above it
# Ended without an answer to what was asked: nothing that a later petition could repeat.
_UNANSWERED = (Status.DRAFT, Status.WITHDRAWN, Status.LAPSED, Status.INCOMPLETE, Status.DUPLICATE)


@dataclass(frozen=True)
class Earlier:
    """An earlier petition of the same organization for the same number, and how like its product is, in percent."""

    reference: str
    product: str
    filed_on: date
    status: str
    likeness: int


def covering_exclusions(petition: Petition) -> list[NamedExclusion]:
    """Return the exclusions that name the petition's number and were in force on its filing day, of its own lists."""
    if not petition.hts10 or petition.submitted_at is None:
        return []
    day = filing_day(petition.submitted_at, petition.submitted_at)
    found = in_force(exclusions_naming(petition.hts10), day)
    lists = set(Round.objects.filter(pk=petition.round_id).values_list("actions__code", flat=True))
    return [one for one in found if one.list_code in lists]


def earlier_petitions(petition: Petition) -> list[Earlier]:
    """Return the earlier petitions of the same organization, round and number whose product reads alike, oldest first.

    Withdrawn, lapsed and incomplete ones, and duplicates, are none: they got no answer on what they asked.
    """
    if not petition.hts10 or petition.submitted_at is None:
        return []
    filed = Petition.objects.filter(
        organization=petition.organization_id,
        round__slug=petition.round.slug,
        hts10=petition.hts10,
        submitted_at__lt=petition.submitted_at,
    ).exclude(pk=petition.pk)
    rows = filed.exclude(status__in=_UNANSWERED).order_by("submitted_at", "reference")
    words = described([petition, *rows])
    own = words[petition.pk]
    measured = [(row, token_set_ratio(own, words[row.pk])) for row in rows]
    return [
        Earlier(
            str(row.reference),
            row.product_name,
            filing_day(row.submitted_at, petition.submitted_at),
            row.get_status_display(),
            int(likeness),
        )
        for row, likeness in measured
        if likeness >= LIKE
    ]


def described(petitions: Iterable[Petition]) -> Mapping[object, str]:
    """Return how each petition names its product, in one spelling, by key."""
    return {one.pk: " ".join(one.product_name.lower().split()) for one in petitions}


def missing_after_return(petition: Petition) -> list[dict[str, str]]:
    """Return what the petition was returned for last: [{question, label, remedy}]; empty: it never was returned."""
    last = last_cure(petition)
    return list(last.points) if last else []


def last_version(petition: Petition) -> int:
    """Return the number of the answers that were certified last; 0: none were."""
    sealed = petition.versions.sealed()
    return sealed.aggregate(last=Max("number"))["last"] or 0


def term_in_words(named: NamedExclusion) -> str:
    """Return heading, note and days of a term, for a page and a letter."""
    last = f"through {in_full(named.valid_to)}" if named.valid_to else "without a stated end"
    first = f"from {in_full(named.valid_from)}" if named.valid_from else "from a day that is not known"
    return f"{_heading_and_note(named)}, {first} {last}"


def term_on_record(named: NamedExclusion) -> str:
    """Return the same with ISO days, as proposals rest on it: those that wait must compare equal after an upgrade."""
    last = f"through {named.valid_to}" if named.valid_to else "without a stated end"
    return f"{_heading_and_note(named)}, from {named.valid_from} {last}"


def _heading_and_note(named: NamedExclusion) -> str:
    return f"{named.heading_dotted}{f', note {named.note_printed}' if named.note_printed else ''}"


def labels_of(points: Sequence[Mapping[str, str]], keys: Iterable[str]) -> list[str]:
    """Return the labels of the chosen questions among the points of a return, in their order."""
    wanted = set(keys)
    return [point["label"] for point in points if point["question"] in wanted]
