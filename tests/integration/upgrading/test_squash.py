"""The migration that stands for many makes the same database as they do, from nothing and from half-way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader

from exclusions.gateways.database.serving import APP
from tests.conftest import PROJECT
from tests.upgrades.rows import contents
from tests.upgrades.shape import shape
from tests.upgrades.sites import Database, environment, new_database, run_inside

MIDDLE = "0047_notices_before_the_register"
pytestmark = pytest.mark.both_databases("Tables, indexes and triggers are made by other means on each.")
# What differs from run to run, or says how the database came about.
OTHERWISE = {"exclusions_tariffversion", "django_migrations"}


@dataclass(frozen=True)
class Made:
    """A database, and what its process is told."""

    database: Database
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of a process that works on it."""
        return environment(self.database, self.folder, self.folder, MAINTENANCE="1")

    def one_by_one(self, *name: str) -> int:
        """Migrate with the migrations as they landed; return how many have run."""
        return int(run_inside("one_by_one.py", name, PROJECT, self.environment))

    def migrate(self) -> str:
        """Migrate as an operator does; return what was said."""
        command = [sys.executable, "manage.py", "migrate", "--no-input"]
        done = subprocess.run(command, cwd=PROJECT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    @property
    def shape(self) -> set[str]:
        """Return what tables, indexes, constraints, triggers and searches it has."""
        with self.database.connect() as connection:
            return shape(connection)

    @property
    def rows(self) -> dict[str, int]:
        """Return how many rows are in each table."""
        with self.database.connect() as connection:
            return {name: count for name, count in contents(connection).counts.items() if name not in OTHERWISE}

    @property
    def recorded(self) -> set[str]:
        """Return which migrations of ours it says have run."""
        with self.database.connect() as connection:
            found = connection.execute("SELECT name FROM django_migrations WHERE app = 'exclusions'").fetchall()
            return {name for (name,) in found}


class Databases:
    """New databases of the kind that the tests run on."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        """Take where files go, and what drops each database again."""
        self.folder, self.stack = folder, stack

    def new(self, name: str) -> Made:
        """Return an empty database."""
        on_postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
        beside = os.environ["DATABASE_URL"] if on_postgres else ""
        name += os.environ.get("PYTEST_XDIST_WORKER", "alone")
        database = new_database(beside, self.folder, name)
        return Made(self.stack.enter_context(database), self.folder)


@pytest.fixture
def databases(tmp_path: Path) -> Iterator[Databases]:
    with ExitStack() as stack:
        yield Databases(tmp_path, stack)


def assert_same(one: Made, other: Made) -> None:
    """Assert that neither has what the other has not."""
    assert (one.shape - other.shape, other.shape - one.shape) == (set(), set())
    assert one.rows == other.rows
    assert one.recorded == other.recorded


@cache
def names() -> set[str]:
    """Return the names of our migrations, that which stands for many among them."""
    return {name for app, name in MigrationLoader(None).disk_migrations if app == APP}  # type: ignore[union-attr]


def test_a_new_database_is_made_at_once(databases: Databases) -> None:
    at_once = databases.new("at_once")
    assert "0001_squashed" in at_once.migrate()
    assert at_once.recorded == names()
    assert len(at_once.shape) > 1500


@pytest.mark.deep(
    "test_a_site_of_an_earlier_version_loses_nothing takes them one by one there, on to the same tables.",
    only_on="sqlite3",
)
def test_from_half_way_the_same_database_is_made(databases: Databases) -> None:
    """Each of the migrations that the one stands for runs on the way: half by itself, the rest as an operator does."""
    at_once, middle = databases.new("at_once"), databases.new("middle")
    at_once.migrate()
    assert middle.one_by_one(MIDDLE) < len(names()) / 2 + 10
    said = middle.migrate()
    assert "Applying exclusions.0048_granted_in_part" in said
    assert "0001_squashed" not in said
    assert_same(middle, at_once)
    assert "Applying exclusions." not in middle.migrate()


@pytest.mark.deep("test_from_half_way_the_same_database_is_made takes the second half as an operator does.")
def test_one_by_one_to_the_end_the_same_database_is_made(databases: Databases) -> None:
    """And the next migrate knows that all are there for which the one stands."""
    at_once, last = databases.new("at_once"), databases.new("last")
    at_once.migrate()
    assert last.one_by_one() == len(names())
    assert "Applying exclusions." not in last.migrate()
    assert_same(last, at_once)


def test_models_are_the_same_both_ways() -> None:
    states = []
    for squashed in (True, False):
        loader = MigrationLoader(None, replace_migrations=squashed)
        ends = loader.graph.leaf_nodes(APP)
        states.append(
            loader.project_state([key for key in ends if squashed or not loader.disk_migrations[key].replaces])
        )
    assert MigrationAutodetector(*states).changes(graph=loader.graph) == {}
    assert len([app for app, _ in states[0].models if app == APP]) == len(list(apps.get_app_config(APP).get_models()))
