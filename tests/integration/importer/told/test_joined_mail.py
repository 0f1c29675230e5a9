"""Mail about petitions joined once a day for who wants it: nothing with a deadline waits, and nothing is lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.joined_mail import choose, send_joined_mail
from exclusions.actions.record.notifications import deliver
from exclusions.days import EASTERN
from exclusions.errors import NotPermitted
from exclusions.models import MailChoice, Notification, User
from exclusions.queries.record.mail_due import in_outbox
from exclusions.workflow.joined_mail import MAY_WAIT, last_morning
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("What waits is told apart by a key of a JSON column, and locked while it is joined."),
]
SignIn = Callable[[User | None], Client]


@pytest.fixture
def joins(importer: User, clock: Clock) -> User:
    """Return a person who wants one message a day."""
    choose(importer, joined=True, by=importer, at=clock.now)
    return importer


def sent(at: datetime) -> list[str]:
    """Deliver what is due; return the subjects."""
    mail.outbox.clear()
    deliver(at=at)
    return [one.subject for one in mail.outbox]


def morning_after(at: datetime) -> datetime:
    """Return the next moment at seven in the morning in New York."""
    there = at.astimezone(EASTERN)
    seven = there.replace(hour=7, minute=0, second=0, microsecond=0)
    return seven if there < seven else seven + timedelta(days=1)


@pytest.fixture
def denied(journey: Callable[..., Journey]) -> Callable[[], Journey]:
    """Return `denied()`: a petition taken to its denial."""

    def take() -> Journey:
        trip = journey("deny")
        trip.take(*PATHS[Status.DENIED])
        return trip

    return take


def test_what_has_no_deadline_waits_for_the_morning_and_comes_as_one_message(
    joins: User, denied: Callable[[], Journey]
) -> None:
    trips = [denied() for _ in range(2)]
    references = [str(trip.petition.reference) for trip in trips]
    at = Notification.objects.filter(template="deny").latest("created_at").created_at
    send_joined_mail(at=at)  # of earlier days
    at_once = sent(at)
    assert not [subject for subject in at_once if "Denied" in subject]
    assert [subject for subject in at_once if "Submitted" in subject], "the receipt comes at once"
    assert sent(at + timedelta(minutes=5)) == []
    morning = morning_after(at)
    assert send_joined_mail(at=morning - timedelta(minutes=1)) == []
    assert send_joined_mail(at=morning) == [joins.email]
    assert len(sent(morning)) == 1
    (message,) = mail.outbox
    assert message.to == [joins.email]
    assert all(f"{reference}: Denied" in message.body for reference in references)
    assert send_joined_mail(at=morning) == []
    assert sent(morning + timedelta(hours=1)) == []
    assert not in_outbox().exists()
    assert not Notification.objects.filter(sent_at__isnull=True).exists()


def test_the_clock_joins_what_waited(joins: User, denied: Callable[[], Journey]) -> None:
    trip = denied()
    run_clock(at=morning_after(trip.at))
    [joined] = Notification.objects.filter(template="joined_mail", to=joins.email)
    assert f"{trip.petition.reference}: Denied" in [one["subject"] for one in joined.context["messages"]]
    assert joined.context["messages"][0]["url"].startswith("http")


def test_who_chose_nothing_gets_each_at_once(denied: Callable[[], Journey]) -> None:
    trip = denied()
    assert f"{trip.petition.reference}: Denied" in sent(trip.at)
    assert send_joined_mail(at=morning_after(trip.at)) == []


def test_what_waits_goes_at_once_when_the_choice_is_taken_back(joins: User, denied: Callable[[], Journey]) -> None:
    trip = denied()
    assert f"{trip.petition.reference}: Denied" not in sent(trip.at)
    choose(joins, joined=False, by=joins, at=trip.at)
    assert f"{trip.petition.reference}: Denied" in sent(trip.at)


def test_what_a_calendar_comes_with_does_not_wait(joins: User, clock: Clock) -> None:
    for context in ({}, {"calendar": []}):
        Notification.objects.create(
            to=joins.email, template="deny", subject=f"{len(context)}", context=context, created_at=clock.now
        )
    assert sent(clock.now) == ["1"]


def test_no_text_of_what_may_wait_names_a_deadline_or_asks_for_anything() -> None:
    assert {name for name in MAY_WAIT if name not in TRANSITIONS} == {"letter_superseded"}
    assert all(TRANSITIONS[name].mailed for name in MAY_WAIT if name in TRANSITIONS)
    for name in MAY_WAIT:
        text = (Path(settings.BASE_DIR) / "templates/email" / f"{name}.txt").read_text()
        assert "{{ until" not in text, name
        assert "calendar" not in text, name
        assert "window" not in text, name


@pytest.mark.parametrize(("hour", "day"), [(6, 7), (7, 8), (23, 8)])
def test_the_morning_is_seven_in_new_york(hour: int, day: int) -> None:
    at = datetime(2019, 7, 8, hour, tzinfo=EASTERN)
    assert last_morning(at) == datetime(2019, 7, day, 7, tzinfo=EASTERN)


def test_each_chooses_on_the_page_of_mail_for_oneself(
    importer: User, rival: User, cast: dict[str, User], client_of: SignIn, clock: Clock
) -> None:
    address = reverse("mail-settings")
    own = client_of(importer)
    assert own.get(address).content.decode().count("checked") == 0
    assert own.post(address, {"joined": "on"}).status_code == 302
    assert MailChoice.objects.get().joined
    assert own.get(address).content.decode().count("checked") == 1
    assert own.post(address, {}).status_code == 302
    assert not MailChoice.objects.get().joined
    for user, by in ((rival, importer), (cast["legal"], cast["legal"])):
        with pytest.raises(NotPermitted):
            choose(user, joined=True, by=by, at=clock.now)
