"""Stored files: written once under a random key, read back by it. The key says nothing about the file.

They are kept by Django's storage `files`: a folder of this machine (`folder_storage`) or a bucket (`bucket_storage`),
as STORAGE_URL says.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO, cast

from django.core.files import File
from django.core.files.storage import storages

if TYPE_CHECKING:
    from exclusions.gateways.documents.folder_storage import FolderStorage

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class StoredFile:
    """What was written: its key, its size in bytes and the SHA-256 of its content in hexadecimal."""

    key: str
    size: int
    sha256: str


class StoreError(Exception):
    """A file that cannot be kept or found; the message is a sentence."""


class StoreAway(StoreError):
    """The store takes or gives nothing now: it is full, or not to be reached."""


class FileTooLarge(StoreError):
    """A file larger than allowed; nothing of it is kept."""


def store_file(chunks: Iterable[bytes], *, limit: int) -> StoredFile:
    """Write a stream of chunks under a new random key and return what was written.

    `limit` is in bytes; one byte more raises FileTooLarge and leaves nothing behind. StoreAway when it cannot be kept.
    """
    counted = _Counted(chunks, limit)
    with _reached():
        key = storages["files"].save(secrets.token_hex(16), counted)
    return StoredFile(key, counted.count, counted.digest.hexdigest())


class _Counted(File):  # type: ignore[type-arg]
    """Passes chunks on, counts and hashes them, and stops at the limit."""

    def __init__(self, chunks: Iterable[bytes], limit: int) -> None:
        super().__init__(None)
        self.passed, self.limit = chunks, limit
        self.digest, self.count = hashlib.sha256(), 0

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        for chunk in self.passed:
            self.count += len(chunk)
            if self.count > self.limit:
                raise FileTooLarge(f"The file is larger than {self.limit // 1_000_000} MB. Reduce it or split it.")
            self.digest.update(chunk)
            yield chunk


def open_file(key: str) -> BinaryIO:
    """Return the stored file, open for reading; StoreError when there is none under that key, StoreAway for others."""
    try:
        with _reached():
            return cast("BinaryIO", storages["files"].open(_checked(key), "rb"))
    except FileNotFoundError:
        raise StoreError("The stored file is missing.") from None


@contextmanager
def _reached() -> Iterator[None]:
    """Turn what the disk says into StoreAway; a missing file, and a sender that broke off (no number), go on."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno is None:
            raise
        raise StoreAway(f"The file store does not work: {error.strerror}.") from error


def read_file(key: str) -> bytes:
    """Return the whole content of a stored file; StoreError when there is none under that key."""
    with open_file(key) as file:
        return file.read()


def delete_file(key: str) -> None:
    """Remove a stored file; deleting one that is gone is no error."""
    storages["files"].delete(_checked(key))


def keys_before(moment: datetime) -> Iterator[str]:
    """Yield the key of every file that was written before that moment, half-written ones as `….part`.

    Whatever else lies in the store is not ours, and left out.
    """
    store = cast("FolderStorage", storages["files"])
    for name in store.keys():  # noqa: SIM118 - a storage is no mapping
        if _KEY.fullmatch(name.removesuffix(".part")):
            with suppress(FileNotFoundError):  # somebody removed it meanwhile
                if store.get_modified_time(name) < moment:
                    yield name


def remove_leftover(name: str) -> None:
    """Remove what `keys_before` named."""
    _checked(name.removesuffix(".part"))
    storages["files"].delete(name)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise StoreError("That is not the key of a stored file.")
    return key
