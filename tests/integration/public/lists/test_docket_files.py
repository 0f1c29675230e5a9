"""The docket as files and as a feed: every public field, the list's filters and order, and memory that stays flat."""

import csv
import io
import json
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from exclusions.gateways import spreadsheet
from exclusions.models import DocketVersion, PublicPetition
from exclusions.queries.mirrors.dump_tables import dump_tables
from exclusions.queries.public.docket_columns import COLUMNS
from exclusions.workflow.outcomes import DECIDED_AS
from exclusions.workflow.states import Stage
from tests.factories.public import make_public

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("JSON is printed as text, and NULL sorted, by each its way."),
]
ATOM = "{http://www.w3.org/2005/Atom}"
NARROWED = {"asked": "Pumps", "granted": "Hand pumps", "reasons": [], "proposed_by": "the agency"}
EASTERN = ZoneInfo("America/New_York")


def sent(client: Client, address: str) -> bytes:
    return b"".join(client.get(address).streaming_content)  # type: ignore[attr-defined]


def as_rows(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sent(client, f"/docket.csv{query}").decode().lstrip("\ufeff"))))


def decided() -> PublicPetition:
    return make_public(
        2,
        stage=Stage.IN_PART,
        historical=False,
        decided_on=date(2019, 9, 1),
        support_count=3,
        rationale="Shown in part.",
        denial_codes=[],
        findings=[{"criterion": "availability", "title": "Availability", "result": "for", "reasons": "Nowhere else"}],
        narrowing=NARROWED,
        response_closes_at=datetime(2019, 7, 16, 23, 59, tzinfo=EASTERN),
    )


def test_every_public_field_is_in_each_file_and_what_the_source_lacks_is_no_zero(client: Client) -> None:
    make_public(1)
    decided()

    newest, oldest = as_rows(client)
    assert list(newest) == [column.heading for column in COLUMNS.values()]
    assert (newest["Response Closes"], newest["Outcome"], newest["Date Decided"], newest["In Support"]) == (
        "2019-07-16", "Granted in part", "2019-09-01", "3",
    )  # fmt: skip
    assert json.loads(newest["Granted In Part"])["granted"] == "Hand pumps"
    assert (oldest["In Support"], oldest["Opposed"], oldest["Source"]) == ("", "", "docket spreadsheet")

    objects = json.loads(sent(client, "/docket.json"))["results"]
    assert objects[0]["findings"][0]["reasons"] == "Nowhere else"
    assert (objects[1]["in_support"], objects[1]["decided_on"], objects[1]["findings"]) == (None, None, None)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sent(client, "/docket.xlsx"))).get_sheet_by_index(0).to_python()
    cells: dict[str, Any] = dict(zip(sheet[0], sheet[1], strict=True))
    assert (cells["Date Posted"], cells["Date Decided"], cells["In Support"]) == (
        date(2019, 7, 3), date(2019, 9, 1), 3,
    )  # fmt: skip


@pytest.mark.parametrize(("narrowing", "outcome"), [({}, "grant"), (NARROWED, "in_part")])
def test_a_grant_that_waits_for_its_notice_has_its_outcome_everywhere(
    client: Client, narrowing: dict[str, Any], outcome: str
) -> None:
    make_public(2, stage=Stage.STAGE4, historical=False, decided_on=date(2019, 9, 1), narrowing=narrowing)
    (row,) = as_rows(client)
    assert row["Outcome"] == DECIDED_AS[outcome]
    (found,) = json.loads(sent(client, "/docket.json"))["results"]
    assert (found["stage"], found["outcome"]) == ("stage4", outcome)
    assert client.get(f"/api/v1/docket/{row['Request Doc-ID']}/").json()["decision"]["outcome"] == outcome
    table = next(one for one in dump_tables(date(2019, 9, 2)) if one.name == "decisions")
    place = [column.name for column in table.columns].index("outcome")
    assert [one[place] for one in table.rows()] == [outcome]


