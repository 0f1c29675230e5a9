"""Let loads of reference data wait for each other: each compares the whole table with its file before it writes."""

from django.db import connection

LOCK = 301_000_001


def one_load_at_a_time() -> None:
    """Wait for other loads; call it first in the load's transaction. SQLite's immediate transactions do so already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
