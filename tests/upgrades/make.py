"""Keeps the site that a version of the product makes, for tests/integration/test_upgrade.py. See README.md beside it.

.venv/bin/python .ci/services.py -- .venv/bin/python -m tests.upgrades.make site_0002 [--commit COMMIT] [--data FOLDER]
"""

import argparse
import csv
import gzip
import hashlib
import io
import json
import lzma
import os
import re
import subprocess
import tarfile
import tempfile
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from tests.upgrades import sites
from tests.upgrades.rows import contents, counted, refusals

DOCKET = "petitions/ustr_2019_0005_list3_requests.csv.gz"
EDITION, CHANGES = "hts/hts_2019_rev20.csv.gz", "hts/hts10_changes_2025-2026.csv"
HEADINGS = (
    "SELECT substr(hts10, 1, 4) FROM exclusions_petition "
    "UNION SELECT substr(hts10, 1, 4) FROM exclusions_publicpetition"
)
# What a demonstration has in plenty. Nothing else of the site hangs on these rows.
TRIM = (
    f"DELETE FROM exclusions_coveredline WHERE substr(number, 1, 4) NOT IN ({HEADINGS})",
    "DELETE FROM exclusions_historicalcoveredline WHERE id NOT IN (SELECT id FROM exclusions_coveredline)",
    (
        "DELETE FROM exclusions_letter WHERE kind = 'receipt' AND code NOT IN "
        "(SELECT code FROM exclusions_letter WHERE kind = 'receipt' ORDER BY code LIMIT 4)"
    ),
    "DELETE FROM exclusions_publicletter WHERE code NOT IN (SELECT code FROM exclusions_letter)",
)
STORED = (
    "SELECT storage_key FROM exclusions_letter UNION SELECT storage_key FROM exclusions_document "
    "UNION SELECT text_key FROM exclusions_document"
)
# What only the server's own version of pg_dump writes, and others do not read.
OF_ONE_VERSION = re.compile(r"^(?:SET transaction_timeout = .*;|\\(?:un)?restrict .*|-- Dumped .*)\n", re.MULTILINE)


def git(*arguments: str) -> bytes:
    """Return what git says of the project."""
    return subprocess.run(["git", *arguments], cwd=sites.PROJECT, capture_output=True, check=True).stdout


def small_data(data: Path, folder: Path) -> tuple[str, str, str]:
    """Write small parts of public files: a docket, an edition of the HTSUS, renumbered lines; return their names."""
    docket, edition, changes = (folder / name for name in ("docket.csv", "hts_2019_rev20.csv", "changes.csv"))
    with (
        gzip.open(data / DOCKET, "rt", encoding="utf-8-sig", newline="") as whole,
        docket.open("w", newline="") as part,
    ):
        csv.writer(part).writerows(islice(csv.reader(whole), 61))
    with (
        gzip.open(data / EDITION, "rt", encoding="utf-8-sig", newline="") as whole,
        edition.open("w", newline="") as part,
    ):
        lines = csv.reader(whole)
        csv.writer(part).writerow(next(lines))
        csv.writer(part).writerows(islice((line for line in lines if line[0][:4] in {"8413", "6302"}), 400))
    changes.write_text("".join((data / CHANGES).read_text(encoding="utf-8-sig").splitlines(keepends=True)[:41]))
    return str(docket), str(edition), str(changes)


def live(tree: Path, data: Path, moment: str, environment: dict[str, str]) -> dict[str, Any]:
    """Make the site with the tree's code, as `make run` does, and let people live on it; return how it was left."""
    with tempfile.TemporaryDirectory() as folder:
        docket, edition, changes = small_data(data, Path(folder))
        first = [["migrate"], ["load_shipped"], ["load_rounds", "exclusions/data/rounds.toml"], ["seed_demo"],
                 ["load_docket", docket, "--docket", "USTR-2019-0005"]]  # fmt: skip
        done(sites.at(moment, first, tree, {**environment, "DICE": "making"}))
        left: dict[str, Any] = sites.run_inside("life.py", [moment], tree, {**environment, "DICE": "living"})
        last = [["load_hts", edition, "--from", "2019-12-01"], ["load_hts", changes, "--changes"]]
        done(sites.at(left["left_at"], last, tree, {**environment, "DICE": "loading"}))
    return left


def done(answers: list[tuple[int, str]]) -> None:
    """Stop where a command was refused."""
    for status, words in answers:
        assert status == 0, words


