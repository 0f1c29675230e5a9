"""Rates over time as steps: what holds from a day on, until another holds.

Places are in percent of the drawing's width and in pixels of its height, so that a drawing without a view box fits any
width and its letters keep their size.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from exclusions.days import in_full

HEIGHT, TOP, BOTTOM = 220, 28, 184  # pixels: the whole, the highest level, the lowest
LEFT, RIGHT = 12.0, 97.0  # percent: where days begin and end; figures of the levels stand to the left
MOST_YEARS = 7
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """A figure that holds from one day to another (inclusive; no last day: still)."""

    first: date
    last: date | None
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """A straight piece of a step: percent across, pixels down."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure or a year with its place, and on which side of it the words stand (`start`, `middle`, `end`)."""

    x: float
    y: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class StepChart:
    """What a template draws: the steps, the figure over each, the levels, the years, and where the day asked for is."""

    lines: list[Line]
    figures: list[Mark]
    levels: list[Mark]
    years: list[Mark]
    day: float
    in_words: str

    height, top, bottom, left, right = HEIGHT, TOP, BOTTOM, LEFT, RIGHT


def sums(spans: Iterable[Span]) -> list[Span]:
    """Return what the spans come to together, from the first day on, each time a sum changes; days without any are
    zero.
    """
    given = list(spans)
    days = sorted({span.first for span in given} | {span.last + DAY for span in given if span.last})
    found: list[Span] = []
    for day, after in zip(days, [*days[1:], None], strict=True):
        value = sum(span.value for span in given if span.first <= day and (span.last is None or span.last >= day))
        last = after - DAY if after else None
        if found and found[-1].value == value:
            found[-1] = Span(found[-1].first, last, value)
        else:
            found.append(Span(day, last, value))
    return found


def step_chart(spans: Sequence[Span], *, on: date) -> StepChart | None:
    """Draw spans that follow one another (`sums`), with a mark on a day; None where there is nothing to draw.

    The drawing begins with the year before the first span, and ends with the year of the day or of the last change.
    """
    if not any(span.value for span in spans):
        return None
    first = date(min(spans[0].first, on).year - (spans[0].first.timetuple().tm_yday < 32), 1, 1)
    changes = [spans[-1].first, *(span.last for span in spans if span.last), on]
    end = date(max(changes).year + 1, 1, 1)
    high = max(span.value for span in spans)
    step = next(size for size in (5, 10, 25, 50, 100, 10_000) if high <= 4 * size)
    top = step * max(1, -int(-high // step))

    def across(day: date) -> float:
        within = first if day < first else end if day > end else day
        share = (within - first) / (end - first)
        return round(LEFT + (RIGHT - LEFT) * share, 2)

    def down(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)

    lines, figures = _steps(spans, across, down)
    every = -(-(end.year - first.year) // MOST_YEARS)
    return StepChart(
        lines=lines,
        figures=figures,
        levels=[Mark(LEFT, down(level), f"{level}%", "end") for level in range(0, top + 1, step)],
        years=[Mark(across(date(year, 1, 1)), BOTTOM, str(year)) for year in range(first.year, end.year, every)],
        day=across(on),
        in_words="; ".join(_describe_span(span) for span in spans),
    )


def _steps(
    spans: Sequence[Span], across: Callable[[date], float], down: Callable[[float], float]
) -> tuple[list[Line], list[Mark]]:
    lines: list[Line] = []
    figures: list[Mark] = []
    before = 0.0
    for span in spans:
        x1, x2, y = across(span.first), across(span.last + DAY if span.last else date.max), down(span.value)
        lines += [Line(x1, down(before), x1, y), Line(x1, y, x2, y)]
        if span.value != before:
            figures.append(Mark(x1, y - 7, f"{_figure(span.value)}%", "start" if x1 < 85 else "end"))
        before = span.value
    return lines, figures


def _describe_span(span: Span) -> str:
    last = f" to {in_full(span.last)}" if span.last else " on"
    return f"{_figure(span.value)}% from {in_full(span.first)}{last}"


def _figure(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
