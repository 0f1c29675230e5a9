"""`make bench`: loads the real List 3 docket on SQLite and PostgreSQL, measures, prints ratios; exits 1 on a miss.

`python -m tests.bench NAME …` measures these parts alone (see tests/bench/parts.py), on the sites that they need.
One part of a site that stands: `python -m tests.bench.parts MODULE measure URL FOLDER` prints its figures as JSON.
"""

import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tests.bench.parts import PARTS, in_process
from tests.bench.server import PROJECT
from tests.bench.site import DOCKET, fill, prepare


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


def bench(name: str, url: str, data: Path, parts: Sequence[str]) -> bool:
    """Load, measure and print one database; return whether every goal was met."""
    say(f"\n{name}")
    prepare(url)
    figures = fill(url, data, say) if PARTS[parts[0]].whole else []
    for part in parts:
        figures += in_process(url, data, PARTS[part].module)
    say("")
    for figure in figures:
        say(figure.line())
    return all(figure.met for figure in figures)


def main(wanted: Sequence[str]) -> int:
    """Run the benchmark on every database that is to be had; 0 when all goals are met on both."""
    if unknown := [name for name in wanted if name not in PARTS]:
        say(f"There is no part “{unknown[0]}”. Say one or more of: {', '.join(PARTS)}.")
        return 1
    parts = [name for name in PARTS if not wanted or name in wanted]
    data = Path(os.environ.get("SHARED_DATA") or PROJECT.parent / "shared" / "data")
    if not (data / DOCKET).exists():
        say(f"The real docket is not in {data}. Set SHARED_DATA to the folder of public data.")
        return 1
    machine = f"{os.cpu_count()} cores, {platform.machine()}"
    say(f"Python {platform.python_version()}, {machine}, gunicorn with one thread, one client")
    sites = [[part for part in parts if PARTS[part].whole is whole] for whole in (True, False)]
    met = True
    for some in filter(None, sites):
        with sqlite_database() as url:
            met = bench("SQLite", url, data, some) and met
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        say("\nPostgreSQL: not measured, none answers and none could be started.")
        return 1
    for some in filter(None, sites):
        with postgres_database(given) as url:
            met = bench("PostgreSQL", url, data, some) and met
    say("\nEvery goal is met." if met else "\nSome goals are missed: see MISSED above.")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
