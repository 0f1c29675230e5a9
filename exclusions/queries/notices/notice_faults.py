"""What stands in the way of a notice's rows: duplicates, conflicts, overlaps and numbers, each by name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from exclusions import hts
from exclusions.days import in_full, span_in_full, within
from exclusions.facts.lines import edition_for, editions
from exclusions.facts.successions import successions
from exclusions.gateways.annex.rows import GRANT, PLACED, AnnexRow
from exclusions.gateways.annex.tables import note_words
from exclusions.gateways.tariff.exclusion_item import product_key
from exclusions.models import ExclusionTerm, TariffLine
from exclusions.permissions.notices.already_excluded import NewText, broader_exclusions, in_words, numbers_of
from exclusions.wording.named_numbers import named_numbers


@dataclass(frozen=True)
class _Standing:
    """A published term that stands, as it is compared with new rows; a `deleted` one keeps its paragraph alone."""

    exclusion: str
    heading: str
    note: str
    number: int
    starts_on: date | None
    ends_on: date | None
    deleted: bool


def row_faults(rows: Sequence[AnnexRow], day: date) -> list[str]:
    """Return a sentence for each thing that is wrong with the rows of a notice of a day; seven statements at most."""
    placed = [row for row in rows if row.kind in PLACED]
    rows_in_force = _standing(rows)
    return [
        *_nowhere(rows),
        *_twice(placed),
        *_paragraphs(rows, rows_in_force),
        *_overlaps(placed, rows_in_force),
        *_whole_and_prepared(placed),
        *_inside_another(rows),
        *_not_in_schedule(placed, day),
    ]


def _standing(rows: Iterable[AnnexRow]) -> list[_Standing]:
    headings = {row.heading.replace(".", "") for row in rows}
    terms = ExclusionTerm.objects.filter(heading__in=headings).exclude(status=ExclusionTerm.Status.PENDING)
    columns = ("exclusion__reference", "heading", "note", "seq", "valid_from", "valid_to", "status")
    return [
        _Standing(reference, hts.dotted(heading), note, seq, first, last, status == ExclusionTerm.Status.DELETED)
        for reference, heading, note, seq, first, last, status in terms.order_by("pk").values_list(*columns)
    ]


def _nowhere(rows: Iterable[AnnexRow]) -> Iterator[str]:
    """Yield a row without its subdivision: each instruction of an annex names one, whether it adds or changes words."""
    for row in rows:
        if row.note:
            continue
        remedy = "Take it out, and draft it again with the subdivision, for example 20(p)."
        if not row.is_new_paragraph:
            remedy = "Correct the U.S. note of the exclusion’s term first, then draft it again."
        yield (
            f"{row.exclusion}, heading {row.heading}: the U.S. note subdivision is empty, so the notice does not say "
            f"which part of note 20 it changes. {remedy}"
        )


def _twice(rows: Sequence[AnnexRow]) -> Iterator[str]:
    """Yield the same product in two rows under one heading."""
    first: dict[tuple[str, str, str], AnnexRow] = {}
    for row in rows:
        known = first.setdefault((row.list_code, row.heading, product_key(row.text)), row)
        if known is not row:
            yield (
                f"{known.exclusion} and {row.exclusion} are the same product under {row.heading}, in paragraphs "
                f"{known.number} and {row.number}. Take one of them out."
            )


def _paragraphs(rows: Sequence[AnnexRow], rows_in_force: Sequence[_Standing]) -> Iterator[str]:
    """Yield a paragraph of a note that two rows take, or that the note gives to another product already."""
    taken = {(one.heading, one.note, one.number): one.exclusion for one in rows_in_force if one.number}
    for row in rows:
        if not row.is_new_paragraph:
            continue
        place = (row.heading, row.note, row.number)
        other = taken.setdefault(place, row.exclusion)
        if other != row.exclusion:
            yield (
                f"Paragraph ({row.number}) of note 20{note_words(row.note)}, heading {row.heading}, is used twice: by "
                f"{other} and by {row.exclusion}. Give one of them another number."
            )


def _overlaps(rows: Sequence[AnnexRow], rows_in_force: Sequence[_Standing]) -> Iterator[str]:
    """Yield a new term that meets another of its exclusion under the same heading. Across headings terms may meet."""
    by_exclusion: dict[tuple[str, str], list[_Standing]] = defaultdict(list)
    for one in rows_in_force:
        if not one.deleted:
            by_exclusion[one.exclusion, one.heading].append(one)
    for row in rows:
        if row.ends_before or (row.kind == GRANT and not row.starts_on):
            continue
        for one in by_exclusion[row.exclusion, row.heading]:
            if _meet(row.first_day, row.last_day, one.starts_on, one.ends_on):
                yield (
                    f"{row.exclusion}: the term {_days(row.first_day, row.last_day)} overlaps its term "
                    f"{_days(one.starts_on, one.ends_on)} under the same heading, {row.heading}. Begin it later, or "
                    "take it out."
                )


def _whole_and_prepared(rows: Sequence[AnnexRow]) -> Iterator[str]:
    """Yield a number that is taken out whole by one row, and described in another, on the same list in the same
    days.
    """
    whole = {
        (row.list_code, named.number): row for row in rows if row.whole_number for named in named_numbers(row.text)
    }
    for row in rows:
        if row.whole_number:
            continue
        for named in named_numbers(row.text):
            other = whole.get((row.list_code, named.number))
            if other and _meet(row.first_day, row.last_day, other.first_day, other.last_day):
                yield (
                    f"{hts.dotted(named.number)} is excluded whole by {other.exclusion}, and {row.exclusion} describes "
                    "goods of the same number. Take the description out, or the whole number."
                )


def _inside_another(rows: Sequence[AnnexRow]) -> Iterator[str]:
    """Yield a granted text that an exclusion in force means already, on every day of the new term."""
    grants = [row for row in rows if row.kind == GRANT]
    new = [
        NewText(
            row.text,
            numbers_of(row.text),
            frozenset({row.list_code}),
            row.first_day,
            row.last_day,
            frozenset({row.exclusion}),
        )
        for row in grants
    ]
    for row, named in zip(grants, broader_exclusions(new), strict=True):
        if named is not None:
            yield (
                f"{row.exclusion} is inside {named.reference}, which {in_words(named)}. Take it out. "
                "A narrower exclusion beside it lifts no duty."
            )


def _not_in_schedule(rows: Sequence[AnnexRow], day: date) -> Iterator[str]:
    """Yield a number that a text means on the day, and that the edition of the day does not have."""
    meant: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        for named in named_numbers(row.text):
            if within(day, named.valid_from, named.valid_to):
                meant[named.number].append(row.exclusion)
    lines = TariffLine.objects.in_force(day).filter(number__in=meant).order_by()
    there = set(lines.values_list("number", flat=True))
    known = editions()
    missing = [number for number in sorted(meant) if number not in there and edition_for(number, day, known)]
    after = successions(missing) if missing else {}
    for number in missing:
        edition = edition_for(number, day, known)
        next_ones = ", ".join(hts.dotted(one.number) for one in after[number][1])
        followed = f"; {next_ones} followed it" if next_ones else ""
        yield (
            f"{', '.join(meant[number])}: {hts.dotted(number)} is not in the schedule on {in_full(day)} "
            f"({edition.name if edition else ''}){followed}. Give the number that the goods have, and the days of each."
        )


def _meet(start: date | None, end: date | None, other_start: date | None, other_end: date | None) -> bool:
    first = max(start or date.min, other_start or date.min)
    return first <= min(end or date.max, other_end or date.max)


def _days(start: date | None, end: date | None) -> str:
    return span_in_full(start, end) if start else "without a first day"
