"""The lines of the log on statements that failed or took long: their text as the server gets it, never their values."""

import time
from types import TracebackType
from typing import Any

import structlog
from django.db.backends.utils import CursorWrapper

from exclusions.gateways.database import limits

logger = structlog.get_logger("exclusions.statement")

SLOW = 1.0  # seconds; a page is ended by the database after six
HEAD, TAIL = 200, 1800  # characters of a statement: what it is, and of which rows
# A server that is away or ends lines says nothing of a statement, and would have a line for each (SQLSTATE, class).
AWAY = ("08", "53", "57P")


class Observed:
    """Around a statement that is asked: a line where it fails, or takes longer than SLOW."""

    __slots__ = ("_began", "_statement")

    def __init__(self, statement: Any) -> None:
        self._statement = statement

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = time.perf_counter() - self._began
        if error is not None:
            self._failed(error)
        elif seconds > SLOW and limits.limited():  # a job that is known to take long may
            logger.warning("statement was slow", statement=self._text(), ms=round(seconds * 1000, 1))

    def _failed(self, error: BaseException) -> None:
        cause = error.__cause__ or error
        state = getattr(cause, "sqlstate", "")
        if state is None or state.startswith(AWAY):
            return
        logger.warning("statement failed", statement=self._text(), cause=type(cause).__name__)

    def _text(self) -> str:
        text = " ".join(str(self._statement).split())
        return text if len(text) <= HEAD + TAIL else f"{text[:HEAD]} … {text[-TAIL:]}"


class ObservedCursor(CursorWrapper):
    """Django's, with a line where a statement fails or takes long."""

    def execute(self, sql: Any, params: Any = None) -> Any:
        """Execute a statement."""
        with Observed(sql):
            return super().execute(sql, params)

    def executemany(self, sql: Any, param_list: Any) -> Any:
        """Execute a statement for each of many lists of values."""
        with Observed(sql):
            return super().executemany(sql, param_list)
