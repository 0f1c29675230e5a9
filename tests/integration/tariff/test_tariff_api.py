"""The tariff look-up's API: fields as promised, errors as problems, cursor pages, few statements."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories.facts import make_round
from tests.factories.tariff import LIST_1, LIST_3, cover, exclude, follow, make_edition, make_lists

pytestmark = pytest.mark.django_db

PROMISED = {
    "number",
    "level",
    "description",
    "general_rate",
    "valid_from",
    "valid_to",
    "covered_by",
    "also_owed",
    "in_transit",
    "not_counted",
    "exclusions",
    "open_rounds",
    "successors",
    "predecessors",
}
LINES = "/api/v1/tariff/lines/"
DAY = "as_of=2026-05-01"


@pytest.fixture(autouse=True)
def _pumps() -> None:
    """Put sixty kinds of pumps on the schedule and on List 1, with an exclusion and a successor."""
    kinds = [(f"84138100{n:02d}", f"Pumps: Kind {n}") for n in range(60)]
    make_edition(date(2026, 1, 1), ("84138100", "Pumps"), *kinds)
    action = make_lists()["1"]
    cover(action, "84138100", "99038801", LIST_1)
    exclude(action, "8413810040", LIST_1, date(2026, 12, 31))
    follow("8413810010", "8413810040", date(2026, 1, 1))


def get(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(path)
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == ("application/json" if status == 200 else "application/problem+json")
    return response.json()


@pytest.mark.parametrize("number", ["8413.81.0040", "8413810040"])
def test_line_has_the_promised_fields(client: Client, number: str) -> None:
    body = get(client, f"{LINES}{number}/?{DAY}")
    assert set(body) >= PROMISED
    assert (body["number"], body["level"], body["general_rate"]) == ("8413.81.0040", 10, "Free")
    assert (body["valid_from"], body["valid_to"]) == ("2026-01-01", None)
    assert body["covered_by"] == [
        {
            "list": "1",
            "heading": "9903.88.01",
            "rate_pct": 25,
            "from": "2018-07-06",
            "to": None,
            "in_part": False,
            "goods": "",
            "question": "",
        }
    ]
    (exclusion,) = body["exclusions"]
    assert exclusion == {
        "heading": "9903.88.05",
        "note": "20(h)(1)",
        "text": "Pumps, as described",
        "whole_number": False,
        "from": "2018-07-06",
        "to": "2026-12-31",
        "reference": "EX-1",
        "list": "1",
        "corrected_on": None,
        "fictional": False,
    }
    assert [item["number"] for item in body["predecessors"]] == ["8413.81.0010"]
    assert body["successors"] == body["open_rounds"] == []


def test_open_rounds_are_named(client: Client) -> None:
    make_round()
    body = get(client, f"{LINES}6810.99.00/?as_of=2019-07-08")
    assert [item["docket"] for item in body["open_rounds"]] == ["USTR-2019-0005"]
    assert body["exists"] is None
    assert "no HTSUS edition" in body["name_source"]
    assert body["covered_by"][0]["from"] == "2019-05-10"
    assert date.fromisoformat(body["rate_history"][0]["from"]) == LIST_3


def test_short_number_offers_children(client: Client) -> None:
    body = get(client, f"{LINES}84138100/?{DAY}")
    assert len(body["children"]) == 60
    assert body["statistical_number"] == ""
    assert "Choose one of the 60 lines" in body["remark"]


def test_malformed_number_is_a_400_problem(client: Client) -> None:
    body = get(client, f"{LINES}84A3/?{DAY}", 400)
    assert (body["status"], body["errors"][0]["field"]) == (400, "number")
    assert "contains “A”" in body["detail"]


def test_unknown_number_is_a_404_problem(client: Client) -> None:
    body = get(client, f"{LINES}8413.81.0099/?{DAY}", 404)
    assert "is not in the HTSUS on May 1, 2026" in body["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("as_of=x", "as_of"), ("prefix=8A", "prefix"), ("q=84138100401", "q"), ("as_of=1900-01-01", "as_of")],
)
def test_wrong_question_is_a_400_problem(client: Client, query: str, field: str) -> None:
    assert get(client, f"{LINES}?{query}", 400)["errors"][0]["field"] == field


def test_list_goes_page_by_page(client: Client) -> None:
    first = get(client, f"{LINES}?prefix=8413.81&{DAY}")
    assert set(first) == {"next", "previous", "results"}
    assert len(first["results"]) == 50
    assert set(first["results"][0]) >= PROMISED
    second = get(client, first["next"])
    numbers = [item["number"] for item in (*first["results"], *second["results"])]
    assert len(numbers) == len(set(numbers)) == 61
    assert numbers == sorted(numbers)
    assert second["next"] is None


def test_list_by_words_has_the_facts_of_each_line(client: Client) -> None:
    (item,) = get(client, f"{LINES}?q=kind+40&{DAY}")["results"]
    assert item["number"] == "8413.81.0040"
    assert [covered["list"] for covered in item["covered_by"]] == ["1"]
    assert [excluded["heading"] for excluded in item["exclusions"]] == ["9903.88.05"]
    assert [before["number"] for before in item["predecessors"]] == ["8413.81.0010"]


def test_list_without_an_edition_stands_in(client: Client) -> None:
    body = get(client, f"{LINES}?prefix=8413.81&as_of=2019-01-15")
    assert [item["number"] for item in body["results"]] == ["8413.81", "8413.81.00"]
    assert body["results"][1]["covered_by"][0]["rate_pct"] == 25


@pytest.mark.parametrize(
    ("path", "most"),
    # One for each step through the editions, here it is one; words are looked for in up to four more.
    [("8413.81.0040/?", 13), ("84138100/?", 12), ("?prefix=8413&", 10), ("?q=8413&", 10), ("?q=pumps&", 14)],
)
def test_api_takes_few_statements(
    client: Client, path: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(most):
        get(client, f"{LINES}{path}{DAY}")
