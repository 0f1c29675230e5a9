"""How exclusions stand on a day: in force, ahead, or ended; and in which orders a list shows them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from exclusions.facts.exclusions import terms_in_force
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


def _live(on: date) -> Exists:
    return Exists(terms_in_force(ExclusionTerm.objects.filter(exclusion=OuterRef("pk")), on))


def _ahead(on: date) -> Exists:
    published = Q(status=ExclusionTerm.Status.PUBLISHED, valid_from__gt=on)
    own = ExclusionTerm.objects.filter(exclusion=OuterRef("pk"))
    return Exists(own.filter(published | Q(status=ExclusionTerm.Status.PENDING)))
