"""A real Celery worker on a real Redis: what an action puts into the outbox is sent by another process."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from exclusions.actions.record.events import notify
from exclusions.models import Notification
from exclusions.tasks import ask_for
from tests.conftest import PROJECT
from tests.waiting import PATIENCE, end, eventually, free_port
from tradecases.celery import app

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


class Mailbox:
    """A mail server that keeps what it gets."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Keep one message; the name is aiosmtpd's."""
        self.messages.append(message_from_bytes(envelope.original_content or b""))
        return "250 Message accepted"


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """Run a mail server; yield it and its port."""
    port = free_port()
    box = Mailbox()
    # Its own name it would ask a name server for, once a message, and a worker waits ten seconds for its greeting.
    controller = Controller(
        box, hostname="127.0.0.1", port=port, ready_timeout=PATIENCE, server_hostname="mail.example.test"
    )
    controller.start()
    yield box, port
    controller.stop()


def purge(queue: str) -> int:
    """Empty a queue and return how many tasks waited in it."""
    with app.connection_for_write() as broker:
        return int(broker.default_channel.queue_purge(queue))


@pytest.fixture
def queue(settings: Any) -> Iterator[str]:
    """Send tasks to Redis instead of running them here; yield the name of this test's queue, empty."""
    name = settings.CELERY_TASK_DEFAULT_QUEUE
    app.conf.task_always_eager = False
    settings.OUTBOX_WAKE = "exclusions.tasks.wake"
    purge(name)
    yield name
    purge(name)
    app.conf.task_always_eager = True


@pytest.fixture
def start_worker(mailbox: tuple[Mailbox, int], queue: str) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Return a function that starts a worker process as `make worker` does, on the test's database and queue."""
    started: list[subprocess.Popen[bytes]] = []
    database = connection.settings_dict
    where = f"{quote(database['USER'])}@{database['HOST']}:{database['PORT'] or 5432}"
    if database["HOST"].startswith("/"):
        where = f"/{database['HOST']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tradecases.settings",
        "DATABASE_URL": f"postgresql://{where}/{database['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "STORAGE_URL": settings.STORAGE_URL,
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox[1]}",
    }
    command = [sys.executable, "-m", "celery", "-A", "tradecases", "worker", "-Q", queue, "-c", "1", "-l", "WARNING"]

    def start() -> subprocess.Popen[bytes]:
        worker = subprocess.Popen([*command, "-n", f"{queue}-{len(started)}@test"], cwd=PROJECT, env=environment)
        started.append(worker)
        return worker

    yield start
    end(*started)


def tell(number: int) -> None:
    """Put a message into the outbox, as an action does in its transaction."""
    with transaction.atomic():
        notify(
            to="ada.importer@example.test",
            template="submit",
            subject=f"Petition {number} received",
            context={"reference": "USTR-2019-0005-000001", "round": "List 3", "status": "Submitted", "url": "/"},
            at=timezone.now(),
        )


def unsent() -> int:
    """Return how many messages wait in the outbox."""
    return Notification.objects.filter(sent_at__isnull=True).count()


def all_are_sent(worker: subprocess.Popen[bytes]) -> None:
    """Wait until no message waits in the outbox, and ask for a run each minute, as the clock does.

    Redis, the database or the mail server may be slow for a second or ten; that costs a message a minute at most.
    """
    asked = time.monotonic()

    def all_gone() -> bool:
        nonlocal asked
        if time.monotonic() - asked > 61:
            asked = time.monotonic()
            ask_for("exclusions.deliver_outbox")
        return unsent() == 0

    eventually(all_gone, "the messages are marked as sent", of=worker)


def test_a_commit_asks_the_queue_for_a_run(queue: str) -> None:
    """One of them: while Redis does not answer at once, it is left alone, and the clock asks."""
    numbers = count()

    def asked() -> bool:
        tell(next(numbers))
        return purge(queue) == 1

    eventually(asked, "a run is asked for")


def test_a_worker_sends_what_a_committed_transaction_left(
    mailbox: tuple[Mailbox, int], start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    worker = start_worker()
    tell(1)
    all_are_sent(worker)
    assert [message["Subject"] for message in mailbox[0].messages] == ["Petition 1 received"]


def test_a_message_waits_for_a_worker_that_starts_later(
    mailbox: tuple[Mailbox, int], start_worker: Callable[[], subprocess.Popen[bytes]]
) -> None:
    tell(1)
    tell(2)
    assert unsent() == 2
    all_are_sent(start_worker())
    assert sorted(message["Subject"] for message in mailbox[0].messages) == [
        "Petition 1 received",
        "Petition 2 received",
    ]


def test_a_transaction_that_is_undone_sends_nothing(queue: str) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        notify(to="a@example.test", template="submit", subject="Never", context={}, at=timezone.now())
        raise RuntimeError("undone")
    assert not Notification.objects.exists()
    assert purge(queue) == 0
