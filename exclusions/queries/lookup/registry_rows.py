"""A page of the registry of exclusions as plain rows: what a list shows of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from exclusions.charts.terms import Axis, Term, term_axis
from exclusions.facts.exclusions import term_in_force, wording_on
from exclusions.facts.fictional import fictional, is_all_invented
from exclusions.models.exclusion import ExclusionTerm, ExclusionText
from exclusions.queries.lookup.registry_standings import AHEAD, ENDED, IN_FORCE

_PENDING, _PUBLISHED = ExclusionTerm.Status.PENDING.value, ExclusionTerm.Status.PUBLISHED.value


class ListedTerm(NamedTuple):
    """A term as a list shows it: plain heading, status, first and last day where they are known."""

    heading: str
    status: str
    valid_from: date | None
    valid_to: date | None
    fictional: bool = False

    @property
    def status_shown(self) -> str:
        """The status in words; "" of one that is published."""
        return "" if self.status == ExclusionTerm.Status.PUBLISHED else ExclusionTerm.Status(self.status).label


@dataclass(frozen=True, slots=True)
class Listed:
    """An exclusion of a list: how it stands on the day, the text of the day with its plain numbers, and its terms."""

    reference: str
    list_code: str
    standing: str
    text: str
    numbers: tuple[str, ...]
    terms: list[ListedTerm]

    @property
    def fictional(self) -> bool:
        """Whether it rests on terms alone that were made for the demonstration."""
        return is_all_invented(term.fictional for term in self.terms)


def listed(rows: Any, on: date) -> tuple[list[Listed], Axis | None]:
    """Return exclusions in the order of their queryset, and the days that the bars of their terms share. Three
    statements.
    """
    heads = list(rows.values_list("pk", "reference", "action__code"))
    own = [pk for pk, *_ in heads]
    texts, numbers = _texts(own)
    of_day = {pk: wording_on(worded, on) for pk, worded in texts.items()}
    terms = _terms(own)
    found = []
    for pk, reference, code in heads:
        text = of_day.get(pk)
        words, named = (text.text, tuple(numbers[text.pk])) if text else ("", ())
        found.append(Listed(reference, code, _standing(terms[pk], on), words, named, terms[pk]))
    lasting = {(term.valid_from, term.valid_to) for one in found for term in one.terms}
    return found, term_axis([Term(*days) for days in lasting], on=on)


def _texts(exclusions: Sequence[int]) -> tuple[dict[int, list[Any]], dict[int, list[str]]]:
    """Return the wordings of each in their order, and the numbers that each wording names; a row for each number."""
    found: defaultdict[int, list[Any]] = defaultdict(list)
    numbers: dict[int, list[str]] = {}
    texts = ExclusionText.objects.filter(exclusion__in=exclusions).order_by("version", "numbers")
    columns = ("pk", "exclusion_id", "version", "valid_from", "valid_to", "text", "numbers__number")
    for row in texts.values_list(*columns, named=True):
        if row.pk not in numbers:
            found[row.exclusion_id].append(row)
            numbers[row.pk] = []
        if row.numbers__number is not None:
            numbers[row.pk].append(row.numbers__number)
    return found, numbers


def _terms(exclusions: Sequence[int]) -> defaultdict[int, list[ListedTerm]]:
    """Return the terms of each, in the order of their days."""
    found: defaultdict[int, list[ListedTerm]] = defaultdict(list)
    terms = ExclusionTerm.objects.filter(exclusion__in=exclusions).annotate(fictional=fictional())
    columns = ("exclusion", "heading", "status", "valid_from", "valid_to", "fictional")
    for exclusion, *term in terms.order_by("valid_from", "heading").values_list(*columns):
        found[exclusion].append(ListedTerm(*term))
    return found


def _standing(terms: Sequence[ListedTerm], on: date) -> str:
    """How an exclusion of these terms stands on the day."""
    standing = ENDED
    for _, status, begins, ends, _ in terms:
        if term_in_force(status, begins, ends, on):
            return IN_FORCE
        if status == _PENDING or (status == _PUBLISHED and begins and begins > on):
            standing = AHEAD
    return standing
