"""Whoever meets an error page, a refusal or a mail has the number by which its lines are found."""

import sys
from email.message import Message
from types import ModuleType
from typing import Any

import psycopg
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from structlog.contextvars import clear_contextvars

from exclusions.actions.record.events import notify, notify_all
from exclusions.actions.record.notifications import deliver
from exclusions.apps import without_matter
from exclusions.errors import BrokenRound
from exclusions.gateways.observed import request_ids
from exclusions.models import Notification
from exclusions.tasks import thread
from tests.integration.observed.conftest import Written

ERRORS: dict[str, tuple[int, Exception]] = {
    "fault": (500, ValueError("Hidden Supplier")),
    "trouble": (503, OperationalError()),
    "closed": (403, PermissionDenied()),
    "strange": (400, SuspiciousOperation()),
    "round": (409, BrokenRound("The round names a form that nobody knows.")),
}
ERRORS["trouble"][1].__cause__ = psycopg.errors.LockNotAvailable()


def view_that_raises(error: Exception) -> Any:
    """Return a view."""

    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


@pytest.fixture
def broken(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Serve the site, and addresses that fail."""
    urls = ModuleType("broken_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        *(
            path(f"{at}{name}/", view_that_raises(error))
            for name, (_, error) in ERRORS.items()
            for at in ("", "api/v1/")
        ),
        path("", include("tradecases.urls")),
    ]
    for name, view in (("400", "bad_request"), ("403", "permission_denied"), ("500", "server_error")):
        setattr(urls, f"handler{name}", f"exclusions.views.core.errors.{view}")
    monkeypatch.setitem(sys.modules, "broken_urls", urls)
    settings.ROOT_URLCONF = "broken_urls"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_tells_its_number(broken: None, written: Written, name: str) -> None:
    answer = Client(raise_request_exception=False).get(f"/{name}/")
    assert answer.status_code == ERRORS[name][0]
    text = answer.content.decode()
    assert f'give this number: <span class="tc-long">{answer["X-Request-ID"]}</span>' in text
    assert {line["request_id"] for line in written()} == {answer["X-Request-ID"]}
    assert "Hidden Supplier" not in str(written())


@pytest.mark.django_db
def test_a_program_is_told_the_number_in_the_body(broken: None) -> None:
    for answer in (Client().get("/api/v1/trouble/"), Client().get("/api/nowhere/"), Client().get("/api/v1/hts/1/")):
        assert answer.json()["instance"] == f"urn:uuid:{answer['X-Request-ID']}"


@pytest.mark.django_db
def test_a_mail_names_the_request_that_caused_it(written: Written) -> None:
    facts = {"reference": "A-1", "round": "List 3", "status": "Submitted", "url": "/"}
    numbers = [request_ids.begin(), request_ids.begin()]
    for number in numbers:
        request_ids.begin(number)
        with transaction.atomic():
            notify(to="a@example.test", template="submit", subject=number, context=facts, at=timezone.now())
            notify_all(to=["b@example.test"], template="submit", subject=number, context=facts, at=timezone.now())
    request_ids.begin()
    deliver(at=timezone.now())
    sent: list[Message] = [message.message() for message in mail.outbox]
    assert [one["X-Request-ID"] for one in sent] == [one["Subject"] for one in sent]
    assert sorted({one["X-Request-ID"] for one in sent}) == sorted(numbers)
    told = [(line["request_id"], line["message_id"]) for line in written("message sent")]
    assert sorted(told) == sorted((row.request_id, row.pk) for row in Notification.objects.all())
    assert "example.test" not in str(written())


@pytest.mark.django_db
def test_a_mail_of_the_account_library_names_it_too() -> None:
    answer = Client().post("/accounts/password/reset/", {"email": "nobody@example.test"})
    (sent,) = mail.outbox
    assert sent.message()["X-Request-ID"] == answer["X-Request-ID"]


@pytest.mark.django_db
def test_a_mail_that_no_request_caused_names_none() -> None:
    clear_contextvars()
    notify(to="a@example.test", template="general", subject="x", context={"text": "y"}, at=timezone.now())
    deliver(at=timezone.now())
    assert mail.outbox[0].message()["X-Request-ID"] is None


def test_a_thread_that_a_request_begins_carries_its_number() -> None:
    number, met = request_ids.begin(), []
    beside = thread(lambda: met.append(request_ids.current()), "beside")
    beside.start()
    beside.join()
    assert met == [number]


def test_an_error_report_carries_the_number() -> None:
    number = request_ids.begin()
    assert without_matter({"tags": {"a": "b"}, "extra": {"x": 1}}) == {"tags": {"a": "b", "request_id": number}}
