"""Which actions cover many numbers on one day: of lists of results, whose numbers mostly stand on the same lists."""

from collections.abc import Collection
from datetime import date
from typing import Any

from exclusions.facts.coverage import Coverage, CoveredRows, InTransit, covered_rows, in_force


class CoveredDay:
    """What the lists hold on one day for many numbers. What is the same of several is made once, and shared."""

    def __init__(self, covered: CoveredRows, as_of: date) -> None:
        self._covered, self._as_of = covered, as_of
        self._made: dict[Any, tuple[list[Coverage], list[InTransit]]] = {}

    def of(self, number: str) -> tuple[list[Coverage], list[InTransit]]:
        """Return the actions in force for the plain number, and the lower rates for goods that were under way."""
        rows = self._covered.rows.get(number[:8], []) if len(number) >= 8 else []
        # Where the list names whole subheadings alone, their digits decide nothing else.
        for row in rows:
            if len(row.number) != 8:
                kind: Any = number
                break
        else:
            kind = tuple([row[1:] for row in rows])
        if kind not in self._made:
            held = in_force(self._covered.history(number), self._as_of) if rows else []
            self._made[kind] = (held, self._covered.transit(number, self._as_of) if rows else [])
        return self._made[kind]


def coverage_of(numbers: Collection[str], as_of: date) -> dict[str, list[Coverage]]:
    """For each plain number the actions in force on the day; none for less than 8 digits. Two statements for all."""
    day = CoveredDay(covered_rows({number[:8] for number in numbers if len(number) >= 8}), as_of)
    return {number: day.of(number)[0] for number in numbers}
