"""Dated figures around the tariff actions, from a file that comes with the product: billions of dollars, with sources.

What no source gives is None, never nothing.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from exclusions.gateways.tariff.shipped_facts import DATA


@dataclass(frozen=True, slots=True)
class Covered:
    """What an action covered when it was announced: annual trade, and its tariff lines as they were counted."""

    trade: float | None
    lines: str
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Commitment:
    """Purchases of one sector above those of 2017 that were undertaken, by year; `base` is what was bought in 2017."""

    sector: str
    base: float
    base_confidence: str
    above: dict[int, float]


@dataclass(frozen=True, slots=True)
class Purchases:
    """All sectors together: undertaken by year, and bought in both years."""

    committed: dict[int, float]
    bought: float
    agreement: str
    base_source: str
    source: str


@dataclass(frozen=True, slots=True)
class Trade:
    """Trade in goods with China in a year, or in a part of one, which `period` says in words."""

    period: str
    exports: float | None
    imports: float | None
    balance: float | None
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Official:
    """What was published of a docket; "all" stands for the four lists together."""

    docket: str
    lists: str
    requests: int
    granted: int
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class ContextFacts:
    """The whole file."""

    covered: dict[str, Covered]  # by the code of the action
    commitments: tuple[Commitment, ...]
    purchases: Purchases
    trade: tuple[Trade, ...]
    official: tuple[Official, ...]


@cache
def context_facts() -> ContextFacts:
    """Return the file's figures, in its order."""
    with (DATA / "context.toml").open("rb") as stream:
        file = tomllib.load(stream)
    bought = file["purchases"]
    return ContextFacts(
        covered={
            row["code"]: Covered(row.get("trade"), row["lines"], row["confidence"], row["source"])
            for row in file["action"]
        },
        commitments=tuple(
            Commitment(row["sector"], row["base"], row["base_confidence"], _years(row["above"]))
            for row in file["commitment"]
        ),
        purchases=Purchases(
            _years(bought["committed"]), bought["bought"], bought["agreement"], bought["base_source"], bought["source"]
        ),
        trade=tuple(
            Trade(
                row["period"],
                row.get("exports"),
                row.get("imports"),
                row.get("balance"),
                row["confidence"],
                row["source"],
            )
            for row in file["trade"]
        ),
        official=tuple(
            Official(row["docket"], row["list"], row["requests"], row["granted"], row["confidence"], row["source"])
            for row in file["official"]
        ),
    )


def _years(by_year: dict[str, Any]) -> dict[int, float]:
    return {int(year): figure for year, figure in by_year.items()}
