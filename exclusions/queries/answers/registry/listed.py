"""A page of the registry of exclusions as plain rows: what a list shows of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from exclusions.charts.terms import Axis, Term, term_axis
from exclusions.facts.exclusions import term_in_force
from exclusions.facts.fictional import fictional
from exclusions.gateways.database.among import among
from exclusions.gateways.database.prepared import Prepared
from exclusions.gateways.database.together import Fetch, fetch, together
from exclusions.models.exclusion import ExclusionTerm, ExclusionText
from exclusions.queries.answers.registry.page import Head
from exclusions.queries.answers.registry.standings import AHEAD, ENDED, IN_FORCE

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


class _Wording(NamedTuple):
    key: int
    version: int
    text: str
    valid_from: date | None


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
        """Whether one of its terms was made for the demonstration."""
        return any(term.fictional for term in self.terms)


def _worded(keys: Sequence[int]) -> "QuerySet[Any, tuple[Any, ...]]":
    """The wordings that stand, once with each of their numbers."""
    rows = ExclusionText.objects.filter(among("exclusion_id", keys)).order_by("version", "numbers__pk")
    return rows.values_list("exclusion_id", "pk", "version", "text", "valid_from", "numbers__number")


def _termed(keys: Sequence[int]) -> "QuerySet[Any, tuple[Any, ...]]":
    rows = ExclusionTerm.objects.filter(among("exclusion_id", keys)).order_by("valid_from", "heading")
    return rows.values_list("exclusion_id", "heading", "status", "valid_from", "valid_to", fictional())


_TEXTS: Prepared[ExclusionText] = Prepared(_worded, ([1],), ([2],))
_TERMS: Prepared[ExclusionTerm] = Prepared(_termed, ([1],), ([2],))


def listed(heads: Sequence[Head], on: date) -> tuple[list[Listed], Axis | None]:
    """The exclusions in their order, and the days that the bars of their terms share. Two statements, asked at once;
    none for no exclusions."""
    keys = [head.key for head in heads]
    texts: dict[int, dict[int, _Wording]] = defaultdict(dict)
    terms: dict[int, list[ListedTerm]] = defaultdict(list)
    numbers: dict[int, list[str]] = defaultdict(list)
    fetched: list[Fetch[list[tuple[Any, ...]]]] = [fetch(_TEXTS, keys), fetch(_TERMS, keys)] if keys else []
    together(*fetched)
    worded, termed = [one.found() for one in fetched] or ([], [])
    for exclusion, text, version, words, begins, number in worded:
        texts[exclusion][text] = _Wording(text, version, words, begins)
        if number is not None:
            numbers[text].append(number)
    for exclusion, *values in termed:
        terms[exclusion].append(ListedTerm(*values))
    found = []
    for key, reference, code in heads:
        text = _wording(list(texts[key].values()), on)
        shown = (text.text, tuple(numbers[text.key])) if text else ("", ())
        found.append(Listed(reference, code, _standing(terms[key], on), *shown, terms[key]))
    lasting = {(term.valid_from, term.valid_to) for one in found for term in one.terms}
    return found, term_axis([Term(*days) for days in lasting], on=on)


def _wording(ordered: Sequence[_Wording], on: date) -> _Wording | None:
    """The wording that held on the day: the latest that had begun, else the first one (`registry.wording`)."""
    begun = [text for text in ordered if text.valid_from and text.valid_from <= on]
    if begun:
        return max(begun, key=lambda text: (text.valid_from or date.min, text.version))
    return ordered[0] if ordered else None


def _standing(terms: Sequence[ListedTerm], on: date) -> str:
    """How an exclusion of these terms stands on the day."""
    standing = ENDED
    for _, status, begins, ends, _ in terms:
        if term_in_force(status, begins, ends, on):
            return IN_FORCE
        if status == _PENDING or (status == _PUBLISHED and begins and begins > on):
            standing = AHEAD
    return standing
