"""A page of the registry of exclusions as plain rows: what a list shows of each."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from exclusions.charts.terms import Axis, Term, term_axis
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.queries.answers.standings import AHEAD, ENDED, IN_FORCE
from exclusions.queries.public.registry import state, wording


@dataclass(frozen=True, slots=True)
class Listed:
    """An exclusion of a list: how it stands on the day, the text of the day with its plain numbers, and its terms."""

    reference: str
    list_code: str
    standing: str
    text: str
    numbers: tuple[str, ...]
    terms: list[ExclusionTerm]


def listed(rows: "QuerySet[Exclusion]", on: date) -> tuple[list[Listed], Axis | None]:
    """The exclusions in their order, and the days that the bars of their terms share: four statements."""
    heads = list(rows.values_list("pk", "reference", "action__code"))
    keys = [key for key, _, _ in heads]
    texts: dict[int, list[ExclusionText]] = defaultdict(list)
    terms: dict[int, list[ExclusionTerm]] = defaultdict(list)
    numbers: dict[int, list[str]] = defaultdict(list)
    wordings = ExclusionText.objects.filter(exclusion__in=keys).only("exclusion_id", "version", "text", "valid_from")
    for text in wordings.order_by("version"):
        texts[text.exclusion_id].append(text)
    named = ExclusionNumber.objects.filter(text__exclusion__in=keys).order_by("pk")
    for key, number in named.values_list("text_id", "number"):
        numbers[key].append(number)
    columns = ("exclusion_id", "heading", "status", "valid_from", "valid_to")
    for term in ExclusionTerm.objects.filter(exclusion__in=keys).only(*columns).order_by("valid_from", "heading"):
        terms[term.exclusion_id].append(term)
    found = []
    for key, reference, code in heads:
        text = wording(texts[key], on)
        shown = (text.text, tuple(numbers[text.pk])) if text else ("", ())
        found.append(Listed(reference, code, _standing(terms[key], on), *shown, terms[key]))
    return found, term_axis([Term(t.valid_from, t.valid_to) for one in found for t in one.terms], on=on)


def _standing(terms: list[ExclusionTerm], on: date) -> str:
    """How an exclusion of these terms stands on the day."""
    if any(state(term, on) == "In force" for term in terms):
        return IN_FORCE
    pending = ExclusionTerm.Status.PENDING
    ahead = any(term.status == pending or state(term, on) == "Not begun" for term in terms)
    return AHEAD if ahead else ENDED
