"""The outbox: a message goes out after the transaction that wrote it, and is tried again when it could not."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from kombu.exceptions import OperationalError

from exclusions import tasks
from exclusions.actions.record.events import notify
from exclusions.actions.record.notifications import MOST_AWAY, as_email, deliver
from exclusions.gateways.circuit import REDIS
from exclusions.models import Notification
from exclusions.queries.record.mail_due import MOST_ATTEMPTS
from exclusions.workflow.transitions import TRANSITIONS
from tradecases import settings as product

LINE = "exclusions.views.core.middleware.request_line.RequestLineMiddleware"
MIDDLEWARE = "exclusions.views.core.middleware.outbox.OutboxMiddleware"
NOW = datetime(2019, 7, 8, 14, 0, tzinfo=UTC)
OWN_TEXTS = (
    "confirm_response",
    "response_posted",
    "your_response_posted",
    "response_refused",
    "reply_posted",
    "confirm_comment",
    "comment_receipt",
    "comment_posted",
    "comment_refused",
    "comment_withdrawn",
    "expiry_ahead",
    "confirm_watch",
    "watched_news",
    *(transition.name for transition in TRANSITIONS.values() if transition.mailed),
)


def put(to: str = "ada.importer@example.test", template: str = "submit", **context: str) -> Notification:
    facts = {"reference": "USTR-2019-0005-000001", "round": "List 3", "url": "https://x.example/p/", **context}
    return notify(to=to, template=template, subject="Filed", context=facts, at=NOW)


class Refusing:
    """A mail server that takes nothing."""

    def __init__(self, **_: object) -> None:
        pass

    def send_messages(self, _: object) -> int:
        raise ConnectionRefusedError


class Broken:
    """A mail server that nobody expected."""

    def __init__(self, **_: object) -> None:
        raise RuntimeError


@pytest.fixture
def queued(settings: Any) -> Iterator[None]:
    """Ask a queue, whose task runs here and at once."""
    settings.OUTBOX_WAKE = "exclusions.tasks.wake"
    yield
    REDIS.worked()  # the next test's queue is another one


@pytest.fixture
def dead_server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"


@pytest.mark.django_db(transaction=True)
def test_a_message_goes_out_when_the_transaction_ends_and_not_before(queued: None) -> None:
    with transaction.atomic():
        message = put()
        assert mail.outbox == []
    message.refresh_from_db()
    assert message.sent_at is not None
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["ada.importer@example.test"], "Filed")
    assert "USTR-2019-0005-000001" in sent.body


@pytest.mark.django_db(transaction=True)
def test_a_message_of_a_failed_transaction_never_goes_out(queued: None) -> None:
    def fail_after_putting() -> None:
        with transaction.atomic():
            put()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_putting()
    assert mail.outbox == []
    assert not Notification.objects.exists()


@pytest.mark.django_db
def test_each_message_is_sent_once():
    put()
    put(to="finn.filer@example.test")
    assert deliver(at=NOW).sent == 2
    assert deliver(at=NOW).sent == 0
    assert len(mail.outbox) == 2


@pytest.mark.django_db
def test_a_message_that_fails_is_kept_and_tried_again_later_and_later(dead_server, settings):
    message = put()
    assert deliver(at=NOW).failed == 1
    message.refresh_from_db()
    assert (message.attempts, message.sent_at, message.last_error) == (1, None, "ConnectionRefusedError")
    assert deliver(at=NOW + timedelta(seconds=59)).failed == 0
    assert deliver(at=NOW + timedelta(minutes=1)).failed == 1
    assert deliver(at=NOW + timedelta(minutes=2)).failed == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver(at=NOW + timedelta(minutes=3)).sent == 1
    message.refresh_from_db()
    assert (message.attempts, message.last_error) == (3, "")


@pytest.mark.django_db
def test_after_ten_failures_a_message_is_left_for_a_person(dead_server):
    message = put()
    for _ in range(MOST_ATTEMPTS + 5):
        deliver(at=NOW + timedelta(days=2))
    message.refresh_from_db()
    assert message.attempts == MOST_ATTEMPTS


@pytest.mark.django_db
def test_a_mail_server_that_is_away_does_not_hold_up_what_else_the_worker_does(dead_server):
    for _ in range(MOST_AWAY + 2):
        put()
    assert deliver(at=NOW).failed == MOST_AWAY
    assert Notification.objects.filter(attempts=0).count() == 2


@pytest.mark.django_db
def test_one_bad_address_does_not_hold_up_the_others():
    put(to="broken\naddress")
    put()
    delivery = deliver(at=NOW)
    assert (delivery.sent, delivery.failed) == (1, 1)


@pytest.mark.django_db
def test_user_text_cannot_add_headers_or_lose_its_ampersand():
    message = notify(
        to="a@example.test",
        template="response_refused",
        subject="Re:\r\nBcc: everybody@example.test",
        context={"reference": "R", "reason": "Smith & Sons <b>"},
        at=NOW,
    )
    email = as_email(message)
    assert email.subject == "Re: Bcc: everybody@example.test"
    assert "Smith & Sons <b>" in email.body


@pytest.mark.parametrize("template", OWN_TEXTS)
def test_every_kind_of_message_has_a_text_of_its_own(template):
    text = Path(django_settings.BASE_DIR, "templates", "email", f"{template}.txt")
    assert text.is_file(), f"Who is told by “{template}” reads nothing: write {text.name} in templates/email/."


@pytest.mark.parametrize("template", [*OWN_TEXTS, "a-kind-of-tomorrow"])
def test_every_text_can_be_set_and_leaves_no_tag_open(template):
    facts = {"reference": "USTR-2019-0005-000001", "url": "https://x.example/p/", "reason": "late", "until": "noon"}
    body = as_email(Notification(to="a@example.test", template=template, subject="Filed", context=facts)).body
    assert "USTR-2019-0005-000001" in body
    assert not {"{{", "{%"} & set(body.split())


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_does_not_answer_costs_a_delay_and_not_the_message(
    queued: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_queue(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.deliver_outbox, "apply_async", no_queue)
    message = put()
    assert mail.outbox == []
    assert deliver(at=NOW).sent == 1
    message.refresh_from_db()
    assert message.sent_at == NOW


@pytest.fixture
def seen(settings: Any, monkeypatch: pytest.MonkeyPatch, at: datetime) -> list[int]:
    """Serve one address that tells somebody something; return how many messages had gone when it answered."""
    gone: list[int] = []

    def answer(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            notify(to="ada@example.test", template="general", subject="Done", context={"reference": "X"}, at=at)
        gone.append(len(mail.outbox))
        return HttpResponse("ok")

    urls = ModuleType("one_url")
    urls.urlpatterns = [path("", answer)]  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "one_url", urls)
    settings.ROOT_URLCONF = "one_url"
    settings.MIDDLEWARE = [MIDDLEWARE]
    return gone


@pytest.mark.django_db(transaction=True)
def test_without_a_queue_a_message_goes_out_after_the_answer(seen: list[int], mailoutbox: list[Any]) -> None:
    assert Client().post("/").content == b"ok"

    assert seen == [0]
    assert [message.subject for message in mailoutbox] == ["Done"]


@pytest.mark.django_db(transaction=True)
def test_reading_a_page_sends_nothing(seen: list[int], mailoutbox: list[Any]) -> None:
    Client().get("/")
    assert mailoutbox == []
    Client().post("/")
    assert len(mailoutbox) == 2


@pytest.mark.django_db(transaction=True)
def test_with_a_queue_the_web_process_sends_nothing_by_itself(
    queued: None, seen: list[int], mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(tasks.deliver_outbox, "apply_async", lambda **options: asked.append(options))
    Client().post("/")
    assert len(asked) == 1
    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_a_delivery_that_breaks_is_told_to_the_log_and_never_to_who_waits_for_the_answer(
    seen: list[int], settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    assert Client().post("/").content == b"ok"
    assert "Messages wait in the outbox." in caplog.text
    assert Notification.objects.filter(sent_at=None).count() == 1


def test_the_product_serves_with_it_before_everything_but_the_line_of_the_request() -> None:
    assert product.MIDDLEWARE[:2] == [LINE, MIDDLEWARE]
