"""Where limits are counted and what was made for pages is remembered: in Redis, or in the memory of each process."""

import hashlib
import platform
from pathlib import Path
from typing import Any

SHARED = "exclusions.gateways.shared_cache"
IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
# What of the product decides how a remembered value looks: code, templates, shipped tables, versions of the libraries.
MADE_OF = ("exclusions", "tradecases", "templates", "requirements.txt")


def caches(redis_url: str, release: str) -> dict[str, Any]:
    """Return the two caches. `default` is alike for all releases; `remembered` is of this one alone."""
    if not redis_url:
        return {
            "default": {"BACKEND": IN_MEMORY, "LOCATION": "limits", "OPTIONS": {"MAX_ENTRIES": 10_000}},
            "remembered": {"BACKEND": IN_MEMORY, "LOCATION": "remembered", "OPTIONS": {"MAX_ENTRIES": 300}},
        }
    shared = {"BACKEND": f"{SHARED}.SharedCache", "LOCATION": redis_url}
    return {
        "default": {**shared, "OPTIONS": {"serializer": f"{SHARED}.PlainValues"}},
        "remembered": {**shared, "KEY_PREFIX": release, "OPTIONS": {"serializer": f"{SHARED}.SignedValues"}},
    }


def release_of(root: Path) -> str:
    """Return a name of the release that runs: a digest of what the product is made of, and of Python's version.

    The same files give the same name on every machine; it takes some hundredths of a second.
    """
    digest = hashlib.sha256(platform.python_version().encode())
    for file in sorted(file for part in MADE_OF for file in _files(root / part)):
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(part: Path) -> list[Path]:
    if part.is_file():
        return [part]
    return [file for file in part.rglob("*") if "__pycache__" not in file.parts and file.is_file()]
