"""Test databases in which the cast, or the whole world, stands already: each process makes them once, not once a test.

A test that asks for `world` by name starts there, in a transaction of its own that is rolled back as everywhere. Its
other fixtures (the cast, the round) find their rows instead of making them. One that asks for the cast and the round,
as `journey` does, starts where these are. A test that ends transactions, or that asks for the world at run time, has
its own made in place.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import fields
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connection, models, transaction
from django.test import override_settings

from exclusions.actions.desk.letters_to_set import set_letters
from exclusions.models import User
from tests.conftest import Clock
from tests.factories.cast import Responder, make_cast
from tests.factories.facts import make_list3
from tests.factories.petitions import Journey
from tests.factories.world import World, make_world
from tests.taken_once import begin
from tradecases.file_store import file_store

ENDS_TRANSACTIONS = {"transactional_db", "live_server", "django_db_reset_sequences"}


def ends_transactions(item: pytest.Item) -> bool:
    """Whether the test may commit."""
    mark = item.get_closest_marker("django_db")
    ends = mark and (mark.kwargs.get("transaction") or mark.args)
    return bool(ends or ENDS_TRANSACTIONS & set(getattr(item, "fixturenames", ())))


def starts_in(item: pytest.Item) -> "KeptDatabase | None":
    """Return the database with rows in it that the test runs in; None: one with nothing but the migrated tables."""
    asked = set(getattr(item, "fixturenames", ()))
    if ends_transactions(item):
        return None
    if "world" in asked:
        return WORLD
    return CAST if asked >= {"cast", "list3"} else None


class KeptDatabase:
    """A database and the files of one process, made when first asked for."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.name = ""
        self.raw: Any = None
        self.folder = Path()
        self.made = False

    def fill(self, at: datetime) -> None:
        """Make the rows, by the actions, as a test would."""
        make_cast()
        make_list3()

    @contextmanager
    def connected(self, at: datetime) -> Iterator[None]:
        """Let the connection be one to the world's database."""
        clean, clean_name = connection.connection, connection.settings_dict["NAME"]
        if not self.name:
            self.name = self._copy(clean_name)
            clean = connection.connection
        connection.connection, connection.settings_dict["NAME"] = self.raw, self.name
        connection.ensure_connection()
        try:
            if not self.made:
                self._make(at)
            yield
        finally:
            self.raw = connection.connection
            connection.connection, connection.settings_dict["NAME"] = clean, clean_name

    def _copy(self, clean: str) -> str:
        """Make the database as a copy of the clean one; return its name."""
        if connection.vendor == "sqlite":
            name = f"file:{self.label}?mode=memory&cache=shared"
            source = connection.connection
            connection.connection, connection.settings_dict["NAME"] = None, name
            connection.connect()
            source.backup(connection.connection)
            self.raw, connection.connection, connection.settings_dict["NAME"] = connection.connection, source, clean
            return name
        name, quote = f"{clean}_{self.label}", connection.ops.quote_name
        connection.close()  # nobody may be connected to what is copied
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)}")
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(clean)}")
        return name

    def _make(self, at: datetime) -> None:
        """Fill the database; nothing runs on the commit, as in a test."""
        self.folder = Path(mkdtemp(prefix=f"{self.label}-"))
        url = self.folder.as_uri()
        storages = {**settings.STORAGES, "files": file_store(url)}
        caches = {name: {**one, "KEY_PREFIX": uuid4().hex} for name, one in settings.CACHES.items()}
        with (
            override_settings(STORAGE_URL=url, STORAGES=storages, MEDIA_ROOT=str(self.folder), CACHES=caches),
            time_machine.travel(at, tick=False),
            transaction.atomic(),
        ):
            self.fill(at)
            connection.run_on_commit.clear()
        self.made = True

    def drop(self) -> None:
        """Hang up and remove the files; the database goes with the process, or with the server (.ci/services.py)."""
        if self.name:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self.raw is not None:
            self.raw.close()


class KeptWorld(KeptDatabase):
    """The world, with its files and mails."""

    def __init__(self) -> None:
        super().__init__("world")
        self.keys: dict[str, tuple[type[models.Model], Any] | str] = {}
        self.moment: datetime | None = None
        self.mails: list[Any] = []

    def fill(self, at: datetime) -> None:
        """Make the world; its mails are kept with it."""
        before = len(mail.outbox)
        made = make_world(partial(Journey, make_cast(), make_list3(), at), make_cast(), Responder())
        set_letters()
        self.moment = made.moment
        self.mails = mail.outbox[before:]
        del mail.outbox[before:]
        for field in fields(World):
            value = getattr(made.world, field.name)
            self.keys[field.name] = (type(value), value.pk) if isinstance(value, models.Model) else value

    def world(self) -> World:
        """Return the world as it stands in the database, with its files in the test's folder and its mails sent."""
        shutil.copytree(self.folder, settings.MEDIA_ROOT, dirs_exist_ok=True)
        mail.outbox.extend(copy(sent) for sent in self.mails)
        return World(
            **{
                name: key[0]._default_manager.get(pk=key[1]) if isinstance(key, tuple) else key
                for name, key in self.keys.items()
            }
        )


CAST, WORLD = KeptDatabase("cast"), KeptWorld()


def pytest_sessionfinish() -> None:
    """Leave nothing behind."""
    CAST.drop()
    WORLD.drop()


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest) -> None:
    """Connect to the kept database before pytest-django begins the test's transaction, and back after its end."""
    if fixturedef.argname != "_django_db_helper":
        return
    kept = starts_in(request.node)
    if kept is not None:
        stack = ExitStack()
        stack.enter_context(request.getfixturevalue("django_db_blocker").unblock())
        stack.enter_context(kept.connected(request.getfixturevalue("at")))
        fixturedef.addfinalizer(stack.close)
    migrated = "loads" in request.fixturenames and not ends_transactions(request.node)
    begin(request.node, kept.label if kept else "migrated" if migrated else None)


@pytest.fixture
def world(
    request: pytest.FixtureRequest, db: None, journey: Callable[..., Journey], cast: dict[str, User],
    responder: Responder, clock: Clock,
) -> World:  # fmt: skip
    """Return the world. The clock stands a day after the posting of `posted`: its responses are open."""
    if starts_in(request.node) is WORLD and WORLD.moment:
        clock.move_to(WORLD.moment)
        return WORLD.world()
    made = make_world(journey, cast, responder)
    clock.move_to(made.moment)
    return made.world
