"""A limit in a text: “over 10 mm but not over 254 mm”, “valued not over $4”, written again word by word."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from exclusions.wording.units import COUNT, Unit, unit


@dataclass(frozen=True, slots=True)
class Bound:
    """One end of a limit as printed. `figure` keeps the digits; `unit` is "" where the other end prints it.

    `phrase` is what makes it a bound (“not over”), `after` whether it stands behind the figure (“or more”).
    """

    figure: str
    unit: str
    gap: str = " "
    phrase: str = ""
    after: bool = False
    including: bool = True

    @property
    def value(self) -> float:
        """The number, in the unit as printed."""
        total = 0.0
        for part in self.figure.replace(",", "").split():
            above, _, below = part.partition("/")
            total += float(above) / (float(below or 1) or 1)
        return total

    def write(self) -> str:
        """Return the words of this end."""
        money = self.unit.startswith("$")
        figure = f"{self.unit}{self.figure}" if money else f"{self.figure}{self.gap if self.unit else ''}{self.unit}"
        if not self.phrase:
            return figure
        return f"{figure} {self.phrase}" if self.after else f"{self.phrase} {figure}"


@dataclass(frozen=True, slots=True)
class Limit:
    """What a text allows of one quantity. Without a phrase both ends are the one figure; None: open on that side.

    `kind` says what is measured (diameter, value), as far as the words beside it tell; `unit` is the one that counts
    for both ends; `start` and `end` are its place in the text. `unclear`: a range that does not say whether its ends
    are in it (“3 to 5 cm”). `follows` is what stands between it and the limit that it shares a bound with (“ by ”).
    """

    low: Bound | None
    high: Bound | None
    unit: str
    join: str = ""
    kind: str = ""
    unclear: bool = False
    opening: str = ""
    printed: tuple[Bound, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def measured_in(self) -> Unit:
        """The unit of both ends; a count's unit is the noun that is counted."""
        return unit(self.unit)

    @property
    def quantity(self) -> str:
        """What is measured: length, weight, value, or the things that are counted."""
        of = self.measured_in
        return of.written if of.quantity == COUNT else of.quantity

    def ends(self) -> tuple[float | None, float | None]:
        """Return (low, high) in the first unit of the quantity; None: open."""
        size = self.measured_in.size
        low, high = (
            None if bound is None else bound.value * (unit(bound.unit).size if bound.unit else size)
            for bound in (self.low, self.high)
        )
        return low, high

    def write(self) -> str:
        """Return the words of the limit, as the annex prints them."""
        bounds = self.printed or tuple(bound for bound in (self.low, self.high) if bound)
        return self.opening + self.join.join(bound.write() for bound in bounds)


class Spans:
    """Stretches of a text that do not overlap, asked whether a place lies within one."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]

    def holds(self, index: int) -> bool:
        """Whether the place is behind the start of a stretch and not behind its end (a start is not within)."""
        place = bisect_left(self._starts, index)
        return place > 0 and index <= self.spans[place - 1][1]

    def cuts(self, index: int) -> bool:
        """Whether a cut at the place would divide a stretch."""
        place = bisect_left(self._starts, index)
        return place > 0 and index < self.spans[place - 1][1]

    def between(self, start: int, end: int) -> Sequence[int]:
        """Return which stretches begin from start on and before end."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))
