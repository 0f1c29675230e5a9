"""How often a watch is told: at once, daily or weekly; nothing twice and nothing lost, whoever is killed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from exclusions.actions import telling_watchers
from exclusions.actions.record.notifications import as_email
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.actions.watching import change_rate, confirm_watch, subscribe
from exclusions.gateways.mail_stop import watch_token
from exclusions.models import Notification, PublicPetition, Subscription, ToldNews
from exclusions.queries.public.watches.watched import watched
from exclusions.workflow.watch_rates import due_day
from tests.factories.public import EASTERN, make_public

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
WEDNESDAY = datetime(2026, 3, 4, 12, tzinfo=EASTERN)  # clocks go forward on Sunday, March 8
READER = "reader@example.test"
RATES = [rate.value for rate in Subscription.Rate]


def begin(rate: str, *, at: datetime = WEDNESDAY, email: str = READER) -> Subscription:
    made = subscribe(watched("number", "8413.81.0040"), email=email, at=at, rate=rate)
    assert made
    found = confirm_watch(watch_token(made.link), at=at)
    assert found
    return found


def post(number: int, at: datetime) -> str:
    day = at.astimezone(EASTERN).date()
    return str(make_public(number, historical=False, posted_on=day, stage="stage1").reference)


def told(email: str = READER) -> list[list[str]]:
    """Return the references that each message to an address tells."""
    rows = Notification.objects.filter(to=email, template="watched_news").order_by("pk")
    return [sorted(one["title"].partition(":")[0] for one in row.context["news"]) for row in rows]


def run_hourly(begins: datetime, ends: datetime) -> list[datetime]:
    """Run the clock each hour, and return the hours in New York in which something was told."""
    hours, moment = [], begins
    while moment <= ends:
        if tell_watchers(at=moment):
            hours.append(moment.astimezone(EASTERN))
        moment += HOUR
    return hours


def test_a_daily_watch_gets_one_mail_at_seven_and_none_on_a_day_without_news() -> None:
    begin("daily")
    first = [post(number, WEDNESDAY + number * HOUR) for number in (1, 2)]
    later = post(3, WEDNESDAY + 3 * DAY)
    hours = run_hourly(WEDNESDAY, WEDNESDAY + 6 * DAY)
    assert [(hour.date(), hour.hour) for hour in hours] == [(date(2026, 3, 5), 7), (date(2026, 3, 7), 7)]
    assert told() == [sorted(first), [later]]


def test_a_weekly_watch_gets_one_mail_on_monday_through_the_week_in_which_clocks_go_forward() -> None:
    begin("weekly")
    asked = [post(number, WEDNESDAY + number * DAY) for number in range(1, 5)]  # the last one on Sunday
    hours = run_hourly(WEDNESDAY, WEDNESDAY + 3 * WEEK)
    assert [(hour.date(), hour.hour) for hour in hours] == [(date(2026, 3, 9), 7)], "and two weeks bring nothing"
    assert told() == [asked]
    [mail] = Notification.objects.filter(template="watched_news")
    assert mail.subject == "HTSUS 8413.81.0040: 4 things are new"


def test_a_clock_that_stood_still_on_monday_catches_up_and_comes_again_on_the_next() -> None:
    begin("weekly")
    first = post(1, WEDNESDAY + DAY)
    resumed = datetime(2026, 3, 11, 3, tzinfo=EASTERN)
    assert len(tell_watchers(at=resumed)) == 1
    second = post(2, resumed)
    assert tell_watchers(at=resumed + DAY) == []
    assert len(tell_watchers(at=datetime(2026, 3, 16, 7, tzinfo=EASTERN))) == 1
    assert told() == [[first], [second]]


def test_what_a_late_watch_looks_back_at_is_not_told_to_one_that_begins_now() -> None:
    begin("weekly", at=WEDNESDAY - 2 * WEEK)
    Subscription.objects.update(looked_on=(WEDNESDAY - 2 * WEEK).date())
    old = post(1, WEDNESDAY - 3 * DAY)
    begin("at_once", email="new@example.test")
    tell_watchers(at=WEDNESDAY + HOUR)
    assert (told(), told("new@example.test")) == ([[old]], [])


def test_an_hour_before_and_after_each_end_of_daylight_saving_a_monday_begins_at_seven() -> None:
    for monday in (date(2026, 3, 9), date(2026, 11, 2)):
        seven = datetime(monday.year, monday.month, monday.day, 7, tzinfo=EASTERN)
        assert due_day("weekly", seven) == due_day("daily", seven) == monday
        assert due_day("weekly", seven - timedelta(minutes=1)) == monday - WEEK
        assert due_day("daily", seven - timedelta(minutes=1)) == monday - DAY


class Killed(BaseException):
    """The end of a process, which no `except Exception` stops."""


@given(
    st.sampled_from(RATES),
    st.lists(st.sampled_from([*RATES, "post", "look", "look", "hour", "day", "week"]), max_size=25),
)
def test_whatever_the_order_nothing_is_told_twice_and_in_the_end_everything_is(rate: str, steps: list[str]) -> None:
    with transaction.atomic():
        at, watch, asked = WEDNESDAY, begin(rate), list[str]()
        for step in steps:
            if step == "post":
                asked.append(post(len(asked) + 1, at))
            elif step == "look":
                tell_watchers(at=at)
            elif step in RATES:
                change_rate(watch_token(watch.link), rate=step, at=at)
            else:
                at += {"hour": HOUR, "day": DAY, "week": WEEK}[step]
        tell_watchers(at=at)
        tell_watchers(at=at + 2 * WEEK)
        assert sorted(reference for mail in told() for reference in mail) == sorted(asked)
        transaction.set_rollback(True)


@pytest.mark.both_databases("Rows are locked, and written some hundred at once.")
@pytest.mark.parametrize("rate", RATES)
def test_whoever_is_killed_between_has_told_nobody_and_the_next_one_tells_all_once(
    monkeypatch: pytest.MonkeyPatch, rate: str
) -> None:
    monkeypatch.setattr(telling_watchers, "AT_ONCE", 2)
    for number in range(5):
        begin(rate, email=f"r{number}@example.test")
    reference = post(1, WEDNESDAY + HOUR)
    written: list[int] = []
    send = telling_watchers.send_all

    def die_at_the_second(messages: Any) -> None:
        send(messages)
        written.append(1)
        if len(written) == 2:
            raise Killed

    monkeypatch.setattr(telling_watchers, "send_all", die_at_the_second)
    with pytest.raises(Killed):
        tell_watchers(at=WEDNESDAY + WEEK)
    assert ToldNews.objects.count() == Notification.objects.filter(template="watched_news").count() == 2
    monkeypatch.setattr(telling_watchers, "send_all", send)
    tell_watchers(at=WEDNESDAY + WEEK)
    assert tell_watchers(at=WEDNESDAY + WEEK) == []
    assert [told(f"r{number}@example.test") for number in range(5)] == [[[reference]]] * 5
    assert ToldNews.objects.count() == 5


@pytest.mark.both_databases("The constraint is the database's.")
def test_only_mail_has_another_rate_than_at_once() -> None:
    watch = begin("daily")
    for wrong in ({"channel": "feed"}, {"rate": "hourly"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Subscription.objects.filter(pk=watch.pk).update(**wrong)


def test_the_link_in_each_mail_changes_how_often_without_an_account(client: Client) -> None:
    watch = begin("at_once")
    reference = post(1, WEDNESDAY + DAY)
    tell_watchers(at=WEDNESDAY + DAY)
    body = as_email(Notification.objects.get(template="watched_news")).body
    address = next(line for line in body.splitlines() if "Change how often" in line).partition("/watch/")[2]
    page = f"/watch/{address}"
    assert "We write at once when there is news." in client.get(page).content.decode()
    assert client.post(page, {"rate": "hourly"}).status_code == 422
    assert client.post(page, {}).status_code == 302, "pressed twice, the button that begins it changes nothing"
    assert client.post(page, {"rate": "weekly"}).status_code == 302
    assert "We write once a week on Monday when there is news." in client.get(page).content.decode()
    watch.refresh_from_db()
    assert watch.rate == "weekly"
    PublicPetition.objects.all().delete()
    assert tell_watchers(at=WEDNESDAY + 2 * WEEK) == []
    assert told() == [[reference]]
    assert change_rate("made-up", rate="daily", at=WEDNESDAY) is None


def test_asking_again_changes_the_rate_of_a_wish_and_not_of_a_watch(client: Client) -> None:
    thing = watched("number", "8413.81.0040")
    for rate in ("weekly", "daily"):
        subscribe(thing, email=READER, at=WEDNESDAY, rate=rate)
    assert Subscription.objects.get().rate == "daily"
    begin("weekly")
    subscribe(thing, email=READER, at=WEDNESDAY, rate="at_once")
    assert Subscription.objects.get().rate == "weekly", "anybody may type an address"
    mail = as_email(Notification.objects.filter(template="confirm_watch").latest("pk"))
    assert "HTSUS 8413.81.0040, once a week on Monday. Nothing has changed." in mail.body
    answer = client.post(reverse("watch"), {"kind": "number", "key": "8471", "email": READER})
    assert answer.status_code == 302
    assert Subscription.objects.get(key="8471").rate == "at_once", "as before, where nothing is said"


def test_a_thousand_watchers_of_one_number_cost_as_few_statements_as_ten(
    django_assert_max_num_queries: Callable[..., Any],
) -> None:
    Subscription.objects.bulk_create(
        Subscription(
            kind="number", key="8413810040", email=f"r{n}@example.test", created_at=WEDNESDAY, confirmed_at=WEDNESDAY,
            looked_on=WEDNESDAY.date(), rate=RATES[n % 3],
        )
        for n in range(1000)
    )  # fmt: skip
    post(1, WEDNESDAY + DAY)
    with django_assert_max_num_queries(60):
        assert len(tell_watchers(at=WEDNESDAY + WEEK)) == 1000
    assert Notification.objects.filter(template="watched_news").values("to").distinct().count() == 1000
