"""A notice of 400 exclusions: drafted, checked, published, and set as every file."""

from collections.abc import Callable
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import module


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the seconds of each step and of all, and the most memory held."""
    say(f"  a notice of {goals.NOTICE} exclusions …")
    module(url, "tests.bench.register.drafted", "make", str(goals.NOTICE))
    printed = module(url, "tests.bench.register.drafted", "carry")
    rows = dict(line.split("\t") for line in printed.splitlines() if "\t" in line)
    memory, whole = float(rows.pop("memory")), float(rows.pop("all"))
    note = ", ".join(f"{name} {seconds}" for name, seconds in rows.items())
    return [
        Figure(f"notice of {goals.NOTICE} exclusions", whole, "s", goals.NOTICE_SECONDS, note),
        Figure("the same, peak memory", memory, "MiB", goals.NOTICE_MIB),
    ]
