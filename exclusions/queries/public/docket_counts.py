"""How many petitions the docket's list has, and of which docket, stage and chapter they are.

The whole docket is counted ahead (`actions.store.docket_kinds`), never by a page, which says when that was. What
filters leave is counted as the page is made, up to BOUND: nobody pages so far, and to count a common word to its end
would cost more than the page.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr

from exclusions.models.public import PublicPetition
from exclusions.models.statistics import CountedFigures
from exclusions.queries.list_pages import COUNTED

BOUND = COUNTED  # as on every list
WHOLE = "docket"  # the counts of the whole docket among those that are kept


class Group(NamedTuple):
    """So many petitions of one docket, stage and chapter of the HTSUS (two digits)."""

    docket: str
    stage: str
    chapter: str
    number: int


@dataclass(frozen=True)
class Facets:
    """What each docket, stage and chapter would leave, the other filters staying."""

    docket: dict[str, int] = field(default_factory=dict)
    stage: dict[str, int] = field(default_factory=dict)
    chapter: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """How many petitions there are; `exact`: that many, and otherwise more than that many, without facets.

    `counted_at`: when, where that was before the page was asked for.
    """

    number: int
    exact: bool
    facets: Facets | None = None
    counted_at: datetime | None = None

    @property
    def few(self) -> bool:
        """Whether they are so few that a page is made of them all."""
        return self.exact and self.counted_at is None


def counted(
    rows: "QuerySet[PublicPetition]", besides: "QuerySet[PublicPetition]", chosen: Mapping[str, str]
) -> Counted:
    """Return how many rows there are, with facets where they are no more than BOUND. At most two statements.

    `chosen`: of docket, stage and chapter those that the filters name; `besides`: the rows that the others leave.
    """
    groups = _groups(besides)
    if groups is None and chosen:
        groups = _groups(rows)
    return Counted(BOUND, exact=False) if groups is None else _summed(groups, chosen)


def counted_whole() -> Counted | None:
    """Return what was counted last of the whole docket; None where nobody has yet. One statement."""
    kept = CountedFigures.objects.filter(slug=WHOLE).order_by("slug").first()
    if kept is None:
        return None
    groups = [Group(*group) for group in kept.figures]
    return Counted(_total(groups), exact=True, facets=_facets(groups, {}), counted_at=kept.counted_at)


def count_whole() -> list[Any]:
    """Count the whole docket, which goes through the table, and return its groups. One statement."""
    kinds = PublicPetition.objects.annotate(chapter=Substr("hts10", 1, 2)).values_list("docket", "stage", "chapter")
    return list(kinds.annotate(number=Count("pk")).order_by("docket", "stage", "chapter"))


def _groups(rows: "QuerySet[PublicPetition]") -> list[Group] | None:
    """Return the groups of the rows, in their order; None where there are more rows than BOUND. One statement."""
    met = list(rows.order_by().values_list("docket", "stage", "hts10")[: BOUND + 1])
    if len(met) > BOUND:
        return None
    groups = Counter((docket, stage, number[:2]) for docket, stage, number in met)
    return sorted(Group(*kind, number) for kind, number in groups.items())


def _total(groups: Iterable[Group]) -> int:
    return sum(group.number for group in groups)


def _summed(groups: Sequence[Group], chosen: Mapping[str, str]) -> Counted:
    """Return the count and the facets of groups of rows, of which a value of a facet may have been chosen."""
    left = [group for group in groups if all(getattr(group, name) == chosen[name] for name in chosen)]
    return Counted(_total(left), exact=True, facets=_facets(groups, chosen))


def _facets(groups: Sequence[Group], chosen: Mapping[str, str]) -> Facets:
    found: dict[str, dict[str, int]] = {}
    for name in ("docket", "stage", "chapter"):
        others = [(Group._fields.index(other), value) for other, value in chosen.items() if other != name]
        place, counts = Group._fields.index(name), Counter[str]()
        for group in groups:
            if all(group[at] == value for at, value in others):
                counts[str(group[place])] += group.number
        found[name] = dict(counts.most_common())
    return Facets(**found)
