"""What programs read: nothing that the source does not give, one name a field, one form a moment, nothing twice."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import resolve

from exclusions.workflow.states import Stage
from tests.factories.facts import make_round
from tests.factories.public import make_public
from tests.factories.site import DECIDED, WHOLE_NUMBER

pytestmark = pytest.mark.django_db

EASTERN = ZoneInfo("America/New_York")
FORMER = {"doc_type", "response_closes_on", "reply_closes_on", "in_support", "opposed"}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*")
ALL = (
    *(f"/api/v1/{name}/" for name in ("rounds", "docket", "exclusions", "tariff/lines", "anchors")),
    "/api/v1/search/?q=pumps",
    f"/api/v1/docket/{DECIDED}/",
    "/api/v1/rounds/covid/",
    "/api/v1/exclusions/EX-1/",
    f"/api/v1/tariff/lines/{WHOLE_NUMBER}/",
    f"/api/v1/fit/?hts={WHOLE_NUMBER}&text=pumps",
)


def exported(client: Client, name: str = "docket", query: str = "") -> list[dict[str, Any]]:
    answer: Any = client.get(f"/{name}.json{query}")
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    found: list[dict[str, Any]] = json.loads(body)["results"]
    return found


def strings(body: Any) -> Iterator[str]:
    if isinstance(body, dict):
        for value in body.values():
            yield from strings(value)
    elif isinstance(body, list):
        for value in body:
            yield from strings(value)
    elif isinstance(body, str):
        yield body


def test_what_a_spreadsheet_does_not_give_is_null_and_not_nought(client: Client) -> None:
    make_public(1, historical=True)
    make_public(2, historical=False, support_count=0, oppose_count=2)
    for number, said in ((1, (None, None, "docket spreadsheet")), (2, (0, 2, "filed here"))):
        reference = f"USTR-2019-0005-{number:06}"
        one = client.get(f"/api/v1/docket/{reference}/").json()
        (row,) = [row for row in client.get("/api/v1/docket/").json()["results"] if row["reference"] == reference]
        (export,) = [row for row in exported(client) if row["reference"] == reference]
        for body in (one, row, export):
            assert (body["support_count"], body["oppose_count"], body["source"]) == said
        page = client.get(f"/docket/{reference}/").content.decode()
        assert ("Not in the source" in page) == (number == 1)


@pytest.mark.usefixtures("listed_site")
def test_a_field_of_the_docket_has_one_name_and_one_value_in_api_and_file(client: Client) -> None:
    make_public(
        777,
        historical=False,
        stage=Stage.GRANTED,
        support_count=1,
        response_closes_at=datetime(2019, 7, 16, 23, 59, tzinfo=EASTERN),
    )
    files = {row["reference"]: row for row in exported(client)}
    rows = client.get("/api/v1/docket/?page_size=200").json()["results"]
    assert len(rows) == len(files) > 60
    for row in rows:
        assert {name: files[row["reference"]].get(name, "lacks") for name in row} == row
    assert set(next(iter(files.values()))) >= FORMER, "what programs rely on is still there"
    assert {row["stage"] for row in rows} <= set(Stage.values)


@pytest.mark.usefixtures("listed_site")
def test_what_is_true_or_not_is_so_in_the_files(client: Client) -> None:
    for name, fields in {"docket": {"fictional"}, "exclusions": {"fictional", "whole_number", "in_force"}}.items():
        for row in exported(client, name):
            assert {type(row[field]) for field in fields} == {bool}
            assert "" not in (row.get("from"), row.get("to"), row.get("published_on"))


@pytest.mark.parametrize("address", ALL)
@pytest.mark.usefixtures("listed_site", "no_throttle")
def test_every_moment_has_the_offset_of_new_york(client: Client, address: str) -> None:
    make_public(778, response_closes_at=datetime(2019, 1, 16, 23, 59, tzinfo=UTC))
    bodies = [client.get(address).json(), exported(client)]
    moments = [text for text in strings(bodies) if MOMENT.fullmatch(text)]
    assert moments
    for text in moments:
        moment = datetime.fromisoformat(text)
        assert moment.utcoffset() == moment.astimezone(EASTERN).utcoffset(), text


@pytest.mark.parametrize("name", ["rounds", "docket", "exclusions"])
@pytest.mark.usefixtures("listed_site", "no_throttle")
def test_what_a_list_names_has_the_address_of_its_page(client: Client, name: str, settings: Any) -> None:
    for row in client.get(f"/api/v1/{name}/?page_size=3").json()["results"]:
        assert row["url"].startswith(f"{settings.BASE_URL}/{name}/")
        assert client.get(urlsplit(row["url"]).path).status_code == 200


@pytest.mark.usefixtures("listed_site")
def test_a_document_has_the_address_of_its_file(client: Client) -> None:
    found = client.get(f"/api/v1/docket/{DECIDED}/").json()["documents"]
    assert found
    for one in found:
        where = resolve(urlsplit(one["url"]).path)
        assert (where.url_name, str(where.kwargs["key"])) == ("docket-document", one["key"])


def test_a_petition_names_its_round(client: Client) -> None:
    make_public(1, round=make_round("list-3"))
    make_public(2)
    rows = client.get("/api/v1/docket/").json()["results"]
    assert [row["round"] for row in rows] == [None, "list-3"]
    assert client.get("/api/v1/docket/USTR-2019-0005-000001/").json()["round"] == "list-3"


# ---- what changed ----------------------------------------------------------------------------------------------------
def test_what_changed_since_is_asked_for_on_every_door(client: Client) -> None:
    moment = datetime(2019, 9, 3, 10, 0, 0, 250000, tzinfo=UTC)
    for number in (1, 2, 3):
        make_public(number, updated_at=moment + timedelta(hours=number))
    last = client.get("/api/v1/docket/USTR-2019-0005-000002/").json()["updated_at"]
    for since, found in ((last, {"000002", "000003"}), ("2019-09-04", set()), ("2019-09-03T13:00:00.25Z", {"000003"})):
        asked = {"updated_since": since}
        rows = client.get("/api/v1/docket/", asked).json()["results"]
        assert {row["reference"][-6:] for row in rows} == found
        page: Any = client.get("/docket.json", asked)
        assert {row["reference"][-6:] for row in json.loads(b"".join(page.streaming_content))["results"]} == found
        assert len(re.findall(r"Breast pumps\s*</", client.get("/docket/", asked).content.decode())) >= len(found)


@pytest.mark.parametrize("since", ["x", "2019-13-01", "2019-07-08T10:00:00 00:00", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_is_none_is_refused_with_a_sentence(client: Client, since: str) -> None:
    sentence = "Changed since: enter a moment such as 2019-06-30T00:00:00Z, or a day such as 2019-06-30."
    assert client.get("/api/v1/docket/", {"updated_since": since}).json()["detail"] == sentence
    for address in ("/docket/", "/docket.csv", "/docket/feed/"):
        answer = client.get(address, {"updated_since": since})
        assert answer.status_code == 400
        assert sentence in answer.content.decode()


@pytest.mark.parametrize("address", ALL)
@pytest.mark.usefixtures("listed_site")
def test_nobody_is_sent_what_they_have_and_no_cookie_is_read(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("listed_site")
def test_what_is_left_stands_where_the_schema_says_so(client: Client) -> None:
    shared = client.get("/api/v1/rounds/")
    refused = client.get("/api/v1/rounds/none-of-this-name/")
    own = client.post("/api/v1/refunds/", {"lines": []}, content_type="application/json")
    has = ["RateLimit-Remaining" in answer for answer in (shared, refused, own)]
    assert (has, "RateLimit-Policy" in shared) == ([False, True, True], True)
    described = client.get("/api/v1/schema/?format=json").json()["info"]["description"]
    assert "A success that everybody may read has the limit alone, in `RateLimit-Policy`" in described
    assert "Any other answer to a request that was counted" in described


@pytest.mark.usefixtures("listed_site")
def test_a_sender_is_told_the_limit_and_once_it_is_reached_what_is_left(client: Client) -> None:
    """What is left to one sender is no part of an answer that caches may give to the next."""
    answer = client.get("/api/v1/docket/")
    assert answer["RateLimit-Policy"] == '"reads";q=600;w=60'
    assert "RateLimit-Remaining" not in answer
    for _ in range(600):
        answer = client.get("/api/v1/questionnaires/x/")
        if answer.status_code == 429:
            break
    assert (answer.status_code, answer["RateLimit-Remaining"], answer["RateLimit-Reset"]) == (429, "0", "60")
    assert 0 < int(answer["Retry-After"]) <= 60
