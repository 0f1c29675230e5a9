"""What many tests begin with is made once a process: the cast with its round, a case, the world, what ships, API lists.

A test that asks for one of these by its fixture stands in a transaction in which it was made, and rolls back what it
writes itself. Tests are sorted by where they stand, so that each is made once. One that ends transactions, or asks for
the world at run time, has its own made in place.
"""

import shutil
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection, models, transaction
from django.test import override_settings

from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.models import Petition, User
from exclusions.workflow.states import Status
from tests.conftest import Clock, ends_transactions
from tests.factories.casework.ways import PATHS
from tests.factories.cast import Responder, make_cast
from tests.factories.facts import make_list3
from tests.factories.petitions import Journey
from tests.factories.site import make_site
from tests.factories.world import Made, World, make_world
from tradecases.file_store import file_store

SHIPPED = {"shipped_schedule": "--schedule", "shipped": "", "shipped_lists": "--lists-alone"}
# A journey that was brought there: the way to a decision takes up to half a second of processor time, so tests that
# begin with one ask for that which is made once.
CASES = {
    "posted_once": Status.POSTED,
    "level1_once": Status.LEVEL1,
    "denied_once": Status.DENIED,
    "granted_once": Status.GRANTED,
    "published_once": Status.PUBLISHED,
}


@dataclass
class Standing:
    """What was made, with its files and mails."""

    name: str
    folder: Path
    made: Made | None = None
    case: Journey | None = None
    mails: tuple[Any, ...] = ()

    def hand_out(self) -> None:
        """Put the files into the test's folder, and send the mails."""
        shutil.copytree(self.folder, settings.MEDIA_ROOT, dirs_exist_ok=True)
        mail.outbox.extend(map(copy, self.mails))

    def world(self) -> World:
        """Return the world as it stands, with its files in the test's folder and its mails sent."""
        assert self.made
        self.hand_out()
        values = {field.name: getattr(self.made.world, field.name) for field in fields(World)}
        rows = {name: value for name, value in values.items() if isinstance(value, models.Model)}
        return World(**values | {name: type(row)._default_manager.get(pk=row.pk) for name, row in rows.items()})


def where(fixtures: set[str], mark: pytest.Mark | None) -> str | None:
    """Return the name of what the test stands on; None: nothing but the migrated tables."""
    if ends_transactions(fixtures, mark):
        return None
    asked = (name for name in (*SHIPPED, *CASES, "world", "listed_site") if name in fixtures)
    return next(asked, "cast" if {"cast", "list3"} <= fixtures else None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Say of each test where it stands; its name stays as it is."""
    stands = where(set(metafunc.fixturenames), metafunc.definition.get_closest_marker("django_db"))
    metafunc.parametrize("standing", [stands], indirect=True, ids=[pytest.HIDDEN_PARAM], scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bring together what stands on the same, and last what drives a browser, whose event loop nobody else runs in.

    First come upgrades, which migrate in processes of their own for up to a minute: at the end one worker would run
    one of them while the others have nothing left.
    """

    def place(item: pytest.Item) -> tuple[bool, bool, str]:
        lasts = {"upgrading", "test_upgrade.py"} & set(item.path.parts)
        return bool(item.get_closest_marker("functional")), not lasts, str(item.callspec.params["standing"] or "")

    items.sort(key=place)


@pytest.fixture(scope="session", autouse=True)
def standing(
    request: pytest.FixtureRequest, at: datetime, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing | None]:
    """Make what the next tests stand on, and roll it back after the last of them."""
    if request.param is None:
        yield None
        return
    request.getfixturevalue("django_db_setup")
    stands = Standing(request.param, tmp_path_factory.mktemp(request.param))
    url = stands.folder.as_uri()
    storages = {**settings.STORAGES, "files": file_store(url)}
    caches = {name: {**one, "KEY_PREFIX": uuid4().hex} for name, one in settings.CACHES.items()}
    own = {"STORAGE_URL": url, "STORAGES": storages, "MEDIA_ROOT": str(stands.folder), "CACHES": caches}
    with request.getfixturevalue("django_db_blocker").unblock(), transaction.atomic():
        with override_settings(**own), time_machine.travel(at, tick=False):
            _fill(stands, at)
        connection.check_constraints()
        connection.seal()  # as the commit does
        yield stands
        transaction.set_rollback(True)


def _fill(stands: Standing, at: datetime) -> None:
    """Make the rows by the actions, as a test would."""
    if stands.name in SHIPPED:
        call_command("load_shipped", *SHIPPED[stands.name].split(), stdout=StringIO(), stderr=StringIO())
        return
    if stands.name == "listed_site":
        make_site()
        return
    begin, before = partial(Journey, make_cast(), make_list3(), at), len(mail.outbox)
    if stands.name == "world":
        stands.made = make_world(begin, make_cast(), Responder())
        set_letters()
    elif stands.name in CASES:
        stands.case = brought(begin, CASES[stands.name])
    stands.mails = tuple(mail.outbox[before:])


def brought(begin: Callable[..., Journey], status: Status) -> Journey:
    """Return a journey that has led into that state, as `petition_in` leads there."""
    case = begin("deny" if "deny" in PATHS[status] else "grant")
    case.take(*PATHS[status])
    return case


@pytest.fixture
def world(
    standing: Standing | None,
    journey: Callable[..., Journey],
    cast: dict[str, User],
    responder: Responder,
    clock: Clock,
) -> World:
    """Return the world. The clock stands a day after the posting of `posted`: its responses are open."""
    if standing and standing.made:
        clock.move_to(standing.made.moment)
        return standing.world()
    made = make_world(journey, cast, responder)
    clock.move_to(made.moment)
    return made.world


def _case(name: str) -> Any:
    """Return the fixture of a case."""

    @pytest.fixture(name=name)
    def case(standing: Standing | None, journey: Callable[..., Journey], cast: dict[str, User]) -> Journey:
        """Return the journey as it stands, or one that is made in place where the test commits or has another world."""
        if not (standing and standing.case and standing.name == name):
            return brought(journey, CASES[name])
        standing.hand_out()
        found = copy(standing.case)
        found.cast, found.petition = cast, Petition.objects.get(pk=found.petition.pk)
        return found

    return case


posted_once, level1_once, denied_once, granted_once, published_once = map(_case, CASES)


def _ships(name: str) -> Any:
    """Return the fixture of what ships."""

    @pytest.fixture(name=name)
    def ships(db: None, standing: Standing | None) -> None:
        assert standing, f"{name} is made for tests that roll back"

    return ships


shipped, shipped_lists, shipped_schedule = map(_ships, ("shipped", "shipped_lists", "shipped_schedule"))
