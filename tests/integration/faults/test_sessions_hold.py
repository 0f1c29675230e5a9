"""Who is signed out is signed out on every process at once, whatever becomes of Redis: sessions are rows."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from exclusions.models import User
from tests.factories.cast import SignedIn
from tests.factories.people import make_person
from tests.integration.faults.parts import Redis, own_redis
from tests.integration.faults.public_role import Server, public_role, serving

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TOKEN = "b" * 32  # Django takes an unmasked token of this length, as long as cookie and form agree


@pytest.fixture
def reader(transactional_db: None) -> Iterator[str]:
    with public_role() as name:
        yield name


def signed_in(user: User) -> dict[str, str]:
    """Sign a person in, for the servers too: their clock is the real one, the test's stands in 2019."""
    client = SignedIn(user)
    key = client.cookies["sessionid"].value
    UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="Browser/1.0")
    Session.objects.update(expire_date=datetime(2999, 1, 1, tzinfo=UTC))
    return {"sessionid": key, "csrftoken": TOKEN}


def people(servers: list[Server], cookies: dict[str, str]) -> list[int | None]:
    """Return for whom each process takes a browser, asked twice."""
    answers = [server.ask("/accounts/session/", cookies=cookies) for server in servers * 2]
    assert [status for status, *_ in answers] == [200] * len(answers)
    return [json.loads(text)["person"] for _, text, _ in answers]


def assert_ends_hold(servers: list[Server], name: str) -> None:
    """Sign out on one process, end all sessions on it, close an account: each time the other knows it, too."""
    user = make_person(name)
    mine, second, third = (signed_in(user) for _ in range(3))
    form = {"csrfmiddlewaretoken": TOKEN}
    assert [people(servers, one) for one in (mine, second, third)] == [[user.pk] * 4] * 3
    assert servers[0].ask("/accounts/logout/", cookies=mine, form=form)[0] == 302
    assert people(servers, mine) == [None] * 4
    assert servers[1].ask("/accounts/sessions/", cookies=second, form=form)[0] == 302
    assert people(servers, third) == [None] * 4
    assert people(servers, second) == [user.pk] * 4
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert people(servers, second) == [None] * 4


def test_ends_of_sessions_hold_with_redis_gone_frozen_and_back(reader: str, tmp_path: Path) -> None:
    def restarted(redis: Redis) -> None:
        redis.stop()
        redis.start()

    faults: dict[str, Callable[[Redis], None]] = {
        "There": lambda redis: None, "Frozen": Redis.freeze, "Thawed": Redis.thaw, "Gone": Redis.stop, "Back": restarted
    }  # fmt: skip
    with own_redis() as redis, serving(reader, tmp_path / "log", count=2, redis=redis.url) as servers:
        for name, fault in faults.items():
            fault(redis)
            assert_ends_hold(servers, f"Ada {name}")


def test_ends_of_sessions_hold_on_two_processes_without_redis(reader: str, tmp_path: Path) -> None:
    with serving(reader, tmp_path / "log", count=2, redis="") as servers:
        assert_ends_hold(servers, "Ada Alone")
