"""The periods that purchases and revenue are asked for; they come from the round, so nothing here names a year."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

_PARTS = {
    "Q1": "First quarter of",
    "Q2": "Second quarter of",
    "Q3": "Third quarter of",
    "Q4": "Fourth quarter of",
    "H1": "First half of",
    "H2": "Second half of",
}
_YEAR_FIRST = re.compile(r"^(?P<year>\d{4})(?:[\s-]?(?P<part>[QH][1-4]))?$", re.IGNORECASE)
_PART_FIRST = re.compile(r"^(?P<part>[QH][1-4])[\s-]?(?P<year>\d{4})$", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """A year, or a quarter or half of one. `key` is "2018", "2019-Q1" or "2019-H1"."""

    year: int
    part: str = ""

    @cached_property
    def key(self) -> str:
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @cached_property
    def label(self) -> str:
        return f"{_PARTS[self.part]} {self.year}" if self.part else str(self.year)


def period(text: str) -> Period:
    """Return a period from "2018", "2019-Q1", "Q1 2019", "2019-H1" or "H1 2019"; ValueError in a sentence otherwise."""
    match = _YEAR_FIRST.match(text.strip()) or _PART_FIRST.match(text.strip())
    part = (match["part"] or "").upper() if match else ""
    if match is None or (part and part not in _PARTS):
        raise ValueError(f'"{text}" is not a period. Write a year, quarter or half: 2018, 2019-Q1 or 2019-H1.')
    return Period(int(match["year"]), part)


def last_full_year(periods: Sequence[Period]) -> int:
    """Return the latest whole year among the periods, the one that shares of sales are asked for.

    With none, the year before the latest part, since a part of a year cannot be its whole.
    """
    whole = [p.year for p in periods if not p.part]
    return max(whole) if whole else max(p.year for p in periods) - 1


def revenue_periods(periods: Sequence[Period], *, compare: bool) -> tuple[Period, ...]:
    """Return the periods revenue is asked for, from those of the purchases: the last full year and each part of a year.

    With `compare` the same part of the year before comes first, as the June 2019 form asks (2018, first quarter of
    2018, first quarter of 2019); the October 2019 form does not (2018, first half of 2019).
    """
    found = [Period(last_full_year(periods))]
    for part in (p for p in periods if p.part):
        if compare:
            found.append(Period(part.year - 1, part.part))
        found.append(part)
    return tuple(found)
