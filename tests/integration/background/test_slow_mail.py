"""A mail server that takes its time over each message, beside the processes that compose.yaml starts."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.db import connection
from django.utils import timezone

from exclusions.actions.record.events import notify
from exclusions.models import Notification
from tests.conftest import PROJECT
from tests.integration.faults.parts import Redis, own_redis
from tests.waiting import PATIENCE, end, eventually, free_port

# Measured with: SLOW_MAIL="120 8" make one T=tests/integration/background/test_slow_mail.py ON=postgres
MESSAGES, SECONDS = (int(number) for number in os.environ.get("SLOW_MAIL", "4 3").split())


class Slow:
    """A mail server that takes every message, each after some seconds."""

    def __init__(self) -> None:
        self.begun = 0
        self.taken: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Take one message; the name is aiosmtpd's."""
        self.begun += 1
        await asyncio.sleep(SECONDS)
        self.taken.append(Message())
        return "250 Message accepted"


@pytest.fixture
def slow() -> Iterator[tuple[Slow, int]]:
    """Run the server; yield it and its port."""
    port, handler = free_port(), Slow()
    controller = Controller(handler, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def redis() -> Iterator[Redis]:
    """A Redis of our own: its queues have the names that they have in production."""
    with own_redis() as server:
        yield server


def as_compose_says(service: str, note: Path) -> list[str]:
    """Return the command of a service, with the programs of this environment and a clock that turns each second."""
    command = yaml.safe_load((PROJECT / "compose.yaml").read_text())["services"][service]["command"]
    programs = {"python": [sys.executable], "celery": [sys.executable, "-m", "celery"]}
    rest = [{"60": "1", "/tmp/clock": str(note)}.get(word, word) for word in command[1:]]
    return [*programs[command[0]], *rest]


@pytest.fixture
def start(redis: Redis, slow: tuple[Slow, int], tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Return a function that starts a service of compose.yaml; it returns the note that the clock keeps."""
    where, database = tmp_path / "clock", connection.settings_dict
    host = f"{quote(database['USER'])}@{database['HOST']}:{database['PORT'] or 5432}"
    if database["HOST"].startswith("/"):
        host = f"/{database['HOST']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tradecases.settings",
        "DATABASE_URL": f"postgresql://{host}/{database['NAME']}",
        "REDIS_URL": redis.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{slow[1]}",
    }
    started: list[subprocess.Popen[bytes]] = []

    def begin(service: str) -> Path:
        started.append(subprocess.Popen(as_compose_says(service, where), cwd=PROJECT, env=environment))
        return where

    yield begin
    end(*started)


def put(at: datetime, count: int = MESSAGES) -> None:
    for number in range(count):
        facts = {"reference": "USTR-2019-0005-000001", "round": "List 3", "url": "/", "status": "Submitted"}
        notify(to="ada@example.test", template="submit", subject=f"Petition {number}", context=facts, at=at)


def unsent() -> int:
    return Notification.objects.filter(sent_at__isnull=True).count()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_clock_turns_while_mail_is_slow(
    start: Callable[[str], Path], slow: tuple[Slow, int], capsys: pytest.CaptureFixture[str]
) -> None:
    put(timezone.now())
    note = start("clock")
    for service in ("mail", "worker"):
        start(service)
    eventually(lambda: slow[0].begun > 0, "the mail server is given a message")
    runs, begun, longest = 0, time.monotonic(), 0.0
    while unsent():
        note.unlink(missing_ok=True)
        asked = time.monotonic()
        eventually(note.exists, "the clock ran")
        runs, longest = runs + 1, max(longest, time.monotonic() - asked)
    took = time.monotonic() - begun
    with capsys.disabled():
        sys.stdout.write(f"\n{runs} runs of the clock in {took:.0f} s of mail; longest wait {longest:.1f} s\n")
    assert runs > 1, "it ran again and again before the mail was out"
    assert len(slow[0].taken) == MESSAGES
