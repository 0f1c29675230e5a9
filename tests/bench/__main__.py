"""`make bench`: loads the real List 3 docket on SQLite and PostgreSQL, measures, prints ratios; exits 1 on a miss.

`python -m tests.bench hostile` only sends the hostile files, to a site with an empty docket.
"""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.bench import goals, hostile, matching
from tests.bench.filing import entries, floors, submissions
from tests.bench.goals import Figure
from tests.bench.pages import FLOOR, Connection, medians, pages
from tests.bench.server import PROJECT, manage, module, served

ONLY_HOSTILE = sys.argv[1:] == ["hostile"]
EDITION = "hts/hts_2026_rev_6.json.gz"
DOCKET = "petitions/ustr_2019_0005_list3_requests.csv.gz"
EXCLUSIONS = "ch99/exclusions_note20_2026_rev6.csv.gz"


def say(text: str) -> None:
    """Tell the person at the terminal, at once."""
    print(text, flush=True)


@contextmanager
def sqlite_database() -> Iterator[str]:
    """Yield the URL of a new SQLite file in a folder of its own, which is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="tradecases-bench-"))
    try:
        yield f"sqlite:///{folder}/bench.sqlite3"
    finally:
        shutil.rmtree(folder)


@contextmanager
def postgres_database(url: str) -> Iterator[str]:
    """Create the database that the URL names, on a server that makes databases; drop it afterwards."""
    parts = urlsplit(url)
    folder, _, name = parts.path.rpartition("/")
    maintenance = urlunsplit(parts._replace(path="/postgres"))
    if not parts.netloc:
        maintenance = f"postgresql:///postgres?host=/{folder.strip('/')}"
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield url
    finally:
        with psycopg.connect(maintenance, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def prepare(url: str) -> None:
    """Fill a new database with the tables and the shipped facts."""
    manage(url, "migrate", "--verbosity", "0")
    manage(url, "load_shipped")
    manage(url, "load_rounds", "exclusions/data/rounds.toml")


def load(url: str, data: Path) -> list[Figure]:
    """Fill a new database with the shipped facts, a whole HTSUS edition and the real docket; return what it took."""
    prepare(url)
    say("  loading a whole HTSUS edition and 30,283 petitions …")
    hts, memory = manage(url, "load_hts", str(data / EDITION))
    manage(url, "load_exclusions", str(data / EXCLUSIONS))
    docket, docket_memory = manage(url, "load_docket", str(data / DOCKET), "--docket", "USTR-2019-0005")
    return [
        Figure("load_hts, 35,495 rows", hts, "s", goals.LOAD_HTS_SECONDS),
        Figure("load_hts, peak memory", memory, "MiB", goals.LOAD_HTS_MIB),
        Figure("load_docket, 30,283 rows", docket, "s", goals.LOAD_DOCKET_SECONDS),
        Figure("load_docket, peak memory", docket_memory, "MiB"),
    ]


def statement_counts(url: str, *arguments: str) -> dict[str, int]:
    """Return the statements of each page, by path."""
    printed = module(url, "tests.bench.statements", *arguments)
    return {path: int(number) for path, number in (line.split("\t") for line in printed.splitlines())}


def measure(url: str) -> list[Figure]:
    """Return the ratios and the statement counts of each page, and of a submission."""
    say("  counting statements …")
    first = statement_counts(url)
    reference = next(path for path in first if path.startswith("/docket/USTR-")).split("/")[2]
    with served(url, threads=1, BEHIND_PROXY="1", STAFF_SECOND_FACTOR="0") as (port, _):
        say(f"  measuring {len(first)} pages and the floor in turn …")
        took = medians(Connection(port), list(first))
        say("  submitting petitions, responses, replies and findings …")
        filed = {
            name: floors(port, sent)
            for name, sent in ({"submit a petition": list(submissions(url))} | entries(url)).items()
        }
    say("  copying the docket ten times …")
    grown = statement_counts(url, "--grow")
    floor = took[FLOOR]
    figures = [Figure("the floor", floor, "ms")]
    for page in pages(reference):
        ratio = took[page.path] / floor
        figures.append(Figure(page.name, ratio, "floors", goals.PAGE_FLOORS, f"{took[page.path]:.2f} ms"))
    for name, (milliseconds, beside) in filed.items():
        note = f"{milliseconds:.1f} ms, its floor {beside:.2f} ms"
        figures.append(Figure(name, milliseconds / beside, "floors", goals.FILING_FLOORS, note))
    typed = matching.seconds(matching.VALUES, matching.TYPED) * 1000
    figures.append(
        Figure("matcher, 20 kB, 200 values", typed / floor, "floors", goals.MATCHER_FLOORS, f"{typed:.1f} ms")
    )
    whole = matching.seconds(matching.FILE_VALUES, matching.FILE)
    figures.append(Figure("matcher, 20 MB, 40 values", whole, "s", goals.MATCHER_SECONDS))
    for page in pages(reference):
        figures.append(Figure(page.name, first[page.path], "statements", goals.PAGE_STATEMENTS))
        name = f"{page.name}, ten times the rows"
        figures.append(Figure(name, grown[page.path], "statements", first[page.path]))
    return figures


def bench(name: str, url: str, data: Path) -> bool:
    """Load, measure and print one database; return whether every goal was met."""
    say(f"\n{name}")
    figures = [] if ONLY_HOSTILE else load(url, data) + measure(url)
    if ONLY_HOSTILE:
        prepare(url)
    figures += hostile.measure(url, say)
    say("")
    for figure in figures:
        say(figure.line())
    return all(figure.met for figure in figures)


def main() -> int:
    """Run the benchmark on every database that is to be had; 0 when all goals are met on both."""
    data = Path(os.environ.get("SHARED_DATA") or PROJECT.parent / "shared" / "data")
    if not (data / DOCKET).exists():
        say(f"The real docket is not in {data}. Set SHARED_DATA to the folder of public data.")
        return 1
    machine = f"{os.cpu_count()} cores, {platform.machine()}"
    say(f"Python {platform.python_version()}, {machine}, gunicorn with one thread, one client")
    with sqlite_database() as url:
        met = bench("SQLite", url, data)
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        say("\nPostgreSQL: not measured, none answers and none could be started.")
        return 1
    with postgres_database(given) as url:
        met = bench("PostgreSQL", url, data) and met
    say("\nEvery goal is met." if met else "\nSome goals are missed: see MISSED above.")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
