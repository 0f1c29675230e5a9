"""How many petitions the docket's filters leave, and of which docket, stage and chapter they are.

Of the whole docket, and of a docket, stage or chapter, the database keeps count (`models.answers.docket_tally`). Other
counting is bounded: above BOUND the list says "more than", since nobody pages so far, and an exact count of a common
word would cost more than the page. What the bound saves is not even begun where the planner knows better.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, Sum
from django.db.models.functions import Substr

from exclusions.models.answers.docket_tally import DocketTally
from exclusions.models.public import PublicPetition

BOUND = 1000
GATHERED = 5000  # rows that are sooner read and put in order than looked for along the list's own order


class Many(Enum):
    """What is said where the planner expects far more than BOUND."""

    BELIEVED = "that they are more than BOUND: it has counted them, or enough of them"
    COUNTED = "what counting up to BOUND says"
    UNSAID = "what counting says, or the page where more than are GATHERED are expected: it takes words for independent"


class Group(NamedTuple):
    """So many petitions of one docket, stage and chapter of the HTSUS (two digits)."""

    docket: str
    stage: str
    chapter: str
    number: int


@dataclass(frozen=True)
class Facets:
    """What each docket, stage and chapter would leave, the other filters staying; None: not counted, there are many."""

    docket: dict[str, int] = field(default_factory=dict)
    stage: dict[str, int] = field(default_factory=dict)
    chapter: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Counted:
    """How many petitions there are; `exact`: that many, and otherwise more than that many, without facets. More than
    none: nobody counted.

    `few`: the planner expects so few that a page is made of them all. Along the list's order it would count on meeting
    them soon, which it does not where all are of an old docket, or of one organization.
    """

    number: int
    exact: bool
    facets: Facets | None = None
    few: bool = False
    expected: int = 0  # by the planner, where nobody counted to the end; 0: not known


def counted(
    rows: "QuerySet[PublicPetition]",
    besides: "QuerySet[PublicPetition] | None",
    chosen: Mapping[str, str],
    *,
    of_numbers: bool = False,
    if_many: Many = Many.COUNTED,
) -> Counted:
    """Return how many rows there are, with facets where they could be counted. At most six statements.

    `chosen`: of docket, stage and chapter those that the filters name. `besides`: the rows that the other filters
    leave; None where there are no others: then the database has kept count of all, and nothing is bounded.
    `of_numbers`: `besides` are the petitions of a range of numbers, whose index has their kinds.
    """
    if besides is None:
        return _summed(whole_docket(), chosen)
    if of_numbers and connections[rows.db].vendor == "postgresql":
        found = _judged(_grouped(besides, GATHERED + 1), GATHERED, chosen, few=True)
        if found is None and not chosen:
            return Counted(BOUND, exact=False)
    else:
        found = _bounded(besides, chosen, None if chosen else if_many)
    return found or _bounded(rows, chosen, if_many) or Counted(BOUND, exact=False)


def whole_docket() -> list[Group]:
    """Return the groups of the whole docket, as the database keeps count of them. One statement."""
    kinds = DocketTally.objects.order_by("docket", "stage", "chapter").values_list("docket", "stage", "chapter")
    groups = [Group(*row) for row in kinds.annotate(Sum("number"))]
    return [group for group in groups if group.number]


def _bounded(rows: "QuerySet[PublicPetition]", chosen: Mapping[str, str], if_many: Many | None) -> Counted | None:
    """Return what is said of rows of which the chosen ones are asked for; None where there are more than BOUND of them,
    of whichever kind. `if_many` None: where as many are expected, that is None, too."""
    expected = _expected(rows)
    few = 0 < expected <= GATHERED
    if expected > 2 * BOUND:
        if if_many is None:
            return None
        if if_many == Many.UNSAID and not few:
            return Counted(0, exact=False)
        if if_many == Many.BELIEVED or rows.order_by()[: BOUND + 1].count() > BOUND:
            return Counted(BOUND, exact=False, few=few, expected=expected)
    many = Counted(BOUND, exact=False, few=few) if if_many else None
    return _judged(_grouped(rows, BOUND + 1), BOUND, chosen, few=few) or many


def _judged(groups: list[Group], most: int, chosen: Mapping[str, str], *, few: bool) -> Counted | None:
    """Return what is said of groups of rows; None where they are more than so many, and not all were met."""
    total = _total(groups)
    if total > most:
        return None
    if total > BOUND:
        # How many more there are is left unsaid; facets are those of what is counted.
        groups = _left(groups, chosen)
        if not chosen or _total(groups) > BOUND:
            return Counted(BOUND, exact=False, few=few)
    return replace(_summed(groups, chosen), few=few)


def _total(groups: Iterable[Group]) -> int:
    return sum(group.number for group in groups)


def _left(groups: Iterable[Group], chosen: Mapping[str, str]) -> list[Group]:
    return [group for group in groups if all(getattr(group, name) == chosen[name] for name in chosen)]


def _summed(groups: Sequence[Group], chosen: Mapping[str, str]) -> Counted:
    """Return the count and the facets of groups of rows, of which a value of a facet may have been chosen."""
    facets = _facets(groups, chosen)
    return Counted(_total(_left(groups, chosen)), exact=True, facets=facets)


def _facets(groups: Sequence[Group], chosen: Mapping[str, str]) -> Facets:
    found: dict[str, dict[str, int]] = {}
    for name in ("docket", "stage", "chapter"):
        others = [(Group._fields.index(other), value) for other, value in chosen.items() if other != name]
        place, counts = Group._fields.index(name), Counter[str]()
        left = [one for one in groups if all(one[at] == value for at, value in others)] if others else groups
        for group in left:
            counts[str(group[place])] += group.number
        found[name] = dict(counts.most_common())
    return Facets(**found)


def _grouped(rows: "QuerySet[PublicPetition]", most: int) -> list[Group]:
    """Return the groups of the rows, of which at most so many are met: the database counts them. One statement."""
    met = rows.order_by().annotate(chapter=Substr("hts10", 1, 2)).values_list("docket", "stage", "chapter")[:most]
    try:
        sql, values = met.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connections[rows.db].cursor() as cursor:
        cursor.execute(f"SELECT docket, stage, chapter, count(*) FROM ({sql}) AS met GROUP BY 1, 2, 3", values)
        return sorted(Group(*row) for row in cursor.fetchall())


def _expected(rows: "QuerySet[PublicPetition]") -> int:
    """Return how many rows PostgreSQL expects, which it keeps statistics for; 0 where nothing is known."""
    if connections[rows.db].vendor != "postgresql":
        return 0
    plan = rows.order_by().values_list("docket").explain(format="json")
    return int(json.loads(plan)[0]["Plan"]["Plan Rows"]) if plan else 0
