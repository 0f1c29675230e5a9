"""How many petitions the docket's list says there are: of the whole as of when it was counted, of others to a bound."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exclusions.actions.store.docket_kinds import count_docket
from exclusions.models import CountedFigures, DocketVersion, PublicPetition
from exclusions.queries.public import docket_counts
from exclusions.workflow.states import Stage
from tests.factories.public import make_public
from tests.integration.public.lists.test_docket_list import make_many, shown

pytestmark = pytest.mark.django_db
COUNTED_AT = datetime(2019, 8, 1, 14, 5, tzinfo=UTC)


def test_the_whole_docket_is_counted_ahead_and_the_page_says_when(client: Client) -> None:
    make_many(30)
    make_public(31, stage=Stage.GRANTED, hts10="9403200080")
    DocketVersion.advance()
    assert count_docket(at=COUNTED_AT)
    assert not count_docket(at=COUNTED_AT + timedelta(days=1)), "it has not changed"
    assert CountedFigures.objects.get(slug="docket").counted_at == COUNTED_AT + timedelta(days=1), "and is so still"
    assert not count_docket(at=COUNTED_AT), "a story that is told again sets no clock back"

    with CaptureQueriesContext(connection) as asked:
        page = " ".join(client.get("/docket/").text.split())
    assert "31 petitions as of Fri, Aug 2, 2019, 10:05 a.m. ET, page 1 of 2." in page
    assert [one["sql"] for one in asked if "COUNT(" in one["sql"].upper()] == []
    facets = client.get("/docket/").context["found"].counted.facets
    assert (facets.stage, facets.chapter) == ({"denied": 30, "granted": 1}, {"84": 30, "94": 1})

    PublicPetition.objects.filter(reference__endswith="1").delete()
    make_public(40)
    DocketVersion.advance()
    assert "31 petitions as of" in " ".join(client.get("/docket/").text.split())
    assert count_docket(at=COUNTED_AT)
    rows = PublicPetition.objects.values_list("docket", "stage", "hts10")
    kept = {tuple(kind): number for *kind, number in CountedFigures.objects.get(slug="docket").figures}
    assert kept == Counter((docket, stage, number[:2]) for docket, stage, number in rows)


def test_a_page_behind_the_last_that_was_counted_is_shown(client: Client) -> None:
    make_many(30)
    count_docket(at=COUNTED_AT)
    PublicPetition.objects.all().delete()
    make_many(80)

    page = client.get("/docket/?page=3")
    assert len(shown(page.text)) == 25
    assert "30 petitions as of Thu, Aug 1, 2019, 10:05 a.m. ET, page 3 of 3." in " ".join(page.text.split())
    assert "There is no page" not in page.text


@pytest.mark.parametrize("query", ["?page=4", "?sort=number&page=4", "?stage=denied&page=3", "?q=pump"])
def test_a_page_of_the_docket_counts_no_further_than_the_bound(
    client: Client, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(docket_counts, "BOUND", 30)
    make_many(120)
    count_docket(at=COUNTED_AT)
    with CaptureQueriesContext(connection) as asked:
        assert len(shown(client.get(f"/docket/{query}").text)) == 25
    assert [one["sql"] for one in asked if "COUNT(" in one["sql"].upper()] == []
    reads = [one["sql"] for one in asked if "exclusions_publicpetition" in one["sql"]]
    assert reads
    assert all("LIMIT" in sql for sql in reads)


@pytest.mark.parametrize(
    ("query", "count", "facets"),
    [
        ("?stage=denied", 3, {"stage": {"denied": 3, "granted": 1}, "chapter": {"84": 2, "94": 1}}),
        ("?hts=84&docket=ustr-2019-0005", 3, {"stage": {"denied": 2, "granted": 1}, "chapter": {"84": 3, "94": 1}}),
        ("?stage=denied&q=quartz", 1, {"stage": {"denied": 1}, "chapter": {"94": 1}}),
    ],
)
def test_what_filters_leave_is_counted_with_each_facet_besides_itself(
    client: Client, query: str, count: int, facets: dict[str, dict[str, int]]
) -> None:
    make_public(1, stage=Stage.GRANTED)
    make_public(2)
    make_public(3)
    make_public(4, hts10="9403200080", product_name="Quartz slabs")
    DocketVersion.advance()

    found = client.get(f"/docket/{query}").context["found"].counted
    assert (found.number, found.exact) == (count, True)
    assert {"stage": found.facets.stage, "chapter": found.facets.chapter} == facets


def test_counts_stop_at_a_bound_and_are_exact_below_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docket_counts, "BOUND", 30)
    make_many(30, product_name="Quartz slabs")
    assert "30 petitions" in client.get("/docket/?q=quartz").content.decode()
    make_public(31, product_name="Quartz slabs")
    DocketVersion.advance()

    page = " ".join(client.get("/docket/?q=quartz").content.decode().split())
    assert "More than 30 petitions" in page
    assert shown(client.get("/docket/?q=quartz&page=2").content.decode()) != []
    assert shown(client.get("/docket/?q=quartz&page=99").content.decode()) == shown(
        client.get("/docket/?q=quartz&page=2").content.decode()
    )


def test_facets_say_how_many_each_would_leave(client: Client) -> None:
    make_public(1, stage=Stage.GRANTED, hts10="8413810040")
    make_public(2, stage=Stage.DENIED, hts10="8413810040")
    make_public(3, stage=Stage.DENIED, hts10="9403200080")
    DocketVersion.advance()

    facets = client.get("/docket/?q=pumps").context["found"].facets
    found = {facet["name"]: [(one["label"], one["number"]) for one in facet["values"]] for facet in facets}
    assert found == {
        "stage": [("Denied", 2), ("Granted", 1)],
        "docket": [("USTR-2019-0005", 3)],
        "hts": [
            ("84 Machinery and mechanical appliances, boilers, nuclear reactors", 2),
            ("94 Furniture; bedding, mattresses, mattress supports", 1),
        ],
    }
    link = facets[0]["values"][0]["url"]
    assert sorted(shown(client.get(f"/docket/{link}").content.decode())) == [2, 3]
