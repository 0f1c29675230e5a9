"""All statistics: as they were counted last, or counted now where nothing is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exclusions.models.public import DocketVersion
from exclusions.models.statistics import CountedFigures
from exclusions.queries.lookup.sheets import Sheet
from exclusions.queries.lookup.statistics import agreement, consistency, days, filers, lists, outcomes, waits
from exclusions.queries.lookup.statistics.tally import Tally

# What is counted from the public tables.
PUBLIC: Mapping[str, Callable[[], Any]] = {
    "outcomes": outcomes.count,
    "lists": lists.count,
    "filers": filers.count,
    "waits": waits.count,
    "days": days.count,
    "consistency": consistency.count,
}
# What comes from inside, counted as a whole.
AGREEMENT, STAGES = "agreement", "stages"


@dataclass(frozen=True)
class Statistics:
    """The sheets; `counted_at` None: counted for this very page. `behind`: the docket has changed since.

    `typical`: within how many days half of the decisions came, None where too few are known.
    """

    sheets: list[Sheet]
    whole: Tally
    typical: int | None
    dockets: int
    counted_at: datetime | None
    behind: bool


def statistics() -> Statistics:
    """Return every sheet. Six statements where the counts are kept, however many petitions there are."""
    kept = {row.slug: row for row in CountedFigures.objects.order_by("slug")}
    figures = {slug: kept[slug].figures if slug in kept else count() for slug, count in PUBLIC.items()}
    stages, agreed = (kept[slug].figures if slug in kept else None for slug in (STAGES, AGREEMENT))
    whole = all(slug in kept for slug in PUBLIC)
    rounds, chapters, published = outcomes.sheets(figures["outcomes"])
    busiest, last_days = days.sheets(figures["days"])
    versions = [kept[slug].version for slug in PUBLIC if slug in kept]
    return Statistics(
        sheets=[
            rounds,
            *lists.sheets(figures["lists"]),
            chapters,
            *filers.sheets(figures["filers"]),
            *waits.sheets(figures["waits"], stages),
            busiest,
            published,
            last_days,
            *consistency.sheets(figures["consistency"]),
            *agreement.sheets(agreed),
        ],
        whole=outcomes.whole(figures["outcomes"]),
        typical=waits.typical(figures["waits"]),
        dockets=len({docket for docket, *_ in figures["outcomes"]}),
        counted_at=min((kept[slug].counted_at for slug in PUBLIC), default=None) if whole else None,
        behind=whole and min(versions) < DocketVersion.current(),
    )
