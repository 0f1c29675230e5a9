"""What a person watches, by token: listed, begun, stopped, by nobody else; and the tokens themselves."""

import html
import json
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exclusions.actions.own_watches import AT_ONCE_ALONE, FULL, keep_watch
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.actions.watching import MOST_OF_AN_ADDRESS, stop_watch, subscribe
from exclusions.gateways.mail_stop import watch_token
from exclusions.models import ApiToken, Event, Notification, Subscription, User
from exclusions.queries.public.watches.watched import NO_KEY, NotWatchable, watched
from tests.factories.people import make_person
from tests.factories.public import EASTERN, make_public
from tests.factories.tariff import make_edition
from tests.integration.api.test_problems import problem_of

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/subscriptions/"
NUMBER = {"kind": "number", "key": "8413.81.0040"}
DAY = timedelta(days=1)


@pytest.fixture
def person() -> User:
    return make_person("Wanda Watcher")


def create_token(email: str, *options: str) -> tuple[str, str]:
    """Return what the command prints: the token alone, and what stands beside it."""
    out, beside = StringIO(), StringIO()
    call_command("create_token", email, *options, stdout=out, stderr=beside)
    return out.getvalue().strip(), beside.getvalue()


def by(token: str) -> Callable[..., Any]:
    """Return what asks with a token: a method, an address and a body, and headers beside it."""

    def ask(method: str, address: str = ADDRESS, body: Any = None, **headers: str) -> Any:
        return Client(enforce_csrf_checks=True).generic(
            method,
            address,
            "" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}", **headers},
        )

    return ask


def of(user: User) -> Callable[..., Any]:
    return by(create_token(user.email)[0])


@pytest.mark.both_databases("What is told is compared by day and address.")
def test_a_program_watches_by_mail_without_another_confirmation_and_stops(person: User) -> None:
    ask = of(person)
    make_public(1, historical=False, posted_on=date(2026, 3, 2), stage="stage1")
    made = ask("POST", body=NUMBER)
    assert (made.status_code, made["Cache-Control"].count("no-store")) == (201, 1)
    watch = made.json()
    assert {name: watch[name] for name in ("kind", "key", "channel")} == {**NUMBER, "channel": "email"}
    assert not Notification.objects.filter(template="confirm_watch").exists(), "the address is confirmed"
    again = ask("POST", body={**NUMBER, "key": "8413810040"})
    assert (again.status_code, again.json()) == (200, watch), "a repeat makes no second"
    assert ask("GET").json() == {"next": None, "previous": None, "results": [watch]}
    feed = Client().get(watch["feed"].removeprefix("http://testserver"))
    assert (feed.status_code, feed["Content-Type"].partition(";")[0]) == (200, "application/atom+xml")
    later = timezone.now() + DAY
    assert tell_watchers(at=later) == [], "what was public before is not told"
    make_public(2, historical=False, posted_on=later.astimezone(EASTERN).date(), stage="stage1")
    assert tell_watchers(at=later) == ["HTSUS number 8413810040: 1"]
    assert Notification.objects.get(template="watched_news").to == person.email
    assert ask("DELETE", f"{ADDRESS}{watch['id']}/").status_code == 204
    problem_of(ask("DELETE", f"{ADDRESS}{watch['id']}/"), 404)
    assert not Subscription.objects.exists()


def test_a_feed_is_listed_and_mails_nothing_and_the_link_in_a_mail_leaves_it(person: User) -> None:
    ask = of(person)
    assert ask("POST", body={**NUMBER, "channel": "feed"}).status_code == 201
    assert ask("POST", body=NUMBER).status_code == 201
    later = timezone.now() + DAY
    make_public(1, historical=False, posted_on=later.astimezone(EASTERN).date(), stage="stage1")
    assert len(tell_watchers(at=later)) == 1
    assert [row["channel"] for row in ask("GET").json()["results"]] == ["email", "feed"]
    assert stop_watch(watch_token(Subscription.objects.get(channel="email").link), everything=True) == 1
    assert [row["channel"] for row in ask("GET").json()["results"]] == ["feed"]


