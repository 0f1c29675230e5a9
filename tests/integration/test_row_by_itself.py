"""A reading that is noted outside any transaction is whole: the row with its seal, or neither."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from exclusions.gateways.database.alone import insert_alone, inserted_meanwhile
from exclusions.models import AccessLog, User
from exclusions.queries.record.seal_check import seal_breaks

MOMENT = datetime(2026, 3, 9, 14, 0, 0, 250, tzinfo=UTC)
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.on_both("PostgreSQL takes the row and its seal together, SQLite one after the other."),
]


def reading(person: User, what: str = "case 'file' of 5 %s") -> AccessLog:
    return AccessLog(subject="petition:1", what=what, by=person, role="reviewer1", at=MOMENT)


@pytest.fixture
def person() -> User:
    return User.objects.create_user("reader@example.gov", date_joined=MOMENT)


def test_it_is_on_record_as_it_was_given_with_a_seal_that_agrees(person: User) -> None:
    rows = [reading(person), reading(person, "another")]
    for row in rows:
        insert_alone(row)
    found = list(AccessLog.objects.order_by("pk"))
    assert found == rows
    assert [(row.subject, row.what, row.by, row.role, row.at) for row in found] == [
        (row.subject, row.what, person, row.role, MOMENT) for row in rows
    ]
    assert list(seal_breaks()) == []
    assert connection.get_autocommit()
    assert not connection.in_atomic_block


def test_a_row_that_is_refused_leaves_nothing_behind_and_the_line_is_used_again(person: User) -> None:
    for wrong in (reading(User(pk=person.pk + 1)), reading(person, "w" * 101)):
        if connection.vendor != "postgresql" and len(wrong.what) > 100:
            continue  # SQLite does not count letters
        with pytest.raises(DatabaseError):
            insert_alone(wrong)
        assert not AccessLog.objects.exists()
    insert_alone(reading(person))
    assert AccessLog.objects.count() == 1
    assert list(seal_breaks()) == []


def test_within_a_transaction_it_stands_and_falls_with_the_rest(person: User) -> None:
    with transaction.atomic():
        insert_alone(reading(person))
        transaction.set_rollback(True)
    assert not AccessLog.objects.exists()
    with transaction.atomic():
        insert_alone(reading(person))
    assert AccessLog.objects.count() == 1
    assert list(seal_breaks()) == []


def test_what_is_inserted_meanwhile_is_on_record_when_the_body_is_left(person: User) -> None:
    row, beside = reading(person), reading(person, "another")
    with inserted_meanwhile(row):
        pass
    with inserted_meanwhile(beside):
        assert AccessLog.objects.count() == 2  # who asks the same line waits for it
    assert list(AccessLog.objects.order_by("pk")) == [row, beside]
    assert list(seal_breaks()) == []
    assert connection.get_autocommit()


def test_a_refused_row_is_told_of_at_the_end_of_the_body_or_by_a_statement_in_it(person: User) -> None:
    nobody = User(pk=person.pk + 1)
    with pytest.raises(DatabaseError), inserted_meanwhile(reading(nobody)):
        pass
    with pytest.raises(DatabaseError), inserted_meanwhile(reading(nobody)):
        User.objects.get(pk=person.pk)
    assert not AccessLog.objects.exists()
    with inserted_meanwhile(reading(person)):
        pass
    assert AccessLog.objects.count() == 1
    assert list(seal_breaks()) == []


def test_an_error_of_the_body_is_its_own_and_the_reading_is_on_record(person: User) -> None:
    with pytest.raises(LookupError, match="the body"), inserted_meanwhile(reading(person)):
        raise LookupError("the body")
    assert AccessLog.objects.count() == 1


@pytest.mark.postgres
def test_an_error_of_the_body_is_told_of_before_that_of_the_row(person: User) -> None:
    with pytest.raises(LookupError, match="the body"), inserted_meanwhile(reading(User(pk=person.pk + 1))):
        raise LookupError("the body")
    assert not AccessLog.objects.exists()
    assert connection.get_autocommit()


def test_meanwhile_within_a_transaction_is_as_everything_else_in_it(person: User) -> None:
    with transaction.atomic():
        with inserted_meanwhile(reading(person)):
            assert AccessLog.objects.count() == 1
        transaction.set_rollback(True)
    assert not AccessLog.objects.exists()
    with inserted_meanwhile(reading(person)), transaction.atomic():
        assert AccessLog.objects.count() == 1
        transaction.set_rollback(True)
    assert AccessLog.objects.count() == 1


@pytest.mark.postgres
def test_what_the_server_has_forgotten_it_is_told_anew(person: User) -> None:
    """psycopg has it forget what it keeps when a transaction is taken back; a large number is another kind of value."""
    large = User.objects.create_user("late@example.gov", pk=70_000, date_joined=MOMENT)
    for who in (person, large, person):
        with inserted_meanwhile(reading(who)):
            pass
        with transaction.atomic():
            User.objects.update(full_name="Nobody")
            transaction.set_rollback(True)
    assert [row.by for row in AccessLog.objects.order_by("pk")] == [person, large, person]
    assert list(seal_breaks()) == []


@pytest.mark.postgres
def test_where_the_line_is_lost_meanwhile_the_body_does_not_end_well(person: User) -> None:
    with pytest.raises(DatabaseError), inserted_meanwhile(reading(person)):
        connection.close()
    connection.ensure_connection()
    with inserted_meanwhile(reading(person)):
        pass
    assert AccessLog.objects.filter(what="case 'file' of 5 %s").exists()
