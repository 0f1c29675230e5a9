"""How often level 2, before it read level 1, held the same: in all, by criterion, by pair of reviewers.

Counts below five are suppressed, so that no single judgement can be told; where one alone would be, the next smallest
is, too, for it could be had by subtraction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, OuterRef, Subquery, Value, When

from exclusions import criteria
from exclusions.models import BlindDraw, Finding, OwnView, Recommendation, User

LEAST = 5


@dataclass(frozen=True)
class Agreement:
    """One line of the report; `compared` and `same` are None where they are suppressed."""

    label: str
    compared: int | None
    same: int | None

    @property
    def percent(self) -> int | None:
        """The share of the same, rounded; None where it is suppressed, or nothing was compared."""
        return round(100 * self.same / self.compared) if self.compared and self.same is not None else None


@dataclass(frozen=True)
class Report:
    """The whole report; `drawn` and `passed` count cases that were drawn and not drawn."""

    outcome: list[Agreement]
    by_criterion: list[Agreement]
    by_pair: list[Agreement]
    drawn: int
    passed: int


def agreement() -> Report:
    """Return the report over all rounds. The same number of statements however many views there are."""
    counted = list(_counted())
    names = User.objects.in_bulk({key for row in counted for key in (row["made_by"], row["first_by"])})
    outcomes = [row for row in counted if not row["criterion"]]
    titles = [criterion.title for criterion in criteria.ALL]
    by_criterion = _lines((criteria.get(row["criterion"]).title, row) for row in counted if row["criterion"])
    draws = dict(BlindDraw.objects.values_list("drawn").annotate(count=Count("pk")).order_by())
    return Report(
        outcome=_suppressed(_lines(("Outcome", row) for row in outcomes)),
        by_criterion=_suppressed(sorted(by_criterion, key=lambda line: titles.index(line.label))),
        by_pair=_suppressed(
            sorted(
                _lines((f"{names[row['first_by']]} and {names[row['made_by']]}", row) for row in outcomes),
                key=lambda line: line.label,
            )
        ),
        drawn=draws.get(True, 0),
        passed=draws.get(False, 0),
    )


def _counted() -> Iterable[dict[str, Any]]:
    """Own views beside what level 1 had recorded by then, counted by criterion, pair, and whether both are the same."""
    found = Finding.objects.filter(
        petition=OuterRef("petition"), criterion=OuterRef("criterion"), level=1, made_at__lte=OuterRef("made_at")
    ).order_by("-made_at", "-pk")
    said = Recommendation.objects.filter(
        petition=OuterRef("petition"), level=1, made_at__lte=OuterRef("made_at")
    ).order_by("-made_at", "-pk")
    beside = OwnView.objects.annotate(
        first=Case(
            When(criterion="", then=Subquery(said.values("outcome")[:1])),
            default=Subquery(found.values("result")[:1]),
            output_field=CharField(),
        ),
        first_by=Case(
            When(criterion="", then=Subquery(said.values("made_by")[:1])),
            default=Subquery(found.values("made_by")[:1]),
        ),
    ).filter(first__isnull=False)
    same = Case(When(view=F("first"), then=Value(1)), default=Value(0))
    grouped = beside.annotate(same=same).values("criterion", "made_by", "first_by", "same")
    return [dict(row) for row in grouped.annotate(count=Count("pk")).order_by()]


def _lines(rows: Iterable[tuple[str, dict[str, Any]]]) -> list[Agreement]:
    found: dict[str, tuple[int, int]] = {}
    for label, row in rows:
        compared, same = found.get(label, (0, 0))
        found[label] = (compared + row["count"], same + row["count"] * row["same"])
    return [Agreement(label, compared, same) for label, (compared, same) in found.items()]


def _suppressed(lines: list[Agreement]) -> list[Agreement]:
    small = {line.label for line in lines if (line.compared or 0) < LEAST}
    others = sorted((line for line in lines if line.label not in small), key=lambda line: line.compared or 0)
    if len(small) == 1 and others:
        small.add(others[0].label)
    return [Agreement(line.label, None, None) if line.label in small else line for line in lines]
