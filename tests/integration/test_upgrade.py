"""Sites that earlier versions made come through `migrate` with nothing lost.

tests/upgrades/README.md says what is kept of a site, and how to keep another.
"""

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from exclusions.models.public import LAYOUT
from tests.migrated import FOLDER, SqliteCopies
from tests.upgrades.rows import Changed, Contents, Table, contents, counted, losses, refusals
from tests.upgrades.shape import shape
from tests.upgrades.sites import MIGRATIONS, PROJECT, Database, Site, at, environment, new_database, run_inside, sites

pytestmark = pytest.mark.both_databases("Migrations change tables and data by other means on each.")

# What a later version renamed, dropped or filled anew on purpose: "table", "table.column" or "trigger NAME", the new
# name ("" when it is gone, the old one when it holds other values), and why. Whatever else an old site has must be
# there after the upgrade, value for value.
CHANGED: dict[str, Changed] = {
    "exclusions_tariffversion.stamp": Changed("stamp", "The database renews it with every change of the tariff."),
    **{
        f"exclusions_document.{column}": Changed(column, "The operator has texts read again that an older reader kept.")
        for column in ("text_key", "text_whole", "pictures")
    },
    # Copies of an earlier layout are written anew: with the grounds and the public summaries of what is confidential.
    **{
        f"exclusions_{column}": Changed(column.partition(".")[2], "Public copies are written in today's layout.")
        for column in (
            "publicpetition.answers",
            "publicpetition.move",  # a sentence of the product, in its words of today
            "publicpetition.search_text",
            "publicpetition.taken_down",
            "publicresponse.answers",
            "docketversion.number",
        )
    },
    **{
        f"exclusions_publicpetition.{column}": Changed(
            column, "Grants of old dockets lead to the exclusions that ship."
        )
        for column in ("exclusion_id", "updated_at")
    },
    # What the product ships of lists and rounds is corrected at the next start; a round in which somebody filed is not.
    **{
        f"exclusions_coveredline.{column}": Changed(column, "Lines are dated by the tables of 2020, 2023 and 2025.")
        for column in ("valid_from", "valid_to", "source")
    },
    **{
        f"exclusions_{table}.action_id": Changed("action_id", "Cranes and chassis moved to the maritime action.")
        for table in ("coveredline", "actionrate")
    },
    **{
        f"exclusions_round.{column}": Changed(column, "Rounds in which nobody filed keep to their notices.")
        for column in ("questionnaire", "reply_days_after_response", "heading", "note")
    },
    # On PostgreSQL one trigger refused both verbs; each guard has one for each verb since, named alike on SQLite.
    **{
        f"trigger {table}_{old}": Changed(f"{table}_no_update", "A guard is declared beside its table, verb by verb.")
        for table, old in (
            ("exclusions_accesslog", "append_only"),
            ("exclusions_decision", "append_only"),
            ("exclusions_event", "append_only"),
            ("exclusions_finding", "append_only"),
            ("exclusions_petitionversion", "sealed"),
        )
    },
}
OPEN = {"level1", "level2", "consistency", "legal", "drafting", "customs", "committee", "signature"}
SITES = pytest.mark.parametrize("site", sites(), ids=lambda site: str(site.folder.name))


