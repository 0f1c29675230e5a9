"""Refunds: 50,000 lines of entries on the real exclusions, and when the page begins to tell how far it is."""

from collections.abc import Callable
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import module


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the seconds of the whole answer and until it begins, and its statements."""
    say("  loading the exclusions of U.S. note 20, and sending 50,000 lines …")
    took, first, size, statements = map(float, module(url, "tests.bench.answers.refunds_asked", str(data)).splitlines())
    return [
        Figure("refunds, 50,000 lines", took, "s", goals.REFUNDS_SECONDS, f"{size:,.0f} KiB"),
        Figure("refunds, until the page begins", first, "s"),
        Figure("refunds, 50,000 lines", statements, "statements"),
    ]
