"""Statements with what is made of their rows, asked once: when they are wanted, or before."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connections

from exclusions.gateways.database.prepared import Prepared

T = TypeVar("T")
_AS_THEY_ARE: Any = list


class Fetch(Generic[T]):
    """A statement with its values, and what is made of its rows; asked once."""

    def __init__(
        self,
        alias: str,
        statement: tuple[str, Any],
        made: Callable[[list[tuple[Any, ...]]], T] = _AS_THEY_ARE,
    ) -> None:
        self.alias, self.statement, self._made = alias, statement, made
        self._rows: list[tuple[Any, ...]] | None = None

    def ask(self) -> list[tuple[Any, ...]]:
        """Return the rows. One statement."""
        with connections[self.alias].cursor() as cursor:
            cursor.execute(*self.statement)
            return list(cursor.fetchall())

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows. One statement, none where it was asked before."""
        if self._rows is None:
            self._rows = self.ask()
        return self._rows

    def found(self) -> T:
        """Return what is made of the rows. One statement, none where it was asked before."""
        return self._made(self.rows())


class _OfQueryset(Fetch[T]):
    def __init__(self, ask: Callable[[], list[tuple[Any, ...]]], made: Callable[[list[tuple[Any, ...]]], T]) -> None:
        super().__init__("default", ("", ()), made)
        self._ask = ask

    def ask(self) -> list[tuple[Any, ...]]:
        return self._ask()


def fetch(asked: Prepared[Any], *values: Any, made: Callable[[list[tuple[Any, ...]]], T] = _AS_THEY_ARE) -> Fetch[T]:
    """Return what asks `asked.tuples(*values)` when it is wanted."""
    return _OfQueryset(lambda: asked.tuples(*values), made)


def together(*fetches: Fetch[Any]) -> None:
    """Ask those of them that were not asked yet."""
    ahead(*fetches)


def ahead(*fetches: Fetch[Any]) -> None:
    """Ask those of them that were not asked yet."""
    for one in fetches:
        one.rows()
