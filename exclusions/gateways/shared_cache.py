"""The cache that all processes share, and what stands in for it while it is away: the memory of the process.

What is lost then is speed, and that limits count per process. Nothing here has to be the same everywhere: what is kept
is kept under the version of the table that it was read from.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from exclusions.gateways.circuit import REDIS

SECONDS = 1.0  # that a request waits for the cache, once in the five that the circuit leaves it alone
ENTRIES = 2000  # kept by the process meanwhile


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


class SharedCache(RedisCache):
    """Django's cache in Redis, which never raises because Redis does not answer, and never waits long for it."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Take the URL and the settings' entry, whose OPTIONS go to the Redis client."""
        limits = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS, "socket_keepalive": True}
        super().__init__(server, {**params, "OPTIONS": limits | params.get("OPTIONS", {})})
        self.meanwhile = LocMemCache("meanwhile", {**params, "OPTIONS": {"MAX_ENTRIES": ENTRIES}})

    add = _either("add")
    get = _either("get")
    set = _either("set")
    touch = _either("touch")
    delete = _either("delete")
    get_many = _either("get_many")
    has_key = _either("has_key")
    incr = _either("incr")
    set_many = _either("set_many")
    delete_many = _either("delete_many")
    clear = _either("clear")

    def answers(self) -> bool:
        """Ask Redis itself, whatever was found before; True when it takes a value and gives it back."""
        try:
            RedisCache.set(self, "answers", "1", 10)
            answered = bool(RedisCache.get(self, "answers") == "1")
        except (RedisError, OSError) as error:
            REDIS.failed(error)
            return False
        REDIS.worked()
        return answered


def cache_answers() -> bool:
    """Say whether the shared cache works now; a process that has only its own needs nobody to answer."""
    shared = caches["default"]
    return shared.answers() if isinstance(shared, SharedCache) else True
