"""A row that is written by itself, with its seal, on one way to the server; the mapper takes six.

A page of a case notes who read it, and then waits for nothing else. The server makes the digest and the link as the
keeper of seals does, so that the chain is locked for no longer than it works: `seal_check` reads them anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any

from django.db import DatabaseError, connections, models, router
from psycopg.pq import TransactionStatus

from exclusions.gateways.database.sealing import keeper, keeps


def insert_alone(row: models.Model) -> None:
    """Insert a row and give it its key, sealed when the transaction has ended well. DatabaseError as the mapper raises.

    For tables all of whose rows count. Within a transaction that began before, and on SQLite, the mapper does it.
    """
    connection: Any = connections[router.db_for_write(type(row))]
    if not _stands_alone(connection, row):
        row.save(force_insert=True)
        return
    lock, insert = _statements(type(row))
    with _rolled_back(connection), connection.cursor() as cursor:
        cursor.execute(f"BEGIN; {lock}; {insert}; COMMIT", _values(connection, row))
        cursor.nextset()
        cursor.nextset()
        _note_key(row, connection, cursor.fetchone())


@contextmanager
def inserted_meanwhile(row: models.Model) -> Iterator[None]:
    """Insert a row as `insert_alone` does while the body goes on: the server and its disk work beside the process.

    What is left without an error leaves the row there to stay; else a DatabaseError is raised at the end of the body. A
    statement in it waits for the row.
    """
    connection: Any = connections[router.db_for_write(type(row))]
    if not _stands_alone(connection, row) or connection.execute_wrappers or connection.queries_logged:
        insert_alone(row)
        yield
        return
    lock, insert = _statements(type(row))
    with _rolled_back(connection):
        written = connection.written_ahead([(lock, ()), (insert, _values(connection, row))])
        try:
            yield
        except BaseException:
            with suppress(DatabaseError):  # the body's own error is the one to tell of
                written()
            raise
        _, (made,) = written()
        _note_key(row, connection, made)


def _stands_alone(connection: Any, row: models.Model) -> bool:
    return connection.vendor == "postgresql" and keeps(type(row)) and bool(connection.get_autocommit())


# The lock comes first, so that the last seal is read as it was when nobody else could add to the chain any more.
_LOCK = "SELECT pg_advisory_xact_lock({lock})"
_INSERT = """
    WITH made AS (
        INSERT INTO {table} ({columns}) VALUES ({marks})
        RETURNING CAST({key} AS text) AS of_row, CAST(json_build_array({printed}) AS text) AS printed
    ), said AS (
        SELECT of_row, encode(sha256(convert_to('{name}' || chr(10) || '{shape}' || chr(10) || printed, 'UTF8')), 'hex')
            AS digest FROM made
    ), last AS (
        SELECT id, hash FROM (SELECT id, hash, 1 AS place FROM ({head}) head UNION ALL SELECT 0, '', 2) found
        ORDER BY place LIMIT 1
    )
    INSERT INTO {seals} ({sealed})
    SELECT id + 1, '{name}', of_row, digest, '{shape}', '', encode(sha256(convert_to(
        '["' || hash || '", ' || id + 1 || ', "{name}", "' || of_row || '", "' || digest || '", "{shape}", ""]', 'UTF8'
    )), 'hex') FROM said, last RETURNING of_row
"""


@cache
def _statements(model: type[models.Model]) -> tuple[str, str]:
    """The statement that takes the lock; the one that inserts a row of the table with its seal, and gives its key."""
    meta, keeps = model._meta, keeper()
    fields = _fields(model)
    insert = _INSERT.format(
        table=f'"{meta.db_table}"',
        columns=", ".join(f'"{field.column}"' for field in fields),
        marks=", ".join(["%s"] * len(fields)),
        key=f'"{meta.pk.column}"',
        printed=", ".join(f'"{column}"' for column in keeps.columns_of(model)),
        name=meta.db_table,
        shape=keeps.shape_of(model),
        head=keeps.HEAD,
        seals=keeps.SEALS,
        sealed=keeps.COLUMNS,
    )
    return _LOCK.format(lock=int(keeps.LOCK)), insert


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


def _values(connection: Any, row: models.Model) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in _fields(type(row))]


def _note_key(row: models.Model, connection: Any, made: tuple[str]) -> None:
    """Give the row the key that its insertion gave back."""
    (key,) = made
    row.pk, row._state.adding, row._state.db = type(row)._meta.pk.to_python(str(key)), False, connection.alias


@contextmanager
def _rolled_back(connection: Any) -> Iterator[None]:
    """Leave no transaction open after an error; a line on which that cannot be said is given up."""
    try:
        yield
    except BaseException:
        line = connection.connection
        if line is not None and not line.closed and line.info.transaction_status != TransactionStatus.IDLE:
            try:
                with connection.cursor() as cursor:
                    cursor.execute("ROLLBACK")
            except DatabaseError:
                connection.close()
        raise
