"""Questions to the filer: on the record, answered once and in time; the days that the filer had are its own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.record import quarantine
from exclusions.actions.record.notifications import as_email
from exclusions.actions.review import inquiries
from exclusions.actions.rounds import orders
from exclusions.errors import Incomplete, NotPermitted, Repeats, WrongState
from exclusions.models import Event, Inquiry, InquiryAnswer, Notification, Petition, User
from exclusions.queries.casework.lists.sides import Sides, days_by_side
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import eastern_date, end_of_day, in_words
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import SECRETS
from tests.factories.casework.inquiries import QUESTION
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Start = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
ANSWER, DAY = "The honed one; the polished one is another product.", timedelta(days=1)


def asked(journey: Start, days: int = 10) -> tuple[Journey, Inquiry]:
    """Return a journey at level 1, whose reviewer has put a question."""
    trip = journey()
    trip.take(*PATHS[Status.LEVEL1])
    last_day = (trip.at + days * DAY).date()
    made = inquiries.ask(trip.petition, question=QUESTION, last_day=last_day, by=trip.cast["reviewer1"], at=trip.at)
    return trip, made


def test_it_is_asked_mailed_without_words_answered_and_read_beside_the_case(
    journey: Start, client_of: ClientOf, cast: dict[str, User], clock: Clock
) -> None:
    trip, inquiry = asked(journey)
    clock.move_to(trip.at)
    assert inquiry.closes_at == end_of_day((trip.at + 10 * DAY).date())
    mail = as_email(Notification.objects.get(template="inquiry"))
    assert mail.to == [cast["importer"].email]
    assert QUESTION not in mail.subject + mail.body
    assert in_words(inquiry.closes_at) in mail.body
    own = client_of(cast["importer"])
    address = reverse("petition-inquiry", args=[trip.petition.pk, 1])
    assert address in own.get(reverse("petition", args=[trip.petition.pk])).content.decode()
    assert QUESTION in own.get(address).content.decode()
    empty = own.post(address, {"text": ""})
    assert (empty.status_code, "Type your answer." in empty.content.decode()) == (422, True)
    assert own.post(address, {"text": ANSWER}).status_code == 302
    assert ANSWER in own.get(address).content.decode()
    page = client_of(cast["reviewer1"]).get(reverse("case", args=[trip.petition.reference])).content.decode()
    assert QUESTION in page
    assert ANSWER in page
    kinds = list(Event.objects.filter(subject=f"petition:{trip.petition.pk}").values_list("kind", flat=True))
    assert {"inquiry", "answer_inquiry"} <= set(kinds)
    assert ANSWER not in str(list(Event.objects.values_list("data", "reason")))
    assert client_of(cast["rival"]).get(address).status_code == 404
    assert list(breaks()) == []


def told(trip: Journey) -> dict[str, Any]:
    """Return what the API tells everybody of the one question of the case."""
    found = Client().get(f"/api/v1/docket/{trip.petition.reference}/").json()["questions"]
    assert len(found) == 1
    return dict(found[0])


def page_of(trip: Journey) -> str:
    """Return the public page of the case, as anybody reads it."""
    return Client().get(reverse("docket-petition", args=[trip.petition.reference])).content.decode()


def test_question_and_answer_stand_on_the_public_docket_without_who_asked(
    journey: Start, cast: dict[str, User], clock: Clock
) -> None:
    trip, inquiry = asked(journey)
    clock.move_to(trip.at)
    until = eastern_date(inquiry.closes_at).isoformat()
    day = eastern_date(trip.at).isoformat()
    open_one = {"number": 1, "question": QUESTION, "asked_on": day, "until": until, "state": "open", "ended_on": None}
    assert told(trip) == {**open_one, "answer": ""}
    assert "The requester can answer until" in page_of(trip)
    inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=trip.at)
    assert told(trip) == {**open_one, "state": "answered", "ended_on": day, "answer": ANSWER}
    shown = page_of(trip)
    for words in (QUESTION, ANSWER, "The agency asked question 1", "The requester answered question 1"):
        assert words in shown
    assert str(cast["reviewer1"]) not in shown


def test_the_docket_says_how_a_question_ended(journey: Start, cast: dict[str, User], clock: Clock) -> None:
    trip, inquiry = asked(journey)
    clock.move_to(trip.at)
    inquiries.take_back(inquiry, by=cast["reviewer1"], at=trip.at)
    assert told(trip)["state"] == "taken_back"
    assert "The agency withdrew it" in page_of(trip)
    other, late = asked(journey)
    run_clock(at=late.closes_at + DAY)
    assert (told(other)["state"], told(other)["ended_on"]) == ("lapsed", eastern_date(late.closes_at).isoformat())
    assert "Not answered by" in page_of(other)


def test_an_order_about_the_round_moves_the_last_day_on_the_docket_too(
    journey: Start, cast: dict[str, User], clock: Clock
) -> None:
    trip, inquiry = asked(journey)
    clock.move_to(trip.at)
    was = told(trip)["until"]
    orders.pause(
        trip.petition.round,
        clocks_stand=True,
        citation="84 FR 57803",
        reason="Lapse of funds.",
        by=cast["admin"],
        at=trip.at,
    )
    orders.resume(
        trip.petition.round, citation="84 FR 57804", reason="Funds are back.", by=cast["admin"], at=trip.at + 3 * DAY
    )
    inquiry.refresh_from_db()
    assert told(trip)["until"] == eastern_date(inquiry.closes_at).isoformat() > was


def test_a_question_and_its_answer_are_taken_down_each_by_itself(
    journey: Start, cast: dict[str, User], clock: Clock
) -> None:
    trip, inquiry = asked(journey)
    clock.move_to(trip.at)
    inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=trip.at)
    with pytest.raises(NotPermitted, match="agency's words"):
        quarantine.take_down(trip.petition, "inquiry:1", by=cast["importer"], at=trip.at, reason="It names us.")
    quarantine.take_down(trip.petition, "inquiry-answer:1", by=cast["importer"], at=trip.at, reason="Too much.")
    assert (told(trip)["question"], told(trip)["answer"][:10]) == (QUESTION, "Taken down")
    assert ANSWER not in page_of(trip)
    quarantine.take_down(trip.petition, "inquiry:1", by=cast["intake"], at=trip.at, reason="Wrong case.")
    assert QUESTION not in page_of(trip)


def test_it_is_answered_once_and_kept_as_it_is(journey: Start, client_of: ClientOf, cast: dict[str, User]) -> None:
    trip, inquiry = asked(journey)
    inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=trip.at)
    with pytest.raises(WrongState, match="You can answer once"):
        inquiries.answer(inquiry, text="Another word on it.", by=cast["importer"], at=trip.at)
    address = reverse("petition-inquiry", args=[trip.petition.pk, 1])
    late = client_of(cast["importer"]).post(address, {"text": "Another word on it."})
    assert late.status_code == 409
    assert "Another word on it." in late.content.decode()
    with pytest.raises(WrongState, match="was answered"):
        inquiries.take_back(inquiry, by=cast["reviewer1"], at=trip.at)
    with pytest.raises(DatabaseError), transaction.atomic():
        InquiryAnswer.objects.update(text="Rewritten")
    with pytest.raises(DatabaseError), transaction.atomic():
        Inquiry.objects.update(question="Rewritten")


def test_what_is_not_answered_lapses_and_the_petition_goes_on(journey: Start, cast: dict[str, User]) -> None:
    trip, inquiry = asked(journey)
    assert run_clock(at=inquiry.closes_at).unanswered == []
    report = run_clock(at=inquiry.closes_at + timedelta(minutes=1))
    assert report.unanswered == [f"{trip.petition.reference}, question 1"]
    assert run_clock(at=inquiry.closes_at + timedelta(minutes=2)).unanswered == []
    with pytest.raises(WrongState, match="could be answered until"):
        inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=inquiry.closes_at + DAY)
    assert Petition.objects.get(pk=trip.petition.pk).status == Status.LEVEL1
    event = Event.objects.get(kind="lapse_inquiry")
    assert (event.by, event.data) == (None, {"question": 1})
    trip.take("recommend")


def test_one_second_too_late_is_too_late_before_the_clock_has_run(journey: Start, cast: dict[str, User]) -> None:
    _, inquiry = asked(journey)
    with pytest.raises(WrongState, match="could be answered until"):
        inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=inquiry.closes_at + timedelta(minutes=1))
    inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=inquiry.closes_at)


def test_who_asked_takes_it_back_and_no_answer_is_taken_then(
    journey: Start, client_of: ClientOf, cast: dict[str, User], clock: Clock
) -> None:
    trip, inquiry = asked(journey)
    clock.move_to(trip.at)
    with pytest.raises(NotPermitted, match="Only the person who asked the question"):
        inquiries.take_back(inquiry, by=cast["legal"], at=trip.at)
    address = reverse("case-inquiry-back", args=[trip.petition.reference, 1])
    assert client_of(cast["reviewer1"]).post(address).status_code == 302
    with pytest.raises(WrongState, match="took this question back"):
        inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=trip.at)
    assert "took back question 1" in as_email(Notification.objects.filter(template="inquiry").latest("pk")).body
    assert run_clock(at=inquiry.closes_at + DAY).unanswered == []


def test_the_desk_that_has_the_case_asks_and_says_it_whole(journey: Start, cast: dict[str, User]) -> None:
    trip, _ = asked(journey)
    soon = (trip.at + 10 * DAY).date()
    for who in ("reviewer2", "legal", "intake", "signatory", "importer"):
        with pytest.raises((NotPermitted, WrongState)):
            inquiries.ask(trip.petition, question=QUESTION, last_day=soon, by=cast[who], at=trip.at)
    for question, last_day, said in (
        ("", soon, "Type the question"),
        (QUESTION, trip.at.date(), "Choose a last day"),
        (f"{QUESTION} " * 100, soon, "The limit is 4000"),
    ):
        with pytest.raises(Incomplete, match=said):
            inquiries.ask(trip.petition, question=question, last_day=last_day, by=cast["reviewer1"], at=trip.at)
    for _ in range(2):
        inquiries.ask(trip.petition, question=QUESTION, last_day=soon, by=cast["reviewer1"], at=trip.at)
    with pytest.raises(WrongState, match="already wait for an answer"):
        inquiries.ask(trip.petition, question=QUESTION, last_day=soon, by=cast["reviewer1"], at=trip.at)


def test_nobody_repeats_in_it_what_was_given_in_confidence(journey: Start, cast: dict[str, User]) -> None:
    trip, inquiry = asked(journey)
    with pytest.raises(Repeats):
        inquiries.answer(inquiry, text=f"It stands there: {SECRETS[0]}.", by=cast["importer"], at=trip.at)
    with pytest.raises(NotPermitted, match="Only the requester"):
        inquiries.answer(inquiry, text=ANSWER, by=cast["reviewer1"], at=trip.at)
    trip.take("withdraw")
    with pytest.raises(WrongState, match="The case is closed"):
        inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=trip.at)


def test_the_days_that_the_filer_had_are_not_the_agencys(journey: Start, cast: dict[str, User]) -> None:
    trip, inquiry = asked(journey)
    before = days_by_side([trip.petition], trip.at)[str(trip.petition.pk)]
    at = trip.at + 6 * DAY
    assert days_by_side([trip.petition], at)[str(trip.petition.pk)] == Sides(
        before.agency, before.requester + 6, before.customs
    )
    inquiries.answer(inquiry, text=ANSWER, by=cast["importer"], at=at)
    later = days_by_side([trip.petition], at + 3 * DAY)[str(trip.petition.pk)]
    assert (later.agency, later.requester) == (before.agency + 3, before.requester + 6)
