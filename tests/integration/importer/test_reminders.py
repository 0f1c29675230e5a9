"""Reminders before a deadline: to those whose move it is, once each, by mail and calendar file."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from icalendar import Calendar

from exclusions.actions.clock import run_clock
from exclusions.actions.filing.petitions import delete_draft
from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.notifications import as_email
from exclusions.actions.rounds import orders
from exclusions.models import Notification, Petition, Reminder, Round, User
from exclusions.workflow.deadlines import eastern_date, in_words
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS, SECRETS
from tests.factories.cast import SignedIn
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def reminders() -> list[Notification]:
    return list(Notification.objects.filter(template__startswith="remind_").order_by("pk"))


def entries(mail: EmailMessage) -> list[Any]:
    """Return the entries of the calendar file that came with a message."""
    [(name, content, kind)] = mail.attachments
    assert (name, kind) == ("deadlines.ics", "text/calendar")
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_filer_is_reminded_once_before_a_returned_petition_lapses(journey: Start, importer: User) -> None:
    petition = journey().take("submit", "return")
    closes = petition.cure_closes_at
    assert closes
    assert run_clock(at=closes - 3 * DAY - SECOND).did_nothing
    assert run_clock(at=closes - 3 * DAY).reminded == [f"{petition.reference}: a returned petition lapses"]
    assert run_clock(at=closes - 2 * DAY).did_nothing
    [sent] = reminders()
    mail = as_email(sent)
    assert mail.to == [importer.email]
    assert in_words(closes) in mail.body
    assert "All times are Eastern Time (ET), New York." in mail.body
    [entry] = entries(mail)
    assert entry.decoded("dtstart") == closes
    assert not [secret for secret in SECRETS if secret in mail.body + str(mail.attachments)]


def responded(trip: Journey, intake: User, name: str) -> Any:
    at = trip.at
    answers = {**RESPONSE_ANSWERS, "org_legal_name": name}
    sent = respond(reference=str(trip.petition.reference), answers=answers, by=None, at=at)
    return post_response(confirm_response(token=token_of(sent), at=at), by=intake, at=at)


def test_one_reminder_names_every_response_that_is_to_be_replied_to(
    journey: Start, importer: User, intake: User
) -> None:
    trip = journey()
    trip.take("submit", "post")
    first, second, third = (responded(trip, intake, name) for name in ("Quarry One", "Quarry Two", "Quarry Three"))
    reply(first, answers={"text": "It is not so at all.", "certify_complete": "yes"}, by=importer, at=trip.at)
    posted = as_email(Notification.objects.filter(template="response_posted").latest("pk"))
    assert entries(posted)[0].decoded("dtstart") == third.reply_closes_at
    closes = second.reply_closes_at
    report = run_clock(at=closes - 2 * DAY)
    assert report.reminded == [f"{trip.petition.reference}: the period to reply ends"]
    [sent] = reminders()
    body = as_email(sent).body
    assert second.reference in body
    assert third.reference in body
    assert first.reference not in body
    assert run_clock(at=closes - DAY).reminded == []


def test_each_period_to_reply_gives_its_own_reason_in_the_reminder_and_in_the_calendar(
    journey: Start, list3: Round, importer: User, intake: User, admin: User, clock: Clock
) -> None:
    trip = journey()
    petition = trip.take("submit", "post")
    early = responded(trip, intake, "Quarry One")
    orders.extend_responses(
        list3, until=eastern_date(petition.response_closes_at + 10 * DAY), by=admin, at=trip.at + DAY,
        citation="84 FR 40000", reason="The docket could not be reached for days."
    )  # fmt: skip
    trip.at += 2 * DAY
    late = responded(trip, intake, "Quarry Two")
    clock.move_to(trip.at)
    answer = SignedIn(importer).get(reverse("petition-calendar", args=[petition.pk]))
    in_file = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    early.refresh_from_db()
    run_clock(at=early.reply_closes_at - 2 * DAY)
    in_mail = entries(as_email(reminders()[-1]))
    for found in (in_file, in_mail):
        reasons = {str(entry["uid"]): str(entry["description"]) for entry in found}
        for response, moved in ((early, True), (late, False)):
            [reason] = [text for name, text in reasons.items() if str(response.reference) in name]
            assert ("moved 10 days by the order of" in reason) is moved


def test_a_draft_is_reminded_of_before_its_window_closes_and_can_still_be_deleted(
    journey: Start, importer: User
) -> None:
    draft = journey().petition
    closes = draft.round.closes_at
    assert run_clock(at=closes - 4 * DAY).did_nothing
    assert len(run_clock(at=closes - 3 * DAY).reminded) == 1
    assert "The filing window of" in as_email(reminders()[0]).body
    delete_draft(draft, by=importer, at=closes - 2 * DAY)
    assert not Reminder.objects.exists()


def test_nobody_is_reminded_of_what_is_done(journey: Start) -> None:
    trip = journey()
    petition = trip.take("submit", "return", "resubmit")
    assert petition.cure_closes_at
    assert run_clock(at=petition.cure_closes_at - DAY).reminded == []


def test_the_owner_downloads_the_deadlines_and_a_stranger_does_not(
    petition_in: Callable[[Status], Petition], importer: User, rival: User, clock: Clock
) -> None:
    petition = petition_in(Status.POSTED)
    clock.move_to(petition.status_since)
    url = reverse("petition-calendar", args=[petition.pk])
    assert url in SignedIn(importer).get(reverse("petition", args=[petition.pk])).content.decode()
    answer = SignedIn(importer).get(url)
    assert answer["Content-Type"].startswith("text/calendar")
    [entry] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert entry.decoded("dtstart") == petition.response_closes_at
    assert SignedIn(rival).get(url).status_code == 404


def test_every_message_names_its_time_zone_in_words() -> None:
    folder = Path(settings.BASE_DIR, "templates", "email")
    for end in ("end", "end_staff"):
        assert "All times are Eastern Time (ET), New York." in (folder / "parts" / f"{end}.txt").read_text()
    own = {"own_account.txt"}  # the account library's text, as it is
    unsaid = {path.name for path in folder.glob("*.txt") if "email/parts/end" not in path.read_text()}
    assert unsaid == own


def test_the_clock_runs_at_any_moment_without_a_deadline(at: datetime) -> None:
    assert run_clock(at=at).reminded == []
