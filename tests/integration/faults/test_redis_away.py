"""The shared cache while its Redis is gone, frozen or new: what costs speed never costs an answer."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.test import Client

from exclusions.gateways import circuit, shared_cache
from exclusions.gateways.circuit import REDIS
from exclusions.gateways.shared_cache import SharedCache
from exclusions.models import Round
from exclusions.views.core.rate_limit import count, counted
from tests.conftest import PROJECT
from tests.integration.faults.parts import Redis, own_redis
from tests.waiting import PATIENCE, eventually
from tradecases.caches import caches

# A wait of the client's, and room for a machine that is busy with other tests.
LONGEST = 8 * shared_cache.SECONDS


@pytest.fixture(scope="module")
def server() -> Iterator[Redis]:
    with own_redis() as started:
        yield started


@pytest.fixture
def redis(server: Redis, settings: Any) -> Iterator[Redis]:
    """Keep the cache in a Redis of our own; it runs, and so does the circuit."""
    settings.CACHES = {name: {**one, "KEY_PREFIX": uuid4().hex} for name, one in caches(server.url, "any").items()}
    yield server
    server.stop()
    server.start()
    REDIS.worked()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the circuit try again at once."""
    monkeypatch.setattr(REDIS, "_seconds", 0.0)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == circuit.__name__]


def use_the_cache() -> None:
    """Do all that the site does with its cache."""
    cache.set("a", {"of": "anything"}, 60)
    assert cache.get("a") == {"of": "anything"}
    assert cache.add("a", 1) is False
    assert cache.get_many(["a", "b"]) == {"a": {"of": "anything"}}
    assert cache.delete("a") is True
    assert cache.get("a", "nothing") == "nothing"
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")
    assert [count("things", "of", "somebody", seconds=60) for _ in range(3)] == [1, 2, 3]
    assert counted("things", "of", "somebody") == 3


def test_every_operation_of_the_cache_has_a_way_round() -> None:
    """A later Django may bring an operation that asks Redis by itself."""
    asks = {name for name, found in vars(RedisCache).items() if callable(found) and "_cache" in found.__code__.co_names}
    ways = {name for name, found in vars(SharedCache).items() if hasattr(found, "__wrapped__")}
    assert asks == ways | {"get_many"}  # which gets each


def test_a_redis_that_is_gone_is_replaced_by_the_memory_of_the_process(
    redis: Redis, caplog: pytest.LogCaptureFixture
) -> None:
    cache.set("kept", "by Redis")
    redis.stop()
    assert cache.get("kept") is None
    use_the_cache()
    assert warnings(caplog) == ["Redis does not answer (ConnectionError)."]


def test_it_heals_by_itself_and_says_so_once(redis: Redis, impatient: None, caplog: pytest.LogCaptureFixture) -> None:
    redis.stop()
    cache.set("a", 1)
    redis.start()
    eventually(lambda: cache.get("nothing") is None and not REDIS.away, "Redis is asked again")
    use_the_cache()
    assert warnings(caplog) == ["Redis does not answer (ConnectionError).", "Redis answers again."]


def test_a_frozen_redis_is_waited_for_once_and_not_by_everybody(redis: Redis) -> None:
    cache.set("a", 1)
    redis.freeze()
    begun = time.monotonic()
    for _ in range(100):
        cache.get("a")
    assert time.monotonic() - begun < LONGEST  # a hundred waits would be far more
    assert REDIS.away
    redis.thaw()


@pytest.mark.parametrize("fault", ["gone", "frozen"])
def test_pages_go_on_and_readiness_names_the_part(redis: Redis, list3: Round, client: Client, fault: str) -> None:
    assert client.get("/health/ready").json()["parts"]["cache"] == "ok"
    redis.stop() if fault == "gone" else redis.freeze()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert [name for name, state in answer.json()["parts"].items() if state != "ok"] == ["cache"]
    for page in ("/docket/", "/api/v1/docket/", "/tariff/", "/accounts/login/"):
        assert client.get(page).status_code == 200, page
    assert client.post("/accounts/login/", {"login": "a@example.test", "password": "wrong"}).status_code == 200


WAKE = """
import time, django
django.setup()
from exclusions import tasks
from exclusions.gateways.circuit import REDIS
begun = time.monotonic()
for _ in range(20):
    tasks.wake()
print(time.monotonic() - begun)
while not REDIS.away:
    time.sleep(0.01)
"""


@pytest.mark.parametrize("fault", ["gone", "frozen"])
def test_who_asks_the_queue_for_a_delivery_does_not_wait(redis: Redis, fault: str) -> None:
    redis.stop() if fault == "gone" else redis.freeze()
    environment = {**os.environ, "REDIS_URL": redis.url, "DJANGO_SETTINGS_MODULE": "tradecases.settings"}
    done = subprocess.run(
        [sys.executable, "-c", WAKE], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < shared_cache.SECONDS
    assert done.stderr.count("Redis does not answer") == 1
