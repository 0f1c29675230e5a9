"""The same question about many petitions is answered once, on the record of each or of none."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.actions.review import inquiries
from exclusions.actions.review.answering import answer_many
from exclusions.errors import Incomplete, SomeRefused
from exclusions.models import Event, Inquiry, InquiryAnswer, Petition, Round, User
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.petitions import PATHS, Journey

SignIn = Callable[[User | None], Client]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("The petitions are locked in one order, so that two who answer never deadlock."),
]
ASKED = "Which of the two finishes has the product?"
ANSWER = "Each slab is polished on one face."


@pytest.fixture
def asked(cast: dict[str, User], list3: Round, clock: Clock) -> list[Petition]:
    """Return three petitions at level 1 about which the same question waits for an answer."""
    found = []
    for _ in range(3):
        trip = Journey(cast, list3, clock.now)
        trip.take(*PATHS[Status.LEVEL1])
        clock.move_to(max(clock.now, trip.at))
        found.append(trip.petition)
    last_day = eastern_date(clock.now + timedelta(days=14))
    for petition in found:
        inquiries.ask(petition, question=ASKED, last_day=last_day, by=cast["reviewer1"], at=clock.now)
    return found


def page_of(petitions: list[Petition]) -> str:
    first = Inquiry.objects.filter(petition__in=petitions).order_by("pk").first()
    assert first
    return reverse("petitions-question", args=[first.pk])


def test_one_answer_stands_on_the_record_of_each(asked: list[Petition], importer: User, client_of: SignIn) -> None:
    client, page = client_of(importer), page_of(asked)
    assert page in client.get(reverse("petitions-questions")).content.decode()
    assert client.get(page).content.decode().count(" checked") == 3
    sent = {"chosen": [str(one.pk) for one in asked[:2]], "text": ANSWER}
    with zeal_ignore():  # each is answered by the action of one
        answer = client.post(page, sent, follow=True)
    assert "on the record of 2 petitions." in answer.content.decode()
    assert [one.text for one in InquiryAnswer.objects.all()] == [ANSWER, ANSWER]
    for petition in asked[:2]:
        assert Event.objects.filter(subject=f"petition:{petition.pk}", kind="answer_inquiry").count() == 1
    assert page not in client.get(reverse("petitions-questions")).content.decode()  # one is left


def test_where_one_refuses_none_is_answered_and_what_was_typed_stays(
    asked: list[Petition], importer: User, client_of: SignIn, clock: Clock
) -> None:
    first = Inquiry.objects.filter(petition=asked[1]).get()
    inquiries.answer(first, text=ANSWER, by=importer, at=clock.now)
    keys = [one.pk for one in asked]
    with zeal_ignore(), pytest.raises(SomeRefused, match="You can answer once") as refused:
        answer_many(keys, question=ASKED, text=ANSWER, by=importer, at=clock.now)
    assert list(refused.value.rows) == [str(asked[1])]
    with pytest.raises(SomeRefused, match="did not ask this"):
        answer_many(keys[:1], question="What else?", text=ANSWER, by=importer, at=clock.now)
    assert InquiryAnswer.objects.count() == 1
    answer = client_of(importer).post(page_of(asked), {"chosen": [str(keys[1])], "text": ANSWER})
    assert answer.status_code == 422
    assert ANSWER in answer.content.decode()


def test_an_answer_that_repeats_a_confidential_value_is_refused_for_all(
    asked: list[Petition], importer: User, client_of: SignIn
) -> None:
    secret = "wanda.whisper@example.test"  # of the company's part
    sent = {"chosen": [str(one.pk) for one in asked], "text": f"Write to {secret}."}
    with zeal_ignore():
        answer = client_of(importer).post(page_of(asked), sent)
    assert answer.status_code in (409, 422)
    assert all(str(one.reference) in answer.content.decode() for one in asked)
    assert InquiryAnswer.objects.count() == 0


def test_nobody_answers_about_another_s_petitions_or_without_words(
    asked: list[Petition], importer: User, rival: User, client_of: SignIn, clock: Clock
) -> None:
    assert client_of(rival).get(page_of(asked)).status_code == 404
    assert ASKED not in client_of(rival).get(reverse("petitions-questions")).content.decode()
    with pytest.raises(SomeRefused, match="no such petition of yours"):
        answer_many([asked[0].pk], question=ASKED, text=ANSWER, by=rival, at=clock.now)
    with pytest.raises(Incomplete, match="Type your answer"):
        answer_many([asked[0].pk], question=ASKED, text=" ", by=importer, at=clock.now)


def test_the_pages_take_as_many_statements_for_three_as_for_two(
    asked: list[Petition], importer: User, client_of: SignIn, clock: Clock
) -> None:
    client, counted = client_of(importer), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("petitions-questions"))
            client.get(page_of(asked))
        counted.append(len(captured))
        Inquiry.objects.filter(petition=asked[2]).update(closes_at=clock.now - timedelta(days=1))
    assert counted[0] == counted[1] <= 20
