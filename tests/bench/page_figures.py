"""The pages of the real docket: how long each takes as a ratio to the floor, and how many statements it sends."""

from collections.abc import Callable
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.pages import FLOOR, Connection, medians, pages
from tests.bench.server import module, served


def statement_counts(url: str, *arguments: str) -> dict[str, int]:
    """Return the statements of each page, by path."""
    printed = module(url, "tests.bench.statements", *arguments)
    return {path: int(number) for path, number in (line.split("\t") for line in printed.splitlines())}


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the ratios and the statement counts of each page, the latter also with ten times the rows."""
    say("  counting statements …")
    first = statement_counts(url)
    reference = next(path for path in first if path.startswith("/docket/USTR-")).split("/")[2]
    with served(url, threads=1, BEHIND_PROXY="1", STAFF_SECOND_FACTOR="0") as (port, _):
        say(f"  measuring {len(first)} pages and the floor in turn …")
        took = medians(Connection(port), list(first))
    say("  copying the docket ten times …")
    grown = statement_counts(url, "--grow")
    floor = took[FLOOR]
    figures = [Figure("the floor", floor, "ms")]
    for page in pages(reference):
        ratio = took[page.path] / floor
        figures.append(Figure(page.name, ratio, "floors", goals.PAGE_FLOORS, f"{took[page.path]:.2f} ms"))
    for page in pages(reference):
        figures.append(Figure(page.name, first[page.path], "statements", goals.PAGE_STATEMENTS))
        name = f"{page.name}, ten times the rows"
        figures.append(Figure(name, grown[page.path], "statements", first[page.path]))
    return figures
