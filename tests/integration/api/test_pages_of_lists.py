"""The lists of the API: every row once, in order, whatever the page size, and refusals in a sentence."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from exclusions.api.reads import ReadList
from exclusions.models import Exclusion, PublicPetition, Round, TariffLine
from exclusions.urls import api
from tests.factories.public import make_public
from tests.factories.tariff import exclude, make_lists

pytestmark = pytest.mark.django_db

ORDERS: dict[str, tuple[Any, str, tuple[str, ...]]] = {
    "rounds": (Round, "slug", ("-opens_at", "slug")),
    "docket": (PublicPetition, "reference", ("-posted_on", "-reference")),
    "exclusions": (Exclusion, "reference", ("reference",)),
    "tariff/lines": (TariffLine, "number", ("number",)),
}
LISTS = pytest.mark.parametrize("name", ORDERS)


def pages(client: Client, address: str, link: str = "next") -> Iterator[dict[str, Any]]:
    """Yield a page and all that follow it by one of its links."""
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        yield page
        following = page[link]


def names(found: list[dict[str, Any]], key: str) -> list[str]:
    return [row[key].replace(".", "") if key == "number" else row[key] for page in found for row in page["results"]]


@pytest.mark.both_databases("Text and NULL are sorted by each in its own way.")
@LISTS
@pytest.mark.parametrize("size", ["", "?page_size=7"])
@pytest.mark.usefixtures("listed_site", "no_throttle")
def test_every_row_is_reached_once_and_in_the_order_of_the_list(client: Client, name: str, size: str) -> None:
    model, key, order = ORDERS[name]
    walked = list(pages(client, f"/api/v1/{name}/{size}"))
    expected = list(model.objects.order_by(*order).values_list(key, flat=True))
    assert len(walked) > 1
    assert names(walked, key) == expected
    assert walked[0]["previous"] is None
    back = list(pages(client, walked[-2]["next"], "previous"))
    assert names(back[::-1], key) == expected


DAYS = st.lists(st.sampled_from([None, date(2019, 7, 1), date(2019, 7, 2), date(2019, 7, 3)]), max_size=12)


@pytest.mark.both_databases("Text and NULL are sorted by each in its own way.")
@given(days=DAYS, size=st.integers(1, 5))
@settings(max_examples=40)
@pytest.mark.usefixtures("no_throttle")
def test_petitions_of_one_day_and_of_none_are_reached(client: Client, days: list[date | None], size: int) -> None:
    PublicPetition.objects.all().delete()
    for number, day in enumerate(days, 1):
        make_public(number, posted_on=day)
    walked = list(pages(client, f"/api/v1/docket/?page_size={size}"))
    expected = PublicPetition.objects.order_by("-posted_on", "-reference").values_list("reference", flat=True)
    assert names(walked, "reference") == list(expected)


@pytest.mark.both_databases("Text and NULL are sorted by each in its own way.")
def test_a_day_with_more_petitions_than_anybody_counts_ends_too(client: Client) -> None:
    first = make_public(1)
    fields = {f.name: getattr(first, f.name) for f in PublicPetition._meta.fields if f.name not in {"id", "reference"}}
    PublicPetition.objects.bulk_create(
        PublicPetition(reference=f"USTR-2019-0005-{n:06}", **fields) for n in range(2, 1_302)
    )
    walked = list(pages(client, "/api/v1/docket/?page_size=200"))
    assert len(set(names(walked, "reference"))) == 1_301
    assert len(walked) == 7


def test_a_row_that_goes_away_takes_no_other_with_it(client: Client) -> None:
    for number in range(1, 7):
        make_public(number, posted_on=date(2019, 7, 1))
    page = client.get("/api/v1/docket/?page_size=3").json()
    PublicPetition.objects.filter(reference=page["results"][-1]["reference"]).delete()
    following = client.get(page["next"]).json()
    assert [row["reference"][-1] for row in following["results"]] == ["3", "2", "1"]


def test_filters_stay_in_the_links(client: Client) -> None:
    actions = make_lists()
    for place in range(6):
        exclude(actions["1" if place % 2 else "3"], "8413810040", date(2018, 7, 6), None)
    walked = list(pages(client, "/api/v1/exclusions/?list=1&page_size=2"))
    assert [row["list"] for page in walked for row in page["results"]] == ["1"] * 3


def test_words_and_heading_narrow_together(client: Client) -> None:
    actions = make_lists()
    for text in ("Pumps for wells", "Valves for wells"):
        exclude(actions["1"], "8413810040", date(2018, 7, 6), None, text=text)
    for heading, found in (("9903.88.05", ["EX-1"]), ("9903.88.13", [])):
        page = client.get("/api/v1/exclusions/", {"q": "pumps", "heading": heading}).json()
        assert [row["reference"] for row in page["results"]] == found


@LISTS
@pytest.mark.usefixtures("listed_site")
def test_a_later_page_takes_no_more_statements(client: Client, name: str) -> None:
    first = f"/api/v1/{name}/?page_size=5"
    client.get(first)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(first).json()
    with CaptureQueriesContext(connection) as asked_again:
        client.get(page["next"])
    assert len(asked_again) <= len(asked)


@pytest.mark.usefixtures("listed_site")
def test_a_page_of_the_docket_takes_a_statement_one_for_what_is_fictional_and_one_for_when_it_changed(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        client.get("/api/v1/docket/")


# ---- refusals --------------------------------------------------------------------------------------------------------
@LISTS
@pytest.mark.parametrize("cursor", ["cD14", "", "bz0x", "x.y", "ä", "WzFd", "W10.W10"])
def test_a_cursor_that_no_page_gave_is_refused_with_a_sentence(client: Client, name: str, cursor: str) -> None:
    answer = client.get(f"/api/v1/{name}/?cursor={cursor}")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["field"] == "cursor"
    assert "Use `next` or `previous` as they are" in error["message"]


@pytest.mark.usefixtures("listed_site")
def test_a_cursor_that_was_changed_or_is_of_another_list_is_refused(client: Client) -> None:
    link = client.get("/api/v1/rounds/?page_size=1").json()["next"]
    assert client.get(link.replace("/rounds/", "/exclusions/")).status_code == 400
    body, dot, signature = link.partition(".")
    assert client.get(f"{body}{dot}{signature[::-1]}").status_code == 400


def test_a_cursor_of_one_question_is_none_of_another(client: Client) -> None:
    for number in range(1, 9):
        make_public(number, stage="denied" if number % 2 else "granted")
    page = client.get("/api/v1/docket/?stage=denied&page_size=2").json()
    assert client.get(page["next"]).status_code == 200
    assert client.get(page["next"].replace("page_size=2", "page_size=3")).status_code == 200, "of another size"
    for other in (
        page["next"].replace("stage=denied", "stage=granted"),
        page["next"].replace("&stage=denied", ""),
        page["next"] + "&docket=USTR-2019-0005",
    ):
        answer = client.get(other)
        assert answer.status_code == 400
        assert "did not give out this cursor for these filters" in answer.json()["detail"]


# Of each list that takes filters two questions.
ASKED = {
    "docket": ("stage=denied", "stage=granted"),
    "docket/changes": ("changed_since=0", "changed_since=1"),
    "exclusions": ("list=1", "list=3"),
    "tariff/lines": ("prefix=84", "prefix=8413"),
    "search": ("q=pumps", "q=pump"),
}


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.usefixtures("listed_site")
def test_no_list_takes_the_cursor_of_another_question(client: Client, name: str) -> None:
    own, other = ASKED[name]
    link = client.get(f"/api/v1/{name}/?{own}&page_size=1").json()["next"]
    assert client.get(link).status_code == 200
    assert client.get(link.replace(own, other)).status_code == 400
    assert client.get(link.replace(f"&{own}", "").replace(f"{own}&", "")).status_code == 400


def test_the_table_has_every_list_that_takes_filters() -> None:
    lists = {
        one.pattern._route.removeprefix("api/v1/").rstrip("/")
        for one in api.urlpatterns
        if issubclass(getattr(one.callback, "view_class", object), ReadList) and one.callback.view_class.filterset_class
    }
    assert lists == set(ASKED)


@LISTS
@pytest.mark.parametrize("size", ["abc", "0", "-1", "201", "1.5", "", "٣", "9" * 400, "000000001999"])
def test_a_page_size_that_is_none_is_refused_with_a_sentence(client: Client, name: str, size: str) -> None:
    answer = client.get(f"/api/v1/{name}/", {"page_size": size})
    assert answer.status_code == 400
    assert answer.json()["detail"] == "page_size must be a whole number from 1 to 200."


@pytest.mark.parametrize("size", [1, 200])
def test_the_smallest_and_the_largest_page_are_answered(client: Client, size: int) -> None:
    assert client.get("/api/v1/docket/", {"page_size": size}).status_code == 200
