"""What all processes share: limits and what they remember; and what stands in while Redis is away, a process's memory.

What is lost then is speed, and that limits count per process. Nothing here has to be the same everywhere: what is kept
is kept under the version of the table that it was read from.

- `default` (Django's `cache`) holds limits and codes that were used: our own, and those of the libraries. All releases
  read and write the same keys, so that nobody gets twice as many trials while two of them serve.
- `remembered` holds what was read or made for a page. Its keys carry the release (`KEY_PREFIX`), its values a digest
  that only this site can make. What another release kept, or what somebody else wrote, is not there.
"""

import io
import pickle
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisSerializer
from django.utils.connection import ConnectionProxy
from django.utils.crypto import constant_time_compare, salted_hmac
from redis.exceptions import RedisError

from exclusions.gateways.circuit import REDIS

SECONDS = 1.0  # that a request waits for the cache, once in the five that the circuit leaves it alone
ENTRIES = 2000  # kept by the process meanwhile
DIGEST = 32  # bytes

remembered: BaseCache = ConnectionProxy(caches, "remembered")  # type: ignore[assignment]  # as Django makes its `cache`


class Unreadable(ValueError):
    """Bytes that this site did not write, or can no longer read."""


class PlainValues(RedisSerializer):
    """Whole numbers as Redis counts them, and lists, texts and numbers as Django writes them in every release.

    Nothing that is read can name code: a class or a function in it is not looked up (Python's "Restricting Globals").
    """

    def loads(self, data: Any) -> Any:
        """Return the value. Raises Unreadable."""
        try:
            return int(data)
        except ValueError:
            pass
        try:
            return _NoNames(io.BytesIO(data)).load()
        except Exception as error:  # whatever strange bytes make of it
            raise Unreadable from error


class _NoNames(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Refuse: a limit holds no objects."""
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value.")


class SignedValues(RedisSerializer):
    """Anything that Python can pickle, behind a digest made with SECRET_KEY, which is checked before a byte is read."""

    def dumps(self, obj: Any) -> bytes:
        """Return the bytes of a value."""
        body = pickle.dumps(obj, pickle.HIGHEST_PROTOCOL)
        return _digest(body) + body

    def loads(self, data: Any) -> Any:
        """Return the value. Raises Unreadable for what this site did not write."""
        digest, body = data[:DIGEST], data[DIGEST:]
        if not constant_time_compare(digest, _digest(body)):
            raise Unreadable
        try:
            return pickle.loads(body)
        except Exception as error:  # written by another release under a name of ours
            raise Unreadable from error


def _digest(body: bytes) -> bytes:
    return salted_hmac("exclusions.remembered", body, algorithm="sha256").digest()


def _either(name: str) -> Callable[..., Any]:
    """Return the operation of that name, asked of Redis, or of the process's own memory while Redis is away."""
    shared, own = getattr(RedisCache, name), getattr(LocMemCache, name)

    @wraps(shared)
    def ask(self: "SharedCache", *args: Any, **kwargs: Any) -> Any:
        if REDIS.worth_asking():
            try:
                answer = shared(self, *args, **kwargs)
            except (RedisError, OSError) as error:
                REDIS.failed(error)
            else:
                REDIS.worked()
                return answer
        return own(self.meanwhile, *args, **kwargs)

    return ask


def _or_nothing(ask: Callable[..., Any]) -> Callable[..., Any]:
    """Return the reading by `ask` for which a value that cannot be read is not there."""

    @wraps(ask)
    def read(self: "SharedCache", key: Any, default: Any = None, version: int | None = None) -> Any:
        try:
            return ask(self, key, default, version)
        except Unreadable:
            return default

    return read


class SharedCache(RedisCache):
    """Django's cache in Redis, which never raises because Redis does not answer, and never waits long for it."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Take the URL and the settings' entry, whose OPTIONS go to the Redis client."""
        limits = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS, "socket_keepalive": True}
        super().__init__(server, {**params, "OPTIONS": limits | params.get("OPTIONS", {})})
        name = params.get("OPTIONS", {}).get("serializer", "")
        self.meanwhile = LocMemCache(f"meanwhile {name}", {**params, "OPTIONS": {"MAX_ENTRIES": ENTRIES}})

    add = _either("add")
    get = _or_nothing(_either("get"))
    set = _either("set")
    touch = _either("touch")
    delete = _either("delete")
    has_key = _either("has_key")
    incr = _either("incr")
    set_many = _either("set_many")
    delete_many = _either("delete_many")
    clear = _either("clear")

    def get_many(self, keys: Iterable[Any], version: int | None = None) -> dict[Any, Any]:
        """Return what is there of these keys, each asked alone: one that is unreadable hides no other."""
        return BaseCache.get_many(self, keys, version)

    def responds(self) -> bool:
        """Ask Redis itself, whatever was found before; True when it takes a value and gives it back."""
        try:
            RedisCache.set(self, "answers", "1", 10)
            answered = bool(RedisCache.get(self, "answers") == "1")
        except (RedisError, OSError) as error:
            REDIS.failed(error)
            return False
        REDIS.worked()
        return answered


def cache_responds() -> bool:
    """Say whether the shared cache works now; a process that has only its own needs nobody to answer."""
    shared = caches["default"]
    return shared.responds() if isinstance(shared, SharedCache) else True
