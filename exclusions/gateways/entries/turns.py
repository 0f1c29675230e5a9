"""Turns at tables of entries: few are read and answered at once in one process, so that everybody else's pages go on.

Whoever finds all turns taken is told so at once: nobody waits here, and holds no thread. A short table needs none.
"""

from collections.abc import Iterator
from threading import BoundedSemaphore
from typing import Any

AT_ONCE = 2
SHORT = 16_000  # bytes of a table, some 300 lines
RETRY_AFTER = 10  # seconds
BUSY = "We are answering other people’s tables at this moment. Wait a minute, then send yours again."
_free = BoundedSemaphore(AT_ONCE)


class Turn:
    """One turn at so many bytes, given back by `end` or at the end of a `with`. Raises NoTurn where none is free."""

    def __init__(self, size: int) -> None:
        self._taken = size > SHORT and _free.acquire(blocking=False)
        if size > SHORT and not self._taken:
            raise NoTurn(BUSY)

    def end(self) -> None:
        """Give it back, once."""
        if self._taken:
            self._taken = False
            _free.release()

    def __enter__(self) -> "Turn":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


class NoTurn(Exception):
    """All turns are taken; the sentence says when to come again."""


class Until:
    """Pieces of an answer that is made as it is sent: the turn ends with them, or when whoever asked is gone."""

    def __init__(self, pieces: Iterator[Any], turn: Turn) -> None:
        self._pieces, self._turn = pieces, turn

    def __iter__(self) -> "Until":
        return self

    def __next__(self) -> Any:
        """Return the next piece."""
        return next(self._pieces)

    def close(self) -> None:
        """End the turn; the server calls it whatever became of the answer."""
        self._turn.end()
