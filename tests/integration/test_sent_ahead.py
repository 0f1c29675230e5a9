"""A statement that is sent ahead answers as it would have at once, whatever is asked meanwhile."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from exclusions.gateways.database.together import Fetch, ahead, together
from exclusions.models import User

pytestmark = [pytest.mark.on_both("The server is told of it ahead."), pytest.mark.django_db(transaction=True)]
MOMENT = datetime(2026, 3, 9, 14, tzinfo=UTC)
PLAIN, DIVIDED = "SELECT CAST(%s AS integer) + 1", "SELECT 10 / CAST(%s AS integer)"
SLOW = "SELECT CAST(%s AS integer) FROM pg_sleep(0.3)"
on_postgresql = pytest.mark.postgres


def asked(sql: str, *values: Any) -> Fetch[list[tuple[Any, ...]]]:
    return Fetch("default", (sql, list(values)))


def sent(sql: str, *values: Any) -> Fetch[list[tuple[Any, ...]]]:
    one = asked(sql, *values)
    ahead(one)
    return one


def test_its_rows_are_there_when_they_are_asked_for_also_after_others_were_asked() -> None:
    for number in range(4):  # at first, and once the server has planned it
        first = sent(PLAIN, number)
        assert first.found() == [(number + 1,)] == first.found()
        second, others = sent(PLAIN, 10), [asked(PLAIN, 20), asked(PLAIN, 30)]
        together(second, *others)
        assert [[tuple(row) for row in one.found()] for one in (*others, second)] == [[(21,)], [(31,)], [(11,)]]
        several = [asked(PLAIN, 60), asked(PLAIN, 70), second]
        ahead(*several)
        assert asked(PLAIN, 80).found() == [(81,)]
        assert [one.found() for one in several] == [[(61,)], [(71,)], [(11,)]]
        third, fourth = sent(PLAIN, 40), sent(PLAIN, 50)
        assert User.objects.count() == 0
        assert (fourth.found(), third.found()) == ([(51,)], [(41,)])


@on_postgresql
def test_what_fails_is_told_to_who_asked_for_it_and_to_nobody_else() -> None:
    asked(DIVIDED, 5).found()
    for _ in range(2):
        failing = sent(DIVIDED, 0)
        assert asked(PLAIN, 1).found() == [(2,)]
        with pytest.raises(DataError, match="division by zero"):
            failing.found()
        assert sent(DIVIDED, 5).found() == [(2,)]
    for _ in range(2):
        several = [asked(PLAIN, 1), asked(DIVIDED, 0), asked(PLAIN, 2)]
        ahead(*several)
        assert asked(PLAIN, 1).found() == [(2,)]
        assert several[0].found() == [(2,)]
        with pytest.raises(DataError, match="division by zero"):
            several[1].found()
    never_found = sent(DIVIDED, 0)
    assert never_found.is_asked
    assert asked(PLAIN, 1).found() == [(2,)]


@on_postgresql
def test_it_shares_the_fate_of_a_transaction() -> None:
    count = "SELECT count(*) FROM exclusions_user WHERE email = %s"
    assert asked(count, "new@example.gov").found() == [(0,)]
    with transaction.atomic():
        User.objects.create_user("new@example.gov", date_joined=MOMENT)
        seen = sent(count, "new@example.gov")
        transaction.set_rollback(True)
    assert (seen.found(), sent(count, "new@example.gov").found()) == ([(1,)], [(0,)])
    with transaction.atomic():
        with pytest.raises(DataError), transaction.atomic(savepoint=False):
            asked(DIVIDED, 0).found()
        with pytest.raises(TransactionManagementError):
            sent(PLAIN, 1)
    assert sent(PLAIN, 1).found() == [(2,)]


@on_postgresql
def test_a_line_that_breaks_meanwhile_is_told_of() -> None:
    asked(PLAIN, 1).found()
    waiting = sent(PLAIN, 1)
    connection.connection.pgconn.finish()
    with pytest.raises(OperationalError):
        waiting.found()
    connection.close()
    assert sent(PLAIN, 3).found() == [(4,)]


@on_postgresql
def test_one_behind_another_is_sent_when_that_was_read() -> None:
    assert (asked(PLAIN, 1).found(), asked(SLOW, 1).found()) == ([(2,)], [(1,)])
    first, second, third = sent(PLAIN, 1), sent(SLOW, 2), sent(PLAIN, 3)
    line = connection.connection
    assert first.found() == [(2,)]
    assert line.has_unread  # the second is on its way, and nobody waited for it
    assert (third.found(), second.found()) == ([(4,)], [(2,)])
    first, second = sent(PLAIN, 1), sent(PLAIN, 2)
    line.pgconn.finish()
    for one in (first, second):
        with pytest.raises(OperationalError):
            one.found()
    connection.close()
    assert sent(PLAIN, 3).found() == [(4,)]


@on_postgresql
def test_an_answer_is_there_before_the_one_that_follows_it() -> None:
    assert (asked(PLAIN, 1).found(), asked(SLOW, 1).found()) == ([(2,)], [(1,)])
    first, second = asked(PLAIN, 1), asked(SLOW, 2)
    ahead(first, second)
    assert first.found() == [(2,)]
    assert connection.connection.has_unread  # the second still sleeps
    assert second.found() == [(2,)]
    assert asked(PLAIN, 1).found() == [(2,)]
