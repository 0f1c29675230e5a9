"""The purchases as numbers, for the checks that compare them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from exclusions.checks.result import Answers

ORIGINS = ("china", "third_country", "united_states")


@dataclass(slots=True)  # frozen, those of a page would take four times as long to make
class Figure:
    """Value (US dollars) and quantity of one origin and period; None where the cell is empty or unreadable."""

    origin: str
    period: str
    value: int | None
    quantity: int | None

    @property
    def cell(self) -> str:
        """The start of the cell's name, to which -value or -quantity is added."""
        return f"{self.origin}-{self.period}"

    @property
    def a_year(self) -> float:
        """How many of the period make a year: 1, 2 for a half, 4 for a quarter."""
        return {"Q": 4.0, "H": 2.0}.get(self.period[5:6], 1.0)


def figures(answers: Answers) -> Iterator[Figure]:
    """Every figure of the purchases, in order of origin and period."""
    purchases = answers.get("purchases")
    if not isinstance(purchases, Mapping):
        return
    for origin in ORIGINS:
        by_period = purchases.get(origin)
        for period, pair in sorted(by_period.items()) if isinstance(by_period, Mapping) else ():
            if isinstance(pair, Mapping):
                yield Figure(origin, str(period), _number(pair.get("value")), _number(pair.get("quantity")))


def totals(answers: Answers) -> dict[str, int]:
    """The value bought of each origin over all periods."""
    found = dict.fromkeys(ORIGINS, 0)
    for figure in figures(answers):
        found[figure.origin] += figure.value or 0
    return found


def _number(text: object) -> int | None:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() and len(text) < 16 else None
