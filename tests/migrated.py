"""One migrated database for all test processes: each starts on a copy instead of migrating one of its own.

The first process migrates as Django does and leaves a copy behind; the others, the next part and the next run take
theirs from it, one process at a time. The copy's name holds a digest of whatever shapes it, so a change makes another
one. Django still runs `migrate` on each copy, which finds nothing to do.

SQLite: a file in var/test-databases/, the newest few are kept. PostgreSQL: a database beside the test's own, only where
TEST_TEMPLATE_DATABASE names one, which whoever sets it drops (.ci/services.py); anywhere else each process migrates.
"""

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import django

PROJECT = Path(__file__).resolve().parent.parent
SHAPED_BY = (
    "exclusions/apps.py",
    "exclusions/migrations/**/*.py",
    "exclusions/models/**/*.py",
    "requirements*.txt",
    "tests/migrated.py",
    "tests/settings.py",
    "tradecases/*.py",
)
KEPT = 4
FOLDER = PROJECT / "var" / "test-databases"
Create = Callable[..., str]


def digest(project: Path = PROJECT) -> str:
    """Return what stands for the shape of a migrated database: other migrations, models or packages give another."""
    sum_ = hashlib.sha256(f"{django.__version__} {sqlite3.sqlite_version}".encode())
    for pattern in SHAPED_BY:
        for path in sorted(project.glob(pattern)):
            content = path.read_bytes()
            sum_.update(f"\0{path.relative_to(project)}\0{len(content)}\0".encode() + content)
    return sum_.hexdigest()[:16]


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep other processes of this project out; a process that dies lets the next one in."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SqliteCopies:
    """Gives SQLite databases the content of a migrated file."""

    def __init__(self, creation: Any, folder: Path) -> None:
        self.creation = creation
        self.folder = folder
        self.file = folder / f"{digest()}.sqlite3"

    def create(self, create: Create, *, keepdb: bool, **options: Any) -> str:
        """Do what `create_test_db` does, from the copy where there is one."""
        name = str(self.creation._get_test_db_name())
        in_memory = self.creation.is_in_memory_db(name)
        if keepdb and not in_memory and Path(name).exists():
            return create(keepdb=True, **options)
        with one_at_a_time(self.folder):
            if not self.file.exists():
                name = create(keepdb=keepdb, **options)
                self.save()
                return name
            if not in_memory:
                for ending in ("", "-wal", "-shm", "-journal"):
                    Path(name + ending).unlink(missing_ok=True)
            self.file.touch()
            # A database in memory lives as long as somebody is connected, so this stays until Django is.
            with closing(sqlite3.connect(name, uri=in_memory)) as target:
                with closing(sqlite3.connect(self.file)) as source:
                    source.backup(target)
                return create(keepdb=True, **options)

    def save(self) -> None:
        """Leave a copy of the database just migrated for the next process, whole or not at all."""
        half = self.file.with_suffix(".half")
        half.unlink(missing_ok=True)
        with closing(sqlite3.connect(half)) as target:
            self.creation.connection.connection.backup(target)
        half.rename(self.file)
        for old in sorted(self.folder.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
            old.unlink()


class PostgresCopies:
    """Gives PostgreSQL databases the content of a migrated one, by CREATE DATABASE … TEMPLATE."""

    def __init__(self, creation: Any, folder: Path, template: str) -> None:
        self.creation = creation
        self.folder = folder
        self.template = f"{template}_{digest()}"

    def create(self, create: Create, *, keepdb: bool, **options: Any) -> str:
        """Do what `create_test_db` does, from the copy where there is one."""
        if keepdb:
            return create(keepdb=True, **options)
        with one_at_a_time(self.folder):
            if not self.exists():
                name = create(keepdb=False, **options)
                self.save(name)
                return name
        self.creation.connection.settings_dict["TEST"]["TEMPLATE"] = self.template
        return create(keepdb=False, **options)

    def exists(self) -> bool:
        """Whether the copy is there; PostgreSQL shows a database once all of it is."""
        with self.creation._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.template])
            return cursor.fetchone() is not None

    def save(self, name: str) -> None:
        """Leave a copy of the database just migrated for the next process."""
        self.creation.connection.close()  # nobody may be connected to what is copied
        quote = self.creation.connection.ops.quote_name
        with self.creation._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {quote(self.template)} TEMPLATE {quote(name)}")


def copies_for(connection: Any, folder: Path) -> SqliteCopies | PostgresCopies | None:
    """Return who gives that connection's test database its content; None where Django does, by migrating."""
    if connection.vendor == "sqlite":
        return SqliteCopies(connection.creation, folder)
    template = os.environ.get("TEST_TEMPLATE_DATABASE")
    return PostgresCopies(connection.creation, folder, template) if template else None


def share_migrations(connection: Any, folder: Path = FOLDER) -> None:
    """Let the connection's test database be a copy of a migrated one; call it before the database is made."""
    copies = copies_for(connection, folder)
    if copies is None:
        return
    create = connection.creation.create_test_db

    def create_test_db(
        verbosity: int = 1, autoclobber: bool = False, serialize: bool | None = None, keepdb: bool = False
    ) -> str:
        return copies.create(create, keepdb=keepdb, verbosity=verbosity, autoclobber=autoclobber, serialize=serialize)

    connection.creation.create_test_db = create_test_db
