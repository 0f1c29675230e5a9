"""Statements that a line's server keeps by a name, asked by it: a page asks some ten of them.

A cursor of Django's around one of psycopg's is made anew for each, learns the types of its values anew and takes a long
statement apart anew, which together takes longer than most of these take the server.
"""

from collections.abc import Sequence
from typing import Any, Self

import psycopg
from psycopg import errors, generators
from psycopg._preparing import PrepareManager
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, Format, TransactionStatus

MOST = 500  # statements that are remembered of a line; pages ask some hundred


class PreparedCursor(psycopg.Cursor[Any]):
    """A cursor whose statements the server plans once a connection and then keeps."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Self:
        """Execute a statement, prepared."""
        return super().execute(query, params, prepare=True)


class Asking:
    """What stands for a cursor while nobody looks at the statements: `execute` once, then take the rows.

    It does what Django's own does around a statement: a transaction that is broken takes none, errors are Django's.
    """

    __slots__ = ("_database", "_rows")

    def __init__(self, database: Any) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing is held."""

    def execute(self, sql: str, values: Any) -> None:
        """Ask the server, and read its answer."""
        if self._database.needs_rollback:
            self._database.validate_no_broken_transaction()
        with self._database.wrap_database_errors:
            self._rows = _answer(self._database, sql, values)

    def fetchall(self) -> list[Any]:
        """Return the rows."""
        return self._rows

    def fetchone(self) -> Any:
        """Return the first row, or None."""
        return next(iter(self._rows), None)


def _answer(database: Any, sql: str, values: Sequence[Any]) -> list[Any]:
    """The rows that a statement gives for these values."""
    line = database.connection
    query = line.known.get(sql)
    if query is None:
        return _first_answer(database, sql, values)
    query.dump(values)
    key = PrepareManager.key(query)
    name = line._prepared._names.get(key)
    begins = not line.autocommit and line.pgconn.transaction_status == TransactionStatus.IDLE
    if name is None or begins:  # psycopg has it planned, or opens the transaction
        return _by_cursor(database, sql, values)
    line._prepared._names.move_to_end(key)
    with line.lock:
        results = line.wait(_sent(line, name, query))
    (result,) = results
    if result.status != ExecStatus.TUPLES_OK:
        raise errors.error_from_result(result, encoding=line.info.encoding)
    query._tx.set_pgresult(result)
    rows: list[Any] = query._tx.load_rows(0, result.ntuples, tuple)
    query._tx.set_pgresult(None)
    return rows


def _sent(line: Any, name: bytes, query: PostgresQuery) -> Any:
    """Send a statement by its name, and wait for what it gives."""
    line.pgconn.send_query_prepared(name, query.params, param_formats=query.formats, result_format=Format.TEXT)
    return (yield from generators.execute(line.pgconn))


def _first_answer(database: Any, sql: str, values: Sequence[Any]) -> list[Any]:
    rows, line = _by_cursor(database, sql, values), database.connection
    query = PostgresQuery(Transformer(database.new_prepared_cursor()))
    query.convert(sql, values)
    if len(line.known) >= MOST:
        line.known.clear()
    line.known[sql] = query
    return rows


def _by_cursor(database: Any, sql: str, values: Sequence[Any]) -> list[Any]:
    with database.new_prepared_cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
        return rows
