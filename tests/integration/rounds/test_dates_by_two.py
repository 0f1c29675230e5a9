"""The dates of an open round are changed by two administrators; an extension after an outage holds at once, by one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.loading.rounds import load_rounds
from exclusions.actions.outages import extend_for_outage
from exclusions.actions.people.proposals import confirm, propose, refuse
from exclusions.actions.rounds import orders
from exclusions.actions.rounds.versions import write_round
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.rounds import closes_as_of
from exclusions.gateways.tariff import rounds_file
from exclusions.models import Event, Notification, Proposal, PublicPetition, Round, RoundOrder, TariffAction, User
from exclusions.permissions.denial_facts import confirmed
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import end_of_day
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.cast import SignedIn
from tests.factories.petitions import Journey
from tests.integration.rounds.test_frozen import wanted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("The database lets an order alone move a window.")]
CITED = "84 FR 40000"
AWAY = "The portal was away for a week."
SAID = {"citation": CITED, "reason": AWAY}
Start = Callable[..., Journey]


def asked(round: Round, by: User, at: datetime, **facts: Any) -> Proposal:
    """Propose other dates of a round."""
    given = {"citation": CITED, **facts}
    return propose("change_dates", round.slug, facts=given, reason=AWAY, by=by, at=at)


def outage(round: Round, by: User, at: datetime, days: int = 3) -> Proposal:
    """Extend what is pending after an outage, and return the proposal to keep that."""
    extend_for_outage(round, days=days, by=by, at=at, **SAID)
    return Proposal.objects.filter(act="keep_extension").latest("pk")


def test_a_window_is_extended_once_a_second_administrator_has_seen_what_closes_when(
    petition_in: Any, list3: Round, admin: User, second_admin: User, clock: Clock
) -> None:
    petition_in(Status.DRAFT)
    clock.move_to(list3.opens_at + timedelta(days=9))
    client = SignedIn(admin)
    sent = {"until": "2019-10-31", **SAID}
    page = client.post(reverse("staff-round-order", args=["list-3", "extend_filing"]), sent, follow=True)
    words = " ".join(page.content.decode().split())
    assert "Nothing has changed yet" in words
    assert "Days that the window is open" in words
    assert "Drafts that are not filed yet" in words
    closes = list3.closes_at
    list3.refresh_from_db()
    assert list3.closes_at == closes
    made = Proposal.objects.get()
    told = {row[0]: row[1:] for row in made.basis["what is corrected"]}
    assert told["Drafts that are not filed yet"] == ["", "1"]
    assert told["Days that the window is open"] == ["93", "124"]
    assert client.post(reverse("proposal", args=[made.pk]), {"answer": "confirm"}).status_code == 403
    SignedIn(second_admin).post(reverse("proposal", args=[made.pk]), {"answer": "confirm"})
    list3.refresh_from_db()
    assert list3.closes_at == end_of_day(date(2019, 10, 31))
    assert Event.objects.filter(subject="round:list-3", kind="change_dates", by=second_admin).exists()
    assert list(breaks()) == []


def test_the_days_of_an_open_round_are_changed_by_two_and_by_no_one_alone(
    petition_in: Any, list3: Round, admin: User, second_admin: User, at: datetime
) -> None:
    petition_in(Status.SUBMITTED)
    alone = wanted(list3, response_days=21)
    with pytest.raises(Incomplete, match="changed by two administrators once the round is open") as raised:
        write_round(list3, type(alone)(alone.slug, alone.wanted, alone.lists, AWAY, CITED), by=admin, at=at)
    assert set(raised.value.fields) == {"response_days"}
    made = asked(list3, admin, at, days={"response_days": 21, "day_unit": "business"})
    assert "days to respond: 21" in made.summary
    confirm(made, by=second_admin, at=at)
    now = Round.objects.current().get(slug="list-3")
    assert (now.version, now.response_days, now.day_unit, now.authority) == (2, 21, "business", CITED)


def test_a_round_that_has_not_opened_is_changed_by_one(list3: Round, admin: User) -> None:
    before = list3.opens_at - timedelta(days=1)
    alone = wanted(list3, response_days=21)
    changed, outcome = write_round(
        list3, type(alone)(alone.slug, alone.wanted, alone.lists, AWAY, CITED), by=admin, at=before
    )
    assert (outcome, changed.response_days) == ("changed", 21)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"kind": "extend_filing", "until": "2019-09-01"}, "Choose a day later than"),
        ({"kind": "extend_filing", "until": "2019-09-30"}, "Nothing of this changes the round"),
        ({"days": {"response_days": 14}}, "Nothing of this changes the round"),
        ({"days": {"criteria": []}}, "These are no dates of a round: criteria"),
        ({"days": {"closes_at": "2019-06-01T23:59:00-04:00"}}, "closes"),
        ({"kind": "extend_filing", "until": "2019-10-31", "citation": "banana"}, "Give the Federal Register citation"),
    ],
)
def test_what_no_date_can_be_is_refused(
    facts: dict[str, Any], says: str, list3: Round, admin: User, at: datetime
) -> None:
    with pytest.raises(Incomplete, match=says):
        asked(list3, admin, at, **facts)
    assert not Proposal.objects.exists()


def test_the_page_offers_the_dates_of_an_open_round_and_keeps_what_was_typed(
    petition_in: Any, list3: Round, admin: User, clock: Clock
) -> None:
    petition_in(Status.SUBMITTED)
    client, page = SignedIn(admin), reverse("staff-round-dates", args=["list-3"])
    assert page in client.get(reverse("staff-round", args=["list-3"])).content.decode()
    form = client.get(page)
    assert "This site has one administrator" in form.content.decode()
    assert "closes_at" not in form.context["form"].fields, "an order moves the window of a frozen round"
    sent = {"day_unit": "business", "roll_rule": "none", "response_days": "14", "reply_days_after_close": "7", **SAID}
    refused = client.post(page, {**sent, "citation": "banana"})
    assert refused.status_code == 422
    assert AWAY in refused.content.decode()
    made = client.post(page, sent, follow=True)
    assert "Business days" in made.content.decode()


def test_an_extension_after_an_outage_holds_at_once_and_for_good_once_confirmed(
    journey: Start, list3: Round, admin: User, second_admin: User, client: Client
) -> None:
    trip = journey()
    posted = trip.take("submit", "post")
    closes = list3.closes_at
    waits = outage(list3, admin, trip.at)
    list3.refresh_from_db()
    assert list3.closes_at == closes + timedelta(days=3)
    assert "It holds until" in client.get(reverse("round", args=["list-3"])).content.decode()
    assert "unless a second administrator confirms it" in Notification.objects.latest("pk").context["text"]
    told = {row[0]: row[1:] for row in waits.basis["what is corrected"]}
    assert told["Other deadlines that end later"] == ["", "1"]
    confirm(waits, by=second_admin, at=trip.at + timedelta(hours=1))
    assert "It holds until" not in client.get(reverse("round", args=["list-3"])).content.decode()
    assert run_clock(at=trip.at + timedelta(days=9)).fallen == []
    list3.refresh_from_db()
    assert list3.closes_at == closes + timedelta(days=3)
    posted.refresh_from_db()
    with pytest.raises(WrongState, match="This was confirmed"):
        confirm(waits, by=second_admin, at=trip.at + timedelta(hours=2))
    assert list(breaks()) == []


def test_one_that_nobody_confirms_falls_after_two_working_days_and_what_was_filed_stays_in_time(
    journey: Start, list3: Round, admin: User, second_admin: User, client: Client
) -> None:
    late = journey()
    closes = list3.closes_at
    waits = outage(list3, admin, closes - timedelta(hours=3))  # on a Monday
    until = end_of_day(date(2019, 10, 2))
    assert waits.expires_at == until
    late.at = closes + timedelta(days=1)
    filed = late.take("submit")
    assert filed.submitted_at > closes
    assert run_clock(at=until - timedelta(hours=1)).fallen == []
    assert run_clock(at=until + timedelta(minutes=1)).fallen == ["list-3"]
    assert run_clock(at=until + timedelta(minutes=2)).fallen == []
    list3.refresh_from_db()
    assert list3.closes_at == closes
    filed.refresh_from_db()
    assert confirmed(filed, "DR6b") == ""
    assert closes_as_of(filed.round, filed.submitted_at) == closes + timedelta(days=3)
    last = RoundOrder.objects.latest("pk")
    assert (last.kind, last.settles.kind) == ("fall", "extend_pending")
    page = client.get(reverse("round", args=["list-3"])).content.decode()
    assert "Extension ended, not confirmed" in page
    assert "put back to September 30, 2019" in page
    with pytest.raises(WrongState, match="it is confirmed, or it has ended"):
        confirm(waits, by=second_admin, at=until + timedelta(hours=1))
    assert list(breaks()) == []


def test_one_that_was_refused_falls_at_once_with_the_periods_that_it_moved(
    journey: Start, list3: Round, admin: User, second_admin: User
) -> None:
    trip, returned = journey(), journey()
    posted = trip.take("submit", "post")
    back = returned.take("submit", "return")
    responses, cure = posted.response_closes_at, back.cure_closes_at
    at = max(trip.at, returned.at)
    waits = outage(list3, admin, at)
    posted.refresh_from_db()
    back.refresh_from_db()
    assert posted.response_closes_at == responses + timedelta(days=3)
    assert back.cure_closes_at == cure + timedelta(days=3)
    refuse(waits, by=second_admin, at=at, reason="The portal was not away.")
    assert run_clock(at=at + timedelta(minutes=1)).fallen == ["list-3"]
    posted.refresh_from_db()
    back.refresh_from_db()
    assert (posted.response_closes_at, back.cure_closes_at) == (responses, cure)
    assert PublicPetition.objects.get(reference=posted.reference).response_closes_at == responses
    assert list(breaks()) == []


def test_what_another_order_moved_since_stays_when_an_extension_falls(
    journey: Start, list3: Round, admin: User, second_admin: User
) -> None:
    trip = journey()
    trip.take("submit")
    waits = outage(list3, admin, trip.at)
    later = orders.extend_filing(list3, until=date(2019, 12, 31), by=admin, at=trip.at, **SAID).closes_at
    refuse(waits, by=second_admin, at=trip.at, reason="The portal was not away.")
    run_clock(at=trip.at + timedelta(minutes=1))
    list3.refresh_from_db()
    assert list3.closes_at == later


def test_a_file_is_on_the_record_with_its_hash_and_overrules_two_only_when_told(
    tmp_path: Any, admin: User, second_admin: User, at: datetime
) -> None:
    for code in ("1", "2", "3", "4A", "4B"):
        TariffAction.objects.get_or_create(code=code, defaults={"name": f"List {code}", "citation": "test"})
    load_rounds(at=at)
    made = Event.objects.get(subject="round:list-3", kind="round_made")
    assert made.data["file"] == "rounds.toml"
    assert len(made.data["sha256"]) == 64
    round = Round.objects.current().get(slug="list-3")
    opened = round.opens_at + timedelta(days=1)
    confirm(asked(round, admin, opened, days={"response_days": 21}), by=second_admin, at=opened)
    with pytest.raises(Incomplete, match="two administrators confirmed its dates, and the file has others"):
        load_rounds(at=opened)
    assert Round.objects.current().get(slug="list-3").response_days == 21
    load_rounds(at=opened, despite_two=True)
    assert Round.objects.current().get(slug="list-3").response_days == 14
    file = tmp_path / "mine.toml"
    file.write_text(rounds_file.SHIPPED.read_text().replace("response_days = 14", "response_days = 21"))
    load_rounds(file=file, at=opened, despite_two=True)
    changed = Event.objects.filter(subject="round:list-3", kind="round_changed").latest("sequence")
    assert changed.data["file"] == "mine.toml"
