"""Long tables read some rows at a time, by key: no statement holds a cursor open, and no answer fills the memory.

The keys of many rows are read in order, each time behind the last one; then the rows themselves, some at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Field, Q, QuerySet
from django.db.models.expressions import OrderBy

KEYS = 20_000  # that are read at once: 2 megabytes


@dataclass(frozen=True)
class Column:
    """A column of an order, read in one direction. `nulls_follow`: rows without a value come last."""

    name: str
    field: "Field[Any, Any]"
    falling: bool
    nulls_follow: bool

    def after(self, value: Any) -> Q:
        """Return what finds the rows behind a value."""
        if value is None:
            return Q(pk__in=[]) if self.nulls_follow else Q(**{f"{self.name}__isnull": False})
        return self._compared("lt" if self.falling else "gt", value)

    def onward(self, value: Any) -> Q:
        """Return what finds the rows with the value and those behind it; an index serves it, as it does no `or`."""
        if value is None:
            return Q(**{f"{self.name}__isnull": True}) if self.nulls_follow else Q()
        return self._compared("lte" if self.falling else "gte", value)

    def _compared(self, how: str, value: Any) -> Q:
        found = Q(**{f"{self.name}__{how}": value})
        return found | Q(**{f"{self.name}__isnull": True}) if self.nulls_follow else found


def order_columns(rows: "QuerySet[Any, Any]", ordering: Sequence[Any], *, backwards: bool = False) -> list[Column]:
    """Return the columns of an order ("-posted_on" falls); rows without a value stand where the database puts them, or
    where an expression of the order (`nulls_last`) says."""
    nulls_largest = connections[rows.db].features.nulls_order_largest
    columns = []
    for one in ordering:
        is_said = isinstance(one, OrderBy)
        name = str(one.expression.name) if is_said else one.removeprefix("-")
        falling = (one.descending if is_said else one.startswith("-")) != backwards
        field = _field(rows.model, name)
        last = bool(one.nulls_last) != backwards if is_said else falling != nulls_largest
        columns.append(Column(name, field, falling, field.null and last))
    return columns


def _field(model: Any, path: str) -> "Field[Any, Any]":
    """Return the field that a look-up names, of the model itself or of one that it refers to."""
    field: Any = None
    for name in path.split("__"):
        field = model._meta.pk if name == "pk" else model._meta.get_field(name)
        model = field.related_model
    found: Field[Any, Any] = field
    return found


def rows_behind(columns: Sequence[Column], values: Sequence[Any]) -> Q:
    """Return what finds the rows behind the one with these values in these columns."""
    column, value = columns[0], values[0]
    if len(columns) == 1:
        return column.after(value)
    return column.onward(value) & (column.after(value) | rows_behind(columns[1:], values[1:]))


def read_in_chunks(rows: "QuerySet[Any, Any]", by: Sequence[Any], size: int) -> Iterator[Any]:
    """Yield the rows in the order of `by`, reading so many at a time; no two rows may share all of its columns.

    What a queryset of `values_list` or `prefetch_related` gives is given. A row that is written meanwhile is among them
    as it is when it is read; one that moves in the order may be missed.
    """
    ordered, columns = rows.order_by(*by), order_columns(rows, by)
    places = ordered.prefetch_related(None).values_list("pk", *(column.name for column in columns))
    behind = Q()
    while True:
        found = list(places.filter(behind)[:KEYS])
        for at in range(0, len(found), size):
            yield from ordered.filter(pk__in=[key for key, *_ in found[at : at + size]])
        if len(found) < KEYS:
            return
        behind = rows_behind(columns, found[-1][1:])
