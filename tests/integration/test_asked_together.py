"""Statements that are asked at once answer, and fail, as each would by itself."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from psycopg import generators

from exclusions.gateways.database.prepared import Prepared
from exclusions.gateways.database.together import Fetch, fetch, together
from exclusions.models import User

pytestmark = [pytest.mark.on_both("The server is told several at once."), pytest.mark.django_db(transaction=True)]
PLAIN, DIVIDED = "SELECT CAST(%s AS integer) + 1", "SELECT 10 / CAST(%s AS integer)"
MOMENT = datetime(2026, 3, 9, 14, tzinfo=UTC)
on_postgresql = pytest.mark.postgres


def asked(sql: str, *values: Any) -> Fetch[list[tuple[Any, ...]]]:
    return Fetch("default", (sql, list(values)))


def rows(*fetches: Fetch[list[tuple[Any, ...]]]) -> list[list[tuple[Any, ...]]]:
    together(*fetches)
    return [one.found() for one in fetches]


def test_each_gives_what_it_gives_alone_also_the_same_twice_and_one_without_rows() -> None:
    User.objects.create_user("reader@example.gov", date_joined=MOMENT)
    nobody = "SELECT email FROM exclusions_user WHERE email = %s"
    for number in range(4):
        found = rows(
            asked(PLAIN, number),
            asked(nobody, "nobody@example.gov"),
            asked(PLAIN, 40),
            asked(nobody, "reader@example.gov"),
        )
        assert [[tuple(row) for row in some] for some in found] == [
            [(number + 1,)],
            [],
            [(41,)],
            [("reader@example.gov",)],
        ]


def test_a_fetch_is_asked_once_with_others_or_by_itself_and_says_what_is_made_of_its_rows() -> None:
    known = Prepared[Any](
        lambda email: User.objects.filter(email=email).values_list("email", "is_active"), ("1",), ("2",)
    )
    User.objects.create_user("reader@example.gov", date_joined=MOMENT)
    active = fetch(known, "reader@example.gov", made=lambda found: [email for email, is_active in found if is_active])
    alone = fetch(known, "nobody@example.gov")
    with CaptureQueriesContext(connection) as looked_at:
        together(active)
        together(active, alone)
        assert (active.found(), active.found(), alone.found()) == (["reader@example.gov"], ["reader@example.gov"], [])
    assert len(looked_at) == 2
    assert fetch(known, "reader@example.gov").found() == known.tuples("reader@example.gov")


@on_postgresql
def test_the_first_that_fails_is_told_and_the_line_is_used_again() -> None:
    for _ in range(3):
        with pytest.raises(DataError, match="division by zero"):
            rows(asked(PLAIN, 1), asked(DIVIDED, 0), asked(PLAIN, 2))
        assert rows(asked(PLAIN, 1), asked(DIVIDED, 5)) == [[(2,)], [(2,)]]
        assert asked(PLAIN, date(2026, 3, 9).year).found() == [(2027,)]


@on_postgresql
def test_they_share_the_fate_of_a_transaction() -> None:
    count = "SELECT count(*) FROM exclusions_user WHERE email = %s"
    for _ in range(2):
        with transaction.atomic():
            User.objects.create_user("new@example.gov", date_joined=MOMENT)
            assert rows(asked(count, "new@example.gov"), asked(PLAIN, 1)) == [[(1,)], [(2,)]]
            transaction.set_rollback(True)
        assert rows(asked(count, "new@example.gov"), asked(PLAIN, 1)) == [[(0,)], [(2,)]]
    with transaction.atomic():
        with pytest.raises(DataError), transaction.atomic(savepoint=False):
            rows(asked(PLAIN, 1), asked(DIVIDED, 0))
        with pytest.raises(TransactionManagementError):
            rows(asked(PLAIN, 1), asked(PLAIN, 2))
    assert rows(asked(PLAIN, 1), asked(PLAIN, 2)) == [[(2,)], [(3,)]]


@on_postgresql
def test_a_line_on_which_answers_were_left_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    rows(asked(PLAIN, 1), asked(PLAIN, 2))
    with monkeypatch.context() as broken:
        broken.setattr(generators, "fetch_many", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            rows(asked(PLAIN, 1), asked(PLAIN, 2))
    assert connection.connection is not None
    assert connection.connection.closed
    connection.close()
    assert rows(asked(PLAIN, 3), asked(PLAIN, 4)) == [[(4,)], [(5,)]]


def _interrupted(pgconn: Any) -> Any:
    raise KeyboardInterrupt
