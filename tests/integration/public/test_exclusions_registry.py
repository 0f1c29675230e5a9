"""The exclusions registry: its page, one exclusion, its exports and its API."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from exclusions.actions.record.supersession import successor
from exclusions.models import Exclusion, ExclusionNumber, ExclusionTerm, PublicPetition, TariffAction
from tests.factories.asking.exclusions import MADE, TEXT, make_exclusion
from tests.loads import loaded
from tests.opened import opened

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Words are compared, and text is sorted, by each in its own way."),
]


@pytest.fixture
def pumps() -> Exclusion:
    return make_exclusion()


@pytest.fixture
def unknown() -> Exclusion:
    exclusion = make_exclusion("L1-8479899499-BBBBBB", "=Odd machines", "8479899499")
    with opened(ExclusionTerm):
        exclusion.terms.update(heading="99038871", valid_from=None, valid_to=None)
    return exclusion


def found(client: Client, **query: str) -> list[str]:
    return [row["reference"] for row in client.get("/api/v1/exclusions/", query).json()["results"]]


def test_the_page_shows_product_number_heading_and_days(client: Client, pumps: Exclusion) -> None:
    page = client.get("/exclusions/", {"as_of": "2019-01-15"}).content.decode()
    for words in (
        pumps.reference,
        "8413.81.0040",
        "Breast pumps",
        "9903.88.06",
        "Jul 6, 2018",
        "Mar 25, 2020",
        "In force",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ({"standing": "any"}, True),
        ({"standing": "in_force", "as_of": "2019-01-15"}, True),
        ({"standing": "ended", "as_of": "2019-01-15"}, False),
        ({"standing": "ended", "as_of": "2021-01-15"}, True),
        ({"standing": "ahead", "as_of": "2018-01-15"}, True),
        ({"standing": "ahead", "as_of": "2019-01-15"}, False),
        ({"hts": "8413.81.0040"}, True),
        ({"hts": "8413"}, True),
        ({"hts": "8414"}, False),
        ({"list": "1"}, True),
        ({"list": "3"}, False),
        ({"heading": "9903.88.06"}, True),
        ({"heading": "99038806", "as_of": "2019-01-15"}, True),
        ({"heading": "9903.88.07"}, False),
        ({"q": "PUMPS accessories"}, True),
        ({"q": "pumps tractors"}, False),
        ({"q": "l1-8413810040"}, True),
        ({"as_of": "2018-07-05"}, False),
        ({"as_of": "2018-07-06"}, True),
        ({"as_of": "2020-03-25"}, True),
        ({"as_of": "2020-03-26"}, False),
    ],
)
def test_filters_are_the_same_on_the_page_and_in_the_api(
    client: Client, pumps: Exclusion, query: dict[str, str], there: bool
) -> None:
    TariffAction.objects.create(code="3", name="List 3", citation="83 FR 47974", position=3)
    assert (pumps.reference in found(client, **query)) is there
    assert (f"/exclusions/{pumps.reference}/" in client.get("/exclusions/", query).content.decode()) is there


def test_a_number_counts_only_on_the_days_on_which_the_text_means_it(client: Client, pumps: Exclusion) -> None:
    with opened(ExclusionNumber):
        ExclusionNumber.objects.update(valid_to=date(2018, 12, 31))
    assert found(client, hts="8413.81.0040", as_of="2018-12-31") == [pumps.reference]
    assert found(client, hts="8413.81.0040", as_of="2019-01-01") == []


def test_unknown_days_are_shown_as_unknown_and_never_in_force(client: Client, unknown: Exclusion) -> None:
    assert "dates not known" in client.get("/exclusions/?standing=any").content.decode()
    assert found(client, as_of="2019-01-15") == []
    page = client.get(f"/exclusions/{unknown.reference}/").content.decode()
    assert "Not known" in page
    assert "Not in force" in page


def test_deleted_and_pending_terms_are_not_in_force(client: Client, pumps: Exclusion) -> None:
    for status in (ExclusionTerm.Status.DELETED, ExclusionTerm.Status.PENDING):
        with opened(ExclusionTerm):
            pumps.terms.update(status=status)
        assert found(client, as_of="2019-01-15") == []


def test_a_wrong_filter_is_a_sentence(client: Client) -> None:
    for query, words in (
        ({"hts": "84x"}, "not the beginning of an HTSUS number"),
        ({"heading": "9903"}, "not a chapter 99 heading"),
        ({"as_of": "15/1/2019"}, "Enter the day as year-month-day"),
        ({"standing": "maybe"}, "is no standing. Choose in_force, ahead, ended or any."),
        ({"sort": "size"}, "is no order. Choose reference, ending or newest."),
    ):
        page = client.get("/exclusions/", query)
        assert page.status_code == 400
        assert words in page.content.decode()
        assert client.get("/exclusions.csv", query).status_code == 400
        problem = client.get("/api/v1/exclusions/", query)
        assert problem.status_code == 400
        assert words in problem.json()["detail"]


def test_one_exclusion_shows_terms_wordings_and_petitions(client: Client, pumps: Exclusion) -> None:
    PublicPetition.objects.create(
        reference="USTR-2018-0025-000001",
        docket="USTR-2018-0025",
        organization_name="Meadowlark",
        hts10="8413810040",
        product_name="Breast pumps",
        stage="granted",
        exclusion=pumps,
        updated_at="2019-03-25T12:00Z",
    )
    page = client.get(f"/exclusions/{pumps.reference}/").content.decode()
    for words in (
        "20(i), item 5",
        "84 FR 11152",
        "By the rule of the round",
        "USTR-2018-0025-000001",
        "The anniversary of publication is included",
    ):
        assert words in page
    assert client.get("/exclusions/NONE/").status_code == 404


def test_what_was_superseded_stays_on_the_page_and_in_the_api(client: Client, pumps: Exclusion) -> None:
    term = pumps.terms.get()
    term.valid_to, term.authority, term.reason = date(2019, 1, 31), "84 FR 11152", "A technical correction."
    successor(term, at=MADE).save()
    assert [row.valid_to for row in ExclusionTerm.objects.filter(exclusion=pumps)] == [date(2019, 1, 31)]
    page = client.get(f"/exclusions/{pumps.reference}/").content.decode()
    assert "84 FR 11152 A technical correction." in page
    (row,) = client.get(f"/api/v1/exclusions/{pumps.reference}/").json()["superseded"]
    assert (row["what"], row["authority"], row["to"]) == ("Term", "84 FR 11152", "2020-03-25")


def test_exports_have_one_row_a_term(client: Client, pumps: Exclusion, unknown: Exclusion) -> None:
    body = b"".join(client.get("/exclusions.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [row["Reference"] for row in rows] == [pumps.reference, unknown.reference]
    assert (rows[0]["From"], rows[0]["To (inclusive)"], rows[0]["Statistical numbers"]) == (
        "2018-07-06",
        "2020-03-25",
        "8413.81.0040",
    )
    assert rows[1]["From"] == ""
    assert rows[1]["Text"].startswith("'="), "a spreadsheet must not run it"
    results = client.get("/exclusions.json", {"as_of": "2019-01-15"}).json()["results"]
    assert [(row["reference"], row["in_force"]) for row in results] == [(pumps.reference, True)]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(client.get("/exclusions.xlsx")))).get_sheet_by_index(0)
    assert len(sheet.to_python()) == 3
    assert client.get("/exclusions/", {"format": "json"}).json()["results"][0]["heading"] == "9903.88.06"


def test_the_api_gives_wordings_numbers_and_terms(client: Client, pumps: Exclusion) -> None:
    body: dict[str, Any] = client.get("/api/v1/exclusions/", {"as_of": "2019-01-15"}).json()
    assert set(body) == {"next", "previous", "results"}
    (row,) = body["results"]
    assert (row["list"], row["text"], row["whole_number"]) == ("1", TEXT, False)
    assert row["texts"][0]["numbers"] == [{"number": "8413.81.0040", "from": None, "to": None}]
    (term,) = row["terms"]
    assert (term["heading"], term["note"], term["from"], term["to"], term["in_force"]) == (
        "9903.88.06",
        "20(i)",
        "2018-07-06",
        "2020-03-25",
        True,
    )
    assert client.get(f"/api/v1/exclusions/{pumps.reference}/").json()["reference"] == pumps.reference
    assert client.get("/api/v1/exclusions/NONE/").status_code == 404


def test_ten_times_the_rows_cost_no_more_statements(
    client: Client, pumps: Exclusion, django_assert_max_num_queries: Any
) -> None:
    for place in range(30):
        make_exclusion(f"L1-8413810040-{place:06}", f"Pumps {place}")
    with django_assert_max_num_queries(12):
        client.get("/exclusions/", {"as_of": "2019-01-15", "hts": "8413", "q": "pumps"})
    with django_assert_max_num_queries(6):
        client.get("/api/v1/exclusions/", {"hts": "8413"})
    assert "page=2" in client.get("/exclusions/?standing=any").content.decode()


def test_the_whole_note_can_be_browsed(client: Client, shared_data: Path) -> None:
    loaded("load_exclusions", shared_data / "ch99/exclusions_note20_2026_rev6.csv.gz")
    references = found(client, hts="8413.81.0040", as_of="2019-01-15", q="breast")
    assert len(references) == 1
    rows = client.get("/exclusions.json").json()["results"]
    assert len(rows) == 2_490
    live = client.get("/exclusions.json", {"as_of": "2026-11-09"}).json()["results"]
    assert len(live) == 178, "164 under 9903.88.69 and 14 under 9903.88.70"
    assert client.get("/exclusions.json", {"as_of": "2026-11-10"}).json()["results"] == []
