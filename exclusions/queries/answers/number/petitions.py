"""The petitions on a number with their outcomes, as the docket shows them."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

from django.db import router

from exclusions.gateways.database.together import Fetch
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


# Those posted last in their order, then how many there are of each stage.
_BOTH = f"""
SELECT reference, product_name, organization_name, stage, posted_on, decided_on, place, 0 AS number FROM (
  SELECT reference, product_name, organization_name, stage, posted_on, decided_on,
  row_number() OVER (ORDER BY posted_on DESC NULLS LAST, reference DESC) AS place
  FROM {PublicPetition._meta.db_table} WHERE hts10 >= %s AND hts10 < %s ORDER BY place LIMIT {LATEST}
) latest
UNION ALL
SELECT NULL, NULL, NULL, stage, NULL, NULL, 0, count(*) FROM {PublicPetition._meta.db_table}
WHERE hts10 >= %s AND hts10 < %s GROUP BY stage"""


NONE = NumberPetitions([], [])


def petitions_fetch(number: HtsNumber) -> Fetch[NumberPetitions] | None:
    """The petitions on the number, or on one below it: one statement.

    None for a number of less than 8 digits: the docket's own filter is the place for those.
    """
    if number.level < 8:
        return None
    numbers = range_of(number.plain)
    return Fetch(router.db_for_read(PublicPetition), (_BOTH, [*numbers, *numbers]), _by_stage)


def _by_stage(rows: list[tuple[Any, ...]]) -> NumberPetitions:
    counted = {row[3]: row[7] for row in rows if row[0] is None}
    latest = [OnNumber(*row[:6]) for row in sorted((row for row in rows if row[0] is not None), key=itemgetter(6))]
    return NumberPetitions([(stage.label, counted[stage.value]) for stage in Stage if stage.value in counted], latest)
