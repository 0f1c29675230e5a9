"""Terms of an exclusion as bars on one line of days, gaps left open; several exclusions share the days.

Places are in percent of the width, so that a drawing without a view box fits any width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exclusions.days import shortly

DAY = timedelta(days=1)
LEAST = 0.6  # percent: a term of a day is still seen
MOST_YEARS = 6


@dataclass(frozen=True, slots=True)
class Term:
    """A term from one day to another, inclusive; no first day: not known, no last day: no stated end."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A term as drawn: where it begins and how long it is, in percent, and whether the day asked for is in it."""

    x: float
    width: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Axis:
    """The days that bars share: from the first to before the last one, and the years to print, with their places."""

    first: date
    end: date
    years: tuple[tuple[float, int], ...]
    day: float

    def across(self, day: date) -> float:
        """Where a day lies, in percent; days outside lie on the edge."""
        within = self.first if day < self.first else self.end if day > self.end else day
        share = (within - self.first) / (self.end - self.first)
        return round(100 * share, 2)


@dataclass(frozen=True, slots=True)
class TermBars:
    """The bars of one exclusion, and the same in words."""

    bars: list[Bar]
    in_words: str


def term_axis(terms: Sequence[Term], *, on: date) -> Axis | None:
    """Return the whole years that hold all known days of the terms and the day asked for; None where no day is
    known.
    """
    days = [day for term in terms for day in (term.first, term.last) if day]
    if not days:
        return None
    first, last = min(*days, on).year, max(*days, on).year + 1
    axis = Axis(date(first, 1, 1), date(last, 1, 1), (), 0)
    every = -(-(last - first) // MOST_YEARS)
    years = tuple((axis.across(date(year, 1, 1)), year) for year in range(first, last, every))
    return Axis(axis.first, axis.end, years, axis.across(on))


def term_bars(terms: Sequence[Term], axis: Axis, *, on: date) -> TermBars:
    """Draw terms on the days of `axis`. A term whose first day is not known is said and not drawn."""
    bars = []
    for term in terms:
        if term.first is None:
            continue
        x = axis.across(term.first)
        width = (axis.across(term.last + DAY) if term.last else 100.0) - x
        holds = term.first <= on and (term.last is None or term.last >= on)
        bars.append(Bar(min(x, 100 - LEAST), round(max(width, LEAST), 2), holds))
    return TermBars(bars, _in_words(terms))


def _in_words(terms: Sequence[Term]) -> str:
    """Return the terms one after the other, those that follow without a gap as one."""
    joined: list[Term] = []
    for term in terms:
        before = joined[-1] if joined else None
        if before and before.last and term.first and before.first and term.first <= before.last + DAY:
            last = None if term.last is None else max(before.last, term.last)
            joined[-1] = Term(before.first, last)
        else:
            joined.append(term)
    return ", then ".join(_describe_term(term) for term in joined) or "no term is on file"


def _describe_term(term: Term) -> str:
    if term.first is None:
        return "days not known"
    return f"{shortly(term.first)} to {shortly(term.last) if term.last else 'no stated end'}"
