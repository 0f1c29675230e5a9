"""When petitions were posted: the busiest days, and how many each month."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse

from exclusions.charts.bars import bars
from exclusions.charts.lines import Point, lines
from exclusions.days import shortly
from exclusions.models.public import PublicPetition
from exclusions.queries.lookup.sheets import Drawn, Sheet
from exclusions.queries.lookup.statistics.tally import share_of

Counted = Sequence[Sequence[Any]]  # docket, day (ISO), count
MOST = 10
SERIES = 4


def count() -> list[list[Any]]:
    """Return how many petitions each docket had posted on each day. One statement."""
    rows = PublicPetition.objects.filter(posted_on__isnull=False).order_by("docket", "posted_on")
    found = rows.values_list("docket", "posted_on").annotate(count=Count("pk"))
    return [[docket, day.isoformat(), number] for docket, day, number in found]


def sheets(counted: Counted) -> list[Sheet]:
    """Return the sheets of days and of last days. No statement."""
    totals: Counter[str] = Counter()
    for docket, _, number in counted:
        totals[docket] += number
    return [_busiest(counted, totals), _last_days(counted, totals)]


def _busiest(counted: Counted, totals: Counter[str]) -> Sheet:
    ranked = sorted(counted, key=lambda row: (-row[2], row[1], row[0]))[:MOST]
    rows = [
        (date.fromisoformat(day), docket, number, share_of(number, totals[docket])) for docket, day, number in ranked
    ]
    return Sheet(
        "days",
        "Busiest days",
        ("Day", "Docket", "Petitions posted", "Share of its docket"),
        rows,
        says=f"The {MOST} days with the most petitions posted in one docket.",
        percent=frozenset({"Share of its docket"}),
        charts=(
            Drawn("busiest", f"Petitions posted on the {MOST} busiest days", "",
                  bars=bars([(shortly(row[0]), [row[2]], f"{row[2]:,}") for row in rows])),
            Drawn("months", "Petitions posted each month, by docket", "The dockets with the most petitions.",
                  lines=_months(counted, totals)),
        ),
    )  # fmt: skip


def _last_days(counted: Counted, totals: Counter[str]) -> Sheet:
    """How much of each docket came on its last day, and in the seven days that end with it."""
    by_docket: defaultdict[str, list[tuple[date, int]]] = defaultdict(list)
    for docket, day, number in counted:
        by_docket[docket].append((date.fromisoformat(day), number))
    rows: list[tuple[str | int | float | date, ...]] = []
    for docket, _ in totals.most_common():
        last = max(day for day, _ in by_docket[docket])
        on_it = sum(number for day, number in by_docket[docket] if day == last)
        in_week = sum(number for day, number in by_docket[docket] if day > last - timedelta(days=7))
        shares = (share_of(part, totals[docket]) for part in (on_it, in_week))
        rows.append((docket, last, on_it, in_week, *shares))
    return Sheet(
        "last-days",
        "The last days of each docket",
        ("Docket", "Last day of posting", "On that day", "In its last seven days", "Share on that day",
         "Share in the seven days"),
        rows,
        says="We count the day a petition was posted. For List 3, the Mercatus Center counted the day it was sent: "
        "17.5% came on the last day and 46% in the last week.",
        percent=frozenset({"Share on that day", "Share in the seven days"}),
        urls={docket: f"{reverse('docket')}?docket={docket}" for docket in totals},
    )  # fmt: skip


def _months(counted: Counted, totals: Counter[str]) -> Any:
    """Return a line for each of the dockets with most petitions, with a point for each month from the first to the
    last.
    """
    chosen = [docket for docket, _ in totals.most_common(SERIES)]
    by_month: Counter[tuple[str, int]] = Counter()
    for docket, day, number in counted:
        by_month[docket, int(day[:4]) * 12 + int(day[5:7]) - 1] += number
    months = [month for docket, month in by_month if docket in chosen]
    span = range(min(months), max(months) + 1) if months else range(0)
    series: list[tuple[str, list[Point]]] = [
        (docket, [(float(month), float(by_month[docket, month])) for month in span if _within(by_month, docket, month)])
        for docket in chosen
    ]
    return lines(series, [(float(month), f"{date(month // 12, month % 12 + 1, 1):%b %Y}") for month in span])


def _within(by_month: Counter[tuple[str, int]], docket: str, month: int) -> bool:
    """Whether a month lies between the first and the last of the docket."""
    own = [at for name, at in by_month if name == docket]
    return min(own) <= month <= max(own)
