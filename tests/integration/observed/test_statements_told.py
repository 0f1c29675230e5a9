"""A statement that fails or takes long stands in the log as the server gets it, with the request's number, no value."""

import pytest
from django.db import DatabaseError, connection, transaction

from exclusions.gateways.database import limits
from exclusions.gateways.database import observed as statements
from exclusions.gateways.observed import request_ids
from exclusions.models import Round
from tests.integration.observed.conftest import Written

SECRET = "Hidden Supplier 7071234"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.both_databases("Each database has cursors of its own."),
]


def asked(sql: str) -> None:
    """Ask for what fails."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [SECRET])


def test_a_statement_that_fails_is_told_without_its_values(written: Written) -> None:
    number = request_ids.begin()
    for _ in range(7):
        with pytest.raises(DatabaseError):
            asked("SELECT title\nFROM no_such_table WHERE title = %s")
    lines = written("statement failed")
    assert len(lines) == 7
    for line in lines:
        assert line["statement"] == "SELECT title FROM no_such_table WHERE title = %s"
        assert (line["request_id"], line["level"]) == (number, "warning")
        assert line["cause"] in {"OperationalError", "UndefinedTable"}
    assert SECRET not in str(written())


def test_one_that_takes_long_is_told_with_its_time(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "SLOW", -1.0)
    monkeypatch.setattr(limits, "limited", lambda: True)  # as in a process that serves
    list(Round.objects.filter(title=SECRET))
    (line,) = written("statement was slow")
    assert "exclusions_round" in line["statement"]
    assert line["ms"] >= 0
    assert SECRET not in str(line)


def test_one_that_does_not_is_not(written: Written) -> None:
    list(Round.objects.filter(title=SECRET))
    assert written() == []


def test_of_a_long_statement_the_beginning_and_the_end_are_told(written: Written) -> None:
    columns = ", ".join(f"column_{number}" for number in range(500))
    with pytest.raises(DatabaseError):
        asked(f"SELECT {columns} FROM no_such_table WHERE title = %s")
    (line,) = written("statement failed")
    assert line["statement"].startswith("SELECT column_0")
    assert line["statement"].endswith("FROM no_such_table WHERE title = %s")
    assert len(line["statement"]) < 2100


def test_a_job_that_is_known_to_take_long_is_not_told_of(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "SLOW", -1.0)
    with limits.lifted():
        list(Round.objects.all())
    assert written("statement was slow") == []
