"""Look-ups by key whose statement is made once and that PostgreSQL plans once: building one anew takes longer than it.

What is kept is the statement, never an answer. Pages ask these on each visit.
"""

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import connections, models, router
from django.db.models import query as machinery

from exclusions.gateways.database.among import as_one
from exclusions.gateways.database.instances import instance_of, populating


def prepared_cursor(alias: str = "default") -> Any:
    """Return a cursor for a statement of ours that is asked on each visit, with its values by `%s`."""
    return cast("Any", connections[alias]).prepared_cursor()


MANY = 8  # values that are not looked for in a statement one by one

M = TypeVar("M", bound=models.Model)


class Prepared(Generic[M]):
    """A look-up of rows by values: `make` returns its queryset for given ones, which may select related rows.

    `example` and `other` are two sets of values: what differs between their statements is what is asked. A value may be
    a list of many (`among`). `bounds` are numbers by which `make` cuts a list, and which stand nowhere else: others are
    given for them, after the values.
    """

    def __init__(
        self, make: Callable[..., Any], example: Sequence[Any], other: Sequence[Any], bounds: Sequence[int] = ()
    ) -> None:
        self._make, self._example, self._other = make, tuple(example), tuple(other)
        self._bounds = tuple(bounds)
        self._kept = threading.local()

    def rows(self, *values: Any) -> list[M]:
        """Return the rows for these values. One statement."""
        statement = self._statement()
        return [statement.instance(row) for row in statement.read(values)]

    def _statement(self) -> "_Statement[M]":
        kept = self._kept.__dict__
        if "model" not in kept:
            kept["model"] = self._make(*self._example).model
        alias = router.db_for_read(kept["model"])
        if alias not in kept:
            kept[alias] = _Statement(self._make, self._example, self._other, alias)
            for bound in self._bounds:
                kept[alias].open(bound)
        found: _Statement[M] = kept[alias]
        return found

    def tuples(self, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a queryset of `values_list` for these values. One statement."""
        return self._statement().read(values)

    def statement(self, *values: Any) -> tuple[str, tuple[str, list[Any]], Callable[[list[Any]], list[Any]]]:
        """Return the database, the statement with these values, and what turns its rows into those of `tuples`."""
        statement = self._statement()
        return statement.alias, (statement.sql, statement.values(values)), statement.converted

    def instances(self, rows: Iterable[Any]) -> list[M]:
        """Return the instances of rows that `statement` gave."""
        statement = self._statement()
        return [statement.instance(row) for row in rows]

    def one(self, *values: Any) -> M | None:
        """Return the one row of a unique key, or None."""
        return next(iter(self.rows(*values)), None)


def by_key(make: Callable[[Any], Any]) -> Prepared[Any]:
    """Return the look-up of the rows that belong to one UUID: of a petition, a response."""
    return Prepared(make, (UUID(int=1),), (UUID(int=2),))


class PreparedMany:
    """A look-up by many keys at once: `make` returns a queryset of `values_list` for a list of them, each a tuple, and
    for the values of `also`. Keys are filled up to the next of `sizes` with the last one, so that there are only so
    many statements; for more keys than the largest one is made.

    `example` makes a key of a number; two numbers share no value. `other` are other values than those of `also`.
    """

    def __init__(
        self,
        make: Callable[..., Any],
        sizes: Sequence[int],
        example: Callable[[int], tuple[Any, ...]],
        also: Sequence[Any] = (),
        other: Sequence[Any] = (),
    ) -> None:
        self._make, self._width = make, len(example(0))
        self._prepared = {
            size: Prepared[Any](
                partial(self._of_values, size),
                (*(value for n in range(1, size + 1) for value in example(n)), *also),
                (*(value for n in range(size + 1, 2 * size + 1) for value in example(n)), *other),
            )
            for size in sorted(sizes)
        }

    def _of_values(self, size: int, *values: Any) -> Any:
        flat = values[: size * self._width]
        keys = [flat[at : at + self._width] for at in range(0, len(flat), self._width)]
        return self._make(keys, *values[len(flat) :])

    def tuples(self, keys: Sequence[tuple[Any, ...]], *also: Any) -> list[tuple[Any, ...]]:
        """Return the rows of these keys. One statement; none where there are no keys."""
        size = next((size for size in self._prepared if size >= len(keys)), 0)
        if not keys or not size:
            return list(self._make(keys, *also)) if keys else []
        filled = [*keys, *[keys[-1]] * (size - len(keys))]
        return self._prepared[size].tuples(*(value for key in filled for value in key), *also)


class _Statement(Generic[M]):
    """A statement as one database takes it, and how its rows become instances."""

    def __init__(self, make: Callable[..., Any], example: Sequence[Any], other: Sequence[Any], alias: str) -> None:
        self.alias = alias
        self.compiler = make(*example).using(alias).query.get_compiler(using=alias)
        self.sql, shown = self.compiler.as_sql()
        self.sent = list(shown)
        self.asked = len(example)
        self.places = self._by_value(make, example, other, shown)
        for index in range(0 if self.places else len(example)):
            changed = [*example[:index], other[index], *example[index + 1 :]]
            _, found = make(*changed).using(alias).query.get_compiler(using=alias).as_sql()
            for place, (was, now) in enumerate(zip(shown, found, strict=True)):
                if was != now:
                    self.places[place] = index
        select = self.compiler.select
        self.converters = self.compiler.get_converters([column[0] for column in select])
        self.annotated = dict(self.compiler.annotation_col_map or {})
        if info := self.compiler.klass_info:
            first, last = info["select_fields"][0], info["select_fields"][-1] + 1
            self.model, self.own = info["model"], slice(first, last)
            columns = [getattr(column[0], "target", None) for column in select[self.own]]
            self.names = [column.attname for column in columns if column is not None]  # of values_list some may be none
            self.related = populating(cast("Any", machinery).get_related_populators(info, select, alias))

    def open(self, bound: int) -> None:
        """Take a number that cuts a list for a value: the one after those that are asked so far."""
        before, _, after = self.sql.partition(str(bound))
        at = before.count("%s")
        self.sql = f"{before}%s{after}"
        self.sent.insert(at, bound)
        self.places = {place + (place >= at): index for place, index in self.places.items()} | {at: self.asked}
        self.asked += 1

    def _by_value(
        self, make: Callable[..., Any], example: Sequence[Any], other: Sequence[Any], shown: Sequence[Any]
    ) -> dict[int, int]:
        """Return at which places of the statement which of many values stands, where they can be told from each other
        there; empty: they have to be changed one by one."""
        if len(example) < MANY or len(set(example)) < len(example):
            return {}
        _, found = make(*other).using(self.alias).query.get_compiler(using=self.alias).as_sql()
        indexes = {value: index for index, value in enumerate(example)}
        changed = [(place, was, now) for place, (was, now) in enumerate(zip(shown, found, strict=True)) if was != now]
        places = {place: indexes[was] for place, was, now in changed if was in indexes and other[indexes[was]] == now}
        return places if len(places) == len(changed) else {}

    def read(self, values: Sequence[Any]) -> list[Any]:
        """Return the columns of the rows for these values."""
        with prepared_cursor(self.alias) as cursor:
            cursor.execute(self.sql, self.values(values))
            return self.converted(cursor.fetchall())

    def values(self, asked: Sequence[Any]) -> list[Any]:
        """Return what is sent with the statement for these values."""
        connection: Any = connections[self.alias]
        sent = list(self.sent)
        for place, index in self.places.items():
            sent[place] = _written(asked[index], connection)
        return sent

    def converted(self, rows: Iterable[Any]) -> list[Any]:
        """Return the rows as Django's fields give them."""
        return list(self.compiler.apply_converters(rows, self.converters)) if self.converters else list(rows)

    def instance(self, row: Sequence[Any]) -> M:
        """Return a row's instance, with those that are related."""
        made: M = instance_of(self.model, self.alias, self.names, row[self.own])
        for related in self.related:
            related.populate(row, made)
        for name, place in self.annotated.items():
            made.__dict__[name] = row[place]
        return made


def _written(value: Any, connection: Any) -> Any:
    """A value as the database takes it."""
    if isinstance(value, list):
        return as_one(value, connection)
    if isinstance(value, UUID):
        return models.UUIDField().get_db_prep_value(value, connection)
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
