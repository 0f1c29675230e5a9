"""Stored files: written once under a random key, read back by it. The key says nothing about the file.

STORAGE_URL `file:///folder` keeps them in a folder of this machine, `s3://bucket` in a bucket (see `s3_store`).
"""

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar
from urllib.parse import unquote, urlsplit

from django.conf import settings

from exclusions.gateways.documents import s3_store

Result = TypeVar("Result")

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
    counted = _Counted(chunks, limit)
    if _is_s3():
        _s3(s3_store.write, key, counted)
    else:
        _write(_path(key), counted)
    return StoredFile(key, counted.size, counted.digest.hexdigest())


class _Counted:
    """Passes chunks on, counts and hashes them, and stops at the limit."""

    def __init__(self, chunks: Iterable[bytes], limit: int) -> None:
        self.chunks, self.limit = chunks, limit
        self.digest, self.size = hashlib.sha256(), 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.size += len(chunk)
            if self.size > self.limit:
                raise FileTooLarge(f"The file is larger than {self.limit // 1_000_000} MB. Reduce it or split it.")
            self.digest.update(chunk)
            yield chunk


def _write(target: Path, chunks: Iterable[bytes]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    try:
        with part.open("xb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


def _is_s3() -> bool:
    return urlsplit(settings.STORAGE_URL).scheme == "s3"


def _s3(do: "Callable[..., Result]", key: str, *more: Any) -> Result:
    """Do something with a bucket's object; StoreError, a sentence, when it cannot be done."""
    if not _KEY.fullmatch(key):
        raise StoreError("That is not the key of a stored file.")
    try:
        return do(settings.STORAGE_URL, key, *more)
    except FileNotFoundError:
        raise StoreError("The stored file is missing.") from None
    except s3_store.S3Failed as failed:
        raise StoreError(str(failed)) from failed


def open_file(key: str) -> BinaryIO:
    """Return the stored file, open for reading; StoreError when there is none under that key."""
    if _is_s3():
        return _s3(s3_store.read, key)
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
    if _is_s3():
        _s3(s3_store.remove, key)
        return
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
        raise StoreError("STORAGE_URL must begin with file:// or s3:// .")
    return Path(unquote(url.path)) / key[:2] / key[2:4] / key
