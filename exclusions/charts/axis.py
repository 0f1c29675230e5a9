"""Axes: a scale of round figures over what is drawn, and places on it in percent of its length."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, log10

STEPS = (1, 2, 2.5, 5, 10)
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: its place in percent of the length, from the low end, and what is printed beside it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale from `low` to `high`, both round figures; `ticks` from the low end to the high one."""

    low: float
    high: float
    ticks: tuple[Tick, ...]

    def place(self, value: float) -> float:
        """Return where a value lies, in percent of the length from the low end; never outside of it."""
        share = 100 * (value - self.low) / (self.high - self.low)
        return round(min(max(share, 0.0), 100.0), 2)


def axis(values: Iterable[float], *, most: int = 5, unit: str = "") -> Axis:
    """Return an axis that holds zero and all the values, with at most `most` + 1 ticks a round step apart.

    `unit` follows each printed figure ("%"). Without values, or with nothing but zeros, the axis goes from 0 to 1.
    """
    known = [0.0, *values]
    low, high = min(known), max(known)
    if low == high:
        high = low + 1
    step = _step(high - low, most)
    first, last = floor(low / step), -floor(-high / step)
    marks = [round(number * step, 10) for number in range(first, last + 1)]
    scale = Axis(marks[0], marks[-1], ())
    return Axis(scale.low, scale.high, tuple(Tick(scale.place(mark), f"{_figure(mark)}{unit}") for mark in marks))


def _step(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 2.5, 5 and 10 times a power of ten by which the span takes no more than `most`
    steps.
    """
    power = 10.0 ** floor(log10(span / most))
    return next((power * step for step in STEPS if power * step * most >= span), power * STEPS[-1])


def _figure(mark: float) -> str:
    """Return a figure without idle zeros, thousands marked, a true minus sign before one that is negative."""
    text = f"{abs(mark):,.2f}".rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if mark < 0 and text != "0" else text
