"""Statements that do not wait for one another's rows, asked at once: a page that asks ten goes to the server once.

Those that take the server long are sent ahead, while the page does something else.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from exclusions.gateways.database.postgresql.asking import Asking, Statement
from exclusions.gateways.database.prepared import Prepared, PreparedMany, prepared_cursor

T = TypeVar("T")
_AS_THEY_ARE: Any = list


class Fetch(Generic[T]):
    """A statement with its values, and what is made of its rows; asked once, with others (`together`) or by itself."""

    def __init__(
        self, alias: str, statement: Statement, made: Callable[[list[tuple[Any, ...]]], T] = _AS_THEY_ARE
    ) -> None:
        self.alias, self.statement = alias, statement
        self._made = made
        self._rows: list[tuple[Any, ...]] | None = None
        self._coming: Callable[[], list[tuple[Any, ...]]] | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the rows are there, or on their way."""
        return self._rows is not None or self._coming is not None

    def take(self, rows: list[tuple[Any, ...]]) -> None:
        """Take the rows of its statement."""
        self._rows = rows

    def expect(self, coming: Callable[[], list[tuple[Any, ...]]]) -> None:
        """Take the promise of its rows."""
        self._coming = coming

    def found(self) -> T:
        """Return what is made of the rows. One statement, none where it was asked before."""
        if self._rows is None and self._coming is not None:
            self._rows = self._coming()
        elif self._rows is None:
            together(self)
        return self._made(self._rows or [])


def fetch(asked: Prepared[Any], *values: Any, made: Callable[[list[tuple[Any, ...]]], T] = _AS_THEY_ARE) -> Fetch[T]:
    """Return what `asked.tuples(*values)` would ask, to be asked with others."""
    alias, statement, converted = asked.statement(*values)
    return Fetch(alias, statement, lambda rows: made(converted(rows)))


def fetch_many(asked: PreparedMany, keys: Sequence[tuple[Any, ...]], *also: Any) -> list[Fetch[list[tuple[Any, ...]]]]:
    """Return what `asked.tuples(keys, *also)` would ask, of no more keys than its largest size; none without keys."""
    if not keys:
        return []
    prepared, values = asked.of_keys(keys, *also)
    return [fetch(prepared, *values)]


def together(*fetches: Fetch[Any]) -> None:
    """Ask those of them that were not asked yet: one statement each, on one way to the server where it can be so."""
    waiting = [one for one in fetches if not one.is_asked]
    for alias in dict.fromkeys(one.alias for one in waiting):
        of_alias = [one for one in waiting if one.alias == alias]
        for one, rows in zip(of_alias, _answers(alias, [one.statement for one in of_alias]), strict=True):
            one.take(rows)


def ahead(*fetches: Fetch[Any]) -> None:
    """Send those of one database that were not asked yet, and go on meanwhile; where that cannot be, ask them now.

    Whoever asks the database something else waits for them too. Where one fails, `found` tells of it.
    """
    waiting = [one for one in fetches if not one.is_asked]
    if not waiting:
        return
    with prepared_cursor(waiting[0].alias) as cursor:
        if not isinstance(cursor, Asking):
            together(*waiting)
            return
        for one, coming in zip(waiting, cursor.ahead([one.statement for one in waiting]), strict=True):
            one.expect(coming)


def _answers(alias: str, statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
    with prepared_cursor(alias) as cursor:
        if isinstance(cursor, Asking):
            return cursor.together(statements)
        found = []
        for sql, values in statements:
            cursor.execute(sql, values)
            found.append(cursor.fetchall())
        return found
