"""The site that both commits serve: made once with the code of the first, then copied for each and migrated by it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.upgrades import sites
from tests.upgrades.make import done, small_data

PETITIONS = "300"
SCRIPTS = Path(__file__).with_name("inside")


def environment(database: sites.Database, room: Path) -> dict[str, str]:
    """Return the environment of a process that serves the site of a folder."""
    return sites.environment(database, room / "files", room / "mail", PYTHONHASHSEED="0")


def make_site(tree: Path, data: Path, moment: str, room: Path, database: sites.Database) -> str:
    """Make the site with the tree's code and let people live on it; return when it was left."""
    around = environment(database, room)
    with tempfile.TemporaryDirectory() as folder:
        docket, edition, changes = small_data(data, Path(folder))
        first = [["migrate"], ["load_shipped", "--schedule", "--rounds"], ["seed_demo"],
                 ["load_docket", docket, "--docket", "USTR-2019-0005"]]  # fmt: skip
        done(sites.at(moment, first, tree, {**around, "DICE": "making"}))
        left = sites.run_inside("life.py", [moment], tree, {**around, "DICE": "living"})["left_at"]
        last = [["seed_demo", "--petitions", PETITIONS], ["load_hts", edition, "--from", "2019-12-01"],
                ["load_hts", changes, "--changes"]]  # fmt: skip
        done(sites.at(left, last, tree, {**around, "DICE": "loading"}))
    return str(left)


def dump(database: sites.Database, room: Path) -> None:
    """Write the database into the folder."""
    with database.connect() as connection:
        if database.is_sqlite:
            connection.execute("VACUUM INTO ?", [str(room / "database")])
        else:
            run(["pg_dump", "-Fc", "--no-owner", "-f", str(room / "database"), f"--dbname={connection.info.dsn}"])


def restore(database: sites.Database, kept: Path, room: Path) -> None:
    """Copy the kept database and its files for one commit."""
    shutil.copytree(kept / "files", room / "files")
    shutil.copytree(kept / "mail", room / "mail", dirs_exist_ok=True)
    with database.connect() as connection:
        if database.is_sqlite:
            shutil.copy(kept / "database", database.url.removeprefix("sqlite:///"))
        else:
            run(["pg_restore", "--no-owner", f"--dbname={connection.info.dsn}", str(kept / "database")])


def run(command: Sequence[str], tree: Path | None = None, around: Mapping[str, str] | None = None) -> None:
    """Run a command; stop with what it said where it fails."""
    ended = subprocess.run(command, cwd=tree, env=around, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)}\n{ended.stdout[-2000:]}\n{ended.stderr[-4000:]}")


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Yield a work tree of the commit, taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="frozen-") as folder:
        tree = Path(folder, "tree")
        run(["git", "worktree", "add", "--detach", str(tree), commit], sites.PROJECT)
        try:
            yield tree
        finally:
            run(["git", "worktree", "remove", "--force", str(tree)], sites.PROJECT)


def ask(tree: Path, moment: str, around: Mapping[str, str], *files: Path) -> None:
    """Run the script that asks, with the tree's code."""
    paths = os.pathsep.join(map(str, (tree, SCRIPTS, sites.HERE / "inside")))
    command = [sys.executable, "-W", "ignore", str(SCRIPTS / "ask.py"), moment, *map(str, files)]
    run(command, tree, {**around, "PYTHONPATH": paths})


def left_at(kept: Path) -> str:
    """Return when the kept site was left."""
    return str(json.loads((kept / "left.json").read_text()))
