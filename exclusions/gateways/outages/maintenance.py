"""Whether the site is closed for maintenance: a switch that every process of every node sees, without a database.

MAINTENANCE=1 closes one process. For all of them a small file lies in the store of files, which they share already:
while the tables are changed, no table can be asked. What is seen of it is good for a moment, and nobody waits
long for it.
"""

import json
import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from exclusions.gateways.documents.object_store import StoreError

NAME = "maintenance.json"  # no key of a stored file: the sweep for leftovers leaves it alone
SECONDS = 1.0  # for which what was seen is believed
PATIENCE = 0.5  # seconds that a request waits for the store


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
    """What one process saw of a store, in a thread of its own: a store that hangs, hangs that thread and no request."""

    def __init__(self, storage: Any) -> None:
        self.storage = storage
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="maintenance")
        self._lock = Lock()
        self._look: Future[None] | None = None
        self._is_first = True
        self._fresh_until = 0.0
        self._found: Maintenance | None = None

    def last_seen(self) -> Maintenance | None:
        """Return what was seen last, looking again where that is no longer believed. Waits for at most PATIENCE."""
        with self._lock:
            stale = time.monotonic() >= self._fresh_until
            if stale:  # whoever comes meanwhile believes what was seen last
                self._fresh_until = time.monotonic() + SECONDS
                if self._look is None or self._look.done():
                    self._look = self._thread.submit(self._read)
            look = self._look
        if look and (stale or self._is_first):
            wait([look], PATIENCE)
            self._is_first = False
        return self._found

    def forget(self) -> None:
        """Let the next who asks look again."""
        self._fresh_until = 0.0

    def _read(self) -> None:
        with suppress(OSError, StoreError, ValueError):  # a store that is away changes nothing
            self._found = _read(self.storage)

    def end(self) -> None:
        """Let the thread go once it has seen what it looks for."""
        self._thread.shutdown(wait=False)


_lock = Lock()
_last: _Seen | None = None


def current() -> Maintenance | None:
    """Return the maintenance that is on; None while the site is open. A store that is away changes nothing."""
    return Maintenance() if settings.MAINTENANCE else _seen().last_seen()


def _seen() -> _Seen:
    global _last
    storage = storages["files"]
    with _lock:
        if _last is None or _last.storage is not storage:  # another storage, of a test, is looked at anew
            if _last is not None:
                _last.end()
            _last = _Seen(storage)
        return _last


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
    _seen().forget()


def end() -> None:
    """Open the site; one that is open is no error."""
    storages["files"].delete(NAME)
    _seen().forget()
