"""Whether look-ups agree with the public sources, before and after every shared edition of the HTSUS is loaded."""

import random
from collections.abc import Callable
from pathlib import Path

from exclusions.hts import parse
from exclusions.queries.lookup.number.number_facts import number_facts
from tests.bench.goals import Figure
from tests.bench.server import manage
from tests.bench.tariff_sources import Said, all_said

ASKED, SEED, SHOWN = 2_000, 301, 5

# In no order of time: each is to speak for its own days whatever came before.
EDITIONS = (
    "hts_2025_basic.json.gz",
    "hts_2019_rev20.csv.gz",
    "hts_2026_rev_6.json.gz",
    "hts_2022_rev12.csv.gz",
    "hts_2024_rev10.csv.gz",
    "hts_2021_rev12.csv.gz",
    "hts_2025_rev26.csv.gz",
    "hts_2024_rev9.csv.gz",
)


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return how many of the random look-ups differ, and how many have no answer; each is to be none."""
    found = asked(data, "shipped facts")
    for name in EDITIONS:
        say(f"  loading {name} …")
        manage(url, "load_hts", str(data / "hts" / name))
    return found + asked(data, f"{len(EDITIONS)} editions")


def asked(folder: Path, when: str) -> list[Figure]:
    """Ask at random as the page of a number does; return the two figures of one state of the database."""
    said = random.Random(SEED).sample(all_said(folder), ASKED)
    differ, silent = [], []
    for one in said:
        facts = number_facts(parse(one.number), one.day)
        if one.heading not in {item.heading for item in facts.coverage}:
            differ.append(one)
        if not facts.has_answer:
            silent.append(one)
    return [
        Figure(f"{name}, {when}", float(len(some)), "look-ups", 0.0, f"of {len(said)} {shown(some)}".rstrip())
        for name, some in (("look-ups that differ", differ), ("without an answer", silent))
    ]


def shown(found: list[Said]) -> str:
    """Return the first of those that failed."""
    return "; ".join(f"{one.number} {one.day} {one.heading} ({one.source})" for one in found[:SHOWN])
