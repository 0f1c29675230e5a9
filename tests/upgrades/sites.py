"""Sites as earlier versions left them: what is kept of one, and how it is set up again in a database of its own."""

import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import psycopg
from psycopg import sql

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
MIGRATIONS = Path("exclusions") / "migrations"
# Both are needed to read what a site has encrypted or signed.
SECRET_KEY = "of-every-site-that-is-kept-here-" + "x" * 30
# What is set around a test and would change the site, or reach beyond it.
NOT_OURS = {
    "ALLOWED_HOSTS", "BASE_URL", "BEHIND_PROXY", "CLAMD_URL", "DEBUG", "PUBLIC_DATABASE_URL", "REDIS_URL", "SENTRY_DSN",
    "STAFF_SECOND_FACTOR", "STATIC_MANIFEST",
}  # fmt: skip


@dataclass(frozen=True)
class Database:
    """A database of our own: what DATABASE_URL says to name it."""

    url: str

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.url.startswith("sqlite")

    @contextmanager
    def connect(self) -> Iterator[Any]:
        """Yield a connection that commits each statement, unless one begins a transaction."""
        if self.is_sqlite:
            connection = sqlite3.connect(urlsplit(self.url).path[1:], isolation_level=None)
            try:
                yield connection
            finally:
                connection.close()
        else:
            with psycopg.connect(**_parameters(self.url), autocommit=True) as server:
                yield server


def _parameters(url: str) -> dict[str, Any]:
    """Read a URL as the product's settings do."""
    read = environ.Env.db_url_config(url)
    names = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return {name: read[key] for name, key in names.items() if read.get(key)}


@contextmanager
def new_database(beside: str, folder: Path, name: str) -> Iterator[Database]:
    """Yield an empty database: on the server of the URL `beside`, dropped afterwards, or a file in the folder if ""."""
    if not beside.startswith("postgres"):
        yield Database(f"sqlite:///{folder / name}.sqlite3")
        return
    address, mark, options = beside.partition("?")
    head, _, known = address.rpartition("/")
    own = f"test_{known}_{name}"  # .ci/services.py sweeps such names up after a run that was cut short
    with psycopg.connect(**{**_parameters(beside), "dbname": "postgres"}, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(own)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(own)))
        try:
            yield Database(f"{head}/{own}{mark}{options}")
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(own)))


@dataclass(frozen=True)
class Site:
    """A folder with a site's two databases, its stored files, and `made_with.json`: how it was when it was left."""

    folder: Path

    @property
    def made_with(self) -> dict[str, Any]:
        """Return the commit, the moments, the migrations, the rows, the refusals and the pages of the site."""
        read: dict[str, Any] = json.loads((self.folder / "made_with.json").read_text())
        return read

    def restore(self, database: Database, files: Path) -> None:
        """Fill an empty database and an empty folder with the site."""
        if database.is_sqlite:
            content = lzma.decompress((self.folder / "sqlite.xz").read_bytes())
            Path(urlsplit(database.url).path[1:]).write_bytes(content)
        else:
            with database.connect() as connection:
                connection.execute(lzma.decompress((self.folder / "postgresql.sql.xz").read_bytes()).decode())
        with tarfile.open(self.folder / "files.tar.xz") as packed:
            unpack(packed, files)


def unpack(packed: tarfile.TarFile, folder: Path) -> None:
    """Write the plain files of an archive of ours into a folder."""
    for entry in packed:
        content = packed.extractfile(entry)
        if content is not None:
            target = folder / entry.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())


def sites() -> list[Site]:
    """Return the sites that are kept, oldest first."""
    return [Site(folder) for folder in sorted(HERE.glob("site_*"))]


def environment(database: Database, files: Path, mail: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process that serves the site."""
    return {
        **{name: value for name, value in os.environ.items() if name not in NOT_OURS},
        "DJANGO_SETTINGS_MODULE": "tradecases.settings",
        "SECRET_KEY": SECRET_KEY,
        "DEMO": "1",
        "DATABASE_URL": database.url,
        "STORAGE_URL": files.as_uri(),
        "EMAIL_URL": f"filemail:///{mail}",
        **more,
    }


def run_inside(script: str, arguments: Sequence[str], tree: Path, environment: Mapping[str, str]) -> Any:
    """Run a script of `inside/` with a tree's code; return what its last line says. Raises AssertionError."""
    command = [sys.executable, "-W", "ignore::UserWarning", str(HERE / "inside" / script), *arguments]
    done = subprocess.run(
        command, cwd=tree, env={**environment, "PYTHONPATH": str(tree)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{script}: {done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return json.loads(done.stdout.rstrip().rpartition("\n")[2])


def at(
    moment: str, steps: Sequence[Sequence[str]], tree: Path, environment: Mapping[str, str]
) -> list[tuple[int, str]]:
    """Take steps on the site at a moment, see `inside/at.py`; return the status and the words of each answer."""
    answers = run_inside("at.py", [moment, *map(json.dumps, steps)], tree, environment)
    return [(status, words) for status, words in answers]
