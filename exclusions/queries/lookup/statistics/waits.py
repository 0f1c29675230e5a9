"""How long petitions wait: from posting to the decision, and in each public stage."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F
from django.urls import reverse

from exclusions.charts.bars import bars
from exclusions.queries.lookup.sheets import Drawn, Sheet
from exclusions.queries.lookup.statistics.tally import DENIED, GRANTED, IN_PART, with_outcome

DECIDED = (GRANTED, IN_PART, DENIED)
LEAST = 5  # a stage that fewer have left is not told: it could be one person's pace
SPREAD = ("Half within (median)", "A quarter within", "Three quarters within", "Longest")

Histogram = Iterable[tuple[int, int]]  # days, count


def count() -> list[list[Any]]:
    """Return how many decided petitions of each docket waited how many days; days of None: the source has no day.

    One statement. Its rows are the different lengths of waits, however many petitions there are.
    """
    waited = ExpressionWrapper(F("decided_on") - F("posted_on"), output_field=DurationField())
    rows = with_outcome().filter(outcome_kind__in=DECIDED).annotate(waited=waited)
    found = rows.values_list("docket", "waited").annotate(count=Count("pk"))
    return [[docket, None if wait is None else wait.days, number] for docket, wait, number in found]


def sheets(counted: Sequence[Sequence[Any]], stages: Sequence[Sequence[Any]] | None) -> list[Sheet]:
    """Return the sheets of waits. `stages` holds (stage, days, count), as a whole; None: not counted yet."""
    return [_to_decision(counted), _by_stage(stages)]


def spread(histogram: Histogram) -> tuple[int, int, int, int] | None:
    """Return within how many days half, a quarter, three quarters and all of them were over; None of none."""
    days = sorted(histogram)
    total = sum(number for _, number in days)
    if not total:
        return None
    return (_within(days, total / 2), _within(days, total / 4), _within(days, 3 * total / 4), days[-1][0])


def usual(counted: Sequence[Sequence[Any]], docket: str) -> tuple[int, int] | None:
    """Return within how many days half and three quarters of a docket's decisions came; None: too few are known."""
    known = [(days, number) for name, days, number in counted if name == docket and days is not None]
    found = spread(known)
    return (found[0], found[2]) if found and sum(number for _, number in known) >= LEAST else None


def typical(counted: Sequence[Sequence[Any]]) -> int | None:
    """Return within how many days half of all decisions came; None: too few are known."""
    known = [(days, number) for _, days, number in counted if days is not None]
    found = spread(known)
    return found[0] if found and sum(number for _, number in known) >= LEAST else None


def _to_decision(counted: Sequence[Sequence[Any]]) -> Sheet:
    by_docket: defaultdict[str, list[tuple[int | None, int]]] = defaultdict(list)
    for docket, days, number in counted:
        by_docket[docket].append((days, number))
    rows, drawn = [], []
    for docket, histogram in sorted(by_docket.items()):
        decided = sum(number for _, number in histogram)
        known = [(days, number) for days, number in histogram if days is not None]
        found = spread(known)
        rows.append((docket, decided, sum(number for _, number in known), *(found or (None,) * len(SPREAD))))
        if found:
            drawn.append((docket, [float(found[0])], in_days(found[0])))
    return Sheet(
        "waits",
        "From posting to the decision",
        ("Docket", "Decided", "Decision date known", *SPREAD),
        rows,
        says="Calendar days, for decided petitions. Copies of the old portal do not give the decision date.",
        urls={docket: f"{reverse('docket')}?docket={docket}" for docket in by_docket},
        charts=(
            Drawn("decision-waits", "Days from posting to decision, for half of each docket", "", bars=bars(drawn)),
        ) if drawn else (),
    )  # fmt: skip


def _by_stage(stages: Sequence[Sequence[Any]] | None) -> Sheet:
    by_stage: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for stage, days, number in stages or ():
        by_stage[stage].append((days, number))
    rows = []
    for stage, histogram in sorted(by_stage.items()):
        found = spread(histogram)
        rows.append((stage, sum(number for _, number in histogram), *(found or ())))
    return Sheet(
        "stages",
        "Waits by stage",
        ("Stage", "Petitions that finished it", *SPREAD),
        rows,
        says="Calendar days, for petitions filed here. We leave out a stage that fewer than "
        f"{LEAST} petitions have finished.",
        charts=(
            Drawn("stage-waits", "Days in each stage, for half of the petitions", "",
                  bars=bars((row[0], [float(row[2])], in_days(int(row[2]))) for row in rows)),
        ),
        empty="Too few petitions have finished a stage here to say how long it takes.",
    )  # fmt: skip


def in_days(number: int) -> str:
    """Return a number of days in words: "1 day", "1,200 days"."""
    return "1 day" if number == 1 else f"{number:,} days"


def _within(days: Sequence[tuple[int, int]], wanted: float) -> int:
    passed = 0
    for length, number in days:
        passed += number
        if passed >= wanted:
            return length
    return days[-1][0]
