"""Watching: by confirmed mail and by feed, each public fact once, stopped with one click."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.record.notifications import as_email
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.actions.watching import confirm_watch, stop_watch, subscribe
from exclusions.gateways.mail_stop import watch_token
from exclusions.models import (
    Exclusion,
    ExclusionNumber,
    ExclusionTerm,
    ExclusionText,
    Notification,
    Round,
    Subscription,
    TariffAction,
    ToldNews,
)
from exclusions.queries.public.watches.watched import NO_LINE, NotWatchable, watched
from tests.factories.answers import SECRETS
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import SEVERAL, Journey
from tests.factories.public import EASTERN, make_public
from tests.factories.tariff import make_edition

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
NOON = datetime(2026, 3, 2, 12, tzinfo=EASTERN)
DAY = timedelta(days=1)
READER = "reader@example.test"


def begin(kind: str, key: str, *, at: datetime = NOON, email: str = READER) -> Subscription:
    made = subscribe(watched(kind, key), email=email, at=at)
    assert made
    found = confirm_watch(watch_token(made.link), at=at)
    assert found
    return found


def told(email: str = READER) -> list[str]:
    rows = Notification.objects.filter(to=email, template="watched_news").order_by("pk")
    return [as_email(row).subject for row in rows]


def bodies() -> str:
    return "\n".join(as_email(row).body for row in Notification.objects.filter(template="watched_news").order_by("pk"))


def make_exclusion(*, ends: date | None, begins: date = date(2024, 6, 15), number: str = "8413810040") -> Exclusion:
    action, _ = TariffAction.objects.get_or_create(code="3", defaults={"name": "List 3", "citation": "83 FR 47974"})
    count = Exclusion.objects.count()
    made = Exclusion.objects.create(
        reference=f"EX-3-{count:04d}", action=action, product_key=f"{count:064d}", created_at=NOON
    )
    text = ExclusionText.objects.create(exclusion=made, text="Breast pumps of plastics")
    ExclusionNumber.objects.create(text=text, number=number)
    ExclusionTerm.objects.create(
        exclusion=made, heading="99038867", valid_from=begins, valid_to=ends, published_on=begins, authority="89 FR 1"
    )
    return made


def test_a_person_asks_confirms_is_told_once_and_stops_with_one_click(client: Client) -> None:
    make_public(1, historical=False, posted_on=date(2026, 3, 2), stage="stage1")
    asked = {"kind": "number", "key": "8413.81.0040", "email": READER.upper()}
    answer = client.post(reverse("watch"), asked)
    assert (answer.status_code, answer["Location"]) == (302, reverse("watch-sent"))
    assert tell_watchers(at=NOON) == [], "nothing before it is confirmed"
    [mail] = Notification.objects.filter(template="confirm_watch")
    body = as_email(mail).body
    [link] = re.findall(r"http\S+(/watch/confirm/\S+)", body)
    assert client.get(link).status_code == 200
    assert Subscription.objects.get().confirmed_at is None, "reading a link confirms nothing"
    assert client.post(link).status_code == 302
    assert "You are watching HTSUS 8413.81.0040" in client.get(link).content.decode()
    found = Subscription.objects.get()
    later = found.confirmed_at + DAY
    assert tell_watchers(at=later) == [], "what was public before is not told"
    make_public(2, historical=False, posted_on=later.astimezone(EASTERN).date(), stage="stage1")
    make_public(3, historical=True, posted_on=later.astimezone(EASTERN).date())
    assert tell_watchers(at=later) == ["HTSUS number 8413810040: 1"]
    assert tell_watchers(at=later) == tell_watchers(at=later + DAY) == []
    assert told() == ["USTR-2019-0005-000002: petition posted"]
    sent = as_email(Notification.objects.get(template="watched_news"))
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = sent.extra_headers["List-Unsubscribe"].strip("<>").partition("/watch/")[2]
    anybody = Client(enforce_csrf_checks=True)  # as a mail program posts it
    assert READER not in anybody.get(f"/watch/{stop}").content.decode()
    assert Subscription.objects.exists(), "reading stops nothing"
    for _ in range(2):
        answer = anybody.post(f"/watch/{stop}", {"List-Unsubscribe": "One-Click"})
        assert "You stopped these messages" in answer.content.decode()
    assert not Subscription.objects.exists()
    assert not ToldNews.objects.exists()
    assert client.get(link).status_code == 410


def test_the_page_answers_the_same_whether_an_address_watches_already_and_mails_few(client: Client) -> None:
    begin("number", "8413.81.0040")
    known, other = (
        client.post(reverse("watch"), {"kind": "number", "key": "8413810040", "email": address})
        for address in (READER, "somebody.else@example.test")
    )
    assert (known.status_code, known["Location"]) == (other.status_code, other["Location"])
    assert client.get(known["Location"]).content == client.get(other["Location"]).content
    mail = as_email(Notification.objects.filter(to=READER).latest("pk"))
    assert "You already get mail about HTSUS 8413.81.0040" in mail.body
    before = Notification.objects.filter(to=READER).count()
    for _ in range(8):
        client.post(reverse("watch"), {"kind": "number", "key": "8413810040", "email": READER})
    assert Notification.objects.filter(to=READER).count() == before + 4, "five an hour to one address"
    answers = [
        client.post(reverse("watch"), {"kind": "number", "key": "8413810040", "email": f"r{n}@example.test"})
        for n in range(15)
    ]
    assert {answer.status_code for answer in answers} == {302, 429}
    assert "Wait an hour" in answers[-1].content.decode()
    assert "r14@example.test" in answers[-1].content.decode(), "nothing typed is lost"


@pytest.mark.parametrize(
    ("kind", "key", "said"),
    [
        ("number", "84AB", "contains “A”"),
        ("number", "8413.81.00400", "11 digits"),
        ("case", "USTR-2019-0005-999999", "No petition has the reference"),
        ("exclusion", "EX-0", "No exclusion has the reference"),
        ("organization", "Nobody Inc.", "Enter its name exactly as the docket shows it."),
        ("round", "list-99", "No round is called"),
    ],
)
def test_what_cannot_be_watched_is_said_in_a_sentence_and_nothing_typed_is_lost(
    client: Client, kind: str, key: str, said: str
) -> None:
    answer = client.post(reverse("watch"), {"kind": kind, "key": key, "email": "me@example.test"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'value="{key}"' in page
    assert "me@example.test" in page
    assert not Notification.objects.exists()
    with pytest.raises(NotWatchable):
        watched("weather", key)
    assert client.get(reverse("watch-feed"), {"kind": kind, "key": key}).status_code == 404
    assert said in client.get(reverse("watch"), {"kind": kind, "key": key}).content.decode()


def test_a_number_that_no_edition_has_is_watched_with_a_sentence(client: Client) -> None:
    make_edition(date(2018, 1, 1), ("8413810040", "Breast pumps"))
    address, sentence = reverse("watch"), NO_LINE.format("8499.99")
    for key, says in (("8413.81", False), ("8499.99", True)):
        assert (sentence in client.get(address, {"kind": "number", "key": key}).content.decode()) == says
        sent = client.post(address, {"kind": "number", "key": key, "email": READER}, follow=True).content.decode()
        assert ("We sent you a link" in sent, sentence in sent) == (True, says)
    assert Subscription.objects.count() == 2


def test_a_link_that_is_not_used_in_time_is_over_and_its_address_forgotten(client: Client) -> None:
    made = subscribe(watched("number", "8413810040"), email=READER, at=NOON)
    assert made
    token = watch_token(made.link)
    assert confirm_watch(token, at=NOON + 4 * DAY) is None
    tell_watchers(at=NOON + 2 * DAY)
    assert Subscription.objects.exists()
    tell_watchers(at=NOON + 4 * DAY)
    assert not Subscription.objects.exists()
    page = client.get(reverse("watch-confirm", args=[token]))
    assert page.status_code == 410
    assert "We kept no data" in page.content.decode()
    assert client.get(reverse("watch-confirm", args=["made-up"])).status_code == 404


def test_one_link_stops_everything_of_its_address(client: Client) -> None:
    first, _, other = (
        begin("number", "8413810040"),
        begin("number", "8471300100"),
        begin("number", "8413810040", email="else@example.test"),
    )
    page = client.post(reverse("watch-stop", args=[watch_token(first.link)]), {"verb": "all"})
    assert "We stopped all 2 and deleted your address" in page.content.decode()
    assert list(Subscription.objects.all()) == [other]
    assert stop_watch("made-up") == 0


def test_the_course_of_a_petition_is_told_fact_by_fact_and_nothing_confidential(journey: Start) -> None:
    trip = journey(answers=SEVERAL)
    trip.take("submit", "post")
    at = trip.at
    reference = str(trip.petition.reference)
    begin("case", reference, at=at)
    company = begin("organization", "Meadowlark Infant Care LLC", at=at, email="press@example.test")
    assert tell_watchers(at=at + timedelta(minutes=1)) == [], "it was posted before"
    run_clock(at=trip.petition.response_closes_at + timedelta(seconds=1))
    assert told()[0] == f"{reference}: responses are closed"
    trip.petition.refresh_from_db()
    path = [step for step in PATHS["denied"] if step not in ("submit", "post", "close_responses", "begin_review")]
    trip.at = trip.petition.response_closes_at + DAY
    trip.take(*path)
    report = run_clock(at=trip.at + timedelta(minutes=1))
    assert len(report.watched) == 2
    assert told()[-1] == f"{reference}: denied"
    assert told("press@example.test") == [f"{reference}: denied"]
    assert run_clock(at=trip.at + timedelta(minutes=2)).watched == []
    assert not [word for word in SECRETS if word in bodies()]
    assert company.told.count() >= 2


def test_an_exclusion_is_told_ahead_of_its_end_and_when_it_has_ended() -> None:
    found = make_exclusion(ends=date(2026, 8, 31))
    begin("exclusion", found.reference)
    begin("number", "8413.81", email="broker@example.test")
    begin("number", "8414.10", email="nobody@example.test")
    for day in range(185):
        tell_watchers(at=NOON + day * DAY)
    expected = [f"{found.reference}: ends on August 31, 2026"] * 2 + [f"{found.reference}: ended on August 31, 2026"]
    assert told() == expected
    assert told("broker@example.test") == expected
    assert told("nobody@example.test") == []
    assert "In 90 days." in bodies()
    assert "In 30 days." in bodies()


def test_one_that_goes_on_does_not_end_and_its_new_term_is_told() -> None:
    found = make_exclusion(ends=date(2026, 3, 31))
    begin("exclusion", found.reference)
    assert told() == []
    ExclusionTerm.objects.create(
        exclusion=found, heading="99038869", valid_from=date(2026, 4, 1), valid_to=date(2027, 3, 31),
        published_on=date(2026, 3, 5), authority="91 FR 9", recorded_at=NOON + 3 * DAY,
    )  # fmt: skip
    for day in range(3, 40):
        tell_watchers(at=NOON + day * DAY)
    assert told() == [
        f"{found.reference}: a term was published",
        f"{found.reference}: in force from today, April 1, 2026",
    ]


def test_a_round_is_told_when_it_opens_before_it_closes_and_of_its_orders(list3: Round) -> None:
    opens, closes = list3.opens_at, list3.closes_at
    begin("round", list3.slug, at=opens - 2 * DAY)
    day = opens - DAY
    while day < closes + DAY:
        tell_watchers(at=day)
        day += DAY
    assert [subject.rpartition(": the ")[2][:20] for subject in told()] == [
        "filing window is ope",
        "filing window closes",
        "filing window has cl",
    ]


def test_telling_asks_as_often_for_many_watches_as_for_one(django_assert_max_num_queries: Any) -> None:
    make_exclusion(ends=date(2026, 8, 31))
    for n in range(12):
        begin("number", f"84138100{n:02d}")
        begin("number", "8413810040", email=f"reader{n}@example.test")
    with django_assert_max_num_queries(12):
        assert tell_watchers(at=NOON + timedelta(minutes=1)) == []
    Subscription.objects.all().delete()
    with django_assert_max_num_queries(4):
        tell_watchers(at=NOON)


def test_the_feed_of_a_thing_is_atom_and_names_itself(client: Client) -> None:
    row = make_public(1, historical=False, posted_on=date(2026, 1, 5), decided_on=date(2026, 2, 5), stage="denied")
    asked = {"kind": "organization", "key": "meadowlark infant care llc"}
    answer = client.get(reverse("watch-feed"), asked)
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert text.index(f"{row.reference}: denied") < text.index(f"{row.reference}: petition posted")
    assert "kind=organization&amp;key=Meadowlark+Infant+Care+LLC" in text
    assert text.count("<entry>") == 2
    assert "<author>" in text
    page = client.get(reverse("watch"), asked).content.decode()
    assert "kind=organization&amp;key=Meadowlark+Infant+Care+LLC" in page
    assert f"{row.reference}: denied" in page
