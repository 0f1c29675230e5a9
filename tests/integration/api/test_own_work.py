"""A program follows petitions: their events, what is due of all of them, the agency's questions answered."""

import html
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from exclusions.actions.filing import petitions
from exclusions.actions.review import inquiries
from exclusions.models import Event, Inquiry, InquiryAnswer, Petition, User
from exclusions.queries.importer.deadlines import deadlines
from exclusions.queries.importer.own_calendar import QUESTION as OF_QUESTION
from exclusions.queries.importer.own_calendar import own_calendar
from exclusions.queries.importer.petitions import SHOWN_EVENTS, timeline, to_reply_to
from exclusions.workflow.deadlines import eastern_date
from tests.conftest import Clock
from tests.factories.answers import SECRETS
from tests.factories.casework.inquiries import QUESTION
from tests.factories.casework.ways import PATHS
from tests.factories.cast import SignedIn
from tests.factories.petitions import Journey
from tests.factories.world import World
from tests.integration.api.test_own_petitions import asks
from tests.integration.api.test_problems import problem_of

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
ANSWER, DAY = "The honed one; the polished one is another product.", timedelta(days=1)
SCOPES = ("petitions:read", "questions:answer")


def shown(answer: Any) -> str:
    """Return what a page says."""
    return html.unescape(answer.content.decode())


@pytest.fixture
def asked(journey: Start, clock: Clock) -> tuple[Journey, Inquiry]:
    """Return a journey at level 1, whose reviewer has put a question; the clock stands there."""
    trip = journey()
    trip.take(*PATHS["level1"])
    last_day = (trip.at + 10 * DAY).date()
    made = inquiries.ask(trip.petition, question=QUESTION, last_day=last_day, by=trip.cast["reviewer1"], at=trip.at)
    clock.move_to(trip.at)
    return trip, made


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_a_question_is_read_answered_once_and_stands_with_its_answer(
    asked: tuple[Journey, Inquiry], clock: Clock
) -> None:
    trip, inquiry = asked
    ask = asks(trip.cast["importer"], clock, *SCOPES)
    one = f"{trip.petition.pk}/questions/"
    (row,) = ask("GET", one).json()["results"]
    assert (row["number"], row["question"], row["state"], row["answer"]) == (1, QUESTION, "open", None)
    assert row["due_on"] == eastern_date(inquiry.closes_at).isoformat()
    key = {"Idempotency-Key": "the-answer"}
    done = ask("POST", f"{one}1/answer/", {"text": ANSWER}, **key)
    assert done.status_code == 200, done.content
    assert (done.json()["state"], done.json()["answer"]) == ("answered", ANSWER)
    again = ask("POST", f"{one}1/answer/", {"text": ANSWER}, **key)
    assert (again.json(), again["Idempotent-Replayed"]) == (done.json(), "true")
    assert "You can answer once" in problem_of(ask("POST", f"{one}1/answer/", {"text": ANSWER}), 409)["detail"]
    assert InquiryAnswer.objects.get().text == ANSWER
    assert ANSWER not in str(list(Event.objects.values_list("data", "reason")))
    (row,) = ask("GET", one).json()["results"]
    assert row == done.json()


def test_page_and_program_are_refused_by_the_same_sentence(asked: tuple[Journey, Inquiry], clock: Clock) -> None:
    trip, inquiry = asked
    importer = trip.cast["importer"]
    ask, own = asks(importer, clock, *SCOPES), SignedIn(importer)
    page = reverse("petition-inquiry", args=[trip.petition.pk, 1])
    address = f"{trip.petition.pk}/questions/1/answer/"
    secret = SECRETS[0]
    for text, status in (("", 400), ("x" * 20_001, 400), (f"It cost {secret}, as we wrote.", 422)):
        refused = problem_of(ask("POST", address, {"text": text}), status)
        assert [error["field"] for error in refused["errors"] if error["pointer"] == "/text"] == ["text"]
        page_says = shown(own.post(page, {"text": text}))
        assert [error for error in refused["errors"] if error["message"] not in page_says] == [], text[:40]
    assert not InquiryAnswer.objects.exists()
    clock.move_to(inquiry.closes_at + DAY)
    late = problem_of(ask("POST", address, {"text": ANSWER}), 409)["detail"]
    assert late in shown(SignedIn(importer).post(page, {"text": ANSWER})), "its earlier session is over"
    inquiries.lapse_inquiries(at=clock.now)
    assert ask("GET", f"{trip.petition.pk}/questions/").json()["results"][0]["state"] == "lapsed"


