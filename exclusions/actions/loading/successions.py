"""Which number followed which, found in the editions on file and in the texts of exclusions; with the evidence.

A pair of editions shows it where a line ended and another began with the same words; a text where it names several
numbers of one product with days that meet. What was found before between two editions is found anew with each load.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from django.db import transaction

from exclusions.actions.store.bulk import insert_rows
from exclusions.facts.lines import plain_words
from exclusions.hts import dotted
from exclusions.models import ExclusionNumber, ExclusionTerm, HtsEdition, LineSuccession, TariffLine
from exclusions.models.exclusion import note_cited

DAY = timedelta(days=1)
EQUAL_WORDS, MOVED_WORDS, SAME_SUBHEADING = "equal words", "equal words elsewhere", "same subheading"
NAMED_TOGETHER = "named together"
FROM_EDITIONS = (EQUAL_WORDS, MOVED_WORDS, SAME_SUBHEADING)
HIGH, MEDIUM, LOW = LineSuccession.Confidence.values
# Beyond so many pairs of one subheading nobody is helped: all was numbered afresh.
MOST_OF_A_SUBHEADING = 12
# Words that say what goods are, wherever they stand; “Other: Other” does not.
TELLING = 25
COLUMNS = ("old_number", "new_number", "change_type", "revision_from", "revision_to", "effective_on")


class Pair(NamedTuple):
    """An old and a new number, how it was found, and how sure that is."""

    old_number: str
    new_number: str
    change_type: str
    revision_from: str
    revision_to: str
    effective_on: date
    confidence: str
    evidence: str


@dataclass(frozen=True)
class _Boundary:
    """The day on which one edition on file takes over from another, and the words of what ended and what began."""

    before: HtsEdition
    after: HtsEdition
    ended: dict[str, str]
    begun: dict[str, str]


def find_in_editions(edition: HtsEdition) -> int:
    """Find anew what followed what where the edition begins and where it ends; return how many pairs there are now.

    Call it in the transaction of the load.
    """
    whole = list(HtsEdition.objects.filter(first_number="").order_by("valid_from"))
    around = [pair for pair in pairwise(whole) if edition in pair]
    days = [after.valid_from for _, after in around]
    LineSuccession.objects.filter(change_type__in=FROM_EDITIONS, effective_on__in=days).delete()
    pairs = [pair for before, after in around for pair in _pairs(_boundary(before, after))]
    insert_rows(LineSuccession, Pair._fields, pairs)
    return len(pairs)


def find_in_texts() -> int:
    """Find what followed what in the texts of published exclusions, and return how many pairs were new.

    All is read first, and then written in one transaction.
    """
    pairs = {pair[:6]: pair for pair in _named_together()}
    with transaction.atomic():
        known = set(LineSuccession.objects.filter(change_type=NAMED_TOGETHER).values_list(*COLUMNS))
        new = [pair for key, pair in pairs.items() if key not in known]
        insert_rows(LineSuccession, Pair._fields, new)
    return len(new)


def _boundary(before: HtsEdition, after: HtsEdition) -> _Boundary:
    lines = TariffLine.objects.filter(level__gte=8).order_by("number")
    last = dict(lines.filter(valid_to=after.valid_from - DAY).values_list("number", "full_description"))
    first = dict(lines.filter(valid_from=after.valid_from).values_list("number", "full_description"))
    ended = {number: words for number, words in last.items() if number not in first}
    begun = {number: words for number, words in first.items() if number not in last}
    return _Boundary(before, after, ended, begun)


def _pairs(boundary: _Boundary) -> list[Pair]:
    """Return the same words under the same heading first; then telling words anywhere; else the neighbours."""
    found: list[Pair] = []
    for level in (8, 10):
        ended = {number: words for number, words in boundary.ended.items() if len(number) == level}
        begun = {number: words for number, words in boundary.begun.items() if len(number) == level}
        found += _equal(boundary, ended, begun)
        left = ended.keys() - {pair.old_number for pair in found}
        found += _neighbours(boundary, sorted(left), sorted(begun))
    return found


def _equal(boundary: _Boundary, ended: dict[str, str], begun: dict[str, str]) -> Iterator[Pair]:
    by_words: dict[str, list[str]] = defaultdict(list)
    for number, words in begun.items():
        by_words[plain_words(words)].append(number)
    for old, words in ended.items():
        same = by_words.get(plain_words(words), [])
        here = [new for new in same if new[:4] == old[:4]]
        if here:
            for new in here:
                yield _pair(boundary, old, new, EQUAL_WORDS, HIGH if len(here) == 1 else MEDIUM, words)
        elif len(same) == 1 and len(plain_words(words)) >= TELLING:
            yield _pair(boundary, old, same[0], MOVED_WORDS, MEDIUM, words)


def _neighbours(boundary: _Boundary, ended: Iterable[str], begun: Iterable[str]) -> Iterator[Pair]:
    """Yield what ended and what began below the same 8 digits, or else the same 6: one was split, or several were
    joined.
    """
    for digits in (8, 6):
        old_by: dict[str, list[str]] = defaultdict(list)
        new_by: dict[str, list[str]] = defaultdict(list)
        for number in ended:
            old_by[number[:digits]].append(number)
        for number in begun:
            new_by[number[:digits]].append(number)
        placed = set()
        for above, old_numbers in old_by.items():
            new_numbers = new_by.get(above, [])
            if new_numbers and len(old_numbers) * len(new_numbers) <= MOST_OF_A_SUBHEADING:
                placed.update(old_numbers)
                for old in old_numbers:
                    for new in new_numbers:
                        yield _pair(boundary, old, new, SAME_SUBHEADING, LOW, dotted(above))
        ended = [number for number in ended if number not in placed]


def _pair(boundary: _Boundary, old: str, new: str, kind: str, confidence: str, words: str) -> Pair:
    before, after = boundary.before, boundary.after
    said = {
        EQUAL_WORDS: f"The line ended and one with the same words began under heading {old[:4]}: “{words[-150:]}”",
        MOVED_WORDS: f"The line ended and one with the same words began under heading {new[:4]}: “{words[-150:]}”",
        SAME_SUBHEADING: f"The one ended and the other began below {words} between the two editions.",
    }[kind]
    return Pair(old, new, kind, before.name, after.name, after.valid_from, confidence, said[:300])


def _named_together() -> Iterator[Pair]:
    named: dict[int, list[tuple[str, date | None, date | None]]] = defaultdict(list)
    rows = ExclusionNumber.objects.filter(text__exclusion__terms__status=ExclusionTerm.Status.PUBLISHED).distinct()
    columns = ("text__exclusion_id", "number", "valid_from", "valid_to")
    for exclusion, *number in rows.order_by("text__exclusion_id", "pk").values_list(*columns):
        named[exclusion].append((number[0], number[1], number[2]))
    dated = {key: numbers for key, numbers in named.items() if any(last for _, _, last in numbers)}
    places = _places(dated.keys())
    for key, numbers in dated.items():
        ended = {number: last for number, _, last in numbers if last}
        for old, last in ended.items():
            for new, first, _ in numbers:
                if new != old and first == last + DAY:
                    said = f"The text of {places.get(key, 'an exclusion')} names both for one product."
                    yield Pair(old, new, NAMED_TOGETHER, "", "", first, HIGH, said[:300])


def _places(exclusions: Collection[int]) -> dict[int, str]:
    """Where each exclusion is printed first: “heading 9903.88.06, U.S. note 20(i)(6)”."""
    terms = ExclusionTerm.objects.filter(status=ExclusionTerm.Status.PUBLISHED).order_by("-heading", "-seq")
    found = {}
    for key, heading, note, item in terms.values_list("exclusion_id", "heading", "note", "item"):
        if key in exclusions:
            place = f", U.S. note {note_cited(note, item)}" if note else ""
            found[key] = f"heading {dotted(heading)}{place}"
    return found
