"""Webhooks: what is told is posted, signed, to a program of its reader; tried again, given up, read by its owner."""

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from exclusions.actions.clock import run_clock
from exclusions.actions.own_watches import FULL_OF_HOOKS, MOST_HOOKS, keep_webhook
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.actions.webhooks import Posted, hooks_wait, post_webhooks
from exclusions.gateways import hook_posting
from exclusions.models import Notification, Subscription, User, WebhookDelivery
from exclusions.queries.public.watches.watched import watched
from exclusions.queries.record.webhooks_due import HOOK_ATTEMPTS, HOOK_WAITS
from tests.factories.asking.receiver import Receiver, make_certificate, receiving
from tests.factories.people import make_person
from tests.factories.public import EASTERN, make_public
from tests.integration.api.test_problems import problem_of
from tests.integration.api.test_subscriptions import ADDRESS, DAY, NUMBER, of

pytestmark = pytest.mark.django_db
HOOK = {**NUMBER, "channel": "webhook", "url": "https://localhost/in"}  # a name whose look-up leaves no machine


@pytest.fixture
def person() -> User:
    return make_person("Wanda Watcher")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def receiver(certificate: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Run a program that takes webhooks, which the operator admits and whose certificate is trusted."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.1/32"]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with receiving(certificate) as running:
        yield running


def begun(person: User, receiver: Receiver, path: str = "/taken") -> Subscription:
    thing = watched("number", NUMBER["key"])
    return keep_webhook(thing, email=person.email, url=receiver.url + path, at=timezone.now())[0]


def deliveries(person: User, watch: Subscription) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = of(person)("GET", f"{ADDRESS}{watch.pk}/deliveries/").json()["results"]
    return rows


@pytest.fixture
def names_of_the_inside(settings: Any) -> None:
    """Let names of the inside be given: an operator admits a network, though not this machine's."""
    settings.WEBHOOK_NETWORKS = ["10.0.0.0/8"]


