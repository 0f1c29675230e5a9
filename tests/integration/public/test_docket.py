"""The public docket: filters, pages, exports, feed and API over the public tables."""

import csv
import io
import json
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from exclusions.actions.clock import run_clock
from exclusions.gateways.shared_cache import remembered
from exclusions.models import DocketVersion
from exclusions.queries.lookup.structured_data import datasets
from exclusions.templatetags.tariff_format import eastern
from exclusions.workflow.states import Stage
from tests.factories.public import make_public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Words are compared, and text is sorted, by each in its own way."),
]


def references(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"/api/v1/docket/{query}")
    assert answer.status_code == 200, answer.content
    return [row["reference"][-6:] for row in answer.json()["results"]]


def test_newest_posted_come_first(client: Client) -> None:
    make_public(1, posted_on=date(2019, 7, 2))
    make_public(2, posted_on=date(2019, 7, 9))
    make_public(3, posted_on=date(2019, 7, 9))

    assert references(client) == ["000003", "000002", "000001"]
    page = client.get("/docket/").content.decode()
    assert page.index("-000003") < page.index("-000002") < page.index("-000001")


@pytest.mark.parametrize("query", ["hts=8413.81", "hts=8413810040", "hts=8413.81.0040", "hts=84"])
def test_a_number_filters_by_its_first_digits_dotted_or_plain(client: Client, query: str) -> None:
    make_public(1, hts10="8413810040")
    make_public(2, hts10="9403200080")

    assert references(client, f"?{query}") == ["000001"]


def test_words_are_found_stemmed_in_product_organization_and_answers(client: Client) -> None:
    make_public(1, product_name="Submersible centrifugal pumps")
    make_public(2, organization_name="Pump Works Inc.")
    make_public(3, search_text="for pumping water out of mines")
    make_public(4, product_name="Quartz slabs", organization_name="Granite Coast")

    assert references(client, "?q=pump") == ["000003", "000002", "000001"]
    assert references(client, "?q=centrifugal+pumps") == ["000001"]
    assert references(client, "?q=USTR-2019-0005-000004") == ["000004"]
    assert references(client, "?q=pump&organization=works") == ["000002"]


@pytest.mark.parametrize("words", ['"', "pump OR", "NEAR(", "a AND", "*", "';--", "col:x", "-", "()", "\x00"])
def test_words_are_never_taken_for_search_syntax(client: Client, words: str) -> None:
    make_public(1)

    assert client.get("/docket/", {"q": words}).status_code in {200, 400}
    assert client.get("/api/v1/docket/", {"q": words}).status_code in {200, 400}


def test_a_changed_petition_is_found_by_its_new_words_only(client: Client) -> None:
    petition = make_public(1, product_name="Bicycles")
    petition.product_name = "Kneeling pads"
    petition.save()

    assert references(client, "?q=bicycles") == []
    assert references(client, "?q=kneeling") == ["000001"]
    petition.delete()
    assert references(client, "?q=kneeling") == []


def test_a_wrong_filter_is_answered_with_a_sentence(client: Client) -> None:
    make_public(1)

    page = client.get("/docket/?hts=84x")
    assert "is not the beginning of an HTSUS number" in page.content.decode()
    answer = client.get("/api/v1/docket/?hts=84x")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == "hts"
    assert client.get("/docket.csv?hts=84x").status_code == 400


