"""`Idempotency-Key`: a request that is sent again is answered as before, and carried out once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.throttling import SimpleRateThrottle

from exclusions.actions import once
from exclusions.actions.clock import run_clock
from exclusions.actions.once import FULL, KEPT, OTHER, RUNNING, STUCK, answered_before
from exclusions.actions.people.tokens import USUAL, make_own_token
from exclusions.models import KeptAnswer, Subscription, User
from tests.factories.people import make_person
from tests.integration.api.test_problems import problem_of
from tests.integration.api.test_subscriptions import ADDRESS, NUMBER, by, of
from tests.integration.api.test_webhooks import HOOK

pytestmark = pytest.mark.django_db
OTHER_BODY = {**NUMBER, "key": "8414"}


@pytest.fixture
def person() -> User:
    return make_person("Wanda Watcher")


@pytest.fixture
def ask(person: User) -> Callable[..., Any]:
    return of(person)


def sent(ask: Callable[..., Any], key: str = "k-1", body: Any = NUMBER) -> Any:
    return ask("POST", ADDRESS, body, **{"Idempotency-Key": key})


def test_a_request_sent_again_is_answered_the_same_and_makes_nothing(ask: Callable[..., Any]) -> None:
    first = sent(ask)
    assert (first.status_code, "Idempotent-Replayed" in first.headers) == (201, False)
    Subscription.objects.all().delete()
    again = sent(ask)
    assert (again.status_code, again.json(), again["Idempotent-Replayed"]) == (201, first.json(), "true")
    assert not Subscription.objects.exists()
    assert sent(ask, "k-2").status_code == 201, "a new key is a new request"
    assert ask("POST", body=NUMBER).status_code == 200, "and no key is none"


def test_a_secret_that_was_shown_once_is_in_the_repeated_answer_and_nowhere_to_be_read(
    ask: Callable[..., Any], settings: Any
) -> None:
    settings.WEBHOOK_NETWORKS = ["10.0.0.0/8"]  # so that a name of the inside may be given
    secret = sent(ask, body=HOOK).json()["secret"]
    assert sent(ask, body=HOOK).json()["secret"] == secret
    assert secret not in str(KeptAnswer.objects.values())


def test_a_key_of_another_request_is_refused(ask: Callable[..., Any]) -> None:
    sent(ask)
    assert problem_of(sent(ask, body=OTHER_BODY), 422)["detail"] == OTHER
    assert Subscription.objects.count() == 1


def test_a_key_is_its_persons_own(ask: Callable[..., Any]) -> None:
    sent(ask)
    assert sent(of(make_person("Otto Other")), body=OTHER_BODY).status_code == 201


@pytest.mark.both_databases("Of two who claim a key at once the database lets one have it.")
def test_a_request_that_is_being_carried_out_is_not_carried_out_beside_it(
    ask: Callable[..., Any], person: User
) -> None:
    sent(ask)
    row = KeptAnswer.objects.get()
    KeptAnswer.objects.update(http_code=None, body="", begun_at=timezone.now())
    assert problem_of(sent(ask), 409)["detail"] == RUNNING
    # A process that died at it holds the key for two minutes.
    at = timezone.now() + STUCK
    assert answered_before(person.pk, key=row.key, digest=row.digest, at=at) is None
    assert problem_of(sent(ask), 409)["detail"] == RUNNING


def test_a_request_that_was_refused_may_be_corrected_under_its_key(ask: Callable[..., Any]) -> None:
    problem_of(sent(ask, body={**NUMBER, "key": "84A"}), 400)
    problem_of(sent(ask, body={**HOOK, "url": "http://hooks.example.com/"}), 422)
    assert not KeptAnswer.objects.exists()
    assert sent(ask).status_code == 201


def test_answers_are_kept_for_a_day(ask: Callable[..., Any]) -> None:
    sent(ask)
    KeptAnswer.objects.update(begun_at=timezone.now() - KEPT)
    assert sent(ask, body=OTHER_BODY).status_code == 201, "the key is free again"
    run_clock(at=timezone.now() + KEPT + timedelta(minutes=1))
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "ä", "a b", "x" * 256])
def test_a_key_of_another_form_is_refused_by_name(ask: Callable[..., Any], key: str) -> None:
    [error] = problem_of(sent(ask, key), 400)["errors"]
    assert error["field"] == "Idempotency-Key"
    assert not Subscription.objects.exists()


def test_a_person_sends_so_many_keys_a_day(
    ask: Callable[..., Any], person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "MOST", 3)
    at = timezone.now()
    KeptAnswer.objects.bulk_create(KeptAnswer(user=person, key=str(n), begun_at=at, http_code=200) for n in range(3))
    assert problem_of(sent(ask, "one-more"), 409)["detail"] == FULL
    assert KeptAnswer.objects.count() == 3


@pytest.mark.both_databases("Redis counts here.")
def test_each_token_has_a_throttle_of_its_own_which_bounds_the_keys_too(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "token", "2/min")
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anon", "2/min")
    at = timezone.now()
    one, other = (by(make_own_token(person, name=name, scopes=USUAL, at=at)) for name in ("nightly", "daily"))
    left = [sent(one, f"k-{number}")["RateLimit-Remaining"] for number in range(2)]
    assert left == ["1", "0"]
    refused = sent(one, "k-3")
    problem_of(refused, 429)
    assert 0 < int(refused["Retry-After"]) <= 60
    assert set(KeptAnswer.objects.values_list("key", flat=True)) == {"k-0", "k-1"}, "what was refused keeps no key"
    assert sent(other, "k-4").status_code == 200, "another token of the person is counted by itself"
    assert Client().get("/api/v1/rounds/").status_code == 200, "and who sends none by the address"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer no-such-token"}])
def test_who_sends_no_token_that_is_valid_is_counted_by_address(
    headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, "anon", "1/min")
    problem_of(Client().get(ADDRESS, headers=headers), 401)
    problem_of(Client().get(ADDRESS, headers=headers), 429)


def test_with_another_key_of_the_site_the_request_is_carried_out_anew(ask: Callable[..., Any], settings: Any) -> None:
    sent(ask)
    settings.SECRET_KEY = "another"
    assert sent(ask).status_code == 200
    assert sent(ask)["Idempotent-Replayed"] == "true"
