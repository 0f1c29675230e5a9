"""The database backend that the settings name; Django looks for it under this name."""

import select
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, cast

import psycopg
from django.core.checks import CheckMessage, Error
from django.db import DatabaseError
from django.db.backends.base.validation import BaseDatabaseValidation
from django.db.backends.postgresql import base, operations, psycopg_any
from django.db.backends.postgresql.base import TIMESTAMPTZ_OID
from psycopg._queries import PostgresQuery
from psycopg.abc import RV, PQGen
from psycopg.errors import ConnectionTimeout, OperationalError, _WaitTimeout
from psycopg.pq import Format

from exclusions.gateways.circuit import DATABASE
from exclusions.gateways.database import limits, pooled
from exclusions.gateways.database.observed import Observed
from exclusions.gateways.database.postgresql.asking import ANEW, Asking, PreparedCursor, Statement
from exclusions.gateways.database.postgresql.moments import read_moments
from exclusions.gateways.database.postgresql.written import written_ahead
from exclusions.gateways.database.sealing import Sealing


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is given up when the server says nothing for too long; a frozen one keeps no limits."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.known: dict[str, PostgresQuery] = {}  # statements that were asked on it, taken apart
        self.written: dict[str, PostgresQuery] = {}  # and those that write
        self.planned = ANEW  # how the server plans what it keeps, as far as it was told
        self._unread: tuple[PQGen[Any], Any] | None = None  # a statement that was sent, and for what it waits
        self._behind: deque[PQGen[Any]] = deque()  # those that are sent when it was read

    def send_ahead(self, gen: PQGen[Any]) -> None:
        """Send what a statement sends first, and leave the rest for `settle`, or for whoever asks on this line next.

        Where another was sent ahead and not read yet, it is sent as soon as that one was.
        """
        self._behind.append(gen)
        self._send_next()

    @property
    def has_unread(self) -> bool:
        """Whether something was sent ahead that nobody has read."""
        return self._unread is not None

    def settle(self) -> None:
        """Wait for all that was sent ahead. Raises what the first raises that fails; nothing where none is unread."""
        while self._unread is not None:
            self.read_first()

    def read_first(self) -> None:
        """Wait for the first statement that was sent ahead and is not read, and send the next."""
        if self._unread is None:
            return
        (gen, waits), self._unread = self._unread, None
        behind, self._behind = self._behind, deque()
        self.wait(_rest(gen, waits))  # where it fails those behind it are not sent, and whoever waits is told so
        self._behind = behind
        self._send_next()

    def _send_next(self) -> None:
        while self._unread is None and self._behind:
            gen = self._behind.popleft()
            with suppress(StopIteration):  # of a statement that had no need to wait
                self._unread = gen, next(gen)

    def close(self) -> None:
        """Close, and forget the statements: they know the connection, which is to be gone at once."""
        self.known.clear()
        self.written.clear()
        super().close()

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait as psycopg does, within the client's limit where one holds; what was sent ahead is read before."""
        self.settle()
        if timeout is not None or not limits.limited():
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, limits.ANSWER)
        except _WaitTimeout as late:
            # Whatever comes yet is the answer to something else: nothing more is asked on this line.
            self.pgconn.finish()
            DATABASE.failed(late)
            raise OperationalError("The database did not answer in time.") from late


def _rest(gen: PQGen[Any], waits: Any) -> PQGen[Any]:
    """What is left of a statement that was sent and now waits for the server."""
    while True:
        ready = yield waits
        try:
            waits = gen.send(ready)
        except StopIteration as end:
            return end.value


