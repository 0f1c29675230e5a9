"""How long it takes until a thousand watchers of one number know of a petition on it: mail written, and mail taken.

Beside them stand as many watches by words that find nothing, and the posted petitions of two busy days.
"""

import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from django.test import override_settings

from exclusions.actions.record.notifications import deliver
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.models import Notification, Subscription
from exclusions.workflow.deadlines import eastern_date
from tests.bench import goals
from tests.bench.goals import Figure
from tests.factories.public import make_public

AT = datetime(2019, 8, 15, 14, tzinfo=UTC)
WATCHERS = 1000
BUSY = 2000  # petitions that were posted the day before


class Takes:
    """A mail server that takes every message at once."""

    def __init__(self) -> None:
        self.readers = list[str]()

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Note to whom a message goes; the name is aiosmtpd's."""
        self.readers += envelope.rcpt_tos
        return "250 Message accepted"


def _watch(kind: str, keys: Callable[[int], str]) -> None:
    Subscription.objects.bulk_create(
        Subscription(
            kind=kind,
            key=keys(number),
            email=f"{kind}{number}@example.test",
            created_at=AT,
            confirmed_at=AT,
            looked_on=eastern_date(AT),
        )
        for number in range(WATCHERS)
    )


def _post(count: int, product: str, at: datetime, *, first: int, number: str) -> None:
    for place in range(first, first + count):
        changes = {"product_name": f"{product} {place}", "search_text": f"{product} {place} of steel, cut to size"}
        make_public(place, historical=False, posted_on=eastern_date(at), stage="stage1", hts10=number, **changes)


def _delivered() -> Takes:
    """Deliver the outbox to a server of our own, and return who was written to."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port = int(sock.getsockname()[1])
    server = Takes()
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    try:
        with override_settings(EMAIL_BACKEND=smtp, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, EMAIL_USE_TLS=False):
            while deliver(at=AT + timedelta(days=1)).more:
                pass
    finally:
        controller.stop()
    return server


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the seconds until the watchers are told, and how many were told not once."""
    say(f"  {WATCHERS:,} watchers of one number, {WATCHERS:,} of words, {BUSY:,} petitions …")
    _watch("number", lambda place: "6810990080")
    _watch("words", lambda place: f"quartz kind{place}")
    _post(BUSY, "Brackets", AT, first=1, number="7326908688")
    _post(1, "Agglomerated stone", AT, first=BUSY + 1, number="6810990080")
    begun = time.perf_counter()
    told = tell_watchers(at=AT)
    written = time.perf_counter() - begun
    server = _delivered()
    took = time.perf_counter() - begun
    begun = time.perf_counter()
    again = tell_watchers(at=AT + timedelta(minutes=1))
    idle = time.perf_counter() - begun
    wrong = WATCHERS - len(set(server.readers)) + len(server.readers) - len(set(server.readers)) + len(again)
    note = f"{len(told):,} told, {Notification.objects.count():,} messages"
    return [
        Figure("watchers of one number, mail written", written, "s", note=note),
        Figure("watchers of one number, mail taken", took, "s", goals.WATCHERS_SECONDS),
        Figure("watchers, another run without news", idle, "s", goals.WATCHERS_IDLE_SECONDS),
        Figure("watchers told not once", wrong, "", 0),
    ]
