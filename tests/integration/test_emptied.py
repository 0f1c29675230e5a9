"""What a test leaves in the database that it committed to: nothing."""

import sqlite3
from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase

from exclusions.models import Petition, User, guards
from exclusions.workflow.states import Status
from tests import emptied

pytestmark = pytest.mark.django_db(transaction=True)
AT_FIRST = {"auth.Permission", "contenttypes.ContentType", "exclusions.TariffVersion"}


def counted() -> dict[str, int]:
    """Return how many rows each table has that has any."""
    counts = {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}
    return {label: number for label, number in counts.items() if number}


def empty() -> None:
    """Do what is done after each test that commits."""
    TransactionTestCase("run")._fixture_teardown()


@pytest.mark.both_databases("Each database is emptied in its own way.")
def test_nothing_stays_but_what_a_migration_leaves(petition_in: Callable[[Status], Petition]) -> None:
    """Rows that refuse to be deleted go, too; the next ones refuse again."""
    petition_in(Status.PUBLISHED)
    assert {"exclusions.Decision", "exclusions.Event"} <= counted().keys()
    empty()
    left = counted()
    assert left.keys() == AT_FIRST
    assert left["auth.Permission"] == 4 * left["contenttypes.ContentType"]
    assert guards.faults(connection) == []


def test_whoever_still_reads_is_waited_for(importer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """On SQLite: a server's thread may end after the test."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL waits by itself")
    reader = sqlite3.connect(connection.settings_dict["NAME"], uri=True, isolation_level=None)
    reader.execute("BEGIN")
    asked: list[float] = []

    def clock() -> float:
        """Let the reader go on the third look at the clock."""
        asked.append(0.0)
        if len(asked) == 3:
            assert reader.execute("SELECT count(*) FROM exclusions_user").fetchone() == (1,)
            reader.close()
        return 0.0

    reader.execute("SELECT count(*) FROM exclusions_user").fetchone()
    monkeypatch.setattr(emptied.time, "monotonic", clock)
    empty()
    assert len(asked) >= 3, "the reader is gone"
    assert User.objects.count() == 0
