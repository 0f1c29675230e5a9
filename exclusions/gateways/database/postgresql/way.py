"""The way to the server and back: statements behind one another in libpq's pipeline, and what each of them gave."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from psycopg import errors, generators
from psycopg._queries import PostgresQuery
from psycopg.pq import ExecStatus, Format, TransactionStatus


class Named(NamedTuple):
    """A statement that the server keeps: its name there, its values as they are sent, and how it is to be planned (None
    where that is all the same: it has no values)."""

    query: PostgresQuery
    name: bytes
    values: Any
    formats: Any
    planned: bytes | None

    def send(self, line: Any) -> None:
        """Put it on the line."""
        line.pgconn.send_query_prepared(self.name, self.values, param_formats=self.formats, result_format=Format.TEXT)

    def rows(self, line: Any, result: Any) -> list[Any]:
        """The rows of what it gave; what it raised, where it failed."""
        if not is_answer(result):
            raise errors.error_from_result(result, encoding=line.info.encoding)
        self.query._tx.set_pgresult(result)
        rows: list[Any] = self.query._tx.load_rows(0, result.ntuples, tuple)
        self.query._tx.set_pgresult(None)
        return rows


class Way:
    """Statements that go to the server one behind the other. `results` has what those gave whose answers were read.

    `singly`: the server is to answer each when it has done it, and not all of them together.
    """

    def __init__(self, line: Any, named: Sequence[Named], *, singly: bool = False) -> None:
        self._line, self._named, self._singly = line, named, singly
        self._told: list[bool] = []  # before which the server is told how to plan
        self._planned: bytes | None = None  # how it does then
        self.results: list[Any] = []
        self._ended: list[Any] = []

    def parts(self) -> list[Any]:
        """Return what sends them, what reads the answer to each, and what ends it, to be gone through in this order."""
        return [self._part(part) for part in (self._send(), *map(self._read, range(len(self._named))), self._end())]

    def whole(self) -> Any:
        """Send them all, and wait for what each gives."""
        for part in self.parts():
            yield from part

    def rows(self) -> list[list[Any]]:
        """Return the rows of each, of a way that was gone to its end. Raises what the first of them raised, or what
        kept all of them from being there to stay."""
        if len(self.results) < len(self._named) or not self._ended:
            raise errors.OperationalError("The statements that were sent ahead failed.")
        found = [one.rows(self._line, result) for one, result in zip(self._named, self.results, strict=True)]
        for result in self._ended:
            if result.status == ExecStatus.FATAL_ERROR:  # a key that leads nowhere is looked for at the very end
                raise errors.error_from_result(result, encoding=self._line.info.encoding)
        return found

    def _part(self, part: Any) -> Any:
        try:
            yield from part
        except BaseException:
            self._line.pgconn.finish()  # an answer that nobody took would be read for that to another statement
            raise

    def _send(self) -> Any:
        """Put the statements on the line. Where one is to be planned otherwise than the line's last, the server is told
        so first, on the same way."""
        server, self._planned = self._line.pgconn, self._line.planned
        server.enter_pipeline_mode()
        for one in self._named:
            self._told.append(one.planned not in (None, self._planned))
            if self._told[-1]:
                self._planned = one.planned
                server.send_query_params(b"SET plan_cache_mode = %s" % self._planned, None)
            one.send(self._line)
            if self._singly:
                server.send_flush_request()
        server.pipeline_sync()
        yield from generators.send(server)

    def _read(self, place: int) -> Any:
        refused = (yield from generators.fetch_many(self._line.pgconn)) if self._told[place] else []
        given = yield from generators.fetch_many(self._line.pgconn)
        self.results += [one for one in refused if one.status != ExecStatus.COMMAND_OK] or given

    def _end(self) -> Any:
        line = self._line
        ended: list[Any] = []
        while not ended or ended[-1].status != ExecStatus.PIPELINE_SYNC:  # what fails at the very end comes before
            ended += yield from generators.fetch_many(line.pgconn)
        self._ended = ended
        line.pgconn.exit_pipeline_mode()
        if any(self._told):
            is_over = line.pgconn.transaction_status == TransactionStatus.IDLE and len(self._ended) == 1
            stays = is_over and all(map(is_answer, self.results))
            line.planned = self._planned if stays else b""  # what is taken back takes that back, too: told anew


def is_answer(result: Any) -> bool:
    """Say whether a statement gave rows, be it none."""
    return bool(result.status == ExecStatus.TUPLES_OK)
