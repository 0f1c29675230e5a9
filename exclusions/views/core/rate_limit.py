"""Counting in the cache what happened within a span, for limits. Nobody's address is stored in readable form."""

import hashlib

from django.core.cache import cache


def counted(*what: str) -> int:
    """Return how often this was counted, within the span that began with the first time."""
    return int(cache.get(_key(what), 0))


def count(*what: str, seconds: int) -> int:
    """Count this once more; the first time begins a span of so many seconds. Return how often it was counted."""
    key = _key(what)
    cache.add(key, 0, seconds)
    try:
        return int(cache.incr(key))
    except ValueError:  # the span ended between the two
        cache.set(key, 1, seconds)
        return 1


def _key(what: tuple[str, ...]) -> str:
    return "tally:" + hashlib.sha256("\0".join(what).encode()).hexdigest()
