"""What mirrors of the docket go by: each petition that changed has a number, in the order of the commits.

A mirror asks for what has a larger number than the last one that it saw. So no number may become visible after a larger
one: it would never be asked for. A moment (`updated_at`) does not do, since a transaction that began earlier may commit
later; and nor does a number that is taken when the row is written, for the same reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models

PETITIONS = "exclusions_publicpetition"
PARTS = ("exclusions_publicresponse", "exclusions_publicdocument")  # of a petition: they have a column petition_id
CHANGES = "exclusions_docketchange"
LOCK = 1_913_301_975  # of those who take a number; any that nobody else takes
AT_ONCE = 1000
LAST = f"(SELECT COALESCE(MAX(number), 0) FROM {CHANGES})"


class DocketChange(models.Model):
    """The number of the last change of a petition on the public side; one that was taken down has no copy any more."""

    reference = models.CharField("reference of the petition", max_length=40, unique=True)
    petition = models.BigIntegerField("key of the public copy", null=True, db_index=True)
    number = models.BigIntegerField("number of its last change", unique=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.number}"


def number_changes(connection: Any, changed: Mapping[type[models.Model], Iterable[Any]]) -> None:
    """Number the petitions of which the running transaction wrote the copy, a response or a file; call it last.

    The connection does, right before the commit (`gateways.database.sealing`): no writer can forget it. On PostgreSQL
    an advisory lock is held from here to the commit, so that numbers become visible in their order, and what waits for
    it is a commit, never the work before it. On SQLite one transaction writes at a time.
    """
    written = {model._meta.db_table: list(keys) for model, keys in changed.items()}
    with connection.cursor() as cursor:
        copies = {*written.get(PETITIONS, ())}
        for table in PARTS:
            for some in _some(written.get(table, [])):
                cursor.execute(f"SELECT petition_id FROM {table} WHERE id IN ({_marks(some)})", some)
                copies.update(row[0] for row in cursor.fetchall())
        if not copies:
            return
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        # A statement of its own: it sees the numbers of whoever had the lock before.
        there = {key for some in _some(sorted(copies)) for key in _number(cursor, some)}
        for key in sorted(copies - there):
            cursor.execute(f"UPDATE {CHANGES} SET petition = NULL, number = {LAST} + 1 WHERE petition = %s", [key])


def _number(cursor: Any, keys: Sequence[Any]) -> Iterator[Any]:
    """Give the copies of these keys the next numbers; yield the keys of those that are there."""
    cursor.execute(
        f"INSERT INTO {CHANGES} (reference, petition, number) "
        f"SELECT reference, id, {LAST} + ROW_NUMBER() OVER (ORDER BY id) FROM {PETITIONS} WHERE id IN ({_marks(keys)}) "
        "ON CONFLICT (reference) DO UPDATE SET petition = excluded.petition, number = excluded.number "
        "RETURNING petition",
        keys,
    )
    yield from (row[0] for row in cursor.fetchall())


def _some(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE))


def _marks(keys: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(keys))
