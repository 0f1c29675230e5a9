"""Stored files in an S3 bucket: STORAGE_URL `s3://bucket/prefix?endpoint=https://host&region=us-east-1`.

Needs the packages of requirements-s3.txt. Credentials come as boto3 finds them (AWS_ACCESS_KEY_ID, a role), never from
the address. Objects are private and have no public address: every download passes through the application.
"""

import tempfile
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.files import File

try:
    from botocore.exceptions import BotoCoreError, ClientError
    from storages.backends.s3 import S3Storage
except ImportError:  # pragma: no cover - an installation without S3
    S3Storage = None

    class ClientError(Exception):  # type: ignore[no-redef]
        """Stands in where boto3 is not installed."""

    BotoCoreError = ClientError

MEMORY = 1 << 20  # bytes of a file held in memory; the rest goes to a temporary file


class S3Failed(OSError):
    """The bucket did not answer as it should; the message names no credential."""


@lru_cache(maxsize=4)
def _bucket(url: str) -> Any:
    if S3Storage is None:
        raise S3Failed("STORAGE_URL names an S3 bucket; install the packages of requirements-s3.txt.")
    parts = urlsplit(url)
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return S3Storage(
        bucket_name=parts.netloc,
        location=unquote(parts.path).strip("/"),
        endpoint_url=asked.get("endpoint"),
        region_name=asked.get("region"),
        default_acl=None,
        querystring_auth=True,
        file_overwrite=False,
        max_memory_size=MEMORY,
    )


def write(url: str, key: str, chunks: Iterable[bytes]) -> None:
    """Store the chunks under a key, through a temporary file; S3Failed when the bucket refuses."""
    with tempfile.TemporaryFile() as part:
        for chunk in chunks:
            part.write(chunk)
        part.seek(0)
        try:
            _bucket(url).save(key, File(part))
        except (ClientError, BotoCoreError) as error:
            raise S3Failed(f"The file store does not work: {type(error).__name__}.") from error


def read(url: str, key: str) -> BinaryIO:
    """Return the object, open for reading; FileNotFoundError when there is none, S3Failed when the bucket refuses."""
    try:
        return cast("BinaryIO", _bucket(url).open(key, "rb"))
    except (ClientError, BotoCoreError) as error:
        raise S3Failed(f"The file store does not work: {type(error).__name__}.") from error


def remove(url: str, key: str) -> None:
    """Delete the object; one that is gone is no error."""
    try:
        _bucket(url).delete(key)
    except (ClientError, BotoCoreError) as error:
        raise S3Failed(f"The file store does not work: {type(error).__name__}.") from error
