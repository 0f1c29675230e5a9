"""STORAGE_URL: where uploads and letters are kept, as Django's STORAGES takes it."""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_BUCKET = re.compile(r"[A-Za-z0-9._-]+")
_ASKED = {"endpoint", "region"}


def file_store(url: str) -> dict[str, Any]:
    """Return the entry of STORAGES for `file:///folder` or `s3://bucket/prefix?endpoint=https://host&region=us-east-1`.

    Raises ImproperlyConfigured, which names STORAGE_URL and repeats nothing of it: somebody may have put a key in it.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        return _folder(parts)
    if parts.scheme == "s3":
        return _bucket(parts)
    raise ImproperlyConfigured("STORAGE_URL must begin with file:// or s3:// .")


def _folder(parts: SplitResult) -> dict[str, Any]:
    if parts.netloc not in {"", "localhost"} or parts.query or parts.fragment or not parts.path:
        raise ImproperlyConfigured(
            "STORAGE_URL must name a folder of this machine by its whole path, for example file:///srv/tradecases/files."
        )
    return {
        "BACKEND": "exclusions.gateways.documents.folder_storage.FolderStorage",
        "OPTIONS": {"location": unquote(parts.path)},
    }


def _bucket(parts: SplitResult) -> dict[str, Any]:
    asked = {key: values[0] for key, values in parse_qs(parts.query, keep_blank_values=True).items()}
    endpoint = asked.get("endpoint") or None
    if not _BUCKET.fullmatch(parts.netloc) or parts.fragment or asked.keys() - _ASKED or not _is_web(endpoint):
        raise ImproperlyConfigured(
            "STORAGE_URL must read like s3://bucket/prefix?endpoint=https://host&region=us-east-1, of which prefix, "
            "endpoint and region may be left out. Credentials are no part of it: set AWS_ACCESS_KEY_ID and "
            "AWS_SECRET_ACCESS_KEY."
        )
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured(
            "STORAGE_URL names a bucket, which needs more packages: pip install -r requirements-s3.txt"
        )
    return {
        "BACKEND": "exclusions.gateways.documents.bucket_storage.BucketStorage",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": unquote(parts.path).strip("/"),
            "endpoint_url": endpoint,
            "region_name": asked.get("region") or None,
        },
    }


def _is_web(endpoint: str | None) -> bool:
    if endpoint is None:
        return True
    parts = urlsplit(endpoint)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
