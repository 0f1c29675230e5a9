"""Whether the site is closed for maintenance: a switch that every process of every node sees, without a database.

MAINTENANCE=1 closes one process. For all of them a small file lies in the store of files, which they share already:
while the tables are changed, no table can be asked. What is seen of it is good for a moment, and nobody waits for it.
"""

import json
import threading
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from exclusions.gateways.documents.object_store import StoreError

NAME = "maintenance.json"  # no key of a stored file: the sweep for leftovers leaves it alone
SECONDS = 1.0  # for which what was seen is believed


@dataclass(frozen=True)
class Maintenance:
    """Why the site is closed, since when, and until when as far as that is known (ISO 8601; "" where it is not)."""

    reason: str = ""
    since: str = ""
    until: str = ""

    @property
    def ends_at(self) -> datetime | None:
        """When it is over, as far as that is known."""
        return datetime.fromisoformat(self.until) if self.until else None


class _Seen:
    """What one process saw of the store; another storage (of a test) is looked at anew."""

    lock = threading.Lock()
    storage: Any = None
    at = 0.0
    found: Maintenance | None = None


def current() -> Maintenance | None:
    """Return the maintenance that is on; None while the site is open. A store that is away changes nothing."""
    if settings.MAINTENANCE:
        return Maintenance()
    storage = storages["files"]
    fresh = _Seen.storage is storage and time.monotonic() - _Seen.at < SECONDS
    if not fresh and _Seen.lock.acquire(blocking=_Seen.storage is not storage):
        try:
            _look(storage)
        finally:
            _Seen.lock.release()
    return _Seen.found


def _look(storage: Any) -> None:
    try:
        found = _read(storage)
    except (OSError, StoreError, ValueError):
        found = _Seen.found if _Seen.storage is storage else None
    _Seen.storage, _Seen.found, _Seen.at = storage, found, time.monotonic()


def _read(storage: Any) -> Maintenance | None:
    if not storage.exists(NAME):
        return None
    with storage.open(NAME, "rb") as file:
        return Maintenance(**json.loads(file.read()))


def begin(reason: str, *, since: datetime, until: datetime | None = None) -> None:
    """Close the site. Every process sees it within a second or so. StoreError where the store takes nothing."""
    closed = Maintenance(reason, since.isoformat(), until.isoformat() if until else "")
    end()
    try:
        storages["files"].save(NAME, ContentFile(json.dumps(asdict(closed)).encode()))
    except OSError as error:
        raise StoreError(f"The file store does not work: {error.strerror}.") from error
    _Seen.storage = None


def end() -> None:
    """Open the site; one that is open is no error."""
    storages["files"].delete(NAME)
    _Seen.storage = None
