"""Lines over time: values of several series at dated points, straight from point to point or in steps.

Places across are in percent of the drawing's width, heights in pixels, as with bars.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from exclusions.charts.axis import Axis, axis

LEFT, RIGHT = 13.0, 97.0  # percent: room for the figures beside, and for half of a marker
TOP, BOTTOM = 12, 212  # pixels
HEIGHT = 240
LABELS = 5  # at most so many are printed below, or they would touch on a telephone

Value = float | None
Point = tuple[float, Value]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line; `x…` in percent, `y…` in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Dot:
    """A value that is known: its place, and what is said of it."""

    x: float
    y: float
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """One series; `number` tells its colour, its dashes and its marker from those of the others."""

    name: str
    number: int
    segments: tuple[Segment, ...]
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place beside or below the drawing, and what is printed there."""

    at: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class LineChart:
    """What a template draws."""

    lines: tuple[Line, ...]
    across: tuple[Mark, ...]  # percent
    beside: tuple[Mark, ...]  # pixels
    height: int = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    bottom: int = BOTTOM

    @property
    def in_words(self) -> str:
        """Every value of every series, for who does not see the drawing."""
        told = []
        for line in self.lines:
            values = ", ".join(dot.said for dot in line.dots)
            told.append(f"{line.name}: {values}" if line.name else values)
        return "; ".join(told)


def lines(
    series: Iterable[tuple[str, Sequence[Point]]],
    names: Sequence[tuple[float, str]],
    *,
    stepped: bool = False,
    unit: str = "",
) -> LineChart:
    """Return the drawing of series given as (name, points); a point is a place in time (any number) and a value.

    A value of None is a gap: nothing is drawn through it. `names` prints places in time in words; of many, some are
    left out. With `stepped` a value holds until the next point. `unit` follows each figure.
    """
    known = [(name, list(points)) for name, points in series]
    times = [time for _, points in known for time, _ in points] + [time for time, _ in names]
    scale = axis((value for _, points in known for _, value in points if value is not None), unit=unit)
    first, last = min(times, default=0.0), max(times, default=1.0)
    words = dict(names)

    def across(time: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * ((time - first) / (last - first) if last > first else 0.5), 2)

    drawn = []
    for number, (name, points) in enumerate(known):
        places = [(across(time), None if value is None else _down(scale, value)) for time, value in points]
        dots = tuple(
            Dot(across(time), _down(scale, value), f"{words.get(time, '')} {value:,g}{unit}".strip())
            for time, value in points
            if value is not None
        )
        drawn.append(Line(name, number, tuple(_segments(places, stepped)), dots))
    below = tuple(_mark(across(time), label) for time, label in _some(names))
    return LineChart(tuple(drawn), below, tuple(Mark(_at(tick.at), tick.label) for tick in scale.ticks))


def _segments(places: Sequence[tuple[float, float | None]], stepped: bool) -> Iterable[Segment]:
    for (x1, y1), (x2, y2) in pairwise(places):
        if y1 is None:
            continue
        if stepped:
            yield Segment(x1, y1, x2, y1)
            if y2 is not None and y2 != y1:
                yield Segment(x2, y1, x2, y2)
        elif y2 is not None:
            yield Segment(x1, y1, x2, y2)


def _down(scale: Axis, value: float) -> float:
    return _at(scale.place(value))


def _at(percent: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * percent / 100, 1)


def _mark(at: float, label: str) -> Mark:
    return Mark(at, label, "start" if at < LEFT + 4 else "end" if at > RIGHT - 4 else "middle")


def _some(names: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """At most LABELS of the names, the first and the last among them."""
    if len(names) <= LABELS:
        return list(names)
    last = len(names) - 1
    return [names[round(number * last / (LABELS - 1))] for number in range(LABELS)]
