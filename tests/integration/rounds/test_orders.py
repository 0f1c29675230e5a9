"""Extension and pause are orders of their own: on record, on the round's page and API, for every version alike."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.filing import petitions, responses
from exclusions.actions.loading.rounds import load_rounds
from exclusions.actions.people.proposals import confirm
from exclusions.actions.rounds import orders
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.models import (
    Event,
    Notification,
    Organization,
    Petition,
    Proposal,
    PublicPetition,
    Round,
    TariffAction,
    User,
)
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import eastern_date, end_of_day
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.cast import SignedIn
from tests.factories.petitions import Journey
from tests.factories.public import make_public

pytestmark = pytest.mark.django_db
SAID = {"citation": "84 FR 40000", "reason": "The portal was away for a week."}


def start(round: Round, importer: User, at: datetime) -> Petition:
    found = Organization.objects.get(memberships__user=importer)
    return petitions.start(round=round, organization=found, by=importer, at=at)


@pytest.mark.both_databases("The database lets an order alone move a window.")
def test_the_window_of_a_live_round_is_extended_by_an_order(
    petition_in: Any, list3: Round, admin: User, importer: User, client: Client
) -> None:
    petition = petition_in(Status.SUBMITTED)
    closes, at = list3.closes_at, petition.submitted_at
    with pytest.raises(WrongState, match="closed on"):
        start(list3, importer, closes + timedelta(days=2))
    round = orders.extend_filing(list3, until=date(2019, 10, 31), by=admin, at=at, **SAID)
    assert round.closes_at == end_of_day(date(2019, 10, 31))
    assert start(round, importer, closes + timedelta(days=2)).pk
    event = Event.objects.get(subject="round:list-3")
    assert (event.kind, event.by, event.reason) == ("round_extend_filing", admin, SAID["reason"])
    assert Notification.objects.filter(template="round_changed", to=importer.email).exists()
    page = client.get(reverse("round", args=["list-3"])).content.decode()
    assert "Filing window extended" in page
    assert SAID["reason"] in page
    told = client.get("/api/v1/rounds/list-3/").json()
    assert [order["kind"] for order in told["orders"]] == ["extend_filing"]
    assert list(breaks()) == []


def test_what_no_order_can_say_is_refused(list3: Round, admin: User, importer: User, at: datetime) -> None:
    with pytest.raises(Incomplete) as raised:
        orders.extend_filing(list3, until=date(2019, 10, 31), by=admin, at=at, citation="banana", reason="No.")
    assert set(raised.value.fields) == {"citation", "reason"}
    with pytest.raises(Incomplete, match="later than"):
        orders.extend_filing(list3, until=date(2019, 9, 1), by=admin, at=at, **SAID)
    with pytest.raises(WrongState, match="Make another round"):
        orders.extend_filing(list3, until=date(2020, 9, 1), by=admin, at=list3.closes_at + timedelta(1), **SAID)
    with pytest.raises(NotPermitted):
        orders.pause(list3, clocks_stand=True, by=importer, at=at, **SAID)
    with pytest.raises(WrongState):
        orders.resume(list3, by=admin, at=at, **SAID)
    assert not Event.objects.filter(subject="round:list-3").exists()


def test_response_periods_that_run_and_those_to_come_are_extended(
    journey: Callable[..., Journey], list3: Round, admin: User
) -> None:
    running, later = journey(), journey()
    posted = running.take("submit", "post")
    until = eastern_date(posted.response_closes_at) + timedelta(days=10)  # type: ignore[arg-type]
    orders.extend_responses(list3, until=until, by=admin, at=running.at, **SAID)
    posted.refresh_from_db()
    assert posted.response_closes_at == end_of_day(until)
    assert PublicPetition.objects.get(reference=posted.reference).response_closes_at == end_of_day(until)
    later.petition.refresh_from_db()
    later.at = running.at
    assert later.take("submit", "post").response_closes_at == end_of_day(until)
    assert list(breaks()) == []


@pytest.mark.parametrize("stand", [True, False], ids=["clocks stand", "clocks run"])
def test_while_a_round_is_paused_nothing_is_filed_and_the_clocks_stand_as_ordered(
    stand: bool, journey: Callable[..., Journey], list3: Round, admin: User, importer: User, clock: Clock
) -> None:
    trip, draft = journey(), journey()
    posted = trip.take("submit", "post")
    closes = posted.response_closes_at
    assert closes
    paused = orders.pause(list3, clocks_stand=stand, by=admin, at=trip.at, **SAID)
    with pytest.raises(ActionRefused, match="has been paused since"):
        draft.take("submit")
    with pytest.raises(WrongState, match="has been paused since"):
        start(paused, importer, trip.at)
    own = Client()
    own.force_login(importer)
    for page in ("check", "certify"):
        said = own.get(reverse(f"petition-{page}", args=[draft.petition.pk])).content.decode()
        assert "You cannot file until it resumes." in said
        assert "You can submit" not in said
    assert not Round.objects.open_at(trip.at).exists()
    public = Client()
    assert "Paused since" in public.get("/rounds/").content.decode()
    assert "?round=list-3" not in public.get(reverse("round", args=["list-3"])).content.decode()
    said = {"reference": str(posted.reference), "answers": RESPONSE_ANSWERS, "by": None, "at": trip.at}
    if stand:
        with pytest.raises(WrongState, match="has been paused since"):
            responses.respond(**said)  # type: ignore[arg-type]
        assert run_clock(at=closes + timedelta(days=1)).did_nothing
    else:
        assert responses.respond(**said).pk  # type: ignore[arg-type]
    orders.resume(paused, by=admin, at=trip.at + timedelta(days=5), **SAID)
    posted.refresh_from_db()
    list3.refresh_from_db()
    moved = timedelta(days=5) if stand else timedelta()
    assert posted.response_closes_at == closes + moved
    assert PublicPetition.objects.get(reference=posted.reference).response_closes_at == closes + moved
    assert (
        list3.closes_at
        == datetime(2019, 9, 30, 23, 59, tzinfo=list3.closes_at.tzinfo).replace(
            tzinfo=end_of_day(date(2019, 9, 30)).tzinfo
        )
        + moved
    )
    draft.at = trip.at + timedelta(days=5, hours=1)
    assert draft.take("submit").reference
    kinds = list(Event.objects.filter(subject="round:list-3").order_by("sequence").values_list("kind", flat=True))
    assert kinds == ["round_pause", "round_resume"]


def test_the_window_of_a_demonstration_reopens_and_of_no_other(list3: Round, at: datetime) -> None:
    for code in ("1", "2", "4A", "4B"):
        TariffAction.objects.create(code=code, name=f"List {code}", citation="test")
    load_rounds(at=at)
    demo = Round.objects.current().get(slug="demo")
    make_public(1, round=demo)
    load_rounds(at=demo.closes_at + timedelta(days=1))
    current = Round.objects.current().get(slug="demo")
    assert current.opens_at > demo.opens_at
    assert current.version == 2, "other periods are asked for by then"
    assert Event.objects.filter(subject="round:demo", kind="round_reopen").exists()
    with pytest.raises(WrongState):
        orders.reopen_demonstration(list3, at, list3.closes_at, citation="x", by=None, at=at)


def test_an_administrator_orders_by_the_pages(
    petition_in: Any, list3: Round, admin: User, second_admin: User, clock: Clock
) -> None:
    petition_in(Status.SUBMITTED)
    client, address = SignedIn(admin), reverse("staff-round", args=["list-3"])
    assert "Extend the filing window" in client.get(address).content.decode()
    refused = client.post(
        reverse("staff-round-order", args=["list-3", "extend_filing"]), {"until": "2019-01-01", **SAID}
    )
    assert refused.status_code == 422
    assert SAID["reason"] in refused.content.decode()
    for kind, more in (("extend_filing", {"until": "2019-12-31"}), ("pause", {"clocks_stand": "on"}), ("resume", {})):
        answer = client.post(reverse("staff-round-order", args=["list-3", kind]), {**SAID, **more})
        assert answer.status_code == 302, answer.content.decode()
    assert "Waits for a second administrator" in client.get(address).content.decode()
    confirm(Proposal.objects.get(), by=second_admin, at=clock.now)
    page = client.get(address).content.decode()
    assert "Filing window extended" in page
    assert Round.objects.current().get(slug="list-3").closes_at >= end_of_day(date(2019, 12, 31))