def test_files_and_feed_keep_the_filters_and_files_the_order(client: Client) -> None:
    make_public(1, organization_name="Zinc Works")
    make_public(2, organization_name="Acorn Works")
    make_public(3, organization_name="Meadowlark")

    names = [row["Organization Name"] for row in as_rows(client, "?organization=works&sort=organization")]
    assert names == ["Acorn Works", "Zinc Works"]
    feed = ElementTree.fromstring(client.get("/docket/feed/?organization=works").content)
    assert len(feed.findall(f"{ATOM}entry")) == 2


@pytest.mark.parametrize("query", ["hts=84x", "posted_from=2026-13-01", "sort=best"])
def test_a_file_is_refused_with_the_sentence_of_what_is_wrong(client: Client, query: str) -> None:
    answer = client.get(f"/docket.csv?{query}")
    assert answer.status_code == 400
    assert len(answer.content.decode().split()) > 5


def test_the_feed_is_one_that_readers_accept(client: Client) -> None:
    decided()
    DocketVersion.advance()

    answer = client.get("/docket/feed/?organization=meadow")
    feed = ElementTree.fromstring(answer.content)
    own = feed.find(f"{ATOM}link[@rel='self']")
    assert own is not None
    assert own.attrib["href"].endswith("/docket/feed/?organization=meadow")
    title = feed.findtext(f"{ATOM}title") or ""
    assert title.endswith("Organization: meadow")
    written = "2019-07-08T10:00:00-04:00"
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated") or "") == datetime.fromisoformat(written)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "") == datetime.fromisoformat(written)
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Meadowlark Infant Care LLC"
    again = client.get("/docket/feed/?organization=meadow", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304
    DocketVersion.advance()
    assert client.get("/docket/feed/?organization=meadow", HTTP_IF_NONE_MATCH=answer["ETag"]).status_code == 200
    assert client.post("/docket/feed/").status_code == 405


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_that_somebody_has_is_not_sent_again(client: Client, kind: str) -> None:
    make_public(1)
    DocketVersion.advance()
    tag = client.get(f"/docket.{kind}")["ETag"]
    asked = {"if-none-match": tag}
    assert client.get(f"/docket.{kind}", headers=asked).status_code == 304
    assert client.get(f"/docket.{kind}?stage=granted", headers=asked).status_code == 200, "another file"
    assert client.get(f"/docket.{kind}?hts=84x", headers=asked).status_code == 400
    DocketVersion.advance()
    assert client.get(f"/docket.{kind}", headers=asked).status_code == 200


def test_rows_that_a_sheet_cannot_hold_go_on_in_the_next(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "ROWS_A_SHEET", 2)
    for number in range(1, 6):
        make_public(number)

    book = CalamineWorkbook.from_filelike(io.BytesIO(sent(client, "/docket.xlsx")))
    assert book.sheet_names == ["Docket", "Docket 2", "Docket 3"]
    pages = [book.get_sheet_by_index(place).to_python() for place in range(3)]
    assert [row[1] for page in pages for row in page[1:]] == [f"USTR-2019-0005-00000{n}" for n in (5, 4, 3, 2, 1)]


def test_a_text_that_a_cell_cannot_hold_says_where_it_goes_on(client: Client) -> None:
    make_public(1, rationale="x" * 40_000)

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sent(client, "/docket.xlsx"))).get_sheet_by_index(0).to_python()
    assert str(dict(zip(sheet[0], sheet[1], strict=True))["Rationale"]).endswith("(goes on in the other files)")
    assert len(as_rows(client)[0]["Rationale"]) == 40_000


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_a_file_takes_no_statement_for_each_row(client: Client, kind: str) -> None:
    asked = []
    for numbers in (range(1, 3), range(3, 30)):
        for number in numbers:
            make_public(number)
        with CaptureQueriesContext(connection) as captured:
            sent(client, f"/docket.{kind}")
        asked.append(len(captured))
    assert asked[0] == asked[1]