def test_nobody_else_reads_or_answers_and_each_scope_opens_what_it_says(
    asked: tuple[Journey, Inquiry], rival: User, reviewer1: User, clock: Clock
) -> None:
    trip, _ = asked
    one = str(trip.petition.pk)
    for other in (rival, reviewer1):
        theirs = asks(other, clock, *SCOPES)
        for address in ("questions/", "events/"):
            problem_of(theirs("GET", f"{one}/{address}"), 404)
        problem_of(theirs("POST", f"{one}/questions/1/answer/", {"text": ANSWER}), 404)
    importer = trip.cast["importer"]
    reads = asks(importer, clock, "petitions:read", "petitions:write", "responses:write")
    refused = problem_of(reads("POST", f"{one}/questions/1/answer/", {"text": ANSWER}), 403)
    assert "lacks the scope questions:answer" in refused["detail"]
    answers = asks(importer, clock, "questions:answer")
    assert "petitions:read" in problem_of(answers("GET", f"{one}/questions/"), 403)["detail"]
    assert "no question" in problem_of(answers("POST", f"{one}/questions/2/answer/", {"text": ANSWER}), 404)["detail"]


def test_events_are_those_of_the_page(asked: tuple[Journey, Inquiry], clock: Clock) -> None:
    trip, _ = asked
    ask = asks(trip.cast["importer"], clock, *SCOPES)
    rows = ask("GET", f"{trip.petition.pk}/events/?page_size=200").json()["results"]
    shown = timeline(trip.petition, trip.petition.documents.all())
    assert [(row["what"], row["who"], row["reason"], row["file"]) for row in rows] == [
        (one.words, one.who, one.reason, one.file) for one in shown
    ]
    assert {row["kind"] for row in rows} <= set(SHOWN_EVENTS)
    assert {"the agency"} <= {row["who"] for row in rows}, "no person of the agency is named"
    pages, address = [], f"{trip.petition.pk}/events/?page_size=2"
    while address:
        page = ask("GET", address).json()
        pages += page["results"]
        address = (page["next"] or "").removeprefix("http://testserver")
    assert pages == rows


def test_what_is_due_of_all_petitions_is_what_the_page_of_each_says(world: World, cast: dict[str, User]) -> None:
    at = world.posted.status_since + DAY
    closes = at + DAY
    inquiry = inquiries.ask(
        Petition.objects.get(pk=world.level1.pk),
        question=QUESTION,
        last_day=(world.level1.status_since + 30 * DAY).date(),
        by=cast["reviewer1"],
        at=world.level1.status_since + DAY,
    )
    for person in (cast["filer"], cast["importer"], cast["rival"]):
        owned = Petition.objects.owned_by(person, at)
        told = own_calendar(owned, at)
        expected = {
            (moment, kind, of, petition.pk)
            for petition in owned
            for kind, moment, of in deadlines(petition, at, to_reply_to(petition, at))
        }
        assert {(due.due_at, due.kind, due.of, due.petition) for due in told if due.kind != OF_QUESTION} == expected
        assert {due.of for due in told if due.kind == OF_QUESTION} == ({"1"} if owned.exists() else set())
        assert told == sorted(told)
    assert closes < inquiry.closes_at


def test_what_is_due_comes_by_program_page_by_page(
    world: World, cast: dict[str, User], clock: Clock, django_assert_max_num_queries: Any
) -> None:
    ask = asks(cast["filer"], clock, *SCOPES)
    due = "/api/v1/deadlines/"
    with django_assert_max_num_queries(12):
        whole = ask("GET", due).json()
    assert {"window", "respond", "reply"} <= {row["kind"] for row in whole["results"]}
    assert [row["due_at"] for row in whole["results"]] == sorted(row["due_at"] for row in whole["results"])
    rows, address = [], f"{due}?page_size=1"
    while address:
        page = ask("GET", address).json()
        rows += page["results"]
        address = (page["next"] or "").removeprefix("http://testserver")
    assert rows == whole["results"]
    assert asks(cast["rival"], clock, *SCOPES)("GET", due).json()["results"] == []
    draft = world.draft
    petitions.delete_draft(draft, by=cast["filer"], at=clock.now)
    assert str(draft.pk) not in {row["petition"] for row in ask("GET", due).json()["results"]}
