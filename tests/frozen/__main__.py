"""Compares what two commits answer. See README.md beside it.

.venv/bin/python -m tests.frozen START COMMIT [--kept FOLDER] [--data FOLDER]

On PostgreSQL: .venv/bin/python .ci/services.py -- .venv/bin/python -m tests.frozen START COMMIT
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.frozen import site
from tests.frozen.compared import difference
from tests.upgrades import sites
from tests.upgrades.make import git

MOST_STATEMENTS = 15


def commit_of(name: str) -> str:
    """Return the whole hash of a commit."""
    return git("rev-parse", f"{name}^{{commit}}").decode().strip()


@contextmanager
def copied(kept: Path, tree: Path, moment: str) -> Iterator[dict[str, str]]:
    """Yield the environment of a copy of the kept site that the tree's code has migrated."""
    with tempfile.TemporaryDirectory(prefix="frozen-") as folder:
        room = Path(folder)
        with sites.new_database(os.environ.get("DATABASE_URL", ""), room, f"frozen_{os.getpid()}") as database:
            site.restore(database, kept, room)
            around = site.environment(database, room)
            ((status, words),) = sites.at(moment, [["migrate"]], tree, {**around, "MAINTENANCE": "1"})
            assert status == 0, words
            yield around


def keep(start: str, kept: Path, data: Path) -> None:
    """Make the site of the start and what is to be asked of it, unless both are there; keep its answers, too."""
    if (kept / "answers").exists():
        return
    kept.mkdir(parents=True, exist_ok=True)
    moment = git("show", "-s", "--format=%cI", start).decode().strip()
    with site.checked_out(start) as tree:
        if not (kept / "left.json").exists():
            with sites.new_database(os.environ.get("DATABASE_URL", ""), kept, "first") as database:
                left = site.make_site(tree, data, moment, kept, database)
                site.dump(database, kept)
            (kept / "left.json").write_text(json.dumps((datetime.fromisoformat(left) + timedelta(hours=1)).isoformat()))
        moment = site.left_at(kept)
        if not (kept / "asked.json").exists():
            with copied(kept, tree, moment) as around:
                site.ask(tree, moment, around, kept / "asked.json")
        with copied(kept, tree, moment) as around:
            site.ask(tree, moment, around, kept / "asked.json", kept / "answers.part")
        (kept / "answers.part").rename(kept / "answers")


def answers(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the answers of a file."""
    with path.open() as lines:
        yield from map(json.loads, lines)


def report(one: Path, other: Path) -> int:
    """Print each difference with the addresses that have it, and the pages of too many statements; return how many."""
    found: dict[tuple[str, ...], list[str]] = {}
    many, count = {}, 0
    for before, after in zip(answers(one), answers(other), strict=True):
        assert (before["who"], before["address"]) == (after["who"], after["address"])
        count += 1
        name = f"{'POST' if 'sent' in after else 'GET'} {after['address']} as {after['who'] or 'anybody'}"
        if after["statements"] > MOST_STATEMENTS and "sent" not in after:
            many[name] = after["statements"]
        if lines := difference(before, after):
            found.setdefault(tuple(lines), []).append(name)
    for lines, names in sorted(found.items(), key=lambda entry: -len(entry[1])):
        sys.stdout.write(f"\n{len(names)} of {names[0]}\n" + "".join(f"    {line[:300]}\n" for line in lines))
    sys.stdout.write(f"\nGET of more than {MOST_STATEMENTS} statements: {len(many)}\n")
    for name, statements in sorted(many.items(), key=lambda entry: -entry[1])[:60]:
        sys.stdout.write(f"    {statements:4} {name}\n")
    differing = sum(map(len, found.values()))
    sys.stdout.write(f"\n{count} answers compared, {differing} differ in {len(found)} ways.\n")
    return differing


def main() -> int:
    """Compare, and say so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("start", help="whose code makes the site")
    parser.add_argument("commit", help="whose answers are compared with those of the start")
    parser.add_argument(
        "--kept", type=Path, default=Path(tempfile.gettempdir(), "frozen-kept"), help="kept for next time"
    )
    parser.add_argument("--data", type=Path, default=sites.PROJECT.parent / "shared" / "data", help="the public data")
    given = parser.parse_args()
    start, commit = commit_of(given.start), commit_of(given.commit)
    on = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"
    kept = given.kept.resolve() / f"{start[:12]}-{on}"
    keep(start, kept, given.data.resolve())
    moment = site.left_at(kept)
    with site.checked_out(commit) as tree, copied(kept, tree, moment) as around:
        site.ask(tree, moment, around, kept / "asked.json", kept / f"answers.{commit[:12]}")
    return 1 if report(kept / "answers", kept / f"answers.{commit[:12]}") else 0


if __name__ == "__main__":
    sys.exit(main())
