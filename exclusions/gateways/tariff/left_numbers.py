"""The covered numbers of which it is known when they left the HTSUS, as dated facts of a shipped file."""

import csv
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from exclusions.days import in_full
from exclusions.gateways.tariff.shipped_facts import DATA

# By the source of a row of `covered_lines.csv`: how its numbers left; {} is the first day without them.
HOW = {
    "usitc2023-gone": "on {}, with the 2022 Harmonized System",
    "list3-notice": "on {}",
    "list3-notice-by": "on {} or before",
}


class Left(NamedTuple):
    """The first day on which the HTSUS no longer had a number, and that in words."""

    day: date
    words: str


@cache
def left_numbers() -> dict[str, Left]:
    """Return when each plain number (8 digits) left."""
    found: dict[str, Left] = {}
    with (DATA / "covered_lines.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["source"] in HOW:
                day = date.fromisoformat(row["valid_to"]) + timedelta(days=1)
                left = Left(day, HOW[row["source"]].format(in_full(day)))
                found |= dict.fromkeys(row["numbers"].split(), left)
    return found
