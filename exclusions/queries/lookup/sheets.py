"""A sheet: one table of figures, with what is drawn of it, as a page prints it and as CSV gives it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from exclusions.charts.axis import MINUS
from exclusions.charts.bars import BarChart
from exclusions.charts.lines import LineChart
from exclusions.days import shortly

Value = str | int | float | date | None
NOT_GIVEN = "Not in the source"
TOP = 3  # rows that a page shows of a table without a drawing, before the others, which it folds
SHORT = 20  # letters


class Cell(NamedTuple):
    """A cell as a page prints it; `figure`: a number, which stands on the right. `url` leads to what it counts."""

    label: str
    text: str
    figure: bool
    known: bool
    url: str

    @property
    def is_short(self) -> bool:
        """Whether it is printed in one line: a docket number, a day."""
        return len(self.text) < SHORT


@dataclass(frozen=True)
class Sheet:
    """One table. A value of None was not in the source: it is said so on a page, and left empty in CSV.

    Numbers of the columns that `percent` names are per cent. `urls` says, by the first value of a row, where that row
    leads. `empty` is said instead of a table without rows.
    """

    slug: str
    title: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Value]]
    says: str = ""
    notes: tuple[str, ...] = ()
    percent: frozenset[str] = frozenset()
    urls: dict[str, str] = field(default_factory=dict)
    charts: tuple["Drawn", ...] = ()
    empty: str = "Nothing is on file to count yet."

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width of a page; one with a single drawing takes half."""
        return len(self.charts) != 1

    @property
    def top(self) -> list[list[Cell]]:
        """The rows that a page shows at once; where there is a drawing that is seen first."""
        return [] if self.charts else self.lines[:TOP]

    @property
    def rest(self) -> list[list[Cell]]:
        """The rows that a page folds: on a telephone each row is a card."""
        return self.lines[0 if self.charts else TOP :]

    @cached_property
    def heads(self) -> list[tuple[str, bool]]:
        """The headings, and whether numbers stand below each."""
        return [
            (name, any(isinstance(row[place], int | float) for row in self.rows))
            for place, name in enumerate(self.columns)
        ]

    @cached_property
    def lines(self) -> list[list[Cell]]:
        """The rows, cell by cell, with the heading of each."""
        return [
            [
                Cell(
                    name,
                    self._printed(name, value),
                    figure,
                    value is not None,
                    self.urls.get(str(value), "") if not place else "",
                )
                for place, ((name, figure), value) in enumerate(zip(self.heads, row, strict=True))
            ]
            for row in self.rows
        ]

    @property
    def plain(self) -> Iterator[list[str]]:
        """The rows for a program: figures without marks, days in ISO form, nothing where the source has nothing."""
        for row in self.rows:
            yield [_plain(value) for value in row]

    def _printed(self, name: str, value: Value) -> str:
        if value is None:
            return NOT_GIVEN
        if isinstance(value, date):
            return shortly(value)
        if isinstance(value, int):
            text = f"{value:,}"
        elif isinstance(value, float):
            text = _without_idle_zeros(f"{value:,.2f}")
        else:
            return value
        return f"{text}%" if name in self.percent else text.replace("-", MINUS)


def _plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return _without_idle_zeros(f"{value:.2f}") if isinstance(value, float) else str(value)


def _without_idle_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Drawn:
    """A drawing of a sheet: its key among those of the page, its title, a sentence about it; bars or lines."""

    key: str
    title: str
    text: str
    bars: BarChart | None = None
    lines: LineChart | None = None
