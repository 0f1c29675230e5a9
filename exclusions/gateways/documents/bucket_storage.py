"""Stored files in an S3 bucket, by django-storages: the packages of requirements-s3.txt.

Credentials come as boto3 finds them (AWS_ACCESS_KEY_ID, a role), never from the address. Objects are private and have
no public address: every download passes through the application.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from s3transfer.exceptions import RetriesExceededError  # type: ignore[import-untyped]
from storages.backends.s3 import S3Storage

from exclusions.gateways.documents.object_store import StoreAway

MEMORY = 1 << 20  # bytes of a file held in memory; the rest goes to a temporary file
# A bucket that says nothing holds whoever asks for a minute, not for the five of boto3's own limits.
LIMITS = Config(connect_timeout=5, read_timeout=25, retries={"total_max_attempts": 2})


class BucketStorage(S3Storage):  # type: ignore[misc]
    """A bucket whose failures are a StoreAway that names no credential."""

    def __init__(self, **options: Any) -> None:
        # A key is drawn at random and never met twice, so that nobody need ask first whether it is taken.
        super().__init__(
            default_acl=None,
            querystring_auth=True,
            file_overwrite=True,
            max_memory_size=MEMORY,
            client_config=LIMITS,
            **options,
        )

    def save(self, name: str, content: "File[bytes]", max_length: int | None = None) -> str:
        """Keep the file under a name, written to a temporary file first: its size has to be known."""
        with tempfile.TemporaryFile() as part, _store_errors():
            for chunk in content.chunks():
                part.write(chunk)
            part.seek(0)
            return str(super().save(name, File(part), max_length))

    def open(self, name: str, mode: str = "rb") -> Any:
        """Return the object, fetched: a bucket that fails does so here and not half-way through a download."""
        with _store_errors():
            found = super().open(name, mode)
            found.open(mode)
            return found

    def keys(self) -> Iterator[str]:
        """Yield the name of every object."""
        with _store_errors():
            yield from self.listdir("")[1]

    def delete(self, name: str) -> None:
        """Delete the object; one that is gone is no error."""
        with _store_errors():
            super().delete(name)


@contextmanager
def _store_errors() -> Iterator[None]:
    try:
        yield
    except (ClientError, BotoCoreError, RetriesExceededError) as error:
        raise StoreAway(f"The file store does not work: {type(error).__name__}.") from error
