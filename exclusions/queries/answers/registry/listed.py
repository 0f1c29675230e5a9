"""A page of the registry of exclusions as plain rows: what a list shows of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet

from exclusions.charts.terms import Axis, Term, term_axis
from exclusions.facts.exclusions import term_in_force
from exclusions.facts.fictional import fictional, is_marked
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.queries.answers.registry.standings import AHEAD, ENDED, IN_FORCE
from exclusions.queries.public.registry import wording

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
        """Whether one of its terms was made for the demonstration."""
        return any(term.fictional for term in self.terms)


def listed(rows: "QuerySet[Exclusion]", on: date) -> tuple[list[Listed], Axis | None]:
    """The exclusions in their order, and the days that the bars of their terms share. Four statements."""
    found = []
    for exclusion in rows.select_related("action").prefetch_related(
        Prefetch("texts", ExclusionText.objects.order_by("version")),
        Prefetch("texts__numbers", ExclusionNumber.objects.order_by("pk")),
        Prefetch("terms", ExclusionTerm.objects.annotate(fictional=fictional()).order_by("valid_from", "heading")),
    ):
        text = wording(exclusion.texts.all(), on)
        numbers = tuple(row.number for row in text.numbers.all()) if text else ()
        terms = [
            ListedTerm(term.heading, term.status, term.valid_from, term.valid_to, is_marked(term))
            for term in exclusion.terms.all()
        ]
        words = text.text if text else ""
        found.append(Listed(exclusion.reference, exclusion.action.code, _standing(terms, on), words, numbers, terms))
    lasting = {(term.valid_from, term.valid_to) for one in found for term in one.terms}
    return found, term_axis([Term(*days) for days in lasting], on=on)


def _standing(terms: Sequence[ListedTerm], on: date) -> str:
    """How an exclusion of these terms stands on the day."""
    standing = ENDED
    for _, status, begins, ends, _ in terms:
        if term_in_force(status, begins, ends, on):
            return IN_FORCE
        if status == _PENDING or (status == _PUBLISHED and begins and begins > on):
            standing = AHEAD
    return standing
