"""Removing stored files that no row names."""

from collections.abc import Iterator
from datetime import datetime

from exclusions.gateways.documents.object_store import remove_leftover
from exclusions.queries.record.orphans import orphans


def remove_orphans(*, at: datetime) -> Iterator[str]:
    """Remove each stored file that is older than an hour and that no row names; yield its name. Raises StoreError."""
    for name in list(orphans(at)):
        remove_leftover(name)
        yield name
