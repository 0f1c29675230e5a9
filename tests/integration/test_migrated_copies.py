"""Test databases that are copies of a migrated one: never an old shape, one migration however many start at once."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import psycopg
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.conftest import PROJECT
from tests.migrated import SHAPED_BY, digest

# Makes a test database as a test process does, and prints what is in it and how often it was migrated from nothing.
MAKE = """
import sys
from pathlib import Path
import django
django.setup()
from django.db import connection
from django.db.models.signals import pre_migrate
from django.test.utils import setup_databases, teardown_databases
from tests.migrated import share_migrations
begun = []
pre_migrate.connect(lambda plan, **_: begun.append(len(plan)), weak=False)
share_migrations(connection, Path(sys.argv[1]))
made = setup_databases(0, False)
with connection.cursor() as cursor:
    cursor.execute("SELECT count(*) FROM sqlite_master")
    print(cursor.fetchone()[0], max(begun) > 0)
teardown_databases(made, 0)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of what shapes the database."""
    for pattern in SHAPED_BY:
        for path in PROJECT.glob(pattern):
            target = tmp_path / path.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    return tmp_path


@pytest.mark.django_db
def test_a_process_has_a_migrated_database() -> None:
    """The bar runs this one first (.ci/bar.sh), so that the copy is there before many ask for it."""
    plans = MigrationExecutor(connection)
    assert plans.migration_plan(plans.loader.graph.leaf_nodes()) == []


def test_the_same_files_give_the_same_digest(project: Path) -> None:
    assert digest(project) == digest(PROJECT)


@pytest.mark.parametrize(
    "name",
    [
        "exclusions/migrations/0001_initial.py",
        "exclusions/migrations/9999_new.py",
        "exclusions/models/petition.py",
        "exclusions/models/new.py",
        "requirements.txt",
        "requirements-dev.txt",
        "tradecases/settings.py",
    ],
)
def test_a_changed_or_added_file_gives_another_digest(project: Path, name: str) -> None:
    with (project / name).open("a") as file:
        file.write("\n# changed\n")
    assert digest(project) != digest(PROJECT)


def test_a_renamed_or_removed_migration_gives_another_digest(project: Path) -> None:
    last = max((project / "exclusions/migrations").glob("0*.py"))
    last.rename(last.with_name("0999_renamed.py"))
    renamed = digest(project)
    (last.with_name("0999_renamed.py")).unlink()
    assert len({digest(PROJECT), renamed, digest(project)}) == 3


@pytest.mark.deep("Each process of a run does so: test_a_process_has_a_migrated_database.")
def test_of_several_that_start_at_once_one_migrates_and_all_get_the_same(tmp_path: Path) -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("DATABASE_URL", None)
    (tmp_path / f"{digest()}.half").write_bytes(b"left by one that was killed")
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path)], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    told = sorted(process.communicate()[0].split() for process in processes)
    assert len({count for count, _ in told}) == 1
    assert int(told[0][0]) > 100
    assert sorted(migrated for _, migrated in told) == ["False", "False", "True"]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == ["", ".sqlite3"]
    with closing(connect(tmp_path / f"{digest()}.sqlite3")) as copy:
        assert copy.execute("SELECT count(*) FROM exclusions_petition").fetchone() == (0,)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.postgres
@pytest.mark.django_db
def test_nothing_stays_on_a_server_that_was_given() -> None:
    settings = connection.settings_dict
    host = f"?host={settings['HOST']}" if settings["HOST"].startswith("/") else ""
    where = "" if host else f"{settings['USER']}@{settings['HOST']}:{settings['PORT'] or 5432}"
    server = f"postgresql://{where}/postgres{host}"
    make = (
        "import os, psycopg\n"
        "from urllib.parse import urlsplit\n"
        "line = psycopg.connect(os.environ['TEST_DATABASE_URL'], autocommit=True)\n"
        "name = 'test_' + urlsplit(os.environ['DATABASE_URL']).path.rpartition('/')[2]\n"
        "copy = os.environ['TEST_TEMPLATE_DATABASE'] + '_0123'\n"
        "for each in (name, name + '_gw0', copy):\n"
        "    line.execute(f'CREATE DATABASE {each}')\n"
        "print(name, copy)\n"
    )
    done = subprocess.run(
        [sys.executable, str(PROJECT / ".ci" / "services.py"), "--", sys.executable, "-c", make],
        env={**os.environ, "TEST_DATABASE_URL": server}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    name, copy = done.stdout.split()
    assert copy.startswith(name)
    with psycopg.connect(server) as line:
        assert line.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]).fetchall() == []
