"""Look-ups by values, each a queryset that is made when it is asked."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connections, models

M = TypeVar("M", bound=models.Model)


def prepared_cursor(alias: str = "default") -> Any:
    """Return a cursor."""
    return connections[alias].cursor()


class Prepared(Generic[M]):
    """A look-up of rows by values: `make` returns its queryset for given ones. The rest says nothing any more."""

    def __init__(
        self,
        make: Callable[..., Any],
        example: Sequence[Any] = (),
        other: Sequence[Any] = (),
        *,
        one_plan: bool = False,
    ) -> None:
        self._make = make

    def rows(self, *values: Any) -> list[M]:
        """Return the rows for these values. One statement."""
        return list(self._make(*values))

    def tuples(self, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a queryset of `values_list` for these values. One statement."""
        return list(self._make(*values))

    def one(self, *values: Any) -> M | None:
        """Return the one row of a unique key, or None."""
        return next(iter(self.rows(*values)), None)


def by_key(make: Callable[[Any], Any]) -> Prepared[Any]:
    """Return the look-up of the rows that belong to one UUID: of a petition, a response."""
    return Prepared(make)
