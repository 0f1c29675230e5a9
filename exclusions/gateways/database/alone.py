"""A row that is written by itself, with its seal, on one way to the server; the mapper takes six.

A page of a case notes who read it, and then waits for nothing else. The server makes the digest and the link as the
keeper of seals does, so that the chain is locked for no longer than it works: `seal_check` reads them anew.
"""

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
    if connection.vendor != "postgresql" or not keeps(type(row)) or not connection.get_autocommit():
        row.save(force_insert=True)
        return
    try:
        key = _insert(connection, row)
    except BaseException:
        _roll_back(connection)
        raise
    row.pk, row._state.adding, row._state.db = type(row)._meta.pk.to_python(key), False, connection.alias


# The lock comes first, so that the last seal is read as it was when nobody else could add to the chain any more.
_STATEMENTS = """
    BEGIN; SELECT pg_advisory_xact_lock({lock});
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
    )), 'hex') FROM said, last RETURNING of_row;
    COMMIT
"""


@cache
def _statements(model: type[models.Model]) -> str:
    meta, keeps = model._meta, keeper()
    fields = _fields(model)
    return _STATEMENTS.format(
        lock=int(keeps.LOCK),
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


def _fields(model: type[models.Model]) -> list[Any]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


def _insert(connection: Any, row: models.Model) -> str:
    """Write the row and its seal, and return the row's key."""
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in _fields(type(row))]
    with connection.cursor() as cursor:
        cursor.execute(_statements(type(row)), values)
        cursor.nextset()
        cursor.nextset()
        (key,) = cursor.fetchone()
        return str(key)


def _roll_back(connection: Any) -> None:
    """Leave no transaction open; a line on which that cannot be said is given up."""
    line = connection.connection
    if line is None or line.closed or line.info.transaction_status == TransactionStatus.IDLE:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
    except DatabaseError:
        connection.close()
