"""The first page of a narrowed docket: the rows that the list begins with, in order."""

from datetime import date

import pytest
from django.test import Client

from exclusions.forms.docket import DocketFilter
from exclusions.models import DocketVersion, PublicPetition
from exclusions.queries.public import docket_counts
from exclusions.queries.public.docket_columns import ListRow
from exclusions.queries.public.docket_pages import SORTS
from exclusions.workflow.states import Stage
from tests.factories.public import make_public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Text and NULL are sorted by each in its own way."),
]
QUERIES = [
    {"q": "pump"},
    {"q": "pump", "stage": "granted"},
    {"q": "pump", "docket": "USTR-2019-0005", "hts": "84"},
    {"q": "pump", "hts": "94"},
    {"organization": "meadow", "page_size": "50"},
    {"hts": "8413"},
    {"hts": "8413.81.0040", "stage": "granted"},
    {"hts": "9", "docket": "USTR-2019-0005", "page_size": "50"},
    {"hts": "0101"},
    {"q": "quagga"},
]


@pytest.fixture
def petitions() -> None:
    for number in range(1, 71):
        make_public(
            number,
            posted_on=date(2019, 7, 1 + number % 5) if number % 7 else None,
            stage=Stage.GRANTED if number % 3 else Stage.DENIED,
            hts10=("8413810040", "9403200080")[number % 2],
            organization_name=f"Meadowlark {number % 4}",
            product_name="Breast pumps & <parts>",
        )
    DocketVersion.advance()


@pytest.mark.parametrize("bound", [1000, 20])
@pytest.mark.parametrize("sort", sorted(SORTS))
@pytest.mark.parametrize("query", QUERIES)
def test_the_first_page_is_that_of_the_list(
    client: Client,
    petitions: None,
    monkeypatch: pytest.MonkeyPatch,
    query: dict[str, str],
    sort: str,
    bound: int,
) -> None:
    monkeypatch.setattr(docket_counts, "BOUND", bound)
    found = client.get("/docket/", {**query, "sort": sort}).context["found"]
    size = int(query.get("page_size", "25"))
    asked = DocketFilter(query, PublicPetition.objects.all())
    rows = asked.qs.order_by(*SORTS[sort].by)
    assert found.page.rows == [tuple(row) for row in rows.values_list(*ListRow._fields)[:size]]
    assert bool(found.page.next) == (rows.count() > size)
    assert found.page.previous == ""
    if found.counted.exact:
        assert found.counted.number == rows.count()
    else:
        assert found.counted.number < rows.count()
    if found.page.next:
        second = client.get("/docket/", {**query, "sort": sort, "cursor": found.page.next}).context["found"].page
        assert second.rows == [tuple(row) for row in rows.values_list(*ListRow._fields)[size : 2 * size]]


@pytest.mark.parametrize("page", ["1", "2", "3", "99"])
@pytest.mark.parametrize(
    "query",
    [
        *(one for one in QUERIES if one != {"q": "quagga"}),
        {"q": "breast pump"},
        {"q": "pump", "organization": "meadowlark 1"},
        {"posted_from": "2019-07-03"},
    ],
)
@pytest.mark.parametrize("bound", [1000, 20])
def test_what_is_said_of_a_number_is_true(
    client: Client, petitions: None, monkeypatch: pytest.MonkeyPatch, query: dict[str, str], page: str, bound: int
) -> None:
    monkeypatch.setattr(docket_counts, "BOUND", bound)
    found = client.get("/docket/", {**query, "page": page}).context["found"]
    counted, count = found.counted, DocketFilter(query, PublicPetition.objects.all()).qs.count()
    assert counted.exact is (count <= bound)
    assert counted.number == min(count, bound)
    assert (counted.facets is None) is not counted.exact
    if count:
        assert found.page.number == min(int(page), -(-count // int(query.get("page_size", 25))))


def test_facets_of_as_many_petitions_come_in_the_order_of_their_values(client: Client) -> None:
    for number, heading in enumerate(["9403200080", "3926909990", "8413810040"], 1):
        make_public(number, hts10=heading)
    DocketVersion.advance()
    facets = client.get("/docket/", {"q": "pump"}).context["found"].counted.facets
    assert list(facets.chapter) == ["39", "84", "94"]


@pytest.mark.parametrize("words", ["pump", "pump 8413", "8413", "USTR-2019-0005-0004", "!", "quagga", ""])
def test_words_of_a_stage_and_a_docket_are_those_of_all_three(petitions: None, words: str) -> None:
    make_public(99, docket="USTR-2018-0032", stage=Stage.GRANTED)
    for kinds in ({"stage": "granted"}, {"docket": "USTR-2018-0032"}, {"stage": "denied", "docket": "USTR-2019-0005"}):
        together = PublicPetition.objects.matching(words, **kinds)
        apart = PublicPetition.objects.matching(words).filter(**kinds)
        asked = DocketFilter({"q": words, **kinds}, PublicPetition.objects.all()).qs
        expected = set(apart.values_list("reference", flat=True))
        assert {row.reference for row in together} == {row.reference for row in asked} == expected
