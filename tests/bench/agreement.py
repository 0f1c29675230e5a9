"""Whether look-ups agree with the public sources, before and after every shared edition of the HTSUS is loaded."""

from collections.abc import Callable
from pathlib import Path

from tests.bench.goals import Figure
from tests.bench.server import manage, module

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
    found = asked(url, data, "shipped facts")
    for name in EDITIONS:
        say(f"  loading {name} …")
        manage(url, "load_hts", str(data / "hts" / name))
    return found + asked(url, data, f"{len(EDITIONS)} editions")


def asked(url: str, data: Path, when: str) -> list[Figure]:
    """Return the two figures of one state of the database."""
    compared, *kinds = module(url, "tests.bench.agreement_asked", str(data)).splitlines()
    figures = []
    for kind in kinds:
        name, count, shown = kind.split("\t")
        figures.append(Figure(f"{name}, {when}", float(count), "look-ups", 0.0, f"of {compared} {shown}".rstrip()))
    return figures
