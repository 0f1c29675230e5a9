"""A program is told what happened to the petitions of its person or firm, and manages its webhook."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from exclusions.actions.own_watches import WAITS
from exclusions.actions.people.tokens import make_token
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.actions.webhooks import NOT_YOURS, Posted, forget_deliveries, post_webhooks
from exclusions.models import Authorization, Membership, Organization, Subscription, User, WebhookDelivery
from exclusions.queries.importer.own_events import TOLD, last_event
from exclusions.queries.importer.petitions import SHOWN_EVENTS
from tests.conftest import Clock
from tests.factories.asking.receiver import Receiver
from tests.factories.people import make_person
from tests.factories.petitions import Journey
from tests.integration.api.test_problems import problem_of
from tests.integration.api.test_subscriptions import ADDRESS, NUMBER, by
from tests.integration.api.test_webhooks import certificate, receiver

__all__ = ["certificate", "receiver"]
pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
SCOPES = ("subscriptions:read", "subscriptions:write", "petitions:read")
MINUTE = timedelta(minutes=1)


def asks(user: User, at: datetime, *scopes: str) -> Callable[..., Any]:
    return by(make_token(user, scopes=scopes or SCOPES, at=at))


def body_of(receiver: Receiver, key: str = "mine") -> dict[str, str]:
    return {"kind": "own", "key": key, "channel": "webhook", "url": f"{receiver.url}/taken"}


def told(receiver: Receiver) -> list[tuple[str, str]]:
    """Return what was posted of own petitions, as kind and reference, and take it away."""
    events = [json.loads(body)["data"].get("events", []) for _, _, body in receiver.got]
    receiver.got.clear()
    return [(one["kind"], one["reference"]) for some in events for one in some]


def go_on(clock: Clock, at: datetime) -> None:
    """Let the clock of the site come to the moment, and tell what happened until then."""
    clock.move_to(at)
    tell_watchers(at=at)
    post_webhooks(at=at)


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_a_program_is_told_each_event_once_and_no_word_of_what_is_in_it(
    journey: Start, clock: Clock, receiver: Receiver
) -> None:
    before = journey()
    before.take("submit")
    clock.move_to(before.at + MINUTE)
    ask = asks(before.cast["importer"], clock.now)
    watch = ask("POST", body=body_of(receiver)).json()
    assert (watch["kind"], watch["key"], watch["feed"]) == ("own", "mine", None)
    assert watch["secret"].startswith("whsec_")
    assert [json.loads(body)["type"] for _, _, body in receiver.got] == ["watch.begun"]
    receiver.got.clear()
    go_on(clock, clock.now + MINUTE)
    assert told(receiver) == [], "what happened before is not told"
    before.at = clock.now
    before.take("post")
    go_on(clock, before.at + MINUTE)
    ((_, _, body),) = receiver.got
    said = json.loads(body)
    reference = before.petition.reference
    (event,) = said["data"]["events"]
    assert (said["type"], said["data"]["kind"], said["data"]["key"]) == ("own.news", "own", "mine")
    assert set(event) == {"fact", "kind", "reference", "day", "url"}
    assert (event["kind"], event["reference"]) == ("post", reference)
    assert event["url"] == f"{settings.BASE_URL}/api/v1/petitions/{before.petition.pk}/"
    assert before.petition.product_name not in body.decode()
    receiver.got.clear()
    go_on(clock, clock.now + MINUTE)
    assert told(receiver) == [], "each once"
    (row, begun) = ask("GET", f"{ADDRESS}{watch['id']}/deliveries/").json()["results"]
    assert (row["type"], row["news"], row["events"]) == ("own.news", [], [event])
    assert (begun["type"], begun["events"]) == ("watch.begun", [])


def test_drafts_and_what_is_internal_are_not_told(journey: Start, clock: Clock, receiver: Receiver) -> None:
    trip = journey()
    clock.move_to(trip.at)
    asks(trip.cast["importer"], clock.now)("POST", body=body_of(receiver))
    trip.take("submit", "post")
    trip.at += MINUTE
    go_on(clock, trip.at)
    assert set(told(receiver)) == {("submit", trip.petition.reference), ("post", trip.petition.reference)}
    assert set(SHOWN_EVENTS) > TOLD
    assert not TOLD & {"start", "attach", "screen", "assign"}


def test_who_may_work_on_it_is_asked_again_when_it_is_posted(
    journey: Start, clock: Clock, receiver: Receiver, cast: dict[str, User]
) -> None:
    trip = journey(through_firm=True)
    clock.move_to(trip.at)
    filer, importer = cast["filer"], cast["importer"]
    ask = asks(filer, clock.now)
    firm = str(filer.memberships.get().organization_id)
    watches = [ask("POST", body=body_of(receiver, key)).json() for key in ("mine", firm)]
    theirs = asks(importer, clock.now)("POST", body=body_of(receiver)).json()
    receiver.got.clear()
    trip.take("submit")
    tell_watchers(at=trip.at + MINUTE)
    assert WebhookDelivery.objects.filter(delivered_at=None).count() == 3
    Authorization.objects.update(valid_to=(trip.at - timedelta(days=1)).date())
    post_webhooks(at=trip.at + MINUTE)
    assert told(receiver) == [("submit", trip.petition.reference)], "its requester alone"
    clock.move_to(trip.at + MINUTE)
    for watch in watches:
        row = ask("GET", f"{ADDRESS}{watch['id']}/deliveries/").json()["results"][0]
        assert (row["state"], row["error"], row["events"]) == ("given up", NOT_YOURS, [])
    User.objects.filter(pk=importer.pk).update(is_active=False)
    again = WebhookDelivery.objects.filter(subscription=theirs["id"])
    assert again.update(attempts=0, delivered_at=None, next_at=trip.at) == 2
    post_webhooks(at=trip.at + 2 * MINUTE)
    assert receiver.got == [], "nothing for a closed account, not even that it began"


def test_one_organization_may_be_watched_by_its_members_alone(
    journey: Start, clock: Clock, receiver: Receiver, cast: dict[str, User], meadowlark: Organization
) -> None:
    trip = journey()
    clock.move_to(trip.at)
    refused = problem_of(asks(cast["rival"], clock.now)("POST", body=body_of(receiver, str(meadowlark.pk))), 400)
    assert "key of an organization of yours" in refused["detail"]
    problem_of(asks(cast["rival"], clock.now)("POST", body=body_of(receiver, "no key")), 400)
    ask = asks(cast["importer"], clock.now)
    assert ask("POST", body=body_of(receiver, str(meadowlark.pk))).status_code == 201
    asks(cast["rival"], clock.now)("POST", body=body_of(receiver))
    receiver.got.clear()
    trip.take("submit")
    go_on(clock, trip.at + MINUTE)
    assert told(receiver) == [("submit", trip.petition.reference)]
    trip.at = clock.now
    trip.take("post")
    Membership.objects.filter(organization=meadowlark, user=cast["importer"]).delete()
    go_on(clock, trip.at + MINUTE)
    assert told(receiver) == [], "no member any more"


def test_it_wants_a_webhook_and_a_token_that_reads_petitions(clock: Clock, importer: User, receiver: Receiver) -> None:
    ask = asks(importer, clock.now)
    mailed = problem_of(ask("POST", body={"kind": "own", "key": "mine"}), 400)
    assert mailed["errors"][0]["pointer"] == "/channel"
    few = problem_of(asks(importer, clock.now, *SCOPES[:2])("POST", body=body_of(receiver)), 403)
    assert "lacks the scope petitions:read" in few["detail"]
    watch = asks(importer, clock.now)("POST", body=body_of(receiver)).json()
    one = f"{ADDRESS}{watch['id']}/deliveries/"
    few = asks(importer, clock.now, *SCOPES[:2])
    problem_of(few("GET", one), 403)
    event = WebhookDelivery.objects.get().event
    problem_of(few("POST", f"{one}{event}/replay/"), 403)


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_a_delivery_is_posted_once_more_under_its_name(clock: Clock, importer: User, receiver: Receiver) -> None:
    ask = asks(importer, clock.now)
    watch = ask("POST", body={**NUMBER, "channel": "webhook", "url": f"{receiver.url}/taken"}).json()
    one = f"{ADDRESS}{watch['id']}/deliveries/"
    (row,) = ask("GET", one).json()["results"]
    assert row["state"] == "delivered"
    again = ask("POST", f"{one}{row['event']}/replay/", **{"Idempotency-Key": "again"})
    assert (again.status_code, again.json()["state"], again.json()["attempts"]) == (200, "waits", 0)
    same = ask("POST", f"{one}{row['event']}/replay/", **{"Idempotency-Key": "again"})
    assert (same.json(), same["Idempotent-Replayed"]) == (again.json(), "true")
    assert len({headers["webhook-id"] for _, headers, _ in receiver.got}) == 1
    assert len(receiver.got) == 2
    WebhookDelivery.objects.update(delivered_at=None, attempts=1)
    assert problem_of(ask("POST", f"{one}{row['event']}/replay/"), 409)["detail"] == WAITS
    missing = "00000000-0000-4000-8000-000000000000"
    problem_of(ask("POST", f"{one}{missing}/replay/"), 404)
    other = asks(make_person("Otto Other"), clock.now)
    problem_of(other("POST", f"{one}{row['event']}/replay/"), 404)


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_two_secrets_sign_while_one_is_exchanged(clock: Clock, importer: User, receiver: Receiver) -> None:
    ask = asks(importer, clock.now)
    watch = ask("POST", body={**NUMBER, "channel": "webhook", "url": f"{receiver.url}/taken"}).json()
    assert watch["old_secret_until"] is None
    one = f"{ADDRESS}{watch['id']}/"
    new = ask("POST", f"{one}secret/", {"keep_hours": 24}, **{"Idempotency-Key": "exchange"})
    assert new.status_code == 200, new.content
    assert new.json() == ask("POST", f"{one}secret/", {"keep_hours": 24}, **{"Idempotency-Key": "exchange"}).json()
    fresh = new.json()["secret"]
    assert fresh.startswith("whsec_")
    assert fresh != watch["secret"]
    until = datetime.fromisoformat(new.json()["old_secret_until"])
    (delivery,) = WebhookDelivery.objects.all()

    def signatures(at: datetime) -> tuple[list[str], list[str]]:
        """Post once more at a moment; return the signatures that came, and those of the new and the old secret."""
        receiver.got.clear()
        WebhookDelivery.objects.update(delivered_at=None, attempts=0, next_at=at)
        assert post_webhooks(at=at) == Posted(1, 0)
        ((_, headers, body),) = receiver.got
        said = f"{delivery.event}.{int(at.timestamp())}.".encode() + body
        keys = [base64.b64decode(secret.removeprefix("whsec_")) for secret in (fresh, watch["secret"])]
        expected = [f"v1,{base64.b64encode(hmac.digest(key, said, 'sha256')).decode()}" for key in keys]
        return headers["webhook-signature"].split(), expected

    came, expected = signatures(until - MINUTE)
    assert came == expected
    came, expected = signatures(until + MINUTE)
    assert came == expected[:1]
    stored = str(list(Subscription.objects.values()))
    assert fresh not in stored
    assert watch["secret"] not in stored
    forget_deliveries(at=until + MINUTE)
    assert Subscription.objects.get().old_secret == ""
    at_once = ask("POST", f"{one}secret/", {"keep_hours": 0}).json()
    assert at_once["old_secret_until"] is None
    problem_of(ask("POST", f"{one}secret/", {"keep_hours": 73}), 400)


def test_the_address_of_a_webhook_is_changed_and_what_waits_goes_there(
    clock: Clock, importer: User, receiver: Receiver
) -> None:
    ask = asks(importer, clock.now)
    receiver.answers["/old"] = 500
    watch = ask("POST", body={**NUMBER, "channel": "webhook", "url": f"{receiver.url}/old"}).json()
    one = f"{ADDRESS}{watch['id']}/"
    assert [path for path, _, _ in receiver.got] == ["/old"]
    moved = ask("PATCH", one, {"url": f"{receiver.url}/new"})
    assert (moved.status_code, moved.json()) == (200, {**watch, "secret": None, "url": f"{receiver.url}/new"})
    assert post_webhooks(at=clock.now + timedelta(hours=1)) == Posted(1, 0)
    assert receiver.got[-1][0] == "/new"
    refused = problem_of(ask("PATCH", one, {"url": "http://hooks.example.com/"}), 422)
    assert refused["errors"][0]["pointer"] == "/url"
    mailed = ask("POST", body=NUMBER).json()
    for method, address, body in (
        ("PATCH", f"{ADDRESS}{mailed['id']}/", {"url": f"{receiver.url}/new"}),
        ("POST", f"{ADDRESS}{mailed['id']}/secret/", {}),
    ):
        assert "e-mail or feed" in problem_of(ask(method, address, body), 409)["detail"]
    problem_of(ask("PATCH", f"{ADDRESS}999999/", {"url": f"{receiver.url}/new"}), 404)
    problem_of(ask("POST", f"{ADDRESS}999999/secret/", {}), 404)


def test_what_is_committed_late_is_still_told(journey: Start, clock: Clock, receiver: Receiver) -> None:
    trip = journey()
    clock.move_to(trip.at)
    asks(trip.cast["importer"], clock.now)("POST", body=body_of(receiver))
    receiver.got.clear()
    trip.take("submit")
    # As if events that were numbered later had been committed, and looked at, before this one.
    Subscription.objects.update(seen_event=last_event() + 100)
    go_on(clock, trip.at + MINUTE)
    assert told(receiver) == [("submit", trip.petition.reference)]
