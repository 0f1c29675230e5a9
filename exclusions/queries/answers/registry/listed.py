"""A page of the registry of exclusions as plain rows: what a list shows of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from exclusions.charts.terms import Axis, Term, term_axis
from exclusions.facts.exclusions import term_in_force
from exclusions.gateways.database.prepared import PreparedMany
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.queries.answers.registry.standings import AHEAD, ENDED, IN_FORCE


class ListedTerm(NamedTuple):
    """A term as a list shows it: plain heading, status, first and last day where they are known."""

    heading: str
    status: str
    valid_from: date | None
    valid_to: date | None

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


AT_ONCE = (25,)  # as many as a page of the registry has

_TEXTS = PreparedMany(
    lambda keys: (
        ExclusionText.objects.filter(exclusion__in=[key for (key,) in keys])
        .order_by("version")
        .values_list("exclusion_id", "pk", "version", "text", "valid_from")
    ),
    AT_ONCE,
    lambda n: (n,),
)
_NUMBERS = PreparedMany(
    lambda keys: (
        ExclusionNumber.objects.filter(text__exclusion__in=[key for (key,) in keys])
        .order_by("pk")
        .values_list("text_id", "number")
    ),
    AT_ONCE,
    lambda n: (n,),
)
_TERMS = PreparedMany(
    lambda keys: (
        ExclusionTerm.objects.filter(exclusion__in=[key for (key,) in keys])
        .order_by("valid_from", "heading")
        .values_list("exclusion_id", "heading", "status", "valid_from", "valid_to")
    ),
    AT_ONCE,
    lambda n: (n,),
)


def listed(rows: "QuerySet[Exclusion]", on: date) -> tuple[list[Listed], Axis | None]:
    """The exclusions in their order, and the days that the bars of their terms share: four statements."""
    heads = list(rows.values_list("pk", "reference", "action__code"))
    keys = [(key,) for key, _, _ in heads]
    texts: dict[int, list[_Wording]] = defaultdict(list)
    terms: dict[int, list[ListedTerm]] = defaultdict(list)
    numbers: dict[int, list[str]] = defaultdict(list)
    for exclusion, *values in _TEXTS.tuples(keys):
        texts[exclusion].append(_Wording(*values))
    for key, number in _NUMBERS.tuples(keys):
        numbers[key].append(number)
    for exclusion, *values in _TERMS.tuples(keys):
        terms[exclusion].append(ListedTerm(*values))
    found = []
    for key, reference, code in heads:
        text = _wording(texts[key], on)
        shown = (text.text, tuple(numbers[text.key])) if text else ("", ())
        found.append(Listed(reference, code, _standing(terms[key], on), *shown, terms[key]))
    return found, term_axis([Term(t.valid_from, t.valid_to) for one in found for t in one.terms], on=on)


def _wording(ordered: Sequence[_Wording], on: date) -> _Wording | None:
    """The wording that held on the day: the latest that had begun, else the first one (`registry.wording`)."""
    begun = [text for text in ordered if text.valid_from and text.valid_from <= on]
    if begun:
        return max(begun, key=lambda text: (text.valid_from or date.min, text.version))
    return ordered[0] if ordered else None


def _standing(terms: Sequence[ListedTerm], on: date) -> str:
    """How an exclusion of these terms stands on the day."""
    if any(term_in_force(term.status, term.valid_from, term.valid_to, on) for term in terms):
        return IN_FORCE
    pending, published = ExclusionTerm.Status.PENDING, ExclusionTerm.Status.PUBLISHED
    ahead = any(
        term.status == pending or (term.status == published and term.valid_from and term.valid_from > on)
        for term in terms
    )
    return AHEAD if ahead else ENDED
