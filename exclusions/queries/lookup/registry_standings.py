"""How exclusions stand on a day: in force, ahead, or ended; and in which orders a list shows them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from exclusions.models.exclusion import Exclusion, ExclusionTerm

IN_FORCE, AHEAD, ENDED, ANY = "in_force", "ahead", "ended", "any"
STANDINGS = {IN_FORCE: "In force", AHEAD: "Ahead", ENDED: "Ended", ANY: "All of them"}
REFERENCE, ENDING, NEWEST = "reference", "ending", "newest"
ORDERS = {REFERENCE: "List and number", ENDING: "Ends soonest", NEWEST: "Begun last"}


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

    def number_of(self, standing: str) -> int:
        """Return the number of exclusions of a standing; of all where the standing is unknown."""
        return {IN_FORCE: self.in_force, AHEAD: self.ahead, ENDED: self.ended}.get(standing, self.total)


def standing_on(rows: "QuerySet[Exclusion]", standing: str, on: date) -> "QuerySet[Exclusion]":
    """Leave those that stand so on the day; all where none of the three is meant."""
    if standing == IN_FORCE:
        return rows.filter(_live(on))
    if standing == AHEAD:
        return rows.filter(~_live(on), _ahead(on))
    return rows.filter(~_live(on), ~_ahead(on)) if standing == ENDED else rows


def count_standings(rows: "QuerySet[Exclusion]", on: date) -> Standings:
    """Count how many of them stand how on the day. One statement, which reads the terms of each standing once."""
    terms = ExclusionTerm.objects.order_by()
    live = terms.in_force(on)
    not_over = live | terms.filter(_to_come(on))
    counted = rows.order_by().aggregate(
        in_force=Count("pk", filter=Q(pk__in=live.values("exclusion"))),
        not_over=Count("pk", filter=Q(pk__in=not_over.values("exclusion"))),
        total=Count("pk"),
    )
    return Standings(counted["in_force"], counted["not_over"] - counted["in_force"], counted["total"])


def in_order(rows: "QuerySet[Exclusion]", order: str, on: date) -> "QuerySet[Exclusion]":
    """Put them in an order of ORDERS; those without such a day come last."""
    own = ExclusionTerm.objects.filter(exclusion=OuterRef("pk")).order_by()
    if order == ENDING:
        ends = own.in_force(on).values("exclusion").annotate(last=Max("valid_to")).values("last")
        return rows.annotate(ends=Subquery(ends)).order_by(F("ends").asc(nulls_last=True), "reference")
    if order == NEWEST:
        begun = own.values("exclusion").annotate(last=Max("valid_from")).values("last")
        return rows.annotate(begun=Subquery(begun)).order_by(F("begun").desc(nulls_last=True), "reference")
    return rows.order_by("reference")


def _live(on: date) -> Exists:
    return Exists(ExclusionTerm.objects.filter(exclusion=OuterRef("pk")).in_force(on))


def _ahead(on: date) -> Exists:
    return Exists(ExclusionTerm.objects.filter(exclusion=OuterRef("pk")).filter(_to_come(on)))


def _to_come(on: date) -> Q:
    """Of a term: its days are to come, or to be told."""
    published = Q(status=ExclusionTerm.Status.PUBLISHED, valid_from__gt=on)
    return published | Q(status=ExclusionTerm.Status.PENDING)
