"""The links in mails that stop mail: nobody makes one, one kind is not another, and each ends."""

import time
from uuid import uuid4

import pytest
from django.core import signing

from exclusions.gateways.mail_stop import (
    WORKS_FOR,
    read_stop_token,
    read_watch_token,
    stop_token,
    watch_token,
)

LINK = uuid4()


def test_a_link_says_what_it_was_made_for() -> None:
    assert read_watch_token(watch_token(LINK)) == LINK
    assert read_stop_token(stop_token(7, "daily")) == (7, "daily")


def test_another_s_work_and_another_kind_open_nothing() -> None:
    for made, read in ((watch_token(LINK), read_watch_token), (stop_token(7, "daily"), read_stop_token)):
        assert [text for text in ("", "x", made[:-1], f"{made}x", f"x{made}") if read(text) is not None] == []
    assert read_watch_token(stop_token(7, "daily")) is None
    assert read_stop_token(watch_token(LINK)) is None


@pytest.mark.parametrize("read", [read_watch_token, read_stop_token])
def test_a_link_ends(monkeypatch: pytest.MonkeyPatch, read: object) -> None:
    made = {read_watch_token: watch_token(LINK), read_stop_token: stop_token(7, "daily")}[read]  # type: ignore[index]
    now, limit = time.time(), WORKS_FOR.total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: now + limit - 60)
    assert read(made) is not None  # type: ignore[operator]
    monkeypatch.setattr(signing.time, "time", lambda: now + limit + 60)
    assert read(made) is None  # type: ignore[operator]
