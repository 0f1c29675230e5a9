"""How exclusions stand on a day: in force, ahead, or ended; how many of each, and in which order a list shows them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from exclusions.facts.exclusions import terms_in_force
from exclusions.gateways.database.prepared import Prepared, prepared_cursor
from exclusions.models.exclusion import Exclusion, ExclusionTerm
from exclusions.models.tariff import TariffVersion

HOUR = 3600
IN_FORCE, AHEAD, ENDED, ANY = "in_force", "ahead", "ended", "any"
STANDINGS = {IN_FORCE: "In force", AHEAD: "Ahead", ENDED: "Ended", ANY: "All of them"}
REFERENCE, ENDING, NEWEST = "reference", "ending", "newest"
ORDERS = {REFERENCE: "List and number", ENDING: "Ends soonest", NEWEST: "Begun last"}
KEPT_AS = "standings-1"


@dataclass(frozen=True, slots=True)
class Standings:
    """How many exclusions stand how on the day. Those whose days are not known count as ended."""

    in_force: int
    ahead: int
    total: int

    @property
    def ended(self) -> int:
        """How many are over, deleted or undated."""
        return self.total - self.in_force - self.ahead

    def of(self, standing: str) -> int:
        """How many stand so; all of them where no standing is meant."""
        return {IN_FORCE: self.in_force, AHEAD: self.ahead, ENDED: self.ended}.get(standing, self.total)


def standing_on(rows: "QuerySet[Exclusion]", standing: str, on: date) -> "QuerySet[Exclusion]":
    """Leave those that stand so on the day; all where none of the three is meant."""
    if standing == IN_FORCE:
        return rows.filter(_live(on))
    if standing == AHEAD:
        return rows.filter(~_live(on), _ahead(on))
    return rows.filter(~_live(on), ~_ahead(on)) if standing == ENDED else rows


def ordered(rows: "QuerySet[Exclusion]", order: str, on: date) -> "QuerySet[Exclusion]":
    """Put them in order: by reference, by the last day of the term that holds, or by the first day of the latest."""
    own = ExclusionTerm.objects.filter(exclusion=OuterRef("pk")).order_by()
    if order == ENDING:
        ends = terms_in_force(own, on).values("exclusion").annotate(day=Max("valid_to")).values("day")
        return rows.annotate(ends=Subquery(ends)).order_by(F("ends").asc(nulls_last=True), "reference")
    if order == NEWEST:
        begun = own.values("exclusion").annotate(day=Max("valid_from")).values("day")
        return rows.annotate(begun=Subquery(begun)).order_by(F("begun").desc(nulls_last=True), "reference")
    return rows.order_by("reference")


def standings(rows: "QuerySet[Exclusion]", on: date, *, whole: bool = False) -> Standings:
    """Count them by how they stand on the day: one statement.

    `whole`: the rows are the whole registry. Its counts are kept for an hour under the stamp that the database renews
    with every change, which is read with a statement of its own.
    """
    stamp = TariffVersion.current() if whole else ""
    key = f"{KEPT_AS}:{on}:{stamp}"
    found: Standings | None = cache.get(key) if stamp else None
    if found is None:
        found = _count(rows, on, whole=whole)
        if stamp:
            cache.set(key, found, HOUR)
    return found


def _stood(rows: "QuerySet[Exclusion]", on: date) -> "QuerySet[Exclusion, Any]":
    """How many are in force or not, with a term to come or not."""
    each = rows.order_by().annotate(live=_live(on), to_come=_ahead(on))
    return each.values_list("live", "to_come").annotate(Count("pk"))


_WHOLE: Prepared[Exclusion] = Prepared(
    lambda on: _stood(Exclusion.objects.all(), on), (date(2019, 1, 1),), (date(2020, 1, 1),)
)


def _count(rows: "QuerySet[Exclusion]", on: date, *, whole: bool) -> Standings:
    found = _WHOLE.tuples(on) if whole else _narrowed(rows, on)
    numbers = [(bool(live), bool(to_come), number) for live, to_come, number in found]
    return Standings(
        in_force=sum(number for live, _, number in numbers if live),
        ahead=sum(number for live, to_come, number in numbers if to_come and not live),
        total=sum(number for _, _, number in numbers),
    )


# What `_stood` asks, of the terms of a few exclusions and without Django's putting it together, which takes longer.
_NARROWED = """
WITH chosen (id) AS ({chosen})
SELECT live, to_come, count(*) FROM (
  SELECT
    chosen.id,
    max(CASE WHEN term.status = %s AND term.valid_from <= %s AND (term.valid_to IS NULL OR term.valid_to >= %s)
      THEN 1 ELSE 0 END) AS live,
    max(CASE WHEN term.status = %s OR term.status = %s AND term.valid_from > %s THEN 1 ELSE 0 END) AS to_come
  FROM chosen LEFT JOIN {terms} term ON term.exclusion_id = chosen.id
    AND NOT EXISTS (SELECT 1 FROM {terms} newer WHERE newer.supersedes_id = term.id)
  GROUP BY chosen.id
) stood GROUP BY live, to_come
"""


def _narrowed(rows: "QuerySet[Exclusion]", on: date) -> list[tuple[int, int, int]]:
    """How many of a part of the registry are in force or not, with a term to come or not."""
    try:
        sql, values = rows.order_by().values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    connection: Any = connections[rows.db]
    terms = connection.ops.quote_name(ExclusionTerm._meta.db_table)
    published, pending = ExclusionTerm.Status.PUBLISHED.value, ExclusionTerm.Status.PENDING.value
    day = connection.ops.adapt_datefield_value(on)
    with prepared_cursor(rows.db) as cursor:
        cursor.execute(
            _NARROWED.format(chosen=sql, terms=terms), [*values, published, day, day, pending, published, day]
        )
        return list(cursor.fetchall())


def _live(on: date) -> Exists:
    return Exists(terms_in_force(ExclusionTerm.objects.filter(exclusion=OuterRef("pk")), on))


def _ahead(on: date) -> Exists:
    published = Q(status=ExclusionTerm.Status.PUBLISHED, valid_from__gt=on)
    own = ExclusionTerm.objects.filter(exclusion=OuterRef("pk"))
    return Exists(own.filter(published | Q(status=ExclusionTerm.Status.PENDING)))