def test_a_number_that_no_edition_has_is_watched_with_a_sentence(person: User) -> None:
    ask = of(person)
    assert ask("POST", body={**NUMBER, "key": "8499.99"}).json()["remark"] == "", "no edition is on file: who knows"
    make_edition(date(2018, 1, 1), ("8413810040", "Breast pumps"))
    answers = [
        ask("POST", body={**NUMBER, "key": key}).json() for key in ("8413", "8413.81.0040", "8499.98", "8499.99")
    ]
    assert [one["remark"].partition(",")[0] for one in answers] == [
        "", "", "No edition of the HTSUS on file has 8499.98", "No edition of the HTSUS on file has 8499.99"
    ]  # fmt: skip
    assert {row["remark"] for row in ask("GET").json()["results"]} == {""}, "it is said once"


def test_nobody_sees_or_stops_the_watches_of_another(person: User) -> None:
    other = make_person("Otto Other")
    theirs = of(other)("POST", body=NUMBER).json()
    ask = of(person)
    assert ask("GET").json()["results"] == []
    problem_of(ask("DELETE", f"{ADDRESS}{theirs['id']}/"), 404)
    # An address that was typed into an account, and never confirmed, is nobody's yet.
    EmailAddress.objects.create(user=person, email="otto@elsewhere.test", verified=False, primary=False)
    keep_watch(watched("number", "8413"), email="otto@elsewhere.test", channel="email", at=timezone.now())
    subscribe(watched("number", "8414"), email=person.email, at=timezone.now())
    assert ask("GET").json()["results"] == [], "neither what waits for the link in its mail"
    assert Subscription.objects.count() == 3


def test_pages_by_cursor_cost_the_same_however_many_there_are(
    person: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    ask = of(person)
    for chapter in range(10, 40):
        keep_watch(watched("number", f"84{chapter}"), email=person.email, channel="email", at=timezone.now())
    page = ask("GET", f"{ADDRESS}?page_size=20").json()
    with django_assert_num_queries(3):  # the token with its person, the addresses, the rows
        rest = ask("GET", page["next"].removeprefix("http://testserver")).json()
    with django_assert_num_queries(3):
        assert len(ask("GET", f"{ADDRESS}?page_size=2").json()["results"]) == 2
    keys = [row["key"] for row in page["results"] + rest["results"]]
    assert keys == [f"84{chapter}" for chapter in range(39, 9, -1)]
    assert rest["next"] is None


def test_without_a_token_that_opens_it_nothing_is_said(person: User) -> None:
    signed_in = Client()
    signed_in.force_login(person)
    for client in (Client(), signed_in):
        for answer in (client.get(ADDRESS), client.get(f"{ADDRESS}?colour=red"), client.delete(f"{ADDRESS}1/")):
            assert "create_token" in problem_of(answer, 401)["detail"]
            assert answer["WWW-Authenticate"].startswith("Bearer")
    token, _ = create_token(person.email)
    assert by(token)("GET").status_code == 200
    newer, _ = create_token(person.email)
    ApiToken.objects.update(expires_at=timezone.now() + DAY)
    for wrong in (token, "", "é", newer + "x", ApiToken.objects.get().digest):
        problem_of(by(wrong)("GET"), 401)
    ApiToken.objects.update(created_at=timezone.now() - 2 * DAY, expires_at=timezone.now() - DAY)
    problem_of(by(newer)("GET"), 401)
    last = of(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    problem_of(last("GET"), 401)


def test_a_token_does_what_its_scopes_name_and_no_more(person: User) -> None:
    token, beside = create_token(person.email, "--scopes", "subscriptions:read")
    assert "for subscriptions:read, valid for a year" in beside
    ask = by(token)
    assert (ask("GET").status_code, ask("HEAD").status_code) == (200, 200)
    for refused in (ask("POST", body=NUMBER), ask("DELETE", f"{ADDRESS}1/")):
        assert "lacks the scope subscriptions:write" in problem_of(refused, 403)["detail"]
    assert not Subscription.objects.exists()
    problem_of(by(create_token(person.email, "--scopes", "subscriptions:write")[0])("GET"), 403)


def test_a_token_is_kept_as_a_digest_told_of_and_ended(person: User) -> None:
    token, _ = create_token(person.email.upper())
    assert token not in str(ApiToken.objects.values())
    assert [event.kind for event in Event.objects.filter(subject=f"user:{person.pk}")] == ["made_api_token"]
    assert "token for programs" in str(Notification.objects.get(to=person.email).context)
    assert token not in str([*Event.objects.values(), *Notification.objects.values()])
    assert create_token(person.email, "--end")[0] == f"The tokens of {person.email} have ended."
    problem_of(by(token)("GET"), 401)
    for wrong, sentence in (
        (("nobody@example.test",), "No one signs in"),
        ((person.email, "--scopes", "all"), "no scope “all”"),
    ):
        with pytest.raises(CommandError, match=sentence):
            create_token(*wrong)


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        (
            {"kind": "webhook", "key": "8413"},
            "kind",
            "Send one of: number, case, exclusion, organization, round, words, own.",
        ),
        ({**NUMBER, "channel": "pigeon"}, "channel", "Send one of: email, feed, webhook."),
        ({"kind": "case", "key": "USTR-1"}, "key", "No petition has the reference"),
        ({"kind": "number", "key": "84\0"}, "key", "Null characters"),
        ({"kind": "round"}, "key", "is missing"),
        ({**NUMBER, "email": "victim@example.test"}, "email", "There is no field email."),
        ([], "", "Invalid data"),
    ],
)
def test_what_cannot_be_watched_is_refused_by_field(person: User, body: Any, field: str, words: str) -> None:
    [error] = problem_of(of(person)("POST", body=body), 400)["errors"]
    assert (error["field"].removesuffix("non_field_errors"), words in error["message"]) == (field, True), error
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("line", ["a", "8413.81", "slabs round:list-99", "slabs hts:84x", "slab " * 21])
def test_words_are_refused_with_the_sentence_of_the_page(person: User, line: str) -> None:
    with pytest.raises(NotWatchable) as refused:
        watched("words", line)
    [error] = problem_of(of(person)("POST", body={"kind": "words", "key": line}), 400)["errors"]
    assert (error["field"], error["message"]) == ("key", str(refused.value))
    page = Client().post(reverse("watch"), {"kind": "words", "key": line, "email": person.email})
    assert html.escape(str(refused.value)) in page.content.decode()
    [empty] = problem_of(of(person)("POST", body={"kind": "words", "key": ""}), 400)["errors"]
    assert empty["message"] == NO_KEY


