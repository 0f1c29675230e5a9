"""Stored files: written once under a random key, read back by it. The key says nothing about the file.

STORAGE_URL `file:///folder` keeps them in a folder of this machine.
"""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from django.conf import settings

_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class StoredFile:
    """What was written: its key, its size in bytes and the SHA-256 of its content in hexadecimal."""

    key: str
    size: int
    sha256: str


class StoreError(Exception):
    """A file that cannot be kept or found; the message is a sentence."""


class FileTooLarge(StoreError):
    """A file larger than allowed; nothing of it is kept."""


def store_file(chunks: Iterable[bytes], *, limit: int) -> StoredFile:
    """Write a stream of chunks under a new random key and return what was written.

    `limit` is in bytes; one byte more raises FileTooLarge and leaves nothing behind. A crash leaves at most a
    `.part` file, never a half file under a key.
    """
    key = secrets.token_hex(16)
    target = _path(key)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise FileTooLarge(f"The file is larger than {limit // 1_000_000} MB. Reduce it or split it.")
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return StoredFile(key, size, digest.hexdigest())


def open_file(key: str) -> BinaryIO:
    """Return the stored file, open for reading; StoreError when there is none under that key."""
    try:
        return _path(key).open("rb")
    except FileNotFoundError:
        raise StoreError("The stored file is missing.") from None


def read_file(key: str) -> bytes:
    """Return the whole content of a stored file; StoreError when there is none under that key."""
    with open_file(key) as file:
        return file.read()


def delete_file(key: str) -> None:
    """Remove a stored file; deleting one that is gone is no error."""
    _path(key).unlink(missing_ok=True)


def check_store() -> None:
    """Write, read and delete one small file; StoreError when the store does not work (for the readiness page)."""
    try:
        stored = store_file([b"ready"], limit=5)
        if read_file(stored.key) != b"ready":
            raise StoreError("The file store returned other bytes than were written.")
        delete_file(stored.key)
    except OSError as error:
        raise StoreError(f"The file store does not work: {error.strerror}.") from error


def _path(key: str) -> Path:
    if not _KEY.fullmatch(key):
        raise StoreError("That is not the key of a stored file.")
    url = urlsplit(settings.STORAGE_URL)
    if url.scheme != "file":
        raise StoreError("STORAGE_URL must begin with file:// ; this installation has no other file store.")
    return Path(unquote(url.path)) / key[:2] / key[2:4] / key
