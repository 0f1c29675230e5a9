"""A person's own watches on their account's pages: listed, begun, told by webhook, stopped by nobody else."""

import html
import re
from datetime import date
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from exclusions.actions.own_watches import FULL, keep_watch, keep_webhook
from exclusions.actions.watching import MOST_OF_AN_ADDRESS, subscribe
from exclusions.forms.people.own_watch import NO_ADDRESS, NOT_A_HOOK
from exclusions.models import Subscription, User, WebhookDelivery
from exclusions.queries.public.watches.watched import NO_LINE, watched
from exclusions.queries.record.webhooks_due import HOOK_ATTEMPTS
from exclusions.views.people.watches import UNCONFIRMED
from tests.factories.tariff import make_edition

pytestmark = pytest.mark.django_db
PAGE = reverse("own-watches")
NUMBER = {"kind": "number", "key": "8413.81.0040", "channel": "email"}
HOOK = {**NUMBER, "channel": "webhook", "url": "https://hooks.example.com/tariffs"}


def read(answer: Any) -> str:
    return " ".join(html.unescape(answer.content.decode()).split())


def test_a_watch_is_begun_listed_and_stopped_without_a_mail(browser: Client, person: User) -> None:
    assert "You do not watch anything yet." in read(browser.get(PAGE))
    page = read(browser.post(PAGE, NUMBER, follow=True))
    assert "You watch HTSUS 8413.81.0040." in page
    assert f">{person.email}</span>" in page
    assert "Nothing changed." in read(browser.post(PAGE, NUMBER, follow=True))
    watch = Subscription.objects.get(email=person.email)
    assert watch.confirmed_at is not None
    page = read(browser.post(reverse("own-watch-stop", args=[watch.pk]), follow=True))
    assert "You no longer watch it." in page
    assert not Subscription.objects.exists()


def test_a_watch_that_waits_for_its_link_begins_as_often_as_is_asked_now(
    browser: Client, person: User, at: Any
) -> None:
    thing = watched("number", "8413810040")
    assert thing is not None
    assert subscribe(thing, email=person.email, at=at, rate="weekly")
    assert "You watch HTSUS 8413.81.0040." in read(browser.post(PAGE, {**NUMBER, "rate": "daily"}, follow=True))
    watch = Subscription.objects.get(email=person.email)
    assert (watch.rate, watch.confirmed_at is None) == ("daily", False)
    assert "Nothing changed." in read(browser.post(PAGE, {**NUMBER, "rate": "weekly"}, follow=True))
    watch.refresh_from_db()
    assert watch.rate == "daily"


def test_a_number_that_no_edition_has_is_watched_with_a_sentence(browser: Client) -> None:
    make_edition(date(2018, 1, 1), ("8413810040", "Breast pumps"))
    assert "No edition of the HTSUS" not in read(browser.post(PAGE, NUMBER, follow=True))
    page = read(browser.post(PAGE, {**NUMBER, "key": "8499.99"}, follow=True))
    assert "You watch HTSUS 8499.99." in page
    assert NO_LINE.format("8499.99") in page


def test_the_secret_of_a_webhook_is_shown_once_and_what_was_posted_is_listed(browser: Client) -> None:
    answer = browser.post(PAGE, HOOK)
    [secret] = re.findall(r"<pre[^>]*>(whsec_\S+)</pre>", read(answer))
    assert "no-store" in answer["Cache-Control"]
    assert secret not in read(browser.get(PAGE))
    assert "https://hooks.example.com/tariffs" in read(browser.get(PAGE))
    delivery = WebhookDelivery.objects.get()
    page = read(browser.get(reverse("own-watch", args=[delivery.subscription_id])))
    assert "watch.begun" in page
    assert "Waits" in page
    assert str(delivery.event) in page
    delivery.attempts, delivery.error = HOOK_ATTEMPTS, "It answered 500."
    delivery.body["data"]["news"] = [{"title": "The round is paused"}]
    delivery.save()
    page = read(browser.get(reverse("own-watch", args=[delivery.subscription_id])))
    assert "Given up" in page
    assert "The round is paused" in page
    assert "It answered 500." in page
    assert "next try" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({**HOOK, "url": ""}, NO_ADDRESS),
        ({**NUMBER, "url": "https://hooks.example.com/"}, NOT_A_HOOK),
        ({**HOOK, "url": "http://hooks.example.com/"}, "https"),
        ({**HOOK, "url": "https://127.0.0.1/"}, "not on the public Internet"),
        ({**NUMBER, "key": ""}, "Enter a number, a reference, a name or the words of a product."),
        ({**NUMBER, "kind": "case", "key": "USTR-2019-0001-999999"}, "USTR-2019-0001-999999"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_a_sentence_and_stays_typed(
    browser: Client, typed: dict[str, str], sentence: str
) -> None:
    answer = browser.post(PAGE, typed)
    assert answer.status_code == 422
    errors = re.findall(r'usa-error-message"[^>]*>(.*?)</ul>', read(answer))
    assert any(sentence in said for said in errors), errors
    assert f'value="{typed["key"]}"' in read(answer) or not typed["key"]
    assert not Subscription.objects.exists()


def test_a_full_list_is_refused_and_pages_go_on(browser: Client, person: User, at: Any) -> None:
    for heading in range(MOST_OF_AN_ADDRESS):
        keep_watch(watched("number", f"{8400 + heading}"), email=person.email, channel="email", at=at)
    answer = browser.post(PAGE, NUMBER)
    assert answer.status_code == 409
    assert FULL in read(answer)
    assert "HTSUS number 8400" in read(browser.get(PAGE, {"page": MOST_OF_AN_ADDRESS // 50}))


def test_without_a_confirmed_address_nothing_is_begun(browser: Client, person: User) -> None:
    EmailAddress.objects.filter(user=person).update(verified=False)
    answer = browser.post(PAGE, NUMBER)
    assert answer.status_code == 422
    assert UNCONFIRMED in read(answer)
    assert not Subscription.objects.exists()


def test_nobody_sees_or_stops_the_watches_of_another(browser: Client, at: Any) -> None:
    hook, _ = keep_webhook(watched("number", "8413"), email="otto@elsewhere.test", url=HOOK["url"], at=at)
    assert "8413" not in read(browser.get(PAGE)).partition("<h2>Watch something")[0].partition("Your watches")[2]
    assert browser.get(reverse("own-watch", args=[hook.pk])).status_code == 404
    assert browser.post(reverse("own-watch-stop", args=[hook.pk])).status_code == 404
    assert Subscription.objects.filter(pk=hook.pk).exists()
    assert Client().get(PAGE).status_code == 302
