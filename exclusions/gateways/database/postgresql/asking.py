"""Statements that a line's server keeps by a name, asked by it: a page asks some ten of them.

A cursor of Django's around one of psycopg's is made anew for each, learns the types of its values anew and takes a long
statement apart anew, which together takes longer than most of these take the server. Those that do not wait for one
another's rows go to the server at once, in libpq's pipeline: the way there and back takes longer than they do, too.

A statement that is kept is not yet planned once: the server plans it anew for its values as long as it takes the plan
for any values to be dearer, which it always does of a range, and of one of many values. For a look-up by key planning
takes two or three times as long as the look-up itself. One that ends in `ONE_PLAN` is planned once; one that ends in
`PLANNED_EACH` is planned anew each time.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Self

import psycopg
from psycopg import errors, generators
from psycopg._preparing import PrepareManager
from psycopg._queries import PostgresQuery
from psycopg.adapt import Transformer
from psycopg.pq import TransactionStatus

from exclusions.gateways.database.observed import Observed
from exclusions.gateways.database.postgresql.way import Named, Way

MOST = 500  # statements that are remembered of a line; pages ask some hundred

Statement = tuple[str, Sequence[Any] | Mapping[str, Any]]  # with its values
ONE_PLAN = " /* one plan */"  # what ends a statement whose plan is the same whatever its values
PLANNED_EACH = " /* planned for its values */"  # and one for which no plan is good for any values
ONCE, ANEW, EACH = b"force_generic_plan", b"auto", b"force_custom_plan"  # what the server calls it


class PreparedCursor(psycopg.Cursor[Any]):
    """A cursor whose statements the server plans once a connection and then keeps."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Self:
        """Execute a statement, prepared."""
        return super().execute(query, params, prepare=True)


class Asking:
    """What stands for a cursor while nobody looks at the statements: `execute` once, then take the rows. Or `together`.

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
        with Observed(sql), self._database.wrap_database_errors:
            self._rows = _answer(self._database, sql, values)

    def together(self, statements: Sequence[Statement]) -> list[list[Any]]:
        """Ask the server several statements at once that do not wait for one another's rows; return those of each."""
        if self._database.needs_rollback:
            self._database.validate_no_broken_transaction()
        with Observed(*(sql for sql, _ in statements)), self._database.wrap_database_errors:
            return _answers(self._database, statements)

    def ahead(self, statements: Sequence[Statement]) -> list[Callable[[], list[Any]]]:
        """Send statements that do not wait for one another's rows, and return for each what waits for its own.

        Where the server has not planned all of them yet, each is asked when it is waited for.
        """
        if self._database.needs_rollback:
            self._database.validate_no_broken_transaction()
        line = self._database.connection
        with self._database.wrap_database_errors:
            named = [_named(line, sql, values) for sql, values in statements]
            known = [one for one in named if one is not None]
            sent = _sent_ahead(line, known) if len(known) == len(named) else None

        def rows(place: int) -> list[Any]:
            with Observed(statements[place][0]), self._database.wrap_database_errors:
                return sent(place) if sent else _answer(self._database, *statements[place])

        return [partial(rows, place) for place in range(len(statements))]

    def fetchall(self) -> list[Any]:
        """Return the rows."""
        return self._rows

    def fetchone(self) -> Any:
        """Return the first row, or None."""
        return next(iter(self._rows), None)


def _answers(database: Any, statements: Sequence[Statement]) -> list[list[Any]]:
    """The rows that each of the statements gives, which are sent at once where the server has planned all of them.

    None waits for another's rows. The first that fails is told of, and then none has an answer.
    """
    line = database.connection
    named = [_named(line, sql, values) for sql, values in statements]
    known = [one for one in named if one is not None]
    if len(known) < len(named) or len(named) < 2:
        return [_answer(database, sql, values) for sql, values in statements]
    way = Way(line, known)
    with line.lock:
        line.wait(way.whole())
    return [one.rows(line, result) for one, result in zip(known, way.results, strict=True)]


def _answer(database: Any, sql: str, values: Any) -> list[Any]:
    """The rows that a statement gives for these values."""
    line = database.connection
    if sql not in line.known:
        return _first_answer(database, sql, values)
    named = _named(line, sql, values)
    if named is None:
        return _by_cursor(database, sql, values)
    with line.lock:
        (result,) = line.wait(_sent(line, named))
    return named.rows(line, result)


def _named(line: Any, sql: str, values: Any) -> Named | None:
    """The statement by its name; None where psycopg has it planned first, or opens a transaction with it."""
    query = line.known.get(sql)
    if query is None:
        return None
    query.dump(values)
    key = PrepareManager.key(query)
    name = line._prepared._names.get(key)
    begins = not line.autocommit and line.pgconn.transaction_status == TransactionStatus.IDLE
    if name is None or begins:
        return None
    line._prepared._names.move_to_end(key)
    return Named(query, name, query.params, query.formats, _planned(sql) if query.params else None)


def _planned(sql: str) -> bytes:
    return ONCE if sql.endswith(ONE_PLAN) else EACH if sql.endswith(PLANNED_EACH) else ANEW


def _sent(line: Any, named: Named) -> Any:
    """Send a statement by its name, and wait for what it gives."""
    if named.planned not in (None, line.planned):
        way = Way(line, [named])
        yield from way.whole()
        return way.results
    named.send(line)
    return (yield from generators.execute(line.pgconn))


def _sent_ahead(line: Any, named: Sequence[Named]) -> Callable[[int], list[Any]]:
    """Send statements by their names; return what reads the rows of each, which whoever asks next on the line may have
    taken in. An answer is waited for no longer than until it is there, whatever follows it."""
    way = Way(line, named, singly=True)
    for part in way.parts():
        line.send_ahead(part)

    def rows(place: int) -> list[Any]:
        while len(way.results) <= place and line.has_unread:
            line.read_first()
        if len(way.results) <= place:
            raise errors.OperationalError("A statement that was sent ahead failed.")
        return named[place].rows(line, way.results[place])

    return rows


def _first_answer(database: Any, sql: str, values: Any) -> list[Any]:
    rows, line = _by_cursor(database, sql, values), database.connection
    query = PostgresQuery(Transformer(database.new_prepared_cursor()))
    query.convert(sql, values)
    if len(line.known) >= MOST:
        line.known.clear()
    line.known[sql] = query
    return rows


def _by_cursor(database: Any, sql: str, values: Any) -> list[Any]:
    with database.new_prepared_cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[Any] = cursor.fetchall()
        return rows
