"""Every deadline says why it stands where it stands, in a pause, after it, and after an extension."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.review.inquiries import ask
from exclusions.actions.rounds import orders
from exclusions.errors import Incomplete, WrongState
from exclusions.models import Inquiry, PublicPetition, Response, Round, User
from exclusions.queries.importer.deadline_reasons import reasons_of
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import eastern_date, end_of_day
from exclusions.workflow.states import Status
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
SAID = {"citation": "84 FR 40000", "reason": "The government is shut down for want of appropriations."}
DAY = timedelta(days=1)


def opposed(trip: Journey) -> Response:
    """Post a response that opposes the petition, and return it."""
    given = respond(reference=str(trip.petition.reference), answers=RESPONSE_ANSWERS, by=None, at=trip.at)
    confirmed = confirm_response(token=token_of(given), at=trip.at)
    return post_response(confirmed, by=trip.cast["intake"], at=trip.at)


def test_a_pause_moves_what_is_pending_and_each_deadline_says_so(
    journey: Start, list3: Round, admin: User, client: Client
) -> None:
    trip = journey()
    petition = trip.take("submit", "post")
    closes, began = petition.response_closes_at, trip.at
    response = opposed(trip)
    replies = response.reply_closes_at
    assert closes
    assert replies
    assert reasons_of(petition)["respond"] == "14 calendar days after posting."
    frozen = Round.objects.values_list("response_days", "day_unit", "criteria").get(slug="list-3")
    paused = orders.pause(list3, clocks_stand=True, by=admin, at=began + DAY, **SAID)
    page = client.get(reverse("docket-petition", args=[petition.reference])).content.decode()
    assert SAID["reason"] in page
    assert "the time stopped on" in page.lower()
    assert "Support or oppose this petition" not in page
    assert run_clock(at=closes + DAY).did_nothing
    orders.resume(paused, by=admin, at=began + 13 * DAY, **SAID)
    petition.refresh_from_db()
    response.refresh_from_db()
    assert (petition.response_closes_at, response.reply_closes_at) == (closes + 12 * DAY, replies + 12 * DAY)
    found = reasons_of(petition)
    moved = "moved 12 days by the pause of"
    assert moved in found["respond"]
    assert moved in found["reply"]
    page = client.get(reverse("docket-petition", args=[petition.reference])).content.decode()
    assert page.count(moved) == 2
    assert (
        PublicPetition.objects.get(reference=petition.reference).responses.get().reply_closes_at == replies + 12 * DAY
    )
    assert moved in client.get(reverse("round", args=["list-3"])).content.decode()
    feed = client.get(reverse("rounds-feed")).content.decode()
    assert "paused" in feed
    assert SAID["reason"] in feed
    assert Round.objects.values_list("response_days", "day_unit", "criteria").get(slug="list-3") == frozen
    assert list(breaks()) == []


def test_an_outage_extends_all_that_is_pending_in_one_action(journey: Start, list3: Round, admin: User) -> None:
    posted, judged, returned = journey(), journey(), journey()
    returned.take("submit", "return")
    judged.take(*PATHS[Status.LEVEL1])
    at = judged.at
    posted.at = at
    petition = posted.take("submit", "post")
    asked = ask(judged.petition, question="Which plants did you ask?", last_day=eastern_date(at + 9 * DAY),
                by=judged.cast["reviewer1"], at=at)  # fmt: skip
    closes, window = petition.response_closes_at, list3.closes_at
    gone = returned.petition.cure_closes_at
    assert closes
    assert gone
    assert gone < at
    with pytest.raises(Incomplete):
        orders.extend_pending(list3, days=0, by=admin, at=posted.at, **SAID)
    orders.extend_pending(list3, days=3, by=admin, at=posted.at, **SAID)
    for one in (petition, returned.petition):
        one.refresh_from_db()
    list3.refresh_from_db()
    assert petition.response_closes_at == closes + 3 * DAY
    assert list3.closes_at == window + 3 * DAY
    assert Inquiry.objects.get(pk=asked.pk).closes_at == asked.closes_at + 3 * DAY
    assert returned.petition.cure_closes_at == gone  # what had ended stays ended
    assert "moved 3 days by the order of" in reasons_of(petition)["respond"]
    assert PublicPetition.objects.get(reference=petition.reference).response_closes_at == closes + 3 * DAY


def test_what_stands_is_not_extended_besides(list3: Round, admin: User, at: Any) -> None:
    paused = orders.pause(list3, clocks_stand=True, by=admin, at=at, **SAID)
    with pytest.raises(WrongState, match="while the round is paused"):
        orders.extend_pending(paused, days=3, by=admin, at=at, **SAID)


def test_an_extension_is_told_and_so_is_one_given_before_the_posting(journey: Start, list3: Round, admin: User) -> None:
    running, later = journey(), journey()
    petition = running.take("submit", "post")
    assert petition.response_closes_at
    until = eastern_date(petition.response_closes_at) + 10 * DAY
    orders.extend_responses(list3, until=until, by=admin, at=running.at, **SAID)
    petition.refresh_from_db()
    assert petition.response_closes_at == end_of_day(until)
    assert "moved 10 days by the order of" in reasons_of(petition)["respond"]
    later.petition.refresh_from_db()
    later.at = running.at + timedelta(hours=1)
    assert "not before" in reasons_of(later.take("submit", "post"))["respond"]


def test_a_correction_gets_its_days_back_and_says_why(journey: Start, list3: Round, admin: User) -> None:
    trip = journey()
    petition = trip.take("submit", "return")
    assert petition.cure_closes_at
    paused = orders.pause(list3, clocks_stand=False, by=admin, at=trip.at, **SAID)
    orders.resume(paused, by=admin, at=trip.at + 4 * DAY, **SAID)
    petition.refresh_from_db()
    assert "moved 4 days by the pause of" in reasons_of(petition)["cure"]


def test_a_moved_deadline_keeps_its_entry_in_a_calendar(
    journey: Start, list3: Round, admin: User, client_of: Callable[[User], Client], importer: User
) -> None:
    trip = journey()
    petition = trip.take("submit", "post")
    client, where = client_of(importer), reverse("petition-calendar", args=[petition.pk])

    def uids() -> list[str]:
        text = client.get(where).content.decode()
        return [line for line in text.replace("\r\n ", "").splitlines() if line.startswith("UID")]

    before = uids()
    orders.extend_pending(list3, days=5, by=admin, at=trip.at, **SAID)
    assert uids() == before
