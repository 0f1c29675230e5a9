"""A row that is written by itself, with its seal, on two ways to the server; the mapper takes six.

A page of a case notes who read it, and then waits for nothing else. The beginning of the transaction, the row and the
end of the chain of seals are one way; the seal and the end of the transaction the other.
"""

from typing import Any

from django.db import DatabaseError, connections, models, router
from psycopg.pq import TransactionStatus

from exclusions.gateways.database.sealing import keeper, keeps


def insert_alone(row: models.Model) -> None:
    """Insert a row and give it its key, sealed when the transaction has ended well. DatabaseError as the mapper raises.

    Within a transaction that began before, and on SQLite, the mapper does it.
    """
    connection: Any = connections[router.db_for_write(type(row))]
    if connection.vendor != "postgresql" or not keeps(type(row)) or not connection.get_autocommit():
        row.save(force_insert=True)
        return
    try:
        key, printed, end = _insert(connection, row)
        _seal(connection, type(row), key, printed, end)
    except BaseException:
        _roll_back(connection)
        raise
    row.pk, row._state.adding, row._state.db = type(row)._meta.pk.to_python(key), False, connection.alias


def _insert(connection: Any, row: models.Model) -> tuple[str, str, tuple[int, str]]:
    """Begin, insert, and wait for whoever adds to the chain: the row's key, the row as printed, the last seal."""
    meta, quote = type(row)._meta, connection.ops.quote_name
    fields = [field for field in meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(quote(field.column) for field in fields)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    printed = ", ".join(quote(column) for column in keeper().columns_of(type(row)))
    sql = (
        f"BEGIN; INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({', '.join(['%s'] * len(fields))})"
        f" RETURNING CAST({quote(meta.pk.column)} AS text), CAST(json_build_array({printed}) AS text);"
        f" SELECT pg_advisory_xact_lock(%s); {keeper().HEAD}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, keeper().LOCK])
        cursor.nextset()
        key, text = cursor.fetchone()
        cursor.nextset()
        cursor.nextset()
        return key, text, cursor.fetchone() or (0, "")


def _seal(connection: Any, model: type[models.Model], key: str, printed: str, end: tuple[int, str]) -> None:
    """Add the row's seal to the chain, and commit."""
    keeps, (number, last) = keeper(), end
    said = (model._meta.db_table, key, keeps.digest_of(model, printed), keeps.shape_of(model), "")
    sql = f"INSERT INTO {keeps.SEALS} ({keeps.COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s); COMMIT"
    with connection.cursor() as cursor:
        cursor.execute(sql, [number + 1, *said, keeps.link(last, number + 1, *said)])


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
