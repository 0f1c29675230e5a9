"""The purchases of a petition as one table: by origin and period, with shares and how the dollars changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from exclusions.checks.purchase_figures import Figure, figures
from exclusions.questionnaires.language.question import Question

# In units of the drawing, which has no pixels of its own.
WIDTH, ROW, LABEL, FIGURE, GAP = 640, 28, 150, 110, 8


@dataclass(frozen=True)
class Cell:
    """One figure: dollars, quantity, and the share of the period's dollars in percent; None where there is none."""

    value: int | None
    quantity: int | None
    share: int | None


@dataclass(frozen=True)
class OriginRow:
    """The figures of one origin, period by period, and how dollars a year changed since the duty, in words."""

    label: str
    cells: list[Cell]
    change: str


@dataclass(frozen=True)
class Bar:
    """One bar of the drawing: dollars a year of an origin in a period; `kind` is the number of the origin."""

    x: int
    y: int
    width: int
    kind: int


@dataclass(frozen=True)
class BarRow:
    """One period of the drawing: its label, its dollars a year in words, how high it begins, and its bars."""

    label: str
    said: str
    y: int
    bars: list[Bar]

    @property
    def end(self) -> int:
        """Where the last bar ends."""
        return self.bars[-1].x + self.bars[-1].width if self.bars else LABEL


@dataclass(frozen=True)
class Purchases:
    """The table, and its drawing. `compared` says what the change is between; "" where there are not two periods."""

    unit: str
    periods: list[str]
    rows: list[OriginRow]
    totals: list[int]
    compared: str
    chart: list[BarRow]
    height: int


def purchases(question: Question, answers: Mapping[str, Any], since: date | None) -> Purchases | None:
    """Return the purchases of the answers as a table; None where there are none. `since`: when the duty began."""
    found = {(figure.origin, figure.period): figure for figure in figures(answers)}
    if not any(figure.value or figure.quantity for figure in found.values()):
        return None
    keys = [period.key for period in question.periods]
    totals = [sum(_value(found, origin.key, key) for origin in question.origins) for key in keys]
    before, last = _between(keys, since)
    rows = [
        OriginRow(
            origin.label,
            [_cell(found.get((origin.key, key)), total) for key, total in zip(keys, totals, strict=True)],
            _change(_a_year(found, origin.key, before), _a_year(found, origin.key, last)) if before else "",
        )
        for origin in question.origins
    ]
    labels = {period.key: period.label for period in question.periods}
    chart = _chart(found, [origin.key for origin in question.origins], labels)
    return Purchases(
        unit=str((answers.get("purchases") or {}).get("unit") or "units"),
        periods=list(labels.values()),
        rows=rows,
        totals=totals,
        compared=_compared(labels, before, last, since) if before else "",
        chart=chart,
        height=len(chart) * (ROW + GAP),
    )


def _compared(labels: Mapping[str, str], before: str, last: str, since: date | None) -> str:
    """Return what the change is between. Where the duty is older than every period, it is not the change since the
    duty.
    """
    said = f"The last column compares {labels[before]} with {labels[last]}, each at the pace of a whole year."
    if since is None:
        return said
    if int(before[:4]) < since.year:
        return f"{said} The duty began on {since:%b} {since.day}, {since.year}."
    return f"{said} The duty began on {since:%b} {since.day}, {since.year}, before the first of them."


def _value(found: Mapping[tuple[str, str], Figure], origin: str, period: str) -> int:
    figure = found.get((origin, period))
    return (figure.value if figure else 0) or 0


def _a_year(found: Mapping[tuple[str, str], Figure], origin: str, period: str) -> float:
    figure = found.get((origin, period))
    return (figure.value or 0) * figure.a_year if figure else 0.0


def _cell(figure: Figure | None, total: int) -> Cell:
    if figure is None or (figure.value is None and figure.quantity is None):
        return Cell(None, None, None)
    return Cell(figure.value, figure.quantity, round(100 * figure.value / total) if figure.value and total else 0)


def _between(keys: Sequence[str], since: date | None) -> tuple[str, str]:
    """Return the period before the duty, or the first one where all are after it, and the last one; "" for less than
    two.
    """
    if len(keys) < 2:
        return "", ""
    earlier = [key for key in keys[:-1] if since is None or int(key[:4]) < since.year]
    return (earlier[-1] if earlier and since else keys[0]), keys[-1]


def _change(before: float, last: float) -> str:
    if not before:
        return "from none" if last else "none"
    return f"{round(100 * (last - before) / before):+d}%"


def _chart(found: Mapping[tuple[str, str], Figure], origins: Sequence[str], labels: Mapping[str, str]) -> list[BarRow]:
    amounts = {period: [_a_year(found, origin, period) for origin in origins] for period in labels}
    most = max((sum(row) for row in amounts.values()), default=0.0)
    rows = []
    for place, (period, row) in enumerate(amounts.items()):
        x, bars, y = LABEL, [], place * (ROW + GAP)
        for kind, amount in enumerate(row, 1):
            width = round((WIDTH - LABEL - FIGURE) * amount / most) if most else 0
            bars += [Bar(x, y, width, kind)] if width else []
            x += width
        rows.append(BarRow(labels[period], f"${round(sum(row)):,}", y, bars))
    return rows
