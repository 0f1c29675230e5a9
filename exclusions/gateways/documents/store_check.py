"""Whether the file store works now: one small file is written, read and deleted, within a time."""

from threading import Lock, Thread

from django.core.files.storage import Storage, storages

from exclusions.gateways.documents.object_store import StoreError, delete_file, read_file, store_file

_BYTES = b"ready"


class _RoundTrip(Thread):
    """The round trip of one file: a store that hangs, hangs this thread and no request."""

    def __init__(self, store: Storage) -> None:
        super().__init__(name="store-check", daemon=True)
        self.store = store
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            self._go()
        except Exception as failure:
            self.failure = failure

    def _go(self) -> None:
        stored = store_file([_BYTES], limit=len(_BYTES))
        try:
            if read_file(stored.key) != _BYTES:
                raise StoreError("The file store returned other bytes than were written.")
        finally:
            delete_file(stored.key)


_lock = Lock()
_last: _RoundTrip | None = None


def check_store(*, seconds: float) -> None:
    """Write, read and delete one small file; StoreError when the store does not work, or not within the seconds.

    Those who ask while a check is under way wait for that one, so that a store that hangs holds one thread and no more.
    """
    check = _under_way()
    check.join(seconds)
    if check.is_alive():
        raise StoreError(f"The file store did not answer within {seconds:g} seconds.")
    if check.failure:
        raise check.failure


def _under_way() -> _RoundTrip:
    global _last
    with _lock:
        if _last is None or not _last.is_alive() or _last.store is not storages["files"]:
            _last = _RoundTrip(storages["files"])
            _last.start()
        return _last
