"""How many petitions the docket's filters leave, and of which docket, stage and chapter they are.

Of the whole docket, and of a docket, stage or chapter, the database keeps count (`models.answers.docket_tally`). Other
counting is bounded: above BOUND the list says "more than", since nobody pages so far, and an exact count of a common
word would cost more than the page. What the bound saves is not even begun where the planner knows better.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, Sum
from django.db.models.functions import Substr

from exclusions.gateways.database import together
from exclusions.gateways.database.prepared import Prepared, prepared_cursor
from exclusions.gateways.database.together import Fetch, fetch
from exclusions.models.answers.docket_tally import DocketTally
from exclusions.models.public import PublicPetition
from exclusions.queries.answers.docket_ahead import Ahead, Met, counted_on_numbers, counted_with_page, to_be_counted

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


def _tally_rows() -> "QuerySet[Any, Any]":
    kinds = DocketTally.objects.order_by("docket", "stage", "chapter").values_list("docket", "stage", "chapter")
    return kinds.annotate(Sum("number"))


_TALLY: Prepared[DocketTally] = Prepared(_tally_rows, (), ())


def counting(
    rows: "QuerySet[PublicPetition]",
    besides: "QuerySet[PublicPetition] | None",
    chosen: Mapping[str, str],
    ahead: Ahead | None = None,
    *,
    numbers: tuple[str, str] | None = None,
    if_many: Many = Many.COUNTED,
) -> Callable[[], Counted]:
    """Begin to count the rows; return what waits for how many there are, with facets where they could be counted.

    `chosen`: of docket, stage and chapter those that the filters name. `besides`: the rows that the other filters
    leave; None where there are no others: then the database has kept count of all, and nothing is bounded. `ahead`: the
    page that may be read with them. `numbers`: what `besides` are, where they are the petitions of a range of numbers.
    """
    if besides is None:
        tally: Fetch[list[tuple[Any, ...]]] = fetch(_TALLY)
        together.ahead(tally)
        return lambda: _summed(_groups_of(tally.found()), chosen)
    if numbers and connections[rows.db].vendor == "postgresql":
        met = counted_on_numbers(rows.db, numbers, GATHERED + 1, BOUND, chosen, ahead)
        together.ahead(met)

        def first() -> Counted | None:
            found = _judged(met.found(), GATHERED, chosen, ahead, few=True)
            return found or (None if chosen else Counted(BOUND, exact=False))
    else:
        first = _bounded(besides, chosen, ahead, None if chosen else if_many)
    return lambda: first() or _bounded(rows, chosen, ahead, if_many)() or Counted(BOUND, exact=False)


def _bounded(
    rows: "QuerySet[PublicPetition]", chosen: Mapping[str, str], ahead: Ahead | None, if_many: Many | None
) -> Callable[[], Counted | None]:
    """Return what waits for what is said of rows of which the chosen ones are asked for: None where there are more than
    BOUND of them, of whichever kind. `if_many` None: where as many are expected, that is None, too."""
    connection = connections[rows.db]
    with_page = ahead is not None and connection.vendor == "postgresql"
    try:
        sql, values = to_be_counted(rows, BOUND + 1) if with_page else _to_be_grouped(rows)
    except EmptyResultSet:
        return lambda: _summed([], chosen)
    expected = _estimate(connection, sql, values)
    few = 0 < expected <= GATHERED
    if expected > 2 * BOUND:
        if if_many is None:
            return lambda: None
        if if_many == Many.UNSAID and not few:
            return lambda: Counted(0, exact=False)
        if if_many == Many.BELIEVED or _count(connection, sql, values) > BOUND:
            return lambda: Counted(BOUND, exact=False, few=few, expected=expected)
    if ahead is not None and with_page:
        asked = counted_with_page(rows.db, sql, values, BOUND, chosen, ahead)
        together.ahead(asked)
        met = asked.found
    else:
        met = partial(_met, connection, sql, values)
    many = Counted(BOUND, exact=False, few=few) if if_many else None
    return lambda: _judged(met(), BOUND, chosen, ahead, few=few) or many


def _met(connection: Any, sql: str, values: Sequence[Any]) -> Met:
    groups = _grouped(connection, sql, values)
    return Met(_total(groups), [(one.docket, one.stage, one.chapter, one.number) for one in groups])


def _judged(met: Met, most: int, chosen: Mapping[str, str], ahead: Ahead | None, *, few: bool) -> Counted | None:
    """Return what is said of rows that were met; None where they are more than so many, and not all were."""
    if met.total > most:
        if ahead is not None:
            ahead.rows = None  # it is not the first page of all of them
        return None
    groups = [Group(*group) for group in met.groups]
    if met.total > BOUND:
        # How many more there are is left unsaid; facets are those of what is counted.
        groups = _left(groups, chosen)
        if not chosen or _total(groups) > BOUND:
            return Counted(BOUND, exact=False, few=few)
    return replace(_summed(groups, chosen), few=few)


def _to_be_grouped(rows: "QuerySet[PublicPetition]") -> tuple[str, tuple[Any, ...]]:
    first = rows.order_by().values_list("docket", "stage", Substr("hts10", 1, 2))[: BOUND + 1]
    sql, values = first.query.sql_with_params()
    return sql, tuple(values)


def _tallied() -> list[Group]:
    """Return the groups of the whole docket."""
    return _groups_of(_TALLY.tuples())


def _groups_of(rows: Iterable[tuple[Any, ...]]) -> list[Group]:
    return [Group(*row) for row in rows if row[-1]]


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


def _grouped(connection: Any, sql: str, values: Sequence[Any]) -> list[Group]:
    """Return the groups of the rows of a statement, counted by the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT *, count(*) FROM ({sql}) AS found (docket, stage, chapter) GROUP BY 1, 2, 3"
            if connection.vendor == "postgresql"
            else f"SELECT *, count(*) FROM ({sql}) GROUP BY 1, 2, 3",
            values,
        )
        return sorted(Group(*row) for row in cursor.fetchall())


def _count(connection: Any, sql: str, values: Sequence[Any]) -> int:
    """Return how many rows a statement gives, up to BOUND + 1."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM ({sql}) AS found LIMIT {BOUND + 1}) AS met", values)
        return int(cursor.fetchone()[0])


def _estimate(connection: Any, sql: str, values: Sequence[Any]) -> int:
    """Return how many rows PostgreSQL expects, which it keeps statistics for; 0 where nothing is known.

    Below the limit of the statement the plan says how many there would be without it.
    """
    if connection.vendor != "postgresql":
        return 0
    with prepared_cursor(connection.alias) as cursor:  # its values are known to the planner all the same
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        (plan,) = cursor.fetchone()
    found = json.loads(plan) if isinstance(plan, str) else plan
    top = found[0]["Plan"]
    return int(top.get("Plans", [top])[0]["Plan Rows"])