def test_a_program_is_posted_what_became_public_signed_with_the_secret_it_was_told_once(
    person: User, receiver: Receiver
) -> None:
    answer = of(person)("POST", body={**HOOK, "url": f"{receiver.url}/taken"})
    assert answer.status_code == 201
    watch = answer.json()
    assert (watch["channel"], watch["url"]) == ("webhook", f"{receiver.url}/taken")
    assert watch["secret"].startswith("whsec_")
    assert [json.loads(body)["type"] for _, _, body in receiver.got] == ["watch.begun"], "posted after the answer"
    later = timezone.now() + DAY
    make_public(2, historical=False, posted_on=later.astimezone(EASTERN).date(), stage="stage1")
    assert tell_watchers(at=later) == ["HTSUS number 8413810040: 1"]
    assert not Notification.objects.filter(template="watched_news").exists(), "it is posted, not mailed"
    assert post_webhooks(at=later) == Posted(1, 0)
    assert post_webhooks(at=later) == Posted(0, 0), "each once"
    assert tell_watchers(at=later) == []
    assert [path for path, _, _ in receiver.got] == ["/taken", "/taken"]
    (_, first, _), (_, headers, body) = receiver.got
    key = base64.b64decode(watch["secret"].removeprefix("whsec_"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(hmac.digest(key, said, 'sha256')).decode()}"
    assert headers["webhook-timestamp"] == str(int(later.timestamp()))
    assert headers["content-type"] == "application/json"
    assert headers["host"] == receiver.url.removeprefix("https://")
    assert first["webhook-id"] != headers["webhook-id"]
    event = json.loads(body)
    assert (event["type"], event["data"]["key"]) == ("watch.news", "8413810040")
    [fact] = event["data"]["news"]
    assert fact["fact"] == "posted:USTR-2019-0005-000002"
    assert fact["url"].startswith("http")


def test_the_secret_is_kept_encrypted_and_told_once(person: User, receiver: Receiver) -> None:
    ask = of(person)
    watch = ask("POST", body={**HOOK, "url": f"{receiver.url}/taken"}).json()
    again = ask("POST", body={**HOOK, "url": f"{receiver.url}/taken"})
    assert (again.status_code, again.json()) == (200, {**watch, "secret": None})
    assert ask("GET").json()["results"] == [{**watch, "secret": None}]
    assert watch["secret"] not in str([*Subscription.objects.values(), *WebhookDelivery.objects.values()])
    assert "at another address" in problem_of(ask("POST", body=HOOK), 409)["detail"]
    assert Subscription.objects.count() == 1


@pytest.mark.both_databases("A row is taken by an update that only one of two workers can make.")
def test_what_is_not_taken_is_tried_again_later_and_later_and_given_up(person: User, receiver: Receiver) -> None:
    receiver.answers["/fails"] = 500
    watch = begun(person, receiver, "/fails")
    at = timezone.now()
    for wait in HOOK_WAITS:
        assert post_webhooks(at=at) == Posted(0, 1)
        assert post_webhooks(at=at) == Posted(0, 0), "not before its time"
        [row] = deliveries(person, watch)
        assert (row["state"], row["status"]) == ("waits", 500)
        assert row["error"] == "It answered 500. 2xx was expected."
        assert datetime.fromisoformat(row["next_at"]) == at + wait
        at += wait
    assert post_webhooks(at=at) == Posted(0, 1)
    assert not hooks_wait(at=at + 30 * DAY)
    [row] = deliveries(person, watch)
    assert (row["state"], row["attempts"], row["next_at"]) == ("given up", HOOK_ATTEMPTS, None)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1, "one event, by one name"
    [mail] = Notification.objects.filter(template="webhook_given_up")
    assert mail.to == person.email
    assert "was not delivered after 8 attempts" in mail.subject


def test_the_rest_of_a_watch_waits_with_what_failed_and_goes_out_when_it_is_mended(
    person: User, receiver: Receiver
) -> None:
    receiver.answers["/in"] = 503
    watch = begun(person, receiver, "/in")
    later = timezone.now() + DAY
    make_public(2, historical=False, posted_on=later.astimezone(EASTERN).date(), stage="stage1")
    tell_watchers(at=later)
    assert post_webhooks(at=later) == Posted(0, 1), "the second is not tried at a place that just failed"
    assert post_webhooks(at=later) == Posted(0, 0)
    del receiver.answers["/in"]
    assert post_webhooks(at=later + HOOK_WAITS[0]) == Posted(2, 0)
    assert [row["state"] for row in deliveries(person, watch)] == ["delivered", "delivered"]
    run_clock(at=later + timedelta(days=40))
    assert deliveries(person, watch) == [], "what is a month old is forgotten"


@pytest.mark.parametrize(
    ("path", "words"),
    [("/moved", "Redirects are not followed"), ("/trickle", "did not answer within")],
)
def test_a_redirect_is_not_followed_and_a_slow_answer_is_cut_off(
    person: User, receiver: Receiver, path: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook_posting, "SECONDS", 1)
    watch = begun(person, receiver, path)
    assert post_webhooks(at=timezone.now()) == Posted(0, 1)
    assert words in deliveries(person, watch)[0]["error"]
    assert [asked for asked, _, _ in receiver.got] == [path]


def test_half_an_answer_that_was_cut_off_is_none(
    person: User, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the line is cut off the library may read its end, and take what came until then for the whole."""
    monkeypatch.setattr(hook_posting, "SECONDS", 1)
    asked = hook_posting._asked

    def read_to_its_end(*sent: Any) -> hook_posting.Answer:
        with suppress(OSError, HTTPException):
            asked(*sent)
        return hook_posting.Answer(200)

    monkeypatch.setattr(hook_posting, "_asked", read_to_its_end)
    watch = begun(person, receiver, "/trickle")
    assert post_webhooks(at=timezone.now()) == Posted(0, 1)
    assert "did not answer within" in deliveries(person, watch)[0]["error"]


def test_a_host_of_the_inside_or_of_another_certificate_gets_nothing(
    person: User, receiver: Receiver, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = begun(person, receiver)
    monkeypatch.setenv("SSL_CERT_FILE", str(make_certificate(tmp_path, "elsewhere")))
    at = timezone.now()
    assert post_webhooks(at=at) == Posted(0, 1)
    assert "certificate" in deliveries(person, watch)[0]["error"]
    # What was admitted when the watch began is judged again at each attempt.
    settings.WEBHOOK_NETWORKS = ["10.0.0.0/8"]
    assert post_webhooks(at=at + DAY) == Posted(0, 1)
    assert deliveries(person, watch)[0]["error"] == "The host has no public address."
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    WebhookDelivery.objects.update(attempts=0, next_at=at)
    Subscription.objects.update(url="https://localhost:1/")
    assert post_webhooks(at=at + DAY) == Posted(0, 1)
    assert deliveries(person, watch)[0]["error"] == "No connection could be made."
    assert receiver.got == []


def test_nobody_reads_the_deliveries_of_another(person: User, names_of_the_inside: None) -> None:
    watch, _ = keep_webhook(watched("number", "8413"), email=person.email, url=HOOK["url"], at=timezone.now())
    other = of(make_person("Otto Other"))
    problem_of(other("GET", f"{ADDRESS}{watch.pk}/deliveries/"), 404)
    assert of(person)("GET", f"{ADDRESS}{watch.pk}/deliveries/").json()["results"][0]["state"] == "waits"
    assert of(person)("DELETE", f"{ADDRESS}{watch.pk}/").status_code == 204
    assert not WebhookDelivery.objects.exists(), "what is stopped is forgotten"


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        ({**NUMBER, "channel": "webhook"}, 400, "https address as “url”"),
        ({**NUMBER, "url": HOOK["url"]}, 400, "Other channels take no"),
        ({**HOOK, "url": "http://hooks.example.com/"}, 422, "begins with https"),
        ({**HOOK, "url": "https://169.254.169.254/"}, 422, "not on the public Internet"),
        ({**HOOK, "url": "https://localhost/"}, 422, "not on the public Internet"),
        ({**HOOK, "url": "https://metadata.google.internal/"}, 422, "not on the public Internet"),
        ({**HOOK, "url": "https://2130706433/"}, 422, "Give the name of the host"),
        ({**HOOK, "url": "https://me@hooks.example.com/"}, 422, "Leave user"),
        ({**HOOK, "url": "x" * 501}, 400, "500"),
    ],
)
def test_an_address_that_will_not_do_is_refused_by_field(
    person: User, body: dict[str, str], status: int, words: str
) -> None:
    [error] = problem_of(of(person)("POST", body=body), status)["errors"]
    assert error["field"] == "url"
    assert words in error["message"]
    assert not Subscription.objects.exists()


def test_a_person_has_so_many_webhooks_and_a_closed_account_has_none_posted(
    person: User, names_of_the_inside: None
) -> None:
    at = timezone.now()
    for number in range(MOST_HOOKS):
        keep_webhook(watched("number", f"84{number + 10}"), email=person.email, url=HOOK["url"], at=at)
    assert problem_of(of(person)("POST", body=HOOK), 409)["detail"] == FULL_OF_HOOKS
    assert Subscription.objects.count() == MOST_HOOKS
    User.objects.filter(pk=person.pk).update(is_active=False)
    make_public(1, historical=False, hts10="8413810040", posted_on=(at + DAY).date(), stage="stage1")
    assert tell_watchers(at=at + DAY) == []


def test_a_secret_whose_key_is_gone_says_so(person: User, settings: Any, names_of_the_inside: None) -> None:
    watch, _ = keep_webhook(watched("number", "8413"), email=person.email, url=HOOK["url"], at=timezone.now())
    settings.SECRET_KEY = "another"
    assert post_webhooks(at=timezone.now()) == Posted(0, 1)
    assert "begin again" in watch.deliveries.get().error


def test_the_clock_posts_where_there_is_no_queue(person: User, receiver: Receiver) -> None:
    begun(person, receiver)
    call_command("run_clock")
    assert [json.loads(body)["type"] for _, _, body in receiver.got] == ["watch.begun"]
