"""Makes the docket longer: every row is copied under keys of its own.

On PostgreSQL the indexes are taken away meanwhile and built anew, which is several times quicker, and the tables are
counted afterwards, as the server does by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from exclusions.gateways.database import limits
from exclusions.models import PublicPetition

PLAIN_INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
    "WHERE indrelid = %s::regclass AND NOT indisunique"
)


def grow(copies: int) -> None:
    """Copy every row of the docket so many times."""
    table = connection.ops.quote_name(str(PublicPetition._meta.db_table))
    names = [field.column for field in PublicPetition._meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(name) for name in names)
    values = ", ".join(
        "'{n}-' || reference" if name == "reference" else connection.ops.quote_name(name) for name in names
    )
    with limits.lifted():
        _copy(table, columns, values, copies)
    settle()


def _copy(table: str, columns: str, values: str, copies: int) -> None:
    _have_memory()
    with connection.cursor() as cursor, _without_indexes(table):
        cursor.execute(f"SELECT max(id) FROM {table}")
        last = int(cursor.fetchone()[0])
        for n in range(1, copies + 1):
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {values.format(n=n)} FROM {table} WHERE id <= %s", [last]
            )


def _have_memory() -> None:
    """Let an index be built in memory, which a site's own statements would not be given."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")


def settle() -> None:
    """Let the database count its tables, and PostgreSQL put them in order."""
    with limits.lifted(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@contextmanager
def _without_indexes(table: str) -> Iterator[None]:
    """Take PostgreSQL's indexes of a table away, but for those that keep its keys, and build them anew at the end."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(PLAIN_INDEXES, [table])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _, definition in indexes:
            cursor.execute(definition)
