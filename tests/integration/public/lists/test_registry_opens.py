"""The list of exclusions opens on those in force, counts how all of them stand, and puts them in order."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from exclusions.models import ExclusionTerm, TariffAction
from tests.factories.tariff import LIST_1, exclude, make_lists

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases(
        "Terms are counted by how they stand, and unknown days are sorted, by each in its own way."
    ),
]
DAY = "2019-07-08"


@pytest.fixture(autouse=True)
def _registry(clock: Any) -> None:
    """Two in force on July 8, 2019, one ahead, one pending, one over, one undated, one deleted."""
    list_1 = make_lists()["1"]
    exclude(list_1, "8413810040", LIST_1, date(2019, 12, 31), text="Pumps that end last")
    exclude(list_1, "8413810040", date(2019, 1, 1), date(2019, 8, 1), text="Pumps that end first")
    exclude(list_1, "8413810040", date(2019, 9, 1), None, text="Pumps ahead")
    pending = exclude(list_1, "8413810040", None, None, text="Pumps pending")
    exclude(list_1, "8413810040", LIST_1, date(2019, 7, 7), text="Pumps over")
    exclude(list_1, "8413810040", None, None, text="Pumps undated")
    deleted = exclude(list_1, "8413810040", LIST_1, None, text="Pumps deleted")
    for exclusion, status in ((pending, ExclusionTerm.Status.PENDING), (deleted, ExclusionTerm.Status.DELETED)):
        ExclusionTerm.versions.create(
            exclusion=exclusion, heading="99038806", status=status, supersedes=exclusion.terms.get(),
            valid_from=exclusion.terms.get().valid_from,
        )  # fmt: skip


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/exclusions/{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def names(text: str) -> list[str]:
    return [piece.partition("<")[0] for piece in text.split('data-label="Text">')[1:]]


def test_it_opens_on_those_in_force_and_counts_the_others(client: Client) -> None:
    text = page(client)
    assert names(text) == ["Pumps that end last", "Pumps that end first"]
    for count in ("In force (2)", "Ahead (2)", "Ended (3)", "All of them (7)"):
        assert f">{count}</a>" in text
    assert "2 exclusions." in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?standing=ahead", ["Pumps ahead", "Pumps pending"]),
        ("?standing=ended", ["Pumps over", "Pumps undated", "Pumps deleted"]),
        ("?standing=in_force&sort=ending", ["Pumps that end first", "Pumps that end last"]),
        ("?standing=in_force&sort=newest", ["Pumps that end first", "Pumps that end last"]),
        ("?as_of=2019-09-01", ["Pumps that end last", "Pumps ahead"]),
        ("?standing=in_force&as_of=2019-07-07", ["Pumps that end last", "Pumps that end first", "Pumps over"]),
    ],
)
def test_a_standing_and_an_order_are_those_of_the_day(client: Client, query: str, shown: list[str]) -> None:
    assert names(page(client, query)) == shown


def test_each_exclusion_says_how_it_stands(client: Client) -> None:
    text = page(client, "?standing=any")
    assert text.count('tc-tag--good">In force<') == 2
    assert text.count('tc-tag--open">Ahead<') == 2
    assert text.count('tc-tag--quiet">Ended<') == 3
    assert 'aria-label="Jul 6, 2018 to Dec 31, 2019"' in text
    assert "dates not known (granted, notice pending)" in text


def test_none_in_force_says_where_the_others_are(client: Client) -> None:
    text = page(client, "?as_of=2018-01-01")
    assert "No exclusion has this status on Mon, Jan 1, 2018." in text
    assert 'href="/exclusions/?standing=any"' in text


def test_the_counts_follow_a_change_at_once(client: Client) -> None:
    assert "In force (2)" in page(client)
    exclude(TariffAction.objects.get(code="1"), "8413810040", LIST_1, None, text="Pumps granted since")
    assert "In force (3)" in page(client)


def test_exports_hold_what_the_page_shows(client: Client) -> None:
    rows = client.get("/exclusions.json?standing=in_force").json()["results"]
    assert [row["text"] for row in rows] == ["Pumps that end last", "Pumps that end first"]
    body = client.get("/api/v1/exclusions/?standing=ahead").json()
    assert [row["text"] for row in body["results"]] == ["Pumps ahead", "Pumps pending"]


def test_one_exclusion_draws_its_terms(client: Client) -> None:
    text = " ".join(client.get("/exclusions/EX-1/").content.decode().split())
    assert '<svg class="tc-terms"' in text
    assert 'href="/tariff/8413.81.0040/?as_of=2019-07-08"' in text


@pytest.mark.parametrize("typed", ["bogus", "List 9", "3A"])
def test_a_list_that_there_is_not_is_refused_with_those_that_there_are(client: Client, typed: str) -> None:
    shown = client.get("/exclusions/", {"list": typed})
    assert f"“{typed}” is no list. Choose one of: 1, 3, 4A, 4B" in shown.content.decode()
    body = client.get("/api/v1/exclusions/", {"list": typed})
    assert (body.status_code, "is no list" in body.content.decode()) == (400, True)
    assert "is no list" not in client.get("/exclusions/", {"list": "list 4a"}).content.decode()
