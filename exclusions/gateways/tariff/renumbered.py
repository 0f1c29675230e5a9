"""The covered numbers of which it is known when they came into the HTSUS or left it: dated facts of a shipped file."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from exclusions.days import in_full
from exclusions.gateways.tariff.shipped_facts import DATA

# By the source of a row of `covered_lines.csv`: how its numbers left; {} is the first day without them.
HOW_LEFT = {
    "usitc2023-gone": "on {}, with the 2022 Harmonized System",
    "list3-notice": "on {}",
    "list3-notice-by": "on {} or before",
}
# And how they came; {} is the first day with them.
HOW_CAME = dict.fromkeys(("usitc2023", "usitc2023-review", "hs2022"), "on {}, with the 2022 Harmonized System")


class Renumbered(NamedTuple):
    """The first day on which the HTSUS had a number, or no longer had it, and that in words."""

    day: date
    words: str


@cache
def left_numbers() -> dict[str, Renumbered]:
    """Return when each plain number (8 digits) left."""
    found: dict[str, Renumbered] = {}
    for row in _rows(HOW_LEFT):
        day = date.fromisoformat(row["valid_to"]) + timedelta(days=1)
        left = Renumbered(day, HOW_LEFT[row["source"]].format(in_full(day)))
        found |= dict.fromkeys(row["numbers"].split(), left)
    return found


@cache
def new_numbers() -> dict[str, Renumbered]:
    """Return when each plain number (8 digits) came."""
    found: dict[str, Renumbered] = {}
    for row in _rows(HOW_CAME):
        day = date.fromisoformat(row["valid_from"])
        came = Renumbered(day, HOW_CAME[row["source"]].format(in_full(day)))
        found |= dict.fromkeys(row["numbers"].split(), came)
    return found


def _rows(sources: dict[str, str]) -> Iterator[dict[str, str]]:
    with (DATA / "covered_lines.csv").open(encoding="utf-8", newline="") as stream:
        yield from (row for row in csv.DictReader(stream) if row["source"] in sources)
