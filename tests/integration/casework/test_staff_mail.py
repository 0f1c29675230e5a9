"""Staff mail: a digest each morning and at once what falls due; counts and references alone, stopped with one click."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.casework import staff_mail
from exclusions.actions.casework.notes import write_note
from exclusions.actions.record.notifications import as_email
from exclusions.actions.review import assignments, reviews
from exclusions.days import EASTERN
from exclusions.errors import NotPermitted
from exclusions.gateways.mail_stop import stop_token
from exclusions.models import Digest, DueAlert, MailChoice, Notification, Petition, User
from exclusions.workflow.states import Status
from exclusions.workflow.targets import DEFAULT_DAYS
from tests.factories.answers import SECRETS
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
DAY = timedelta(days=1)


def morning(after: datetime, hour: int = 8) -> datetime:
    """Return the first working morning after a moment."""
    there = after.astimezone(EASTERN).replace(hour=hour, minute=0) + DAY
    while there.weekday() > 4:
        there += DAY
    return there


def held(journey: Start, cast: dict[str, User], *, days: int) -> tuple[Petition, datetime]:
    """Return a case at level 1 that its reviewer holds, so that its target day lies `days` before that morning."""
    trip = journey()
    trip.take(*PATHS[Status.LEVEL1])
    assignments.take(trip.petition, by=cast["reviewer1"], at=trip.at, reason="")
    at = morning(trip.at)
    since = at.replace(hour=12) - timedelta(days=DEFAULT_DAYS[Status.LEVEL1] + days)
    Petition.objects.filter(pk=trip.petition.pk).update(status_since=since)
    return trip.petition, at


def mailed(user: User, template: str = "staff_digest") -> list[Notification]:
    return list(Notification.objects.filter(to=user.email, template=template).order_by("pk"))


def test_what_is_due_and_over_is_told_once_by_reference_alone(journey: Start, cast: dict[str, User]) -> None:
    petition, at = held(journey, cast, days=0)
    assert staff_mail.send_staff_mail(at=at.replace(hour=6)) == 0
    assert staff_mail.send_staff_mail(at=at) >= 1
    [sent] = mailed(cast["reviewer1"])
    mail = as_email(sent)
    assert mail.subject == "Your cases: 1 due today, 0 over target, 0 new"
    assert f"Due today:\n  {petition.reference}" in mail.body
    assert "All times are Eastern Time (ET), New York." in mail.body
    told = mail.subject + mail.body + str(sent.context)
    assert not [word for word in (*SECRETS, petition.product_name, str(petition.organization)) if word in told]
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["List-Unsubscribe"].strip("<>") in mail.body
    assert staff_mail.send_staff_mail(at=at + timedelta(hours=3)) == 0  # the digest said it
    assert Digest.objects.filter(user=cast["reviewer1"]).count() == 1
    staff_mail.send_staff_mail(at=morning(at))
    [_, again] = mailed(cast["reviewer1"])
    assert again.subject == "Your cases: 0 due today, 1 over target, 0 new"


def test_who_has_nothing_gets_none_and_is_looked_at_once(cast: dict[str, User], at: datetime) -> None:
    day = morning(at)
    assert staff_mail.send_staff_mail(at=day) == 0
    assert not Notification.objects.filter(template="staff_digest").exists()
    looked = Digest.objects.count()
    assert looked == User.objects.exclude(role="").filter(is_active=True).count()
    staff_mail.send_staff_mail(at=day + timedelta(hours=1))
    assert Digest.objects.count() == looked
    saturday = day + timedelta(days=5 - day.weekday())
    staff_mail.send_staff_mail(at=saturday)
    assert Digest.objects.count() == looked


def test_new_in_the_list_is_a_count_and_leaves_out_what_the_person_is_barred_from(
    journey: Start, cast: dict[str, User]
) -> None:
    trip = journey()
    trip.take("submit")
    day = morning(trip.at)
    Petition.objects.filter(pk=trip.petition.pk).update(status_since=day - timedelta(hours=3))
    staff_mail.send_staff_mail(at=day)
    [sent] = mailed(cast["intake"])
    assert sent.subject == "Your cases: 0 due today, 0 over target, 1 new"
    assert str(trip.petition.reference) not in as_email(sent).body
    reviews.recuse(trip.petition, reason="A cousin works there.", by=cast["intake"], at=day)
    Petition.objects.filter(pk=trip.petition.pk).update(status_since=morning(day) - timedelta(hours=3))
    staff_mail.send_staff_mail(at=morning(day))
    assert len(mailed(cast["intake"])) == 1


def test_what_falls_due_after_the_digest_is_told_at_once_and_once(journey: Start, cast: dict[str, User]) -> None:
    petition, at = held(journey, cast, days=0)
    assignments.release(petition, by=cast["reviewer1"], at=at)
    staff_mail.send_staff_mail(at=at)
    assert not mailed(cast["reviewer1"])
    assignments.take(petition, by=cast["reviewer1"], at=at, reason="")
    assert staff_mail.send_staff_mail(at=at + timedelta(minutes=1)) == 1
    assert staff_mail.send_staff_mail(at=at + timedelta(minutes=2)) == 0
    [sent] = mailed(cast["reviewer1"], "staff_at_once")
    body = as_email(sent).body
    assert f"Case {petition.reference} needs your attention. It falls due today." in body
    assert not [word for word in (*SECRETS, petition.product_name) if word in body]
    assert DueAlert.objects.count() == 1


def test_a_mention_is_told_to_who_wants_it_and_one_click_stops_it(journey: Start, cast: dict[str, User]) -> None:
    petition, at = held(journey, cast, days=0)
    staff_mail.choose(cast["committee"], digest=True, at_once=False, by=cast["committee"], at=at)
    text = f"Look, @{cast['legal']} and @{cast['committee']}."
    write_note(petition, text, by=cast["reviewer1"], at=at)
    [sent] = Notification.objects.filter(template="case_note")
    assert (sent.to, sent.context["reference"]) == (cast["legal"].email, petition.reference)
    mail = as_email(sent)
    link = mail.extra_headers["List-Unsubscribe"].strip("<>")
    assert link in mail.body
    assert f"/review/{petition.reference}/notes/" in mail.body
    assert "Stopped" in Client().post(link, {"List-Unsubscribe": "One-Click"}).content.decode()
    write_note(petition, text, by=cast["reviewer1"], at=at)
    assert Notification.objects.filter(template="case_note").count() == 1


@pytest.mark.parametrize("kind", staff_mail.KINDS)
def test_one_click_stops_it_without_signing_in_and_reading_does_not(
    kind: str, journey: Start, cast: dict[str, User]
) -> None:
    petition, at = held(journey, cast, days=0)
    anybody = Client(enforce_csrf_checks=True)  # as a mail program posts it
    address = reverse("mail-stop", args=[stop_token(cast["reviewer1"].pk, kind)])
    page = anybody.get(address)
    assert page.status_code == 200
    assert cast["reviewer1"].email not in page.content.decode()
    assert not MailChoice.objects.exists()
    for _ in range(2):
        assert "Stopped" in anybody.post(address, {"List-Unsubscribe": "One-Click"}).content.decode()
    choice = MailChoice.objects.get()
    assert (choice.digest, choice.at_once) == (kind != "digest", kind != "at_once")
    staff_mail.send_staff_mail(at=at)
    assert bool(mailed(cast["reviewer1"])) is (kind != "digest")
    assert bool(mailed(cast["reviewer1"], "staff_at_once")) is (kind == "digest")
    assert anybody.post(reverse("mail-stop", args=["made-up"])).status_code == 404
    forged = stop_token(cast["reviewer1"].pk, "everything")
    assert anybody.post(reverse("mail-stop", args=[forged])).status_code == 404
    assert petition.reference


def test_each_chooses_for_oneself(cast: dict[str, User], client_of: ClientOf, at: datetime) -> None:
    address = reverse("mail-settings")
    own = client_of(cast["reviewer1"])
    assert own.get(address).content.decode().count("checked") == 2
    assert own.post(address, {"at_once": "on"}).status_code == 302
    choice = MailChoice.objects.get()
    assert (choice.user, choice.digest, choice.at_once) == (cast["reviewer1"], False, True)
    assert own.get(address).content.decode().count("checked") == 1
    with pytest.raises(NotPermitted):
        staff_mail.choose(cast["legal"], digest=False, at_once=False, by=cast["reviewer1"], at=at)


def test_two_runs_of_one_morning_send_one(journey: Start, cast: dict[str, User], monkeypatch: Any) -> None:
    _, at = held(journey, cast, days=0)
    look = staff_mail.work_of

    def meanwhile(user: User, moment: datetime) -> Any:
        """Look, and let another run finish for this person before the first one writes."""
        found = look(user, moment)
        if user == cast["reviewer1"] and not Digest.objects.filter(user=user).exists():
            Digest.objects.create(user=user, day=moment.date(), mailed=True, made_at=moment)
        return found

    monkeypatch.setattr(staff_mail, "work_of", meanwhile)
    staff_mail.send_staff_mail(at=at)
    assert not mailed(cast["reviewer1"])
