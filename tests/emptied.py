"""Empties the database after a test that committed, as those in a browser do.

SQLite: the content of the migrated database is put back, page by page, in a fraction of the time of Django's flush,
which empties each table by itself, then makes content types, permissions and guards anew. PostgreSQL is flushed; its
append-only tables refuse DELETE and TRUNCATE, so the guards are lifted before. After a flush Django says
`post_migrate`, as after a migration, and so they are put back.
"""

import sqlite3
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import TransactionTestCase

from exclusions.models.guards import lift
from tests.waiting import PATIENCE


class Migrated:
    """The content of this process's database on SQLite before the first test that commits."""

    def __init__(self) -> None:
        self.content: sqlite3.Connection | None = None

    def keep(self) -> None:
        """Copy it, once."""
        if self.content is None:
            connection.ensure_connection()
            self.content = sqlite3.connect(":memory:")
            connection.connection.backup(self.content)

    def put_back(self) -> None:
        """Let the database have that content again, as soon as nobody else reads or writes there."""
        limit = time.monotonic() + PATIENCE

        def wait(*_: int) -> None:
            assert time.monotonic() < limit, "somebody is still in the database of a test that has ended"

        assert self.content
        connection.ensure_connection()
        while True:
            wait()
            try:
                self.content.backup(connection.connection, progress=wait, sleep=0.01)
            except sqlite3.OperationalError as error:  # a database in memory does not wait by itself
                if "locked" not in str(error):
                    raise
                time.sleep(0.01)
            else:
                return

    def drop(self) -> None:
        """Let go of the copy."""
        if self.content is not None:
            self.content.close()


MIGRATED = Migrated()


@pytest.fixture(scope="session", autouse=True)
def _emptied_after_each_test_that_commits() -> Iterator[None]:
    """Do so, on either database."""
    begin, empty = vars(TransactionTestCase)["_fixture_setup"].__func__, TransactionTestCase._fixture_teardown
    flush = BaseDatabaseOperations.execute_sql_flush

    def keep_and_begin(cases: type[TransactionTestCase]) -> None:
        if connection.vendor == "sqlite":
            MIGRATED.keep()
        begin(cases)

    def put_back(case: Any) -> None:
        if connection.vendor == "sqlite":
            MIGRATED.put_back()
        else:
            empty(case)

    def lift_and_flush(operations: BaseDatabaseOperations, sql_list: list[str]) -> None:
        lift(operations.connection)
        flush(operations, sql_list)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(keep_and_begin))
        patch.setattr(TransactionTestCase, "_fixture_teardown", put_back)
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lift_and_flush)
        yield
    MIGRATED.drop()
