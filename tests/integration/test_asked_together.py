"""Statements that are asked at once answer, and fail, as each would by itself."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from psycopg import generators

from exclusions.gateways.database.postgresql.asking import ONE_PLAN, PLANNED_EACH
from exclusions.gateways.database.prepared import Prepared
from exclusions.gateways.database.together import Fetch, fetch, together
from exclusions.models import TariffLine, User
from tests.factories.tariff import make_edition

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


def _plans() -> dict[str, tuple[int, int]]:
    """Of each kept statement how often the server took its one plan, and how often it made one for the values."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements")
        return {statement: (once, anew) for statement, once, anew in cursor.fetchall()}


@on_postgresql
def test_a_statement_of_one_plan_is_planned_once_and_the_others_for_their_values() -> None:
    begun = "SELECT email FROM exclusions_user WHERE email >= %s"
    for number in range(8):
        rows(asked(begun + ONE_PLAN, "a"), asked(begun, "b"), asked(PLAIN + ONE_PLAN, number), asked("SELECT 1"))
        assert asked(begun + ONE_PLAN, "c").found() == []
    plans = {statement.replace("$1", "%s"): counted for statement, counted in _plans().items()}
    once, anew = plans[begun + ONE_PLAN]
    assert once > 10
    assert anew <= 1, "but for the first time, by which the server comes to keep it"
    assert plans[begun][1] >= 5


@on_postgresql
def test_a_statement_that_is_planned_for_its_values_is_so_each_time_however_often_it_is_asked() -> None:
    by_key = "SELECT email FROM exclusions_user WHERE id = %s"
    for number in range(12):
        rows(asked(by_key, number), asked(by_key + PLANNED_EACH, number), asked(PLAIN + ONE_PLAN, number))
    plans = {statement.replace("$1", "%s"): counted for statement, counted in _plans().items()}
    assert plans[by_key + PLANNED_EACH][0] <= 1, "but for the first time, by which the server comes to keep it"
    assert plans[by_key][0] > 1, "where it is left to the server, it comes to keep the plan of a key"


@on_postgresql
def test_how_it_plans_is_told_anew_after_a_failure_and_after_a_transaction_that_is_taken_back() -> None:
    begun = f"SELECT email FROM exclusions_user WHERE email > %s{ONE_PLAN}"
    for _ in range(2):
        rows(asked(begun, "a"), asked(PLAIN, 1))
    with pytest.raises(DataError, match="division by zero"):
        rows(asked(DIVIDED, 5), asked(begun, "a"), asked(DIVIDED + ONE_PLAN, 0))
    with transaction.atomic():
        rows(asked(PLAIN, 1), asked(begun, "a"))
        transaction.set_rollback(True)
    before = sum(counted[1] for statement, counted in _plans().items() if statement.endswith(ONE_PLAN))
    assert rows(asked(begun, "a"), asked(PLAIN, 2)) == [[], [(3,)]]
    assert asked(begun, "b").found() == []
    assert sum(counted[1] for statement, counted in _plans().items() if statement.endswith(ONE_PLAN)) == before


@pytest.mark.parametrize("units", [[], ["No."], ["kg", "m²", 'a "b" \\ c'], ["", "x" * 5_000]])
def test_columns_of_json_are_what_the_library_reads(units: list[str]) -> None:
    known = Prepared[Any](
        lambda number: TariffLine.objects.filter(number=number).values_list("number", "units"), ("1",), ("2",)
    )
    make_edition(date(2026, 1, 1), ("84138100", "Pumps"))
    TariffLine.objects.update(units=units)
    assert [list(row) for row in known.tuples("84138100")] == [["84138100", units]]
    assert list(TariffLine.objects.values_list("units", flat=True)) == [units]
