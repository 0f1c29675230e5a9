"""Which actions cover many numbers on one day: of lists of results, whose numbers mostly stand on the same lists."""

from collections.abc import Collection
from datetime import date
from typing import Any

from exclusions.facts.action_rates import action_rates
from exclusions.facts.also_owed import AlsoOwed, on_top
from exclusions.facts.coverage import Coverage, CoveredRows, InTransit, covered_rows, in_force

ListsOfDay = tuple[list[Coverage], list[InTransit], list[AlsoOwed]]


class CoveredDay:
    """What the lists hold on one day for many numbers. What is the same of several is made once, and shared."""

    def __init__(self, covered: CoveredRows, as_of: date) -> None:
        self._covered, self._as_of = covered, as_of
        self._made: dict[Any, ListsOfDay] = {}

    def lists_of(self, number: str) -> ListsOfDay:
        """Return the lists in force for a plain number, the lower rates for goods in transit, and other duties owed."""
        rows = self._covered.rows.get(number[:8], []) if len(number) >= 8 else []
        # Where the list names whole subheadings alone, their digits decide nothing else.
        for row in rows:
            if len(row.number) != 8:
                kind: Any = number
                break
        else:
            kind = tuple([row[1:] for row in rows])
        if kind not in self._made:
            covering = in_force(self._covered.history(number), self._as_of) if rows else []
            beside = in_force(self._covered.beside(number), self._as_of) if rows else []
            transit = self._covered.transit(number, self._as_of) if rows else []
            self._made[kind] = (covering, transit, on_top(beside, self._covered.on_top))
        return self._made[kind]


def coverage_of(numbers: Collection[str], as_of: date) -> dict[str, list[Coverage]]:
    """For each plain number the actions in force on the day; none for less than 8 digits. Two statements for all."""
    day = CoveredDay(covered_rows({number[:8] for number in numbers if len(number) >= 8}, action_rates()), as_of)
    return {number: day.lists_of(number)[0] for number in numbers}
