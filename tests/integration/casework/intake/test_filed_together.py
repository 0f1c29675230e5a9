"""Petitions that one requester filed on one day: compared on one page, and posted or returned in one go."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.actions.casework import together
from exclusions.actions.casework.many import Chosen
from exclusions.actions.casework.together import take_together
from exclusions.actions.review import reviews
from exclusions.errors import Incomplete, NotPermitted, SomeRefused
from exclusions.facts.forms import petition_form
from exclusions.gateways.shared_cache import remembered
from exclusions.models import AccessLog, Event, Letter, Petition, Round, User
from exclusions.queries.casework.intake import filed_together, odd_ones
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.petitions import POINTS, Journey

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("The petitions are grouped by their day in New York, which each database tells itself."),
]
ClientOf = Callable[[User | None], Any]


@pytest.fixture
def filed(cast: dict[str, User], list3: Round, clock: Clock) -> list[Petition]:
    """Return four petitions of one requester and day; in the third the company gives another city."""
    found = []
    for place, product in enumerate(("Slabs", "Tiles", "Cutting boards", "Sinks")):
        answers = {"product_name": f"{product} of agglomerated quartz"}
        answers |= {"requester_city": "Elsewhere"} if place == 2 else {}
        found.append(Journey(cast, list3, clock.now, answers=answers).take("submit"))
    return found


def page_of(petitions: list[Petition]) -> str:
    """Return the address of the entry that the petitions are in."""
    first = petitions[0]
    assert first.submitted_at
    day = eastern_date(first.submitted_at).isoformat()
    return reverse("review-together-entry", args=[first.organization_id, first.round.slug, day])


def boxes(petitions: list[Petition]) -> list[str]:
    return [f"{one.reference}:{one.status}" for one in petitions]


def chosen(petitions: list[Petition]) -> list[Chosen]:
    return [Chosen(str(one.reference), one.status) for one in petitions]


def test_the_petitions_of_a_day_are_one_entry_which_leads_to_them(
    filed: list[Petition], cast: dict[str, User], client_of: ClientOf
) -> None:
    page = client_of(cast["intake"]).get(reverse("review-together")).content.decode()
    assert page.count(page_of(filed)) == 1
    assert "4 petitions" in page
    assert reverse("review-together") in client_of(cast["intake"]).get("/review/").content.decode()


def test_the_odd_one_comes_first_and_says_in_what_it_departs(
    filed: list[Petition], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    asked = filed_together.filed_together(
        cast["intake"], filed[0].organization_id, filed[0].round.slug, eastern_date(clock.now)
    )
    compared = odd_ones.compare(list(asked), clock.now)
    assert compared.members[0].petition == filed[2]
    label = petition_form(filed[2].round).labels["requester_city"]
    assert compared.members[0].odd == [f"The company’s part differs from the others in “{label}”."]
    page = client_of(cast["intake"]).get(page_of(filed)).content.decode()
    places = [page.index(f">{one.reference}</a>") for one in filed]
    assert places[2] == min(places)


def test_a_repeat_and_a_number_of_no_list_are_told(
    cast: dict[str, User], list3: Round, clock: Clock, client_of: ClientOf
) -> None:
    twice = [Journey(cast, list3, clock.now, answers={"product_name": "The same slab"}).take("submit") for _ in "ab"]
    Petition.objects.filter(pk=twice[0].pk).update(hts10="0101210010")
    page = client_of(cast["intake"]).get(page_of(twice)).content.decode()
    assert "no list of this round covered its number" in page
    Petition.objects.filter(pk=twice[1].pk).update(hts10="0101210010")
    page = client_of(cast["intake"]).get(page_of(twice)).content.decode()
    assert f"repeats the number and the product of {twice[0].reference}" in page


def test_the_chosen_are_posted_each_with_its_event_and_letter(
    filed: list[Petition], cast: dict[str, User], client_of: ClientOf
) -> None:
    sent = {"act": "post", "screened": "on", "chosen": boxes(filed[:3])}
    with zeal_ignore():  # each is posted by the action of one
        answer = client_of(cast["intake"]).post(page_of(filed), sent, follow=True)
    assert "Posted: 3 petitions." in answer.content.decode()
    for petition in filed[:3]:
        assert Event.objects.filter(subject=f"petition:{petition.pk}", kind="post").count() == 1
        assert Letter.objects.filter(petition=petition, kind=Letter.Kind.POSTED).count() == 1
    assert Petition.objects.filter(status=Status.POSTED).count() == 3
    assert f">{filed[3].reference}</a>" in answer.content.decode()


def test_what_cannot_be_posted_is_left_out_by_name_and_stays_chosen(
    filed: list[Petition], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    sent = {"act": "post", "screened": "on", "chosen": boxes(filed)}
    reviews.recuse(filed[1], reason="A cousin of mine works there.", by=cast["intake"], at=clock.now)
    with zeal_ignore():
        answer = client_of(cast["intake"]).post(page_of(filed), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 petition left out" in page
    assert str(filed[1].reference) in page
    assert Petition.objects.filter(status=Status.POSTED).count() == 3


def test_where_none_goes_nothing_is_done_and_what_was_typed_stays(
    filed: list[Petition], cast: dict[str, User], client_of: ClientOf
) -> None:
    client, page = client_of(cast["intake"]), page_of(filed)
    answer = client.post(page, {"act": "post", "chosen": boxes(filed[:1]), "remedy_1": "Say more."})
    assert answer.status_code == 422
    assert "Say more." in answer.content.decode()
    assert "read the public version" in answer.content.decode().lower()
    sent = {"act": "post", "screened": "on", "chosen": [f"{filed[0].reference}:returned"], "remedy_1": "Say more."}
    answer = client.post(page, sent)
    assert answer.status_code == 409
    assert "It changed after you opened the page." in answer.content.decode()
    assert "Say more." in answer.content.decode()
    answer = client.post(page, {"act": "post", "screened": "on"})
    assert answer.status_code == 422
    assert "tick the box" in answer.content.decode()
    assert Petition.objects.exclude(status=Status.SUBMITTED).count() == 0


def test_the_chosen_are_returned_for_the_same_points(
    filed: list[Petition], cast: dict[str, User], client_of: ClientOf
) -> None:
    sent = {
        "act": "return",
        "chosen": boxes(filed[:2]),
        "question_1": POINTS[0]["question"],
        "remedy_1": POINTS[0]["remedy"],
        "last_day": "2019-07-22",
    }
    with zeal_ignore():
        answer = client_of(cast["intake"]).post(page_of(filed), sent, follow=True)
    assert "Returned for correction: 2 petitions." in answer.content.decode()
    for petition in filed[:2]:
        petition.refresh_from_db()
        assert petition.status == Status.RETURNED
        assert Event.objects.get(subject=f"petition:{petition.pk}", kind="return").reason.endswith("take the name out.")


def test_what_the_time_does_not_reach_waits(filed: list[Petition], cast: dict[str, User], clock: Clock) -> None:
    taken = take_together(chosen(filed), "post", by=cast["intake"], at=clock.now, data={"screened": True}, seconds=-1.0)
    assert taken.done == [filed[0].reference]
    assert taken.waiting == [one.reference for one in filed[1:]]


def test_intake_alone_does_it_with_two_acts_alone(
    filed: list[Petition], cast: dict[str, User], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(NotPermitted):
        take_together(chosen(filed), "post", by=cast["reviewer1"], at=clock.now, data={"screened": True})
    with pytest.raises(NotPermitted):
        take_together(chosen(filed), "recommend", by=cast["intake"], at=clock.now, data={})
    with pytest.raises(SomeRefused, match="confidential information"):
        take_together(chosen(filed), "post", by=cast["intake"], at=clock.now, data={})
    monkeypatch.setattr(together, "MOST", 1)
    with pytest.raises(Incomplete):
        take_together(chosen(filed), "post", by=cast["intake"], at=clock.now, data={"screened": True})
    assert Petition.objects.exclude(status=Status.SUBMITTED).count() == 0


def test_whoever_is_barred_finds_none_of_them(
    filed: list[Petition], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    for petition in filed:
        reviews.recuse(petition, reason="A cousin of mine works there.", by=cast["intake"], at=clock.now)
    client = client_of(cast["intake"])
    assert "No requester has several petitions here" in client.get(reverse("review-together")).content.decode()
    page = client.get(page_of(filed)).content.decode()
    assert "None of these petitions waits any more" in page
    assert "Meadowlark" not in page
    assert client.get(page_of(filed).replace("2019-07-08", "soon")).status_code == 404


def test_readings_are_on_record_and_many_take_as_many_statements_as_few(
    filed: list[Petition], cast: dict[str, User], list3: Round, clock: Clock, client_of: ClientOf
) -> None:
    client, page = client_of(cast["intake"]), page_of(filed)
    client.get(page)
    assert AccessLog.objects.filter(what="case file", by=cast["intake"]).count() == len(filed)
    counted = []
    for number in (0, 30):
        for _ in range(number):
            Journey(cast, list3, clock.now).take("submit")
        remembered.clear()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(page)
        assert answer.status_code == 200
        counted.append(len(captured))
    assert counted[0] == counted[1] <= 15, [row["sql"][:90] for row in captured.captured_queries]
