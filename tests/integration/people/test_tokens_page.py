"""A person's own tokens: listed, made after the password once more and shown once, ended by nobody else."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.people.tokens import CONFIRM, FULL, LATELY, MOST, SHORT, USUAL, make_own_token, make_token
from exclusions.errors import Incomplete
from exclusions.models import ApiToken, Event, Notification, User
from tests.conftest import Clock
from tests.factories.people import PASSWORD, make_person
from tests.integration.api.test_subscriptions import NUMBER, by
from tests.integration.core.test_second_factor import code_of, sign_in, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
PAGE, AGAIN = reverse("tokens"), reverse("account_reauthenticate")
TYPED = {"name": "nightly import", "scopes": ["subscriptions:read"]}


@pytest.fixture
def known(browser: Client) -> Client:
    """Give the password once more."""
    browser.post(AGAIN, {"password": PASSWORD})
    return browser


def shown(client: Client) -> str:
    return html.unescape(client.get(PAGE).content.decode())


def made(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    found = re.search(r"<pre[^>]*>([\w-]{43})</pre>", answer.content.decode())
    assert found, "no token is shown"
    return found[1]


def test_a_token_is_made_after_the_password_shown_once_and_signs_a_program_in(browser: Client, person: User) -> None:
    asked = browser.post(PAGE, TYPED)
    assert asked["Location"].startswith(AGAIN), "the password once more"
    assert not ApiToken.objects.exists()
    answer = browser.post(asked["Location"], {"password": PASSWORD})
    token = made(answer)
    assert "no-store" in answer["Cache-Control"]
    assert token not in shown(browser)
    assert token not in str([*ApiToken.objects.values(), *Event.objects.values(), *Notification.objects.values()])
    page = shown(browser)
    assert "nightly import" in page
    assert "never used" in page
    assert by(token)("GET").status_code == 200
    assert by(token)("POST", body=NUMBER).status_code == 403, "it has the scope that was chosen, and no other"
    assert "last used" in shown(browser)
    [event] = Event.objects.filter(subject=f"user:{person.pk}")
    assert (event.kind, event.by) == ("made_api_token", person)
    assert "nightly import" in Notification.objects.get(to=person.email, template="own_account").context["text"]


def test_one_of_several_is_ended_and_the_others_go_on(known: Client, person: User) -> None:
    first = made(known.post(PAGE, TYPED))
    second = made(known.post(PAGE, {**TYPED, "name": "reports"}))
    ended = known.post(reverse("token-end", args=[ApiToken.objects.get(name="nightly import").pk]), follow=True)
    assert "“nightly import” is revoked" in html.unescape(ended.content.decode())
    assert [by(token)("GET").status_code for token in (first, second)] == [401, 200]
    assert Event.objects.filter(subject=f"user:{person.pk}", kind="ended_api_token", by=person).count() == 1


def test_nobody_sees_or_ends_the_tokens_of_another(known: Client, at: Any) -> None:
    other = make_person("Otto Other")
    token = make_own_token(other, name="otto's", scopes=list(USUAL), at=at)
    assert "otto's" not in shown(known)
    answer = known.post(reverse("token-end", args=[ApiToken.objects.get().pk]))
    assert answer.status_code == 409
    assert "You no longer have this token" in answer.content.decode()
    assert token
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({**TYPED, "name": " "}, "Name the program"),
        ({"name": "x"}, "Choose at least one thing"),
        ({**TYPED, "scopes": ["all"]}, "all"),
        ({**TYPED, "name": "Taken"}, "You already have a token of this name"),
        ({**TYPED, "name": "made by an operator"}, "You already have a token of this name"),
    ],
)
def test_what_will_not_do_is_refused_beside_what_was_typed(
    known: Client, person: User, at: Any, typed: dict[str, Any], words: str
) -> None:
    make_own_token(person, name="taken", scopes=list(USUAL), at=at)
    answer = known.post(PAGE, typed)
    assert words in html.unescape(answer.content.decode())
    assert ApiToken.objects.count() == 1


def test_a_person_has_ten_tokens_at_most_and_an_operator_replaces_the_one_of_the_shell(
    known: Client, person: User, at: Any
) -> None:
    for _ in range(2):
        make_token(person, scopes=list(USUAL), at=at)
    for number in range(MOST - 1):
        make_own_token(person, name=str(number), scopes=list(USUAL), at=at)
    answer = known.post(PAGE, TYPED)
    assert (answer.status_code, FULL in html.unescape(answer.content.decode())) == (409, True)
    assert ApiToken.objects.count() == MOST
    assert "Made by an operator" in shown(known)


def test_a_token_that_writes_to_cases_wants_a_second_factor_lately_and_is_good_for_a_month(
    reviewer1: User, clock: Clock, settings: Any
) -> None:
    settings.STAFF_SECOND_FACTOR = True
    secret, typed = with_app(reviewer1), {"name": "desk", "scopes": ["cases:read", "cases:write"]}
    client, _ = sign_in(reviewer1)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    clock.move_to(clock.now + LATELY + timedelta(minutes=1))
    client.post(AGAIN, {"password": PASSWORD})
    refused = client.post(PAGE, typed)
    assert (refused.status_code, CONFIRM in html.unescape(refused.content.decode())) == (403, True)
    assert not ApiToken.objects.exists()
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})
    made(client.post(PAGE, typed))
    token = ApiToken.objects.get()
    assert token.expires_at - token.created_at == SHORT
    made(client.post(PAGE, {"name": "reads", "scopes": ["cases:read"]}))
    assert ApiToken.objects.get(name="reads").expires_at - token.created_at > SHORT


def test_the_shell_gives_no_token_that_writes_to_cases_and_nobody_else_one_of_the_staff(
    known: Client, person: User, reviewer1: User, at: Any
) -> None:
    with pytest.raises(Incomplete, match="is not made here"):
        make_token(reviewer1, scopes=["cases:write"], at=at)
    assert make_token(reviewer1, scopes=["cases:read"], at=at)
    with pytest.raises(Incomplete):
        make_token(person, scopes=["cases:read"], at=at)
    assert "cases:read" not in shown(known)
    assert "cases:read" in known.post(PAGE, {"name": "x", "scopes": ["cases:read"]}).content.decode()
    assert not ApiToken.objects.filter(user=person).exists()
