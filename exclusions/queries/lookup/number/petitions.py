"""The petitions on a number with their outcomes, as the docket shows them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from exclusions.hts import LEVELS, HtsNumber, range_of
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
    """Return the petitions on the number, or on one below it: two statements, three where fewer than are shown have a
    day.

    None for a number of less than 8 digits: the docket's own filter is the place for those.
    """
    if number.level < 8:
        return NumberPetitions([], [])
    first, after = range_of(number.plain)
    below = {"hts10": number.plain} if number.level == max(LEVELS) else {"hts10__gte": first, "hts10__lt": after}
    rows = PublicPetition.objects.filter(**below)
    counted = dict(rows.order_by().values_list("stage").annotate(number=Count("*")))
    by_stage = [(stage.label, counted[stage.value]) for stage in Stage if stage.value in counted]
    return NumberPetitions(by_stage, _latest(rows, sum(counted.values())))


def _latest(rows: "QuerySet[PublicPetition]", count: int) -> list[OnNumber]:
    """Those posted last, in the order of the index; after them those of which no day is known."""
    columns = ("reference", "product_name", "organization_name", "stage", "posted_on", "decided_on")
    dated = rows.filter(posted_on__isnull=False).order_by("-posted_on", "-reference")
    latest = list(dated.values_list(*columns)[: min(count, LATEST)])
    if len(latest) < min(count, LATEST):
        undated = rows.filter(posted_on__isnull=True).order_by("-reference")
        latest += undated.values_list(*columns)[: LATEST - len(latest)]
    return [OnNumber(*row) for row in latest]