def trim(connection: Any, files: Path) -> None:
    """Make the site small: the lists keep the headings of its petitions, receipts keep four, files those in use."""
    for statement in TRIM:
        connection.execute(statement)
    used = {key for (key,) in connection.execute(STORED).fetchall()}
    for path in files.rglob("*"):
        if path.is_file() and path.name not in used:
            path.unlink()


def judge(tree: Path, left: dict[str, Any], environment: dict[str, str]) -> int:
    """See that the record is whole and the pages answer; return the exit status of the sweep for leaks."""
    pages = left["pages"]
    asked = [["verify_record"], ["check_leaks"], *(["GET", page["path"]] for page in pages)]
    (whole, *_), (leaks, _), *answers = sites.at(left["left_at"], asked, tree, environment)
    assert whole == 0, "the record is not whole"
    for page, (status, words) in zip(pages, answers, strict=True):
        assert status == page["status"], page
        assert page["says"] in words, page
    return leaks


def dump(database: sites.Database, connection: Any, folder: Path) -> None:
    """Write the database to the site's folder, compressed."""
    if database.is_sqlite:
        with tempfile.TemporaryDirectory() as room:
            connection.execute("VACUUM INTO ?", [f"{room}/whole"])
            (folder / "sqlite.xz").write_bytes(lzma.compress(Path(room, "whole").read_bytes(), preset=9))
        return
    command = ["pg_dump", "--inserts", "--rows-per-insert=200", "--no-owner", "--no-privileges", "--no-comments",
               "--encoding=UTF8", f"--dbname={connection.info.dsn}"]  # fmt: skip
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (folder / "postgresql.sql.xz").write_bytes(lzma.compress(OF_ONE_VERSION.sub("", text).encode(), preset=9))


def pack(files: Path, target: Path) -> None:
    """Put the stored files into one archive that is the same for the same files."""
    with lzma.open(target, "wb", preset=9) as out, tarfile.open(fileobj=out, mode="w") as packed:
        for path in sorted(path for path in files.rglob("*") if path.is_file()):
            entry = tarfile.TarInfo(path.relative_to(files).as_posix())
            entry.size = path.stat().st_size
            packed.addfile(entry, io.BytesIO(path.read_bytes()))


def make(kind: str, tree: Path, data: Path, moment: str, folder: Path) -> dict[str, Any]:
    """Make the site on one kind of database and keep it; return how it was left."""
    with ExitStack() as stack:
        room = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        beside = os.environ["DATABASE_URL"] if kind == "postgresql" else ""
        database = stack.enter_context(sites.new_database(beside, room, folder.name))
        files = room / "files"
        environment = sites.environment(database, files, room / "mail", PYTHONHASHSEED="0")
        left = live(tree, data, moment, environment)
        with database.connect() as connection:
            trim(connection, files)
        leaks = judge(tree, left, environment)
        with database.connect() as connection:
            known = contents(connection)
            guarded = counted(refusals(connection, known))
            dump(database, connection, folder)
        pack(files, folder / f"{kind}.files")
    return {**left, "check_leaks": leaks, "rows": known.counts, "guarded": guarded}


def main() -> None:
    """Make the site twice and write down what it was made with."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="the folder, site_0002 for example")
    parser.add_argument("--commit", default="HEAD", help="whose code makes the site")
    parser.add_argument("--data", type=Path, default=sites.PROJECT.parent / "shared" / "data", help="the public data")
    given = parser.parse_args()
    commit = git("rev-parse", f"{given.commit}^{{commit}}").decode().strip()
    moment = git("show", "-s", "--format=%cI", commit).decode().strip()
    folder = sites.HERE / given.name
    folder.mkdir()
    with tempfile.TemporaryDirectory() as room:
        tree = Path(room)
        with tarfile.open(fileobj=io.BytesIO(git("archive", commit))) as packed:
            sites.unpack(packed, tree)
        found = {kind: make(kind, tree, given.data.resolve(), moment, folder) for kind in ("sqlite", "postgresql")}
        migrations = sorted((tree / sites.MIGRATIONS).glob("[0-9]*.py"))
        hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in migrations}
    one, other = found.values()
    assert one == other, "the two databases' sites are not alike"
    packs = [folder / f"{kind}.files" for kind in found]
    assert packs[0].read_bytes() == packs[1].read_bytes(), "the two databases' files are not alike"
    packs[0].rename(folder / "files.tar.xz")
    packs[1].unlink()
    (folder / "made_with.json").write_text(json.dumps({"commit": commit, "migrations": hashes, **one}, indent=1) + "\n")


if __name__ == "__main__":
    main()
