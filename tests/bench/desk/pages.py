"""The pages of the desk on a site with both real dockets and many live cases: ratios to the floor, and statements."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.pages import FLOOR, Connection, medians
from tests.bench.server import module, served


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the ratio to the floor and the statements of each page."""
    say("  opening the pages of the desk …")
    pages = [json.loads(line) for line in module(url, "tests.bench.desk.opened").splitlines()]
    figures = []
    with served(url, threads=1, STAFF_SECOND_FACTOR="0") as (port, _):
        for page in pages:
            took = medians(Connection(port, page["session"]), [page["path"]])
            milliseconds, floor = took[page["path"]], took[FLOOR]
            note = f"{milliseconds:.1f} ms"
            figures.append(Figure(page["name"], milliseconds / floor, "floors", floors_for(page["name"]), note))
    statements = [Figure(page["name"], page["statements"], "statements", goals.CASE_STATEMENTS) for page in pages]
    return [*figures, *statements]


def floors_for(name: str) -> float:
    """Return how many floors a page may take."""
    if name.startswith("worklist"):
        return goals.WORKLIST_FLOORS
    return goals.LIKE_FLOORS if name.startswith(("like", "clusters", "search")) else goals.CASE_FLOORS