class _Driver:
    """psycopg as Django uses it, but for the kind of its connections."""

    def __getattr__(self, name: str) -> Any:
        return getattr(psycopg, name)

    def connect(self, **asked: Any) -> PatientConnection:
        """Connect; a server that was found frozen is left alone for a while, or each request would wait for it anew."""
        if limits.limited() and not DATABASE.worth_asking():
            raise OperationalError("The database did not answer, and is asked again in a moment.")
        try:
            connection = PatientConnection.connect(**{"autocommit": True, **asked})
        except ConnectionTimeout as late:
            DATABASE.failed(late)
            raise
        except OperationalError as error:
            refused = pooled.refusal(error)
            if refused is not None:
                raise refused from error
            raise
        DATABASE.worked()
        connection.prepare_threshold = 5  # Django's own cursors put the values in and prepare nothing
        return connection


def _spoke(line: int) -> bool:
    """Whether something came on the line that nobody has read: its end, or the server's last words."""
    poll = select.poll()
    poll.register(line, select.POLLIN)
    return bool(poll.poll(0))


class DatabaseOperations(operations.DatabaseOperations):
    """Where Django finds the compilers."""

    compiler_module = "exclusions.gateways.database.postgresql.compiler"


class DatabaseValidation(BaseDatabaseValidation):
    """What `manage.py check --database default` and `migrate` say of the way to the database."""

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Return an error where it leads through a pooler that is not declared; nothing of a server that is away."""
        try:
            self.connection.ensure_connection()
        except pooled.BehindPooler as refused:
            return [Error(str(refused), id="exclusions.E001")]
        except DatabaseError:
            return []
        found: list[CheckMessage] = super().check(**kwargs)
        return found


class DatabaseWrapper(Sealing, base.DatabaseWrapper):
    """Django's, with limits on every wait, and a seal on what is written."""

    ops_class = DatabaseOperations
    validation_class = DatabaseValidation

    Database = _Driver()  # type: ignore[assignment]  # what Django asks of the module it finds there

    def get_connection_params(self) -> dict[str, Any]:
        """Return what psycopg is told: the settings' own words, and the limits that hold for who asks."""
        return limits.on_connecting(super().get_connection_params(), by_options=not self._pooled)

    @property
    def _pooled(self) -> str:
        return str(self.settings_dict.get("POOLED", ""))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a new line. Raises BehindPooler where it leads to a pooler that is not declared."""
        line = super().get_new_connection(conn_params)
        pooled.hold_against_greeting(line, self._pooled, limits.of_server())
        read_moments(line, self.timezone)
        return line

    def is_usable(self) -> bool:
        """Whether the server still holds the line. One that closed it has said so; only then, or after an error, ask.

        Django asks before the first statement of each request, which is a round trip a page.
        """
        line: Any = self.connection
        is_quiet = line is not None and not self.errors_occurred and not line.closed and not _spoke(line.fileno())
        return is_quiet or super().is_usable()

    def prepared_cursor(self) -> Any:
        """Return a cursor for a statement that is asked again and again, by its keys."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        if self.execute_wrappers or self.queries_logged:
            return cast("Any", self)._prepare_cursor(self.new_prepared_cursor())
        self.validate_thread_sharing()
        return Asking(self)

    def written_ahead(self, statements: Sequence[Statement]) -> Callable[[], list[list[Any]]]:
        """Send statements as one transaction, and return what waits for its end: it gives their rows, or raises a
        DatabaseError. Whoever asks something else meanwhile waits for it too."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        self.validate_thread_sharing()
        with self.wrap_database_errors:
            coming = written_ahead(self, statements)

        def rows() -> list[list[Any]]:
            with Observed(*(sql for sql, _ in statements)), self.wrap_database_errors:
                return coming()

        return rows

    def new_prepared_cursor(self) -> PreparedCursor:
        """Return a cursor of the driver's own, which has each statement kept by the server."""
        with self.wrap_database_errors:
            line: Any = self.connection
            cursor = PreparedCursor(line)
            known: Any = line.adapters.get_loader(TIMESTAMPTZ_OID, Format.TEXT)
            if self.timezone != known.timezone:
                cast("Any", psycopg_any).register_tzloader(self.timezone, cursor)
        return cursor
