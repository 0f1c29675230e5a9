"""What was made for the demonstration says so: on every page that shows it, in every file and in the API."""

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from exclusions.facts.fictional import FICTIONAL
from exclusions.models import Exclusion, ExclusionTerm
from tests.factories.facts import make_round
from tests.factories.public import make_public
from tests.factories.tariff import LIST_1, cover, exclude, make_edition, make_lists

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Whether a term is fictional is asked in SQL.")]

NUMBER, DOCKET = "8413810040", "USTR-2026-9001"
REFERENCE = f"{DOCKET}-000001"
Asked = Callable[[Client, Exclusion], HttpResponse]


def today() -> date:
    return timezone.localdate()


def world(*, is_demo: bool, heading: str = "99038899", last: date | None = None) -> Exclusion:
    """An exclusion in force of a round, and the petition that led to it."""
    make_edition(date(2018, 1, 1), (NUMBER, "Breast pumps"))
    list_1 = make_lists()["1"]
    cover(list_1, NUMBER[:8], "99038801", LIST_1)
    round_ = make_round(slug="demo", docket=DOCKET, is_demo=is_demo, heading="99038899")
    found = exclude(list_1, NUMBER, LIST_1, last, text="Breast pumps of glass", heading=heading)
    make_public(
        1, docket=DOCKET, round=round_, hts10=NUMBER, product_name="Breast pumps of glass", exclusion=found,
        reference=REFERENCE,
    )  # fmt: skip
    return found


@pytest.fixture
def made_up() -> Exclusion:
    return world(is_demo=True)


@pytest.fixture
def real() -> Exclusion:
    return world(is_demo=False)


def entry() -> dict[str, Any]:
    entered = (today() - timedelta(days=90)).isoformat()
    return {"entry_number": "A-1", "entry_date": entered, "hts10": NUMBER, "value": 1000, "duty_paid": 250}


def refunds(client: Client, kind: str) -> HttpResponse:
    return client.post("/refunds/", {"lines": ",".join(map(str, entry().values())), "answer_as": kind})


def api_refunds(client: Client, _: Exclusion) -> HttpResponse:
    return client.post("/api/v1/refunds/", {"lines": [entry()]}, content_type="application/json")


PAGES: dict[str, Asked] = {
    "exclusions": lambda client, _: client.get("/exclusions/"),
    "exclusion": lambda client, one: client.get(f"/exclusions/{one.reference}/"),
    "number": lambda client, _: client.get("/tariff/8413.81.0040/"),
    "fit": lambda client, _: client.get(f"/fit/?hts={NUMBER}&text=breast+pump"),
    "refunds": lambda client, _: refunds(client, "page"),
    "search for an exclusion": lambda client, _: client.get("/search/?q=glass&kind=exclusion"),
    "search for a petition": lambda client, _: client.get("/search/?q=glass&kind=petition"),
    "search for a round": lambda client, _: client.get(f"/search/?q={DOCKET}&kind=round"),
    "docket": lambda client, _: client.get("/docket/"),
    "petition": lambda client, _: client.get(f"/docket/{REFERENCE}/"),
    "rounds": lambda client, _: client.get("/rounds/"),
    "round": lambda client, _: client.get("/rounds/demo/"),
}
API: dict[str, Asked] = {
    "exclusions": lambda client, _: client.get("/api/v1/exclusions/"),
    "exclusion": lambda client, one: client.get(f"/api/v1/exclusions/{one.reference}/"),
    "number": lambda client, _: client.get(f"/api/v1/tariff/lines/{NUMBER}/"),
    "numbers": lambda client, _: client.get(f"/api/v1/tariff/lines/?prefix={NUMBER}"),
    "fit": lambda client, _: client.get(f"/api/v1/fit/?hts={NUMBER}&text=pump"),
    "refunds": api_refunds,
    "search": lambda client, _: client.get("/api/v1/search/?q=glass&kind=exclusion"),
    "docket": lambda client, _: client.get("/api/v1/docket/"),
    "petition": lambda client, _: client.get(f"/api/v1/docket/{REFERENCE}/"),
    "rounds": lambda client, _: client.get("/api/v1/rounds/"),
}


def text_of(response: HttpResponse) -> str:
    assert response.status_code == 200, response.content
    return b"".join(response).decode() if response.streaming else response.content.decode()


