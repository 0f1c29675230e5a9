"""Tables of the record opened to a test that arranges what the product would have come to in time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from exclusions.models.guards import AppendOnly
from exclusions.models.round import FrozenOnceFiled


@contextmanager
def opened(*opening: type[models.Model]) -> Iterator[None]:
    """Let rows of these models be changed and deleted within the block; their other triggers go on."""
    kept = [
        trigger
        for model in opening
        for guard in getattr(model, "guards", ())
        if isinstance(guard, AppendOnly | FrozenOnceFiled)
        for trigger in guard.triggers(model, connection.vendor)
    ]
    on_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for trigger in kept:
            if on_postgresql:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {trigger.table} DISABLE TRIGGER {trigger.name}")
            else:
                cursor.execute(f"DROP TRIGGER {trigger.name}")
    yield
    with connection.cursor() as cursor:
        for trigger in kept:
            if on_postgresql:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute(f"ALTER TABLE {trigger.table} ENABLE TRIGGER {trigger.name}")
            else:
                cursor.execute(trigger.sql)
