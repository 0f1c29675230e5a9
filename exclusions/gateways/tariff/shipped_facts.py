"""The facts that come with the product: the actions, their rates and lines, and the headings of the exclusions.

Numbers and dates only; `exclusions/data/README.md` says where each comes from.
"""

import csv
import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from exclusions.gateways.tariff.list_table import ListLine, RateLine

DATA = Path(__file__).resolve().parents[2] / "data"
FILES = ("lists.toml", "covered_lines.csv")  # from which lists, rates and lines are read


@dataclass(frozen=True)
class ActionFact:
    """A tariff action. `effective_on` None: it never took effect."""

    code: str
    name: str
    citation: str
    effective_on: date | None
    suspended: bool
    note: str
    position: int
    reach: str = "lines"
    unless: str = ""


@dataclass(frozen=True)
class HeadingFact:
    """A chapter 99 heading (plain) under which exclusions are claimed.

    `lists` are the actions it lifts. Days are inclusive. `dates_from` says in a sentence how the window is known;
    `citation` and `published_on` are empty where they are not known, either of them. `items` is how many products the
    note numbers there, deleted ones among them.
    """

    heading: str
    note: str
    lists: tuple[str, ...]
    citation: str
    published_on: date | None
    valid_from: date
    valid_to: date
    kind: str
    dates_from: str
    items: int = 0


def shipped_actions() -> list[ActionFact]:
    """Return the actions, in the order in which they took effect."""
    return [
        ActionFact(
            code=row["code"],
            name=row["name"],
            citation=row["citation"],
            effective_on=row.get("effective_on"),
            suspended=row.get("suspended", False),
            note=row["note"],
            position=position,
            reach=row.get("reach", "lines"),
            unless=row.get("unless", ""),
        )
        for position, row in enumerate(_lists()["action"], start=1)
    ]


def shipped_rates() -> list[RateLine]:
    """Return every rate period of every heading."""
    goods = _lists()["goods"]
    return [
        RateLine(
            code,
            heading,
            Decimal(pct),
            kind,
            date.fromisoformat(start),
            _day(end),
            source,
            *goods.get(heading, ("", "")),
        )
        for code, heading, pct, start, end, kind, source in _lists()["rates"]["rows"]
    ]


def shipped_lines() -> list[ListLine]:
    """Return every line of every list, covered or carved out, with the day on which each began and ended there."""
    sources = _lists()["sources"]
    with (DATA / "covered_lines.csv").open(encoding="utf-8", newline="") as stream:
        return [
            ListLine(
                list_code=row["list"],
                number=number,
                heading=row["heading"],
                included=row["in_or_out"] == "in",
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=_day(row["valid_to"]),
                source=sources[row["source"]],
            )
            for row in csv.DictReader(stream)
            for number in row["numbers"].split()
        ]


@cache
def exclusion_headings() -> dict[str, HeadingFact]:
    """Return the headings under which exclusions have been claimed, by plain number."""
    with (DATA / "exclusion_headings.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["heading"]: HeadingFact(
                heading=row["heading"],
                note=row["note"],
                lists=tuple(row["lists"].split("|")),
                citation=row["citation"],
                published_on=_day(row["published_on"]),
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]),
                kind=row["kind"],
                dates_from=_dates_from(row),
                items=int(row["items"]),
            )
            for row in csv.DictReader(stream)
        }


NOTICES = {
    "high": " Notice seen: high confidence.",
    "medium": " Notice seen: medium confidence.",
    "half": " Of citation and day of the notice one is remembered, not checked.",
    "remembered": " The citation is remembered, not checked.",
    "": " The notice was not seen.",
}


def _dates_from(row: dict[str, str]) -> str:
    """How the window of a heading is known, in a sentence or two; at most 200 characters."""
    if row["dates_rule"] == "heading":
        return f"Printed in the heading (HTSUS 2026 Revision 6).{NOTICES[row['confidence']]}"
    notice = NOTICES[row["confidence"]]
    if row["dates_rule"] == "uniform":
        end = row["valid_to"]
        return f"By the rule of the round: from the action's first day to the common end, {end}.{notice}"
    rule = "By the rule of the round: from the action's first day to one year after publication, that day included."
    return f"{rule}{notice}"


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads((DATA / "lists.toml").read_text(encoding="utf-8"))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
