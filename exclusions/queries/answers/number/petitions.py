"""The petitions on a number with their outcomes, as the docket shows them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F

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


def petitions_on(number: HtsNumber) -> NumberPetitions:
    """The petitions on the number, or on one below it: two statements.

    None for a number of less than 8 digits: the docket's own filter is the place for those.
    """
    if number.level < 8:
        return NumberPetitions([], [])
    first, after = range_of(number.plain)
    rows = PublicPetition.objects.filter(hts10__gte=first, hts10__lt=after)
    counted = dict(rows.order_by().values("stage").annotate(number=Count("pk")).values_list("stage", "number"))
    newest = rows.order_by(F("posted_on").desc(nulls_last=True), "-reference")[:LATEST]
    columns = ("reference", "product_name", "organization_name", "stage", "posted_on", "decided_on")
    latest = [OnNumber(*row) for row in newest.values_list(*columns)]
    return NumberPetitions([(stage.label, counted[stage.value]) for stage in Stage if stage.value in counted], latest)