def test_the_exports_hold_the_agencys_columns_and_harmless_cells(client: Client) -> None:
    make_public(1, organization_name="=cmd()|' /C calc'!A0", hts10="0803900045", response_closes_at=None)

    text = b"".join(client.get("/docket.csv").streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[0][:8] == [
        "Doc Type", "Request Doc-ID", "Organization Name", "10-Digit HTS", "Date Posted", "Response Closes",
        "Reply Closes", "Stages",
    ]  # fmt: skip
    assert rows[1][:5] == [
        "REQUEST", "USTR-2019-0005-000001", "'=cmd()|' /C calc'!A0", "0803900045", "2019-07-02",
    ]  # fmt: skip
    workbook = b"".join(client.get("/docket.xlsx").streaming_content)  # type: ignore[attr-defined]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0)
    assert sheet.to_python()[1][2:5] == ["=cmd()|' /C calc'!A0", "0803900045", date(2019, 7, 2)]
    sent = b"".join(client.get("/docket.json").streaming_content)  # type: ignore[attr-defined]
    assert json.loads(sent)["results"][0]["hts10"] == "0803900045"
    assert b"USTR-2019-0005-000001" in client.get("/docket/feed/").content


def test_a_petition_page_shows_facts_and_the_decision_with_its_reasons(client: Client) -> None:
    make_public(
        1,
        decided_on=date(2019, 9, 1),
        rationale="A United States producer offers the product.",
        denial_codes=[{"code": "DR1", "reason": "failed to show that it is available only from China"}],
        findings=[{"criterion": "availability", "title": "Availability", "result": "against", "reasons": "Made here"}],
    )

    page = client.get("/docket/USTR-2019-0005-000001/").content.decode()
    for words in ("Breast pumps", "8413.81.0040", "DR1", "Made here", "A United States producer"):
        assert words in page
    decision = client.get("/api/v1/docket/USTR-2019-0005-000001/").json()["decision"]
    assert decision["findings"][0]["reasons"] == "Made here"


def test_an_unknown_petition_is_not_found_on_either_door(client: Client) -> None:
    assert client.get("/docket/USTR-2019-0005-999999/").status_code == 404
    answer = client.get("/api/v1/docket/USTR-2019-0005-999999/")
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert client.get("/api/v1/nonsense/").json()["title"] == "Not found"


def test_the_list_takes_no_more_statements_with_more_rows(client: Client) -> None:
    def statements() -> int:
        remembered.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/docket/").status_code == 200
        return len(queries)

    make_public(1)
    few = statements()
    for number in range(2, 40):
        make_public(number, stage=Stage.GRANTED)
    DocketVersion.advance()

    assert statements() == few <= 12


def test_the_count_follows_the_docket(client: Client, at: datetime) -> None:
    for number, words in ((1, "1 petition"), (2, "2 petitions")):
        make_public(number)
        DocketVersion.advance()
        assert f"{words}." in client.get("/docket/?q=pump").text
        run_clock(at=at)
        assert f"{words} as of {eastern(at)}." in " ".join(client.get("/docket/").text.split())


@pytest.mark.parametrize("number", ["0", "-1", "99999", "x", ""])
def test_a_page_number_that_does_not_exist_shows_the_nearest(client: Client, number: str) -> None:
    make_public(1)

    assert b"-000001" in client.get("/docket/", {"page": number}).content


def test_a_page_says_by_which_address_it_is_kept_and_what_it_is(client: Client, settings: Any) -> None:
    make_public(1, organization_name="</script><b>Ltd", product_name="Pumps & hoses", posted_on=date(2019, 7, 2))
    for address in ("/docket/USTR-2019-0005-000001/", "/docket/USTR-2019-0005-000001/?from=mail"):
        page = client.get(address).content.decode()
        own = f"{settings.BASE_URL}/docket/USTR-2019-0005-000001/"
        assert f'<link rel="canonical" href="{own}">' in page
        told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
        assert (told["identifier"], told["url"], told["datePublished"]) == ("USTR-2019-0005-000001", own, "2019-07-02")
        assert (told["name"], told["author"]["name"]) == (
            "USTR-2019-0005-000001: Pumps & hoses", "</script><b>Ltd",
        )  # fmt: skip


def test_the_page_of_a_number_is_kept_by_its_dotted_number_and_a_day_that_is_not_today(
    client: Client, settings: Any
) -> None:
    own = f"{settings.BASE_URL}/tariff/8413.81.0040/"
    for asked, kept in (
        ("8413810040/", own),
        ("8413.81.0040/?value=1000", own),
        ("8413810040/?as_of=2019-08-01&value=5", f"{own}?as_of=2019-08-01"),
    ):
        assert f'href="{kept}"' in client.get(f"/tariff/{asked}").content.decode().partition("canonical")[2][:200]


def test_the_data_page_lists_each_kind_of_file(client: Client) -> None:
    for one in datasets():
        kinds = {part["contentUrl"].rpartition(".")[2] for part in one["distribution"]}
        assert kinds == {"csv", "json", "xlsx"}
        for part in one["distribution"]:
            path = urlsplit(part["contentUrl"]).path
            assert client.get(path)["Content-Type"].partition(";")[0] == part["encodingFormat"]