@dataclass(frozen=True)
class Restored:
    """A kept site in a database and a folder of its own."""

    site: Site
    database: Database
    files: Path
    environment: Mapping[str, str]

    @property
    def moment(self) -> str:
        """Return a moment an hour after the site was left."""
        return (datetime.fromisoformat(self.site.made_with["left_at"]) + timedelta(hours=1)).isoformat()

    def read(self) -> Contents:
        """Return what the database holds now."""
        with self.database.connect() as opened:
            return contents(opened)

    def manage(self, *arguments: str, **more: str) -> tuple[int, str]:
        """Run a command of today's manage.py as an operator does; return its exit status and what it said."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=PROJECT, env={**self.environment, **more}, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def restored(site: Site, tmp_path: Path) -> Iterator[Restored]:
    """Set a kept site up again on the kind of database that the tests run on."""
    on_postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    beside = os.environ["DATABASE_URL"] if on_postgres else ""
    with new_database(beside, tmp_path, f"{site.folder.name}_{worker}") as database:
        files = tmp_path / "files"
        site.restore(database, files)
        yield Restored(site, database, files, environment(database, files, tmp_path / "mail"))


@pytest.fixture
def shape_of_a_new_one(db: None, tmp_path: Path) -> set[str]:
    """Return the tables, indexes, constraints and triggers of a database that `migrate` makes from nothing.

    On SQLite that is the one of which every test process has a copy.
    """
    if connection.vendor == "sqlite":
        copied = SqliteCopies(connection.creation, FOLDER).file.as_uri()
        with closing(sqlite3.connect(f"{copied}?mode=ro", uri=True)) as copy:  # else one that is away is made, empty
            return shape(copy)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with new_database(os.environ["DATABASE_URL"], tmp_path, f"new_{worker}") as database:
        command = [sys.executable, "manage.py", "migrate", "--no-input"]
        told = environment(database, tmp_path / "none", tmp_path / "mail")
        subprocess.run(command, cwd=PROJECT, env=told, capture_output=True, check=True)
        with database.connect() as made:
            return shape(made)


def stored_files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def lost(old: Contents, restored: Restored) -> str:
    """Return what the site had and has no more, a line each."""
    return "\n".join(losses(old, restored.read(), CHANGED))


def texts_of(old: Contents) -> set[str]:
    """Return where the texts of its files were stored, which are read again; a plain text is its own."""
    table = old.tables["exclusions_document"]
    rows = (dict(zip(table.columns, row, strict=True)) for row in table.rows.values())
    return {row["text_key"] for row in rows if row.get("text_key", "") != row["storage_key"]}


@SITES
@pytest.mark.deep("Upgraded on SQLite, and test_a_process_has_a_migrated_database there.", only_on="postgresql")
def test_a_site_of_an_earlier_version_loses_nothing(
    site: Site, restored: Restored, shape_of_a_new_one: set[str]
) -> None:
    made = site.made_with
    old, files = restored.read(), stored_files(restored.files)
    assert old.counts == made["rows"], "the site was not set up as it was kept"
    with restored.database.connect() as opened:
        guarded = refusals(opened, old)
    assert counted(guarded) == made["guarded"]
    refuses_while_the_version_before_may_serve(restored)
    status, words = restored.manage("migrate", "--no-input", MAINTENANCE="1")
    assert status == 0, words
    assert not lost(old, restored), lost(old, restored)
    public_copies_have_todays_layout(restored.read(), words)
    with restored.database.connect() as opened:
        assert shape(opened) == shape_of_a_new_one
    status, words = restored.manage("verify_record")
    assert (status, words.strip()) == (0, "The record is whole.")
    with restored.database.connect() as opened:
        assert guarded - refusals(opened, restored.read()) == set(), "rows that could not be changed now can be"
    serves_as_before(restored)
    assert not lost(old, restored), lost(old, restored)
    found, texts = stored_files(restored.files), texts_of(old)
    assert {name: said for name, said in files.items() if Path(name).name not in texts}.items() <= found.items()
    owner_reads_a_confidential_file(restored)


def refuses_while_the_version_before_may_serve(restored: Restored) -> None:
    """Assert that a migrate says what it needs before it begins, and that `upgrade`, where it fails, opens the site."""
    before = restored.read().counts
    status, words = restored.manage("migrate", "--no-input")
    assert (status, "0002_append_only" in words or "must stop" in words) == (1, True)
    assert "MAINTENANCE=1 manage.py migrate" in words
    assert restored.read().counts == before
    assert restored.manage("maintenance", "status")[1].strip() == "The site is open."


def public_copies_have_todays_layout(now: Contents, said: str) -> None:
    """Assert that what was posted is public as it would be today, ground and summary included.

    Those stay as they were that would repeat what was given in confidence; migrate names them.
    """
    for name in ("exclusions_publicpetition", "exclusions_publicresponse"):
        table = now.tables[name]
        copies = [dict(zip(table.columns, row, strict=True)) for row in table.rows.values()]
        ours = [copy for copy in copies if not copy.get("historical")]
        for copy in ours:
            assert copy["layout"] == LAYOUT or f"{copy['reference']}: the public copy stays as it was" in said
        assert any(copy["layout"] == LAYOUT and "_ground" in str(copy["answers"]) for copy in ours)


def serves_as_before(restored: Restored) -> None:
    """Assert that the sweep for leaks ends as it did, each page says what it said, and `make run` may start again.

    The operator has files read again first whose text an older reader kept.
    """
    made = restored.site.made_with
    pages = made["pages"]
    again = [["load_shipped"], ["load_rounds", "exclusions/data/rounds.toml"], ["seed_demo"], ["verify_record"]]
    steps = [["check_leaks", "--read"], *again, *(["GET", page["path"]] for page in pages)]
    (leaks, found), *answers = at(restored.moment, steps, PROJECT, restored.environment)
    assert leaks == made["check_leaks"], found
    for command, (status, words) in zip(again, answers[: len(again)], strict=True):
        assert status == 0, (command, words)
    for page, (status, words) in zip(pages, answers[len(again) :], strict=True):
        assert status == page["status"], page
        assert page["says"] in words, page


def owner_reads_a_confidential_file(restored: Restored) -> None:
    """Assert that the old password signs in and the private side answers. Comes last: signing in ends old sessions."""
    owner = restored.site.made_with["owner"]
    steps = [["SIGN IN", owner["email"], owner["password"]], ["GET", owner["page"]["path"]]]
    (signed_in, _), (status, words) = at(restored.moment, steps, PROJECT, restored.environment)
    assert (signed_in, status) == (302, owner["page"]["status"])
    assert owner["page"]["says"] in words


@SITES
@pytest.mark.deep("Led on SQLite; see test_a_site_of_an_earlier_version_loses_nothing.", only_on="postgresql")
def test_every_open_case_of_an_earlier_version_comes_through_to_a_signature(site: Site, restored: Restored) -> None:
    assert restored.manage("migrate", "--no-input", MAINTENANCE="1")[0] == 0
    led = run_inside("to_signature.py", [restored.moment], PROJECT, restored.environment)
    assert {case["began"] for case in led.values()} == OPEN
    assert {case["ended"] for case in led.values()} == {"granted", "denied"}
    added = {what for case in led.values() for what in case["added"]}  # by each desk what it was asked
    assert {f"{desk}: marks" for desk in OPEN - {"drafting", "customs"}} <= added
    assert restored.manage("verify_record")[1].strip() == "The record is whole."


@SITES
def test_migrations_that_have_landed_are_not_touched(site: Site, restored: Restored) -> None:
    made = site.made_with["migrations"]
    folder = PROJECT / MIGRATIONS
    today = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() if (folder / name).exists() else "gone"
        for name in made
    }
    assert today == made
    applied = restored.read().tables["django_migrations"]
    app, name = applied.columns.index("app"), applied.columns.index("name")
    assert {f"{row[name]}.py" for row in applied.rows.values() if row[app] == "exclusions"} == made.keys()
    assert len(site.made_with["commit"]) == 40


ROWS = {(1,): (1, "Slabs", None), (2,): (2, "Pumps", 7)}
OLD = Contents({"petition": Table(("id", "name", "size"), ("id",), ROWS)}, frozenset({"petition_no_delete"}))
WIDER = Table(("id", "name", "size", "new"), ("id",), {key: (*row, "") for key, row in ROWS.items()})
SHORTER = Table(("id", "name", "size"), ("id",), {(2,): (2, "Pumps", 7)})
OTHER = Table(("id", "name", "size"), ("id",), {**ROWS, (1,): (1, "Slab", None)})
RENAMED = Table(("id", "title"), ("id",), {(1,): (1, "Slabs"), (2,): (2, "Pumps")})


@pytest.mark.parametrize(
    ("table", "trigger", "changed", "told"),
    [
        (WIDER, "petition_no_delete", {}, []),
        (WIDER, "another", {}, ["The trigger petition_no_delete is gone."]),
        (WIDER, "another", {"trigger petition_no_delete": "another"}, []),
        (SHORTER, "petition_no_delete", {}, ["1 of the 2 rows of petition are gone, (1,) for one."]),
        (OTHER, "petition_no_delete", {}, ["1 of the 2 rows of petition have another name, (1,) for one."]),
        (OTHER, "petition_no_delete", {"petition.name": "name"}, []),
        (RENAMED, "petition_no_delete", {"petition.size": ""}, ["The column petition.name is gone."]),
        (RENAMED, "petition_no_delete", {"petition.size": "", "petition.name": "title"}, []),
    ],
)
def test_what_an_upgrade_loses_is_named(table: Table, trigger: str, changed: dict[str, str], told: list[str]) -> None:
    new = Contents({"petition": table}, frozenset({trigger}))
    assert losses(OLD, new, {name: Changed(now, "On purpose.") for name, now in changed.items()}) == told


def test_a_table_that_an_upgrade_drops_is_named() -> None:
    new = Contents({"request": WIDER}, OLD.triggers)
    assert losses(OLD, new, {}) == ["The table petition is gone."]
    assert losses(OLD, new, {"petition": Changed("request", "Another word.")}) == []