def test_a_program_watches_words_and_says_how_often_it_is_mailed(person: User) -> None:
    ask = of(person)
    words = {"kind": "words", "key": "Quartz  slabs hts:6810.99"}
    watch = ask("POST", body={**words, "rate": "weekly"}).json()
    assert (watch["key"], watch["rate"]) == ("quartz slabs hts:681099", "weekly")
    assert ask("POST", body=words).json() == watch, "a repeat changes nothing"
    one = f"{ADDRESS}{watch['id']}/"
    assert ask("PATCH", one, {"rate": "daily"}).json() == {**watch, "rate": "daily"}
    for wrong in ({}, {"rate": "hourly"}, {"rate": "daily", "url": "https://hooks.example.com/"}):
        problem_of(ask("PATCH", one, wrong), 400)
    problem_of(of(make_person("Otto Other"))("PATCH", one, {"rate": "weekly"}), 404)
    feed = ask("POST", body={**words, "channel": "feed"}).json()
    assert feed["rate"] == "at_once"
    for refused in (
        ask("PATCH", f"{ADDRESS}{feed['id']}/", {"rate": "daily"}),
        ask("POST", body={**NUMBER, "channel": "feed", "rate": "daily"}),
    ):
        [error] = problem_of(refused, 422)["errors"]
        assert (error["field"], error["message"]) == ("rate", AT_ONCE_ALONE)
    assert Subscription.objects.get(channel="email").rate == "daily"


def test_an_address_has_to_be_confirmed_and_has_room_for_so_many(person: User) -> None:
    ask = of(person)
    rows = [Subscription(kind="number", key=f"{n:010d}", email=person.email, created_at=timezone.now())
            for n in range(MOST_OF_AN_ADDRESS)]  # fmt: skip
    Subscription.objects.bulk_create(rows)
    begun = ask("POST", body=NUMBER)
    assert begun.status_code == 201, "who only asked with the address of another fills its list"
    Subscription.objects.get(confirmed_at__isnull=False).delete()
    Subscription.objects.update(confirmed_at=timezone.now())
    assert problem_of(ask("POST", body=NUMBER), 409)["detail"] == FULL
    assert Subscription.objects.count() == MOST_OF_AN_ADDRESS
    EmailAddress.objects.filter(user=person).update(verified=False)
    assert "Confirm one" in problem_of(ask("POST", body=NUMBER), 403)["detail"]
