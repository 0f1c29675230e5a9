"""What every test stands on: closed sockets, a clock that stands still, the public data, quiet Hypothesis.

The cast is in `tests.factories.cast`, a round and its tariff lines in `tests.factories.facts`; browsers are in
`tests/functional/conftest.py`. pyproject.toml closes every socket but loopback and turns warnings into errors.
"""

import gc
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings
from structlog.contextvars import clear_contextvars

from exclusions.gateways.circuit import DATABASE, REDIS, SCANNER
from exclusions.gateways.database import limits
from exclusions.models import guards
from tests.depth import DEEP, so_many
from tests.migrated import share_migrations
from tradecases.file_store import file_store

pytest_plugins = [
    "tests.factories.cast",
    "tests.factories.facts",
    "tests.factories.petitions",
    "tests.made_once",
]

# Tests load whole tariffs beside busy neighbours; the servers that they start keep the limits.
limits.lift()
# Django's own server sends the head and the body of an answer apart; a client that is asked again at once would wait 40
# ms for each body.
WSGIRequestHandler.disable_nagle_algorithm = True

PROJECT = Path(__file__).resolve().parent.parent
EASTERN = ZoneInfo("America/New_York")
# STRICT=1 (continuous integration): what could not run is a failure, not a skip.
STRICT = os.environ.get("STRICT", "") not in {"", "0"}

ENDS_TRANSACTIONS = {"transactional_db", "live_server", "django_db_reset_sequences"}

# Derandomized: a failure seen by one person is seen by everybody. No deadline: the machines are shared.
hypothesis_settings.register_profile(
    "tradecases",
    derandomize=True,
    deadline=None,
    max_examples=so_many(30, 100),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("tradecases")


def cannot_run(reason: str) -> None:
    """Skip the running test with a reason, or fail it where everything has to run (STRICT=1)."""
    if STRICT:
        pytest.fail(f"Could not run: {reason}", pytrace=False)
    pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark browser tests by their folder, so that nobody has to remember to; ask each other mark for its reason.

    The bar runs every test of tests/integration on SQLite, and on PostgreSQL those marked `postgres` and
    `both_databases`. Without DEEP it leaves out the deep ones (tests/depth.py); with it, all run on PostgreSQL too.
    """
    left_out = [] if DEEP else [item for item in items if is_deep(item)]
    if left_out:
        left_out[0].config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        if "tests/functional/" in item.path.as_posix():
            item.add_marker(pytest.mark.functional)
        for mark in item.iter_markers("both_databases"):
            if not (mark.args and isinstance(mark.args[0], str) and mark.args[0].endswith(".")):
                raise pytest.UsageError(
                    f"{item.nodeid}: {mark.name} has to say in a sentence what each does its own way."
                )


def is_deep(item: pytest.Item) -> bool:
    """Whether a test is marked `deep` for the database on which it would run."""
    here = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    return any(mark.kwargs.get("only_on", here) == here for mark in item.iter_markers("deep"))


def ends_transactions(fixtures: set[str], mark: pytest.Mark | None) -> bool:
    """Whether a test with these fixtures and this `django_db` mark may commit."""
    return bool(fixtures & ENDS_TRANSACTIONS or (mark and (mark.kwargs.get("transaction") or mark.args)))


def pytest_collection_finish() -> None:
    """Let the collector come seldom: with so much loaded, each of its full rounds looks at a million objects."""
    gc.set_threshold(200_000, 20, 20)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a file's content by its parameter: some carry the moment they were made, and workers must agree on names."""
    return argname if isinstance(val, bytes) else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Stop tests marked `postgres` where the database is another one, or no Redis is named."""
    if item.get_closest_marker("postgres") and not (
        settings.DATABASES["default"]["ENGINE"].endswith("postgresql") and settings.REDIS_URL
    ):
        cannot_run("needs PostgreSQL and Redis; `make test` starts both and sets DATABASE_URL and REDIS_URL.")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    django_db_use_migrations: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Start on a copy of a migrated database (tests/migrated.py), after whatever pytest-django does to the names.

    On SQLite it is in memory, but in a file where a browser and its server use several connections.
    """
    how = connection.settings_dict
    if connection.vendor == "sqlite" and any(item.get_closest_marker("functional") for item in request.session.items):
        how["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "browser.sqlite3")
        how["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # nothing here has to outlive a crash
    if django_db_use_migrations:
        share_migrations(connection)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of public data (HTSUS editions, lists, exclusions, petitions) that is not in the project.

    It is `../shared/data` beside the project, or what SHARED_DATA names. Without it the test is skipped; with
    STRICT=1 it fails.
    """
    folder = Path(os.environ.get("SHARED_DATA") or PROJECT.parent / "shared" / "data")
    if not (folder / "hts").is_dir():
        cannot_run(f"the public data folder is not at {folder}; set SHARED_DATA to where it is.")
    return folder


class Clock:
    """A clock that stands still until a test moves it. Every `timezone.now()` of the process reads it."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    @property
    def now(self) -> datetime:
        """Return the moment it shows, in New York time."""
        return datetime.now(tz=EASTERN)

    def move_to(self, moment: datetime) -> datetime:
        """Show this aware moment from now on, and return it."""
        assert moment.tzinfo is not None, "Give the clock an aware moment."
        self._traveller.move_to(moment, tick=False)
        return moment

    def shift(self, **span: float) -> datetime:
        """Go forward (or back) by days=, hours=, minutes=, seconds=; return the new moment in New York time."""
        return self.move_to(self.now + timedelta(**span))


@pytest.fixture(scope="session")
def at() -> datetime:
    """Return the moment at which most tests play: Monday 8 July 2019, 10:00 in New York.

    The List 3 docket is open (30 June to 30 September 2019), List 1 is in force at 25%.
    """
    return datetime(2019, 7, 8, 10, 0, tzinfo=EASTERN)


@pytest.fixture
def clock(at: datetime) -> Iterator[Clock]:
    """Stop the clock at `at`; the test moves it."""
    with time_machine.travel(at, tick=False) as traveller:
        yield Clock(traveller)


def keep_files_at(settings: Settings, url: str) -> None:
    """Let the file store be, for the rest of a test, what a server that was started with this STORAGE_URL has."""
    settings.STORAGE_URL = url
    settings.STORAGES = {**settings.STORAGES, "files": file_store(url)}


@pytest.fixture(scope="session")
def _folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return folders without end, none of which is there yet; `mktemp` would look at all earlier ones for each."""
    root = tmp_path_factory.mktemp("files")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_lines() -> None:
    """Forget what the test before left in the process: its request, what it rolled back, which part was away."""
    clear_contextvars()
    connection.unsealed.clear()
    for part in (REDIS, DATABASE, SCANNER):  # left alone for seconds, it would be this test's that is not asked
        part.worked()


@pytest.fixture(autouse=True)
def _emptied(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Drop the guards before the tables of a test that committed are flushed; migrating puts them back, a flush too."""
    if not ends_transactions(set(request.fixturenames), request.node.get_closest_marker("django_db")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with django_db_blocker.unblock():
        guards.lift(connection)


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings: Settings, _folders: Iterator[Path]) -> None:
    """Give each test its own folders for documents and media, and an empty cache.

    The cache is empty by its key prefix: to clear it would empty a Redis that other test processes use, too.
    """
    folder = next(_folders)
    folder.mkdir()
    keep_files_at(settings, folder.as_uri())
    settings.MEDIA_ROOT = str(folder)
    settings.CACHES = {name: {**one, "KEY_PREFIX": uuid4().hex} for name, one in settings.CACHES.items()}