def said(body: Any) -> list[bool]:
    """Every value of a field `fictional`, wherever in the body."""
    if isinstance(body, dict):
        own = [body["fictional"]] if "fictional" in body else []
        return own + [one for value in body.values() for one in said(value)]
    return [one for value in body for one in said(value)] if isinstance(body, list) else []


@pytest.mark.parametrize("name", PAGES)
def test_every_page_marks_what_is_fictional(client: Client, made_up: Exclusion, name: str) -> None:
    assert FICTIONAL in text_of(PAGES[name](client, made_up))


@pytest.mark.parametrize("name", PAGES)
def test_no_page_marks_what_is_real(client: Client, real: Exclusion, name: str) -> None:
    assert FICTIONAL not in text_of(PAGES[name](client, real))


@pytest.mark.parametrize("name", API)
def test_the_api_says_of_each_whether_it_is_fictional(client: Client, made_up: Exclusion, name: str) -> None:
    assert True in said(json.loads(text_of(API[name](client, made_up))))


@pytest.mark.parametrize("name", API)
def test_the_api_says_so_of_nothing_that_is_real(client: Client, real: Exclusion, name: str) -> None:
    assert set(said(json.loads(text_of(API[name](client, real))))) == {False}


@pytest.mark.parametrize("name", ["exclusions", "docket"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_every_file_has_a_column_that_says_so(client: Client, made_up: Exclusion, name: str, kind: str) -> None:
    response = client.get(f"/{name}.{kind}")
    if kind == "json":
        body = json.loads(text_of(response))
        (row,) = body["results"] if isinstance(body, dict) else body
        assert row["fictional"] is True
        return
    if kind == "xlsx":
        body = b"".join(response) if response.streaming else response.content
        rows = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
    else:
        rows = list(csv.reader(StringIO(text_of(response).lstrip("\ufeff"))))
    heading, row = rows[-2:]
    assert row[heading.index("Fictional")] == "yes"


def test_the_sheet_of_refunds_says_so_beside_the_exclusion(client: Client, made_up: Exclusion) -> None:
    assert f"{made_up.reference} (ask; {FICTIONAL.lower()})" in text_of(refunds(client, "csv"))


def test_a_citation_that_calls_itself_fictional_marks_its_term(client: Client) -> None:
    make_edition(date(2018, 1, 1), (NUMBER, "Breast pumps"))
    found = exclude(make_lists()["1"], NUMBER, LIST_1, None, authority="91 FR 99001 (fictional)")
    assert FICTIONAL in text_of(client.get(f"/exclusions/{found.reference}/"))


@pytest.fixture
def extended() -> Exclusion:
    """A real exclusion to which the demonstration gave a second term, that of its own round's heading."""
    ends = today() + timedelta(days=30)
    found = world(is_demo=True, heading="99038805", last=ends)
    ExclusionTerm.objects.create(
        exclusion=found, heading="99038899", note="h", item="2", valid_from=ends + timedelta(days=1), valid_to=None
    )
    return found


@pytest.mark.parametrize("name", ["exclusions", "number"])
def test_a_list_marks_an_invented_term_of_a_real_exclusion_and_not_the_exclusion(
    client: Client, extended: Exclusion, name: str
) -> None:
    page = text_of(PAGES[name](client, extended))
    assert f'<span class="tc-tag">{FICTIONAL}</span>' not in page
    assert page.count(f"({FICTIONAL.lower()})") == 1


def test_the_page_of_a_real_exclusion_marks_its_invented_term_alone(client: Client, extended: Exclusion) -> None:
    heading, _, rest = text_of(PAGES["exclusion"](client, extended)).partition("</h1>")
    assert FICTIONAL not in heading
    assert rest.count(FICTIONAL) == 1


def test_the_search_does_not_call_a_real_exclusion_fictional_for_one_term(client: Client, extended: Exclusion) -> None:
    assert FICTIONAL not in text_of(PAGES["search for an exclusion"](client, extended))
    assert set(said(json.loads(text_of(API["search"](client, extended))))) == {False}


def test_the_api_marks_the_invented_term_and_not_the_real_exclusion(client: Client, extended: Exclusion) -> None:
    body = json.loads(text_of(API["exclusion"](client, extended)))
    assert body["fictional"] is False
    assert [one["fictional"] for one in body["terms"]] == [False, True]
