"""What stands in the way of a choice for a listed exclusion: never granted, decided already, its days, an overlap."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from exclusions.days import in_full
from exclusions.errors import ActionRefused, NotPermitted
from exclusions.hts import dotted
from exclusions.models import ExclusionTerm, ListedExclusion, Round, TermDecision, User
from exclusions.models.exclusion import subdivision
from exclusions.workflow.roles import Role
from exclusions.workflow.term_choices import Choice, Span, choice_faults, first_day

RECOMMENDS = (Role.REVIEWER1, Role.REVIEWER2)
READS = (*RECOMMENDS, Role.LEGAL, Role.COMMITTEE, Role.SIGNATORY, Role.PUBLISHER, Role.AUDITOR)
STANDING = (ExclusionTerm.Status.PUBLISHED, ExclusionTerm.Status.PENDING)


@dataclass(frozen=True)
class Wanted:
    """What is chosen for exclusions: the choice, and its days as they were given (inclusive)."""

    choice: str
    first: date | None
    last: date | None


@dataclass(frozen=True)
class NewTerm:
    """The term that a choice writes for one listed exclusion: under which heading and note, from when to when.

    `seq` and `item` are its paragraph where it stays at its place in the note; 0 and "": it gets a new one.
    """

    heading: str
    note: str
    span: Span
    seq: int = 0
    item: str = ""


def recommending_refusal(by: User) -> ActionRefused | None:
    """Return why a person may not recommend, or None."""
    return None if by.role in RECOMMENDS else NotPermitted("Only reviewers can recommend what happens to an exclusion.")


def signing_refusal(by: User) -> ActionRefused | None:
    """Return why a person may not sign, or None."""
    return None if by.role == Role.SIGNATORY else NotPermitted("Only a signatory can sign decisions on exclusions.")


def publishing_refusal(by: User) -> ActionRefused | None:
    """Return why a person may not publish, or None."""
    return None if by.role == Role.PUBLISHER else NotPermitted("Only a publisher can enter a Federal Register notice.")


def not_listed_refusals(references: Iterable[str], rows: Iterable[ListedExclusion], round: Round) -> list[str]:
    """Return a sentence for each exclusion (reference) that is not on the round's list."""
    there = {row.exclusion.reference for row in rows}
    return [f"{one}: {round.title} does not list this exclusion." for one in references if one not in there]


def decided_refusals(rows: Collection[ListedExclusion]) -> list[str]:
    """Return a sentence for each of the listed exclusions that was decided already."""
    found = TermDecision.objects.filter(listed__in=[row.pk for row in rows]).values_list("listed_id", flat=True)
    done = set(found)
    return [f"{row.exclusion.reference}: this exclusion was decided already." for row in rows if row.pk in done]


def terms_of(rows: Collection[ListedExclusion]) -> dict[int, list[ExclusionTerm]]:
    """Return the terms that stand of each exclusion, by its key; one statement."""
    found: dict[int, list[ExclusionTerm]] = {row.exclusion_id: [] for row in rows}
    for term in ExclusionTerm.objects.filter(exclusion__in=found, status__in=STANDING).order_by("pk"):
        found[term.exclusion_id].append(term)
    return found


def held_until(row: ListedExclusion, terms: Iterable[ExclusionTerm]) -> date | None:
    """Return the last day of the term at stake as it stands today; None: it states none."""
    ends = [
        term.valid_to for term in terms if term.heading == row.heading and term.status == ExclusionTerm.Status.PUBLISHED
    ]
    return max((end for end in ends if end), default=None) if None not in ends else None


def term_of_choice(row: ListedExclusion, terms: Collection[ExclusionTerm], wanted: Wanted) -> NewTerm | None:
    """Return the term that a choice writes; None: it writes none. The days are to be in order (`choice_refusal`)."""
    if wanted.last is None:
        return None
    first = first_day(wanted.choice, wanted.first, held_until(row, terms))
    of_round, note_of_round = row.round.heading_for(row.exclusion.action.code)
    span, note = Span(first, wanted.last), subdivision(note_of_round)
    if wanted.choice == Choice.LAPSE or not of_round or (of_round, note) == (row.heading, row.note):
        place = (0, "") if wanted.choice == Choice.REINSTATE else (row.term.seq, row.item)
        return NewTerm(row.heading, row.note, span, *place)
    return NewTerm(of_round, note, span)


def choice_refusal(row: ListedExclusion, terms: Collection[ExclusionTerm], wanted: Wanted) -> dict[str, str]:
    """Return what stands in the way of a choice for one listed exclusion, by field; {}: nothing does."""
    published = [term for term in terms if term.status == ExclusionTerm.Status.PUBLISHED]
    if not published:
        return {"choice": "This exclusion was never granted: no term of it was published."}
    faults = choice_faults(wanted.choice, wanted.first, wanted.last, held_until(row, terms))
    if faults:
        return faults
    new = term_of_choice(row, terms, wanted)
    other = new and overlapped(new.heading, new.span, terms)
    return {"last": overlap_words(other)} if other else {}


def overlapped(heading: str, span: Span, terms: Iterable[ExclusionTerm]) -> ExclusionTerm | None:
    """Return a term under the same heading with which days would overlap, or None.

    Across headings terms meet and overlap in the notes themselves: that is no fault.
    """
    same = (term for term in terms if term.heading == heading)
    return next((term for term in same if span.overlaps(Span(term.valid_from, term.valid_to))), None)


def overlap_words(term: ExclusionTerm) -> str:
    """Return the sentence that names the term with which another would overlap."""
    assert term.valid_from is not None  # one without a first day overlaps nothing
    until = f" through {in_full(term.valid_to)}" if term.valid_to else ", without a stated end"
    pending = ", its notice pending" if term.status == ExclusionTerm.Status.PENDING else ""
    return (
        f"It would overlap the term of this exclusion under {dotted(term.heading)} from {in_full(term.valid_from)}"
        f"{until}{pending}. Choose other days."
    )
