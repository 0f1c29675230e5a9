"""A cluster of 500 alike cases through every desk in one transaction each, and its letters afterwards."""

from collections.abc import Callable
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import module


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the seconds of each joint act on a cluster, and of twenty of its letters."""
    say(f"  deciding a cluster of {goals.CLUSTER} at every desk …")
    printed = module(url, "tests.bench.desk.clustered", str(goals.CLUSTER))
    rows = [line.split("\t") for line in printed.splitlines() if "\t" in line]
    acts = [(name, float(row[0])) for name, *row in rows if name != "letters"]
    figures = [
        Figure(f"{goals.CLUSTER} cases: {name}", seconds, "s", goals.CLUSTER_SECONDS if "signatory" in name else None)
        for name, seconds in acts
    ]
    a_second = next(float(row[0]) for name, *row in rows if name == "letters")
    return [*figures, Figure("twenty letters of one worker", 20 / a_second, "s", 1.0, f"{a_second:.0f} a second")]
