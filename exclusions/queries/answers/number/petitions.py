"""The petitions on a number with their outcomes, as the docket shows them."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet

from exclusions.gateways.database.prepared import Prepared
from exclusions.hts import HtsNumber, range_of
from exclusions.models.public import PublicPetition
from exclusions.workflow.states import Stage

LATEST = 5


@dataclass(frozen=True, slots=True)
class OnNumber:
    """A petition on the number."""

    reference: str
    product: str
    organization: str
    stage: str
    posted_on: date | None
    decided_on: date | None

    @property
    def label(self) -> str:
        """The stage or outcome as the public reads it."""
        return Stage(self.stage).label


@dataclass(frozen=True)
class NumberPetitions:
    """How many petitions there are on a number, by stage or outcome, and those posted last."""

    by_stage: list[tuple[str, int]]
    latest: list[OnNumber]

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(count for _, count in self.by_stage)


def _on(first: str, after: str) -> "QuerySet[PublicPetition]":
    return PublicPetition.objects.filter(hts10__gte=first, hts10__lt=after)


def _counted(first: str, after: str) -> "QuerySet[Any, tuple[Any, ...]]":
    return _on(first, after).order_by().values_list("stage").annotate(Count("pk"))


def _latest(first: str, after: str) -> "QuerySet[Any, tuple[Any, ...]]":
    columns = ("reference", "product_name", "organization_name", "stage", "posted_on", "decided_on")
    newest = F("posted_on").desc(nulls_last=True)
    return _on(first, after).order_by(newest, "-reference").values_list(*columns)[:LATEST]


_COUNTED: Prepared[PublicPetition] = Prepared(_counted, ("1", "2"), ("3", "4"))
_LATEST: Prepared[PublicPetition] = Prepared(_latest, ("1", "2"), ("3", "4"))


def number_petitions(number: HtsNumber) -> NumberPetitions:
    """The petitions on the number, or on one below it: two statements, one where there is none.

    None are told for a number of less than 8 digits: the docket's own filter is the place for those.
    """
    if number.level < 8:
        return NumberPetitions([], [])
    numbers = range_of(number.plain)
    counted = Counter(dict(_COUNTED.tuples(*numbers)))
    if not counted:
        return NumberPetitions([], [])
    latest = [OnNumber(*row) for row in _LATEST.tuples(*numbers)]
    return NumberPetitions([(stage.label, counted[stage.value]) for stage in Stage if counted[stage.value]], latest)
