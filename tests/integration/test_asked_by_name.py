"""A statement that the server keeps by a name answers, and fails, as one that is sent in full."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from exclusions.gateways.database.prepared import prepared_cursor
from exclusions.models import User

MOMENT = datetime(2026, 3, 9, 14, 0, 0, 250, tzinfo=UTC)
EVERY_KIND = (
    "SELECT %s::int, %s::text, %s::timestamptz, %s::date, %s::uuid, 1.50::numeric, true, NULL, '%%' "
    "UNION ALL SELECT 2, 'two', %s, NULL, NULL, NULL, NULL, 'x', '' ORDER BY 1"
)
VALUES: list[Any] = [1, "a 'quoted' %s", MOMENT, MOMENT.date(), "6f0e4f2a-8f6b-4a39-9d68-0a36f3a1b0c4", MOMENT]
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def ask(sql: str, values: Any) -> list[Any]:
    with prepared_cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
        return found


def test_it_gives_what_a_cursor_gives_and_again_with_other_values() -> None:
    with connection.cursor() as cursor:
        cursor.execute(EVERY_KIND, VALUES)
        plain = [tuple(row) for row in cursor.fetchall()]
    for _ in range(3):
        assert ask(EVERY_KIND, VALUES) == plain
    assert ask(EVERY_KIND, [3, *VALUES[1:]])[1] == (3, *plain[0][1:])
    with CaptureQueriesContext(connection) as looked_at:
        assert ask(EVERY_KIND, VALUES) == plain
    assert len(looked_at) == 1


def test_values_of_another_kind_and_by_name_are_taken() -> None:
    number = "SELECT pg_typeof(%s)::text, %s + 0"
    assert [ask(number, [n, n]) for n in (1, 1, 2**40, 2**40, 1)] == [
        [("smallint", 1)],
        [("smallint", 1)],
        [("bigint", 2**40)],
        [("bigint", 2**40)],
        [("smallint", 1)],
    ]
    named = "SELECT %(a)s::int, %(b)s::int, %(a)s::int"
    assert [ask(named, {"a": 1, "b": n}) for n in (2, 3)] == [[(1, 2, 1)], [(1, 3, 1)]]


def test_nothing_found_and_one_row() -> None:
    asked = "SELECT email FROM exclusions_user WHERE id = %s"
    person = User.objects.create_user("reader@example.gov", date_joined=MOMENT)
    for _ in range(2):
        assert ask(asked, [person.pk + 1]) == []
        with prepared_cursor() as cursor:
            cursor.execute(asked, [person.pk])
            assert cursor.fetchone() == ("reader@example.gov",)


def test_an_error_is_djangos_and_the_line_is_used_again() -> None:
    dividing = "SELECT 10 / %s::int"
    assert ask(dividing, [5]) == [(2,)]
    for _ in range(2):
        with pytest.raises(DataError, match="division by zero"):
            ask(dividing, [0])
        assert ask(dividing, [2]) == [(5,)]


def test_within_a_transaction_it_sees_and_shares_its_fate() -> None:
    count = "SELECT count(*) FROM exclusions_user WHERE email = %s"
    assert ask(count, ["new@example.gov"]) == [(0,)]
    with transaction.atomic():
        assert ask(count, ["new@example.gov"]) == [(0,)]  # the first statement opens it
        ask("INSERT INTO exclusions_docketversion (id, number) SELECT 9, 1 RETURNING id", [])
        User.objects.create_user("new@example.gov", date_joined=MOMENT)
        assert ask(count, ["new@example.gov"]) == [(1,)]
        transaction.set_rollback(True)
    for _ in range(2):
        assert ask(count, ["new@example.gov"]) == [(0,)]
        assert ask("SELECT count(*) FROM exclusions_docketversion WHERE id = %s", [9]) == [(0,)]


def test_a_transaction_that_is_broken_takes_none() -> None:
    one = "SELECT %s::int"
    ask(one, [1])
    with transaction.atomic():
        with pytest.raises(DataError), transaction.atomic(savepoint=False):
            ask("SELECT 1 / %s::int", [0])
        with pytest.raises(TransactionManagementError):
            ask(one, [1])
    assert ask(one, [1]) == [(1,)]


def test_a_line_that_is_new_knows_none() -> None:
    one = "SELECT %s::int"
    for _ in range(3):
        assert ask(one, [7]) == [(7,)]
        connection.close()


def test_more_than_a_line_remembers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exclusions.gateways.database.postgresql.asking.MOST", 3)
    connection.ensure_connection()
    assert connection.connection
    connection.connection._prepared.prepared_max = 2
    for _ in range(3):
        assert [ask(f"SELECT %s::int + {n}", [n]) for n in range(6)] == [[(2 * n,)] for n in range(6)]
    connection.close()
