"""Moments as the server writes them, read by Python's parser: a list has a hundred, and psycopg takes 5 µs for each."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from django.db.backends.postgresql.psycopg_any import BaseTzLoader


class UtcMoments(BaseTzLoader):  # type: ignore[misc]  # Django has no types for it
    """What Django reads on a line whose time zone is UTC, and the same what it reads of anything else."""

    timezone = UTC

    def load(self, data: Any) -> datetime:
        """Return the moment. Years before 1 or after 9999, and infinity, are for psycopg to refuse."""
        words = str(data, "ascii")
        if words.endswith("+00"):
            try:
                return datetime.fromisoformat(words)
            except ValueError:
                pass
        found: datetime = super().load(data)
        return found


def read_moments(line: Any, zone: tzinfo | None) -> None:
    """Have a line read its moments in this way, where they are to be in UTC."""
    if zone is UTC:
        line.adapters.register_loader("timestamptz", UtcMoments)
