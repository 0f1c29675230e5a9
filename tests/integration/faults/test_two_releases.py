"""Two releases on one Redis: what one remembers the other never reads, and limits count for both of them together."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import redis as redis_client
from django.core.cache import cache, caches

from exclusions.gateways.shared_cache import remembered
from tests.conftest import PROJECT
from tests.integration.faults.parts import Redis, own_redis
from tradecases.caches import caches as caches_of
from tradecases.caches import release_of

# Does what the site counts, a line of orders at a time. KEPT_AS=before keeps it as the releases did that had one cache.
COUNTER = """
import os, sys
from tradecases import settings
if os.environ["KEPT_AS"] == "before":
    shared = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": settings.REDIS_URL}
    settings.CACHES = {"default": shared, "remembered": shared}
import django
django.setup()
from types import SimpleNamespace
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal.auth import TOTP
from django.test import RequestFactory
from rest_framework.throttling import AnonRateThrottle
from exclusions.views.core.rate_limit import count
request = RequestFactory().post("/accounts/login/", REMOTE_ADDR="203.0.113.9")
request.user = None

class ThreeAMinute(AnonRateThrottle):
    rate = "3/min"

def tally():
    return count("responses", "203.0.113.9", seconds=60)

def throttle():
    return ThreeAMinute().allow_request(request, None)

def sign_in():
    how = {"app": "allauth.account", "action": "login_failed", "config": {"login_failed": "3/m/ip"}}
    return bool(ratelimit.consume(request, **how))

def code():
    return TOTP(SimpleNamespace(user_id=7))._mark_code_used("123456")

for line in sys.stdin:
    print(repr(globals()[line.strip()]()), flush=True)
"""


class Process:
    """A process of a release, told what to count."""

    def __init__(self, url: str, kept_as: str) -> None:
        names = {"REDIS_URL": url, "KEPT_AS": kept_as, "DJANGO_SETTINGS_MODULE": "tradecases.settings", "DEMO": "1"}
        self.running = subprocess.Popen(
            [sys.executable, "-c", COUNTER], cwd=PROJECT, env={**os.environ, **names}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def do(self, what: str) -> str:
        """Have it count one thing; return what it says."""
        assert self.running.stdin
        assert self.running.stdout
        self.running.stdin.write(f"{what}\n")
        self.running.stdin.flush()
        return self.running.stdout.readline().strip()

    def end(self) -> None:
        """Let it end."""
        self.running.communicate()


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    with own_redis() as started:
        yield started


@pytest.fixture(scope="module")
def both(redis: Redis) -> Iterator[tuple[Process, Process]]:
    """Yield a process of the release before, and one of this."""
    processes = Process(redis.url, "before"), Process(redis.url, "now")
    yield processes
    for process in processes:
        process.end()


def in_turn(both: tuple[Process, Process], what: str, times: int) -> list[str]:
    return [both[turn % 2].do(what) for turn in range(times)]


def test_one_sender_is_counted_by_both_together(both: tuple[Process, Process]) -> None:
    assert in_turn(both, "tally", 6) == ["1", "2", "3", "4", "5", "6"]


def test_the_limits_of_the_api_hold_for_both_together(both: tuple[Process, Process]) -> None:
    assert in_turn(both, "throttle", 5) == ["True", "True", "True", "False", "False"]


def test_wrong_passwords_are_counted_by_both_together(both: tuple[Process, Process]) -> None:
    assert in_turn(both, "sign_in", 5) == ["True", "True", "True", "False", "False"]


def test_a_code_is_used_once_with_both(both: tuple[Process, Process]) -> None:
    assert in_turn(both, "code", 3) == ["True", "False", "False"]


def be(settings: Any, url: str, release: str) -> None:
    """Go on as a process of that release."""
    settings.CACHES = caches_of(url, release)


def test_what_one_release_remembers_another_never_reads(redis: Redis, settings: Any) -> None:
    be(settings, redis.url, "one")
    remembered.set("facts", {"of": "the first"})
    assert remembered.get("facts") == {"of": "the first"}
    be(settings, redis.url, "other")
    assert remembered.get("facts") is None


def raw(redis: Redis, key: str, value: bytes) -> None:
    """Write bytes as whoever has got into Redis does."""
    with redis_client.Redis.from_url(redis.url) as line:
        line.set(key, value)


class Run:
    """What runs when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.path,)


@pytest.mark.parametrize("alias", ["default", "remembered"])
def test_nothing_runs_that_somebody_else_wrote_into_redis(
    redis: Redis, settings: Any, tmp_path: Path, alias: str
) -> None:
    trace = tmp_path / "ran"
    be(settings, redis.url, uuid4().hex)
    bare = pickle.dumps(Run(trace))
    for written in (bare, b"x" * 32 + bare, b"", b"x", bare[:-5], b"\x80\x05\x95"):
        raw(redis, caches[alias].make_key("planted"), written)
        assert caches[alias].get("planted", "nothing") == "nothing"
        assert caches[alias].get_many(["planted"]) == {}
    assert not trace.exists()
    pickle.loads(bare)
    assert trace.exists(), "It runs where nobody looks."


def test_what_was_signed_with_another_key_is_not_there(redis: Redis, settings: Any) -> None:
    be(settings, redis.url, "one")
    remembered.set("signed", [1])
    settings.SECRET_KEY = "another-" * 8
    assert remembered.get("signed") is None


def test_what_its_code_can_no_longer_read_is_not_there(
    redis: Redis, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    be(settings, redis.url, "one")
    remembered.set("kind", Run(Path("x")).path)
    monkeypatch.delattr("pathlib.PosixPath")
    monkeypatch.delattr("pathlib._local.PosixPath", raising=False)
    assert remembered.get("kind", "nothing") == "nothing"


def test_counters_are_plain_numbers_in_redis(redis: Redis, settings: Any) -> None:
    be(settings, redis.url, "one")
    cache.set("counter", 7)
    with redis_client.Redis.from_url(redis.url) as line:
        assert line.get(":1:counter") == b"7"


def test_the_name_of_a_release_changes_with_its_files(tmp_path: Path) -> None:
    code, template = tmp_path / "exclusions" / "a.py", tmp_path / "templates" / "b.html"
    for file in (code, template):
        file.parent.mkdir()
        file.write_text("one")
    first = release_of(tmp_path)
    assert release_of(tmp_path) == first
    template.write_text("two")
    second = release_of(tmp_path)
    template.rename(template.with_name("c.html"))
    assert len({first, second, release_of(tmp_path)}) == 3
    (code.parent / "__pycache__").mkdir()
    third = release_of(tmp_path)
    (code.parent / "__pycache__" / "a.pyc").write_text("made")
    assert release_of(tmp_path) == third
