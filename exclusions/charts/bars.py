"""Bars that lie on their side, each row under its label, of one part or of several side by side.

Lengths are in percent of the drawing's width and heights in pixels, so that a drawing without a view box fits any width
and its letters keep their size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROW = 46  # pixels from one row to the next
LABEL, BAR, HEIGHT = 14, 20, 16  # the label's base line, the bar's top and how high it is, from the top of the row
ROOM = 78.0  # percent of the width that the longest bar takes; the figure stands in the rest
LONGEST = 38  # letters of a label; the table beside has all of it


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a bar: where it begins and how long it is, in percent, and the number of its series."""

    x: float
    width: float
    series: int


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its label and the figure at its end; all of `y…` are pixels from the top of the drawing."""

    label: str
    shown: str
    parts: tuple[Part, ...]
    y: int

    @property
    def y_label(self) -> int:
        """The base line of the label."""
        return self.y + LABEL

    @property
    def y_bar(self) -> int:
        """The top of the bar."""
        return self.y + BAR

    @property
    def y_shown(self) -> int:
        """The base line of the figure."""
        return self.y + BAR + HEIGHT - 3

    @property
    def end(self) -> float:
        """Where the bar ends, in percent."""
        return max((part.x + part.width for part in self.parts), default=0.0)


@dataclass(frozen=True, slots=True)
class BarChart:
    """What a template draws: the names of the series, the rows, and the height in pixels."""

    series: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def height(self) -> int:
        """Of the whole drawing."""
        return ROW * len(self.rows)

    @property
    def bar(self) -> int:
        """How high a bar is."""
        return HEIGHT

    @property
    def in_words(self) -> str:
        """Every row with its figure, for who does not see the drawing."""
        return "; ".join(f"{row.label}: {row.shown}" for row in self.rows)


def bars(
    rows: Iterable[tuple[str, Sequence[float], str]], series: Sequence[str] = ("",), *, shares: bool = False
) -> BarChart:
    """Return the drawing of rows given as (label, values of the series, figure printed at the end).

    With `shares` every bar is as long as the longest could be and its parts show shares of the whole; otherwise lengths
    compare the rows. Negative values count as nothing.
    """
    known = [(label, [max(value, 0.0) for value in values], shown) for label, values, shown in rows]
    longest = max((sum(values) for _, values, _ in known), default=0.0)
    drawn = []
    for number, (label, values, shown) in enumerate(known):
        whole = sum(values) if shares else longest
        drawn.append(Row(_short(label), shown, _parts(values, whole), number * ROW))
    return BarChart(tuple(series), tuple(drawn))


def folded(
    rows: Sequence[tuple[str, Sequence[float]]], most: int, other: str = "Other"
) -> list[tuple[str, list[float]]]:
    """Return the `most` greatest rows, greatest first, and one more row, named `other`, that holds the rest together.

    A rest of one row stays as it is. Rows of one size keep their order.
    """
    ranked = sorted(rows, key=lambda row: -sum(row[1]))
    head, tail = ranked[:most], ranked[most:]
    if len(tail) <= 1:
        return [(label, list(values)) for label, values in ranked]
    rest = [sum(column) for column in zip(*(values for _, values in tail), strict=True)]
    return [*((label, list(values)) for label, values in head), (f"{other} ({len(tail)})", rest)]


def _parts(values: Sequence[float], whole: float) -> tuple[Part, ...]:
    parts: list[Part] = []
    x = 0.0
    for series, value in enumerate(values):
        width = ROOM * value / whole if whole else 0.0
        if width:
            parts.append(Part(round(x, 2), round(width, 2), series))
        x += width
    return tuple(parts)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
