"""The pages and the API of the rounds."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from exclusions.actions.loading.rounds import load_rounds
from exclusions.models import Round, TariffAction
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 7, 8, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def loaded(db: None):
    for code in ("1", "2", "3", "4A", "4B"):
        TariffAction.objects.create(code=code, name=f"List {code}: test", citation="test")
    with time_machine.travel(NOW, tick=False) as clock:
        load_rounds(at=NOW)
        clock.shift(60)
        yield


def test_the_list_shows_open_rounds_first_and_every_other_one(client):
    body = client.get("/rounds/").content.decode()
    open_part, later, closed = body.index("Open now"), body.index("To come"), body.index(">Closed<")
    assert open_part < body.index("List 3 ($200 billion action)") < later
    assert later < body.index("Machinery used in domestic manufacturing") < closed
    assert closed < body.index("List 1 ($34 billion action)")
    assert "/petitions/new/?round=list-3" in body


def test_the_number_of_statements_does_not_grow_with_the_rounds(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/rounds/")
    with django_assert_max_num_queries(5):
        client.get("/api/v1/rounds/")


def test_a_round_page_states_its_rules_as_sentences(client):
    body = client.get(reverse("round", args=["list-3"])).content.decode()
    for expected in (
        "USTR-2019-0005",
        "84 FR 29576 (June 24, 2019)",
        "Sun, Jun 30, 2019, noon ET",
        "Mon, Sep 30, 2019, 11:59 p.m. ET",
        "Anyone may respond until 14 calendar days after a petition is posted",
        "7 calendar days after the response period closes or 7 calendar days after that response is posted, whichever",
        "September 24, 2018, for goods entered on or after that date.",
        "August 7, 2020, that day included.",
        "9903.88.13",
        "Availability",
    ):
        assert expected in body


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        ("list-1", "The requester may reply until 7 calendar days after the response period closes, 11:59 p.m. ET."),
        ("list-1", "One year after publication of the notice, that day included."),
        ("covid-2020", "3 business days after a petition is posted"),
        ("covid-2020", "Saturdays, Sundays and federal holidays are not counted."),
        ("covid-2020", "The date that the notice gives."),
        ("reinstatement-2021", "This round takes no responses to a filing."),
        ("machinery-2024", "They are not retroactive."),
        ("machinery-2024", "chapters 84 and 85 only"),
        ("demo", "Fictional: made for the demonstration."),
    ],
)
def test_each_round_says_what_is_its_own(client, slug, sentence):
    assert sentence in " ".join(client.get(f"/rounds/{slug}/").content.decode().split())


def test_a_round_that_does_not_exist_is_not_found(client):
    assert client.get("/rounds/list-9/").status_code == 404
    missing = client.get("/api/v1/rounds/list-9/")
    assert (missing.status_code, missing.json()["status"]) == (404, 404)


def test_the_api_gives_windows_day_rules_and_forms(client):
    page = client.get("/api/v1/rounds/").json()
    assert {"next", "previous", "results"} <= page.keys()
    rounds = {row["slug"]: row for row in page["results"]}
    assert len(rounds) == 8
    list3 = rounds["list-3"]
    assert list3["state"] == "open"
    assert list3["lists"] == ["3"]
    assert list3["opens_at"] == "2019-06-30T12:00:00-04:00"
    assert list3["closes_at"] == "2019-09-30T23:59:00-04:00"
    assert (list3["day_unit"], list3["roll_rule"], list3["response_days"]) == ("calendar", "none", 14)
    assert (list3["questionnaire"], list3["reply_questionnaire"]) == ("petition-2019", "reply-2019")
    assert list3["heading"] == "9903.88.13"
    assert list3["criteria"][0]["key"] == "availability"
    assert rounds["covid-2020"]["day_unit"] == "business"
    assert rounds["machinery-2024"]["state"] == "upcoming"
    assert not rounds["reinstatement-2021"]["accepts_responses"]
    assert client.get("/api/v1/rounds/list-3/").json() == list3
    for round in rounds.values():
        asked = client.get(round["questionnaire_url"].removeprefix(settings.BASE_URL)).json()
        tables = [question["periods"] for question in asked["questions"] if "periods" in question]
        shown = {period["key"] for periods in tables for period in periods}
        assert shown >= set(round["purchase_periods"]), round["slug"]  # a form may compare with a quarter before


def test_an_administrator_changes_a_round_and_the_history_names_them(client):
    admin = make_person("Abby Admin", role="admin")
    client.force_login(admin)
    round = Round.objects.get(slug="list-3")
    page = client.get(reverse("admin:exclusions_round_change", args=[round.pk]))
    form = page.context["adminform"].form
    data = {name: value for name in form.fields if (value := form[name].value()) is not None}
    closes_at = round.closes_at
    data |= {"title": "List 3, as it is called now"}
    data |= {"actions": [action.pk for action in round.actions.all()]}
    answer = client.post(reverse("admin:exclusions_round_change", args=[round.pk]), data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    latest = round.history.first()
    assert latest.history_user == admin
    assert latest.title == "List 3, as it is called now"
    assert latest.closes_at == closes_at, "its dates are changed by two administrators"
