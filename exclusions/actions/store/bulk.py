"""Many new rows at once: COPY on PostgreSQL, one prepared statement elsewhere; several times faster than the ORM."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, connections, models

from exclusions.models import seals

MANY = 1000


def insert_rows(
    model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]], *, analyzed: bool = True
) -> int:
    """Insert rows given as Python values in the order of `fields` (foreign keys by attname, as `action_id`).

    Every field without a database default must be named; `save()` and model defaults play no part. Constraints are
    the database's. A value is not changed once it was given. `analyzed` tells the planner of many rows; who inserts
    batch upon batch calls `analyze` at the end. Returns how many were inserted. Call it inside a transaction.
    """
    keyed = model._meta.pk.attname in fields
    rows = list(rows) if keyed else rows
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    columns = [by_name[name] for name in fields]
    prepared = _prepared(columns, rows)
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    key = quote(str(model._meta.pk.column))
    names = ", ".join(quote(str(field.column)) for field in columns)
    count = 0
    with connection.cursor() as cursor:
        before = None if keyed else _last(cursor, f"SELECT coalesce(max({key}), 0) FROM {table}")
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
                    count += 1
            if count >= MANY and analyzed:
                # The planner would go on believing in the old table until the next autovacuum.
                cursor.execute(f"ANALYZE {table}")
        else:
            marks = ", ".join(["%s"] * len(columns))
            batch = list(prepared)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", batch)
            count = len(batch)
        if seals.is_sealed(model):
            if keyed:
                at, known = list(fields).index(model._meta.pk.attname), model._meta.pk
                keys = [known.get_db_prep_value(row[at], connection) for row in rows]
            else:
                cursor.execute(f"SELECT {key} FROM {table} WHERE {key} > %s", [before])
                keys = [row[0] for row in cursor.fetchall()]
            seals.note(connection, model, keys)
    return count


# What PostgreSQL's driver takes as it stands from fields of these kinds: Django looks at each value anew.
_AS_IT_STANDS = frozenset({str, int, bool, date, UUID, type(None)})
_PLAIN = frozenset(
    {
        models.BooleanField,
        models.CharField,
        models.DateField,
        models.EmailField,
        models.ForeignKey,
        models.IntegerField,
        models.OneToOneField,
        models.PositiveIntegerField,
        models.PositiveSmallIntegerField,
        models.TextField,
        models.UUIDField,
    }
)


def _prepared(columns: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """Yield the rows as the database takes their values."""
    database = connections[connection.alias]
    ways = [_way(column, database) for column in columns]
    for row in rows:
        yield [
            value if type(value) in kinds else prepare(value) for (kinds, prepare), value in zip(ways, row, strict=True)
        ]


def _way(column: Any, database: Any) -> tuple[frozenset[type], Callable[[Any], Any]]:
    """Of which kinds the values of a column are taken as they stand, and what makes the others ready."""

    def whole(value: Any) -> Any:
        return column.get_db_prep_save(value, database)

    if database.vendor != "postgresql":
        return frozenset(), whole
    if type(column) is models.DateTimeField:
        return frozenset(), lambda value: value if getattr(value, "tzinfo", None) else whole(value)
    if type(column) is models.JSONField and column.encoder is None:
        return frozenset(), _json_once(whole)
    return (_AS_IT_STANDS if type(column) in _PLAIN else frozenset()), whole


def _json_once(whole: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Write a list or a table once, however many rows hold the very same; each is held as long as its text is."""
    written: dict[int, tuple[Any, str]] = {}

    def prepare(value: Any) -> Any:
        if type(value) not in {dict, list}:
            return whole(value)
        found = written.get(id(value))
        if found is None:
            if len(written) >= MANY:
                written.clear()
            found = written[id(value)] = value, json.dumps(value)
        return found[1]

    return prepare


def analyze() -> None:
    """Tell PostgreSQL's planner of rows that came batch upon batch (`analyzed=False`), once they are all there.

    Without, it goes on believing in the small tables until the next autovacuum, where there is one: a page that reads
    one chain of events by its index reads all of them instead.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _last(cursor: Any, asked: str) -> Any:
    cursor.execute(asked)
    return cursor.fetchone()[0]


def update_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[tuple[int, Sequence[Any]]]) -> int:
    """Set `fields` of each row, given as primary key and Python values, with one prepared statement.

    Foreign keys by attname, as `action_id`; `save()` and signals play no part. Returns how many rows were given. Call
    it inside a transaction.
    """
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    columns = [by_name[name] for name in fields]
    quote = connection.ops.quote_name
    marks = ", ".join(f"{quote(str(field.column))} = %s" for field in columns)
    batch = [
        [*(field.get_db_prep_save(value, connection) for field, value in zip(columns, values, strict=True)), key]
        for key, values in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {marks} WHERE id = %s", batch)
    seals.note(connection, model, [row[-1] for row in batch])
    return len(batch)
