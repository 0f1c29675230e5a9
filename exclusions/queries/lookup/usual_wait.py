"""How long a petition has waited, beside what is usual in its docket. Reads the counts that are kept."""

from dataclasses import dataclass
from datetime import date, datetime

from exclusions.charts.bars import BarChart, bars
from exclusions.models.statistics import CountedFigures
from exclusions.queries.lookup.statistics.waits import in_days, usual
from exclusions.workflow.deadlines import eastern_date


@dataclass(frozen=True)
class Wait:
    """Calendar days from posting to the decision, or to now where there is none; `half` and `most` of the docket."""

    days: int
    half: int
    most: int
    decided: bool

    @property
    def bars(self) -> BarChart:
        """The three beside each other."""
        own = "This petition" if self.decided else "This petition, so far"
        rows = ((own, self.days), ("Half of the decisions within", self.half), ("Three quarters within", self.most))
        return bars([(label, [float(days)], in_days(days)) for label, days in rows])


def usual_wait(docket: str, posted_on: date | None, decided_on: date | None, at: datetime) -> Wait | None:
    """Return how long a petition has waited by `at`, beside its docket; None where too few decisions are known.

    One statement.
    """
    if posted_on is None:
        return None
    kept = CountedFigures.objects.filter(slug="waits").order_by("slug").values_list("figures", flat=True).first()
    found = usual(kept or (), docket)
    if found is None:
        return None
    ended = decided_on or eastern_date(at)
    return Wait((ended - posted_on).days, *found, decided_on is not None)
