"""A moment that PostgreSQL writes is read as Django reads it, and what Django refuses is refused."""

import random
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.backends.postgresql.base import TIMESTAMPTZ_OID
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg.pq import Format

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ODD = [
    b"infinity",
    b"-infinity",
    b"0044-03-15 00:00:00+00 BC",
    b"12018-01-01 00:00:00+00",
    b"9999-12-31 23:59:59.999999-05",
    b"0001-01-01 00:00:00+00",
    b"2016-12-31 23:59:60+00",
    b"2026-02-30 00:00:00+00",
    b"",
]


def written() -> list[bytes]:
    """Return moments as the server writes them, in several zones, with any number of digits after the second."""
    chance = random.Random(11)
    made = []
    for _ in range(2000):
        second = f"{chance.randrange(60):02d}" + chance.choice(["", f".{chance.randrange(10**6):06d}".rstrip("0.")])
        day = f"{chance.randint(1, 9998):04d}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        zone = chance.choice(["+00", "+00", "-05", "+05:30", "-04:56:02"])
        made.append(f"{day} {chance.randrange(24):02d}:{chance.randrange(60):02d}:{second}{zone}".encode())
    return made + ODD


def read(loader: Any, words: bytes) -> Any:
    """Return what is read, with its zone; or how it was refused."""
    try:
        found = loader.load(words)
    except Exception as error:
        return type(error), str(error)
    return found, found.tzinfo


def test_moments_are_read_as_django_reads_them() -> None:
    connection.ensure_connection()
    line: Any = connection.connection

    class OfDjango(BaseTzLoader):  # type: ignore[misc]
        timezone = UTC

    usual = OfDjango(TIMESTAMPTZ_OID, line)
    own = line.adapters.get_loader(TIMESTAMPTZ_OID, Format.TEXT)
    assert own.timezone is UTC
    assert own.load is not BaseTzLoader.load
    quick = own(TIMESTAMPTZ_OID, line)
    for words in written():
        assert read(quick, words) == read(usual, words), words
        assert read(quick, memoryview(words)) == read(usual, words), words


def test_a_database_with_a_zone_of_its_own_is_read_in_that_zone() -> None:
    other: Any = connection.copy()
    other.settings_dict = {**connection.settings_dict, "TIME_ZONE": "America/New_York"}
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT TIMESTAMPTZ '2026-03-09 14:00:00+00'")
            (found,) = cursor.fetchone()
    finally:
        other.close()
    assert found == datetime(2026, 3, 9, 10, tzinfo=ZoneInfo("America/New_York"))
    assert str(found.tzinfo) == "America/New_York"
