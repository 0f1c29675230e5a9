"""Statements of one transaction that are on their way while the process does something else.

The server keeps them, as it keeps what pages ask: to parse and plan one that inserts a row with its seal takes it three
times as long as to do it. What goes behind one another in libpq's pipeline is one transaction to it: all of it is there
to stay, or nothing is.
"""

from collections.abc import Callable, Sequence
from typing import Any

from psycopg import errors, generators
from psycopg._preparing import Prepare
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus

from exclusions.gateways.database.postgresql.asking import ONCE, Statement
from exclusions.gateways.database.postgresql.way import Named, Way


def written_ahead(database: Any, statements: Sequence[Statement]) -> Callable[[], list[list[Any]]]:
    """Send the statements, and return what waits until they are there to stay: it gives the rows of each.

    It raises where one of them failed, or the line was lost. On a line within no transaction alone.
    """
    line = database.connection
    way = Way(line, [_kept(database, sql, values) for sql, values in statements])
    for part in way.parts():
        line.send_ahead(part)

    def rows() -> list[list[Any]]:
        line.settle()
        return way.rows()

    return rows


def _kept(database: Any, sql: str, values: Any) -> Named:
    """The statement by its name; the server parses it when it is sent for the first time on the line."""
    line = database.connection
    query = line.written.get(sql)
    if query is None:
        query = line.written[sql] = PostgresQuery(Transformer(database.new_prepared_cursor()))
        query.convert(sql, values)
    else:
        query.dump(values)
    manager = line._prepared  # which forgets all of them where the server is to do so
    is_known, name = manager.get(query, True)
    if is_known is Prepare.SHOULD:
        with line.lock:
            (result,) = line.wait(_preparing(line, name, query))
        if result.status != ExecStatus.COMMAND_OK:
            raise errors.error_from_result(result, encoding=line.info.encoding)
    manager.maybe_add_to_cache(query, is_known, name)
    return Named(query, name, query.params, query.formats, ONCE if query.params else None)


def _preparing(line: Any, name: bytes, query: Any) -> Any:
    yield from line._prepared.maintain_gen(line)
    line.pgconn.send_prepare(name, query.query, param_types=query.types)
    return (yield from generators.execute(line.pgconn))
