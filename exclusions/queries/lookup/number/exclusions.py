"""The exclusions that name a number: in force on a day, ahead, ended; each once, with all its terms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from exclusions.facts.exclusions import NamedExclusion
from exclusions.models.exclusion import ExclusionTerm


@dataclass(frozen=True)
class OfNumber:
    """An exclusion that names the number. `shown` is the term that says its text: in force, else the latest.

    `terms` are the first days, last days and headings of all its terms, in the order of days.
    """

    shown: NamedExclusion
    terms: list[NamedExclusion]


@dataclass(frozen=True)
class NumberExclusions:
    """The exclusions that name a number, by how they stand on a day, those that ended last first."""

    in_force: list[OfNumber]
    ahead: list[OfNumber]
    ended: list[OfNumber]


def number_exclusions(
    in_force: Iterable[NamedExclusion], others: Iterable[NamedExclusion], as_of: date
) -> NumberExclusions:
    """Sort the terms in force and the others by exclusion. No statement."""
    holding = list(in_force)
    live = {item.reference: item for item in holding}
    terms: dict[str, list[NamedExclusion]] = {}
    for item in (*holding, *others):
        terms.setdefault(item.reference, []).append(item)
    found = NumberExclusions([], [], [])
    for reference, own in terms.items():
        ordered = sorted(own, key=lambda item: (item.valid_from or date.min, item.valid_to or date.max))
        shown = live.get(reference) or ordered[-1]
        kind = found.in_force if reference in live else found.ahead if _ahead(own, as_of) else found.ended
        kind.append(OfNumber(shown, ordered))
    for group in (found.in_force, found.ahead, found.ended):
        group.sort(key=lambda item: (item.terms[-1].valid_to or date.max, item.shown.reference), reverse=True)
    return found


def _ahead(terms: list[NamedExclusion], as_of: date) -> bool:
    """Whether one of the terms is to come: it begins later, or waits for its notice."""
    pending = ExclusionTerm.Status.PENDING
    return any(item.status == pending or (item.valid_from is not None and item.valid_from > as_of) for item in terms)
