"""The one search, on its page and in the API: what it finds, in which order, page by page, and bad input."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exclusions.workflow.states import Stage
from tests.factories.asking.exclusions import make_exclusion
from tests.factories.asking.schedule import load_schedule
from tests.factories.facts import make_round
from tests.factories.public import make_public
from tests.factories.tariff import make_lists

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Each database ranks and sorts in its own way.")]
DAY = "2026-05-01"


@pytest.fixture(autouse=True)
def _site() -> None:
    load_schedule()


def found(client: Client, q: str, **more: str) -> list[dict[str, Any]]:
    answer = client.get("/api/v1/search/", {"q": q, "as_of": DAY, **more})
    assert answer.status_code == 200, answer.content
    rows: list[dict[str, Any]] = answer.json()["results"]
    return rows


def kinds(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["kind"], row["number"]) for row in rows]


def page(client: Client, status: int = 200, **query: str) -> str:
    answer = client.get("/search/", {"as_of": DAY, **query})
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_exclusions_and_petitions_in_the_very_words_come_first_then_headings_and_lines(client: Client) -> None:
    make_exclusion()
    make_public(1)

    rows = found(client, "breast pump")
    assert kinds(rows)[:2] == [("exclusion", "L1-8413810040-AAAAAA"), ("petition", "USTR-2019-0005-000001")]
    assert kinds(rows)[2:4] == [("heading", "8413"), ("line", "8413.81.0040")]
    assert rows[2]["url"].endswith(f"/tariff/8413/?as_of={DAY}")
    assert rows[3]["title"].startswith("Breast pumps (Other pumps; Pumps for liquids")
    assert [row["standing"] for row in rows[:2]] == ["Not in force", "Denied"]
    assert all(row["why"].endswith((".", "”")) for row in rows)
    assert all(client.get(row["url"]).status_code == 200 for row in rows)


def test_of_those_in_the_very_words_the_exclusion_in_force_and_the_granted_petition_come_first(client: Client) -> None:
    make_exclusion("L1-8413810040-OVER00")
    make_exclusion("L1-8413810040-MORE00", "Milk pumps for breast feeding and other pumps")
    live = "Breast pumps, electric, each with accessories and batteries and a bag"
    make_exclusion("L1-8413810040-ZLIVE0", live, until=None)
    make_public(1, stage=Stage.GRANTED)
    for number in range(2, 60):
        make_public(number)

    rows = kinds(found(client, "breast pump"))
    assert rows[:2] == [("exclusion", "L1-8413810040-ZLIVE0"), ("exclusion", "L1-8413810040-OVER00")]
    assert rows[2] == ("petition", "USTR-2019-0005-000001")
    assert rows[4] == ("heading", "8413")
    shown = page(client, q="breast pumps").partition('id="found"')[2]
    assert shown.index("ZLIVE0") < shown.index("000001") < shown.index(">8413<")
    assert len(rows) == len(set(rows))


def test_words_that_stand_apart_or_name_another_thing_do_not_put_it_first(client: Client) -> None:
    make_exclusion("L1-8413810040-APART0", "Pumps for milk of the breast")
    make_exclusion("L1-8413910000-COVER0", "Pump covers (described in statistical reporting number 8413.91.0000)")

    assert kinds(found(client, "breast pump"))[0] == ("heading", "8413")
    assert kinds(found(client, "pump"))[:2] == [("exclusion", "L1-8413810040-APART0"), ("heading", "8413")]


@pytest.mark.parametrize("q", ["8413.81.0040", "8413810040", "8413.81.00", "841381", "8413 81 0040"])
def test_a_number_finds_its_line_exclusions_and_petitions_dotted_plain_or_begun(client: Client, q: str) -> None:
    make_exclusion()
    make_public(1)
    make_public(2, hts10="0709930000")

    rows = kinds(found(client, q))
    assert ("line", "8413.81.0040") in rows
    assert rows[-2:] == [("exclusion", "L1-8413810040-AAAAAA"), ("petition", "USTR-2019-0005-000001")]


def test_a_round_is_found_by_its_title_and_its_docket(client: Client) -> None:
    make_lists()
    round = make_round()

    assert ("round", round.docket) in kinds(found(client, round.title))
    assert ("round", round.docket) in kinds(found(client, round.docket))
    assert found(client, "parachutes") == []


def test_a_misspelt_word_is_corrected_said_and_may_be_searched_as_typed(client: Client) -> None:
    make_public(1, product_name="Backpack for boys")

    assert kinds(found(client, "backpaks"))[:2] == [("petition", "USTR-2019-0005-000001"), ("heading", "4202")]
    shown = page(client, q="backpaks")
    assert "Showing results for <strong>backpacks</strong>" in shown
    assert "Search for “backpaks” instead" in shown
    assert "We found nothing for “backpaks”" in page(client, q="backpaks", verbatim="1")


def test_who_is_called_so_comes_before_what_was_guessed(client: Client) -> None:
    make_public(1, organization_name="Backpak Inc.")

    assert kinds(found(client, "backpak"))[:2] == [("petition", "USTR-2019-0005-000001"), ("heading", "4202")]


def test_a_name_that_is_nearly_one_of_the_docket_is_offered(client: Client) -> None:
    make_public(1, organization_name="Meadowlark Infant Care LLC")

    assert "Meadowlark Infant Care LLC" in page(client, q="meadowlrak infant care", kind="petition")


def test_every_petition_is_on_some_page_once_and_in_order(client: Client) -> None:
    make_exclusion()
    for number in range(1, 61):
        make_public(number)

    answer = client.get("/api/v1/search/", {"q": "pumps", "as_of": DAY, "page_size": "7"})
    seen: list[tuple[str, str]] = []
    while True:
        body = answer.json()
        seen += kinds(body["results"])
        if not body["next"]:
            break
        answer = client.get(body["next"])
    assert len(seen) == len(set(seen))
    petitions = [number for kind, number in seen if kind == "petition"]
    assert len(petitions) == 60
    assert petitions == sorted(petitions, reverse=True) or petitions[0] == "USTR-2019-0005-000059"
    assert client.get(body["previous"]).json()["results"]
    last = page(client, q="pumps", page="3")
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last
    assert "There is no page 9" in page(client, q="pumps", page="9")


def test_help_is_found_by_what_a_page_is_about(client: Client) -> None:
    rows = [row for row in found(client, "confidential information") if row["kind"] == "help"]
    assert rows[0]["title"] == "Business confidential information"
    assert client.get(rows[0]["url"]).status_code == 200
    assert all(row["kind"] != "help" for row in found(client, "pump"))


@pytest.mark.parametrize("kind", ["heading", "line", "exclusion", "petition", "round", "help"])
def test_one_kind_alone(client: Client, kind: str) -> None:
    make_exclusion()
    make_public(1)

    rows = found(client, "pump", kind=kind)
    assert {row["kind"] for row in rows} <= {kind}
    assert bool(rows) is (kind not in ("round", "help"))


@pytest.mark.parametrize(
    "q", ['pump" OR NEAR(', "pump -valve* AND", "pump 🙂", "pump " * 2_000, "%_pump'); --", "{{pump}} <b>"]
)
def test_operators_emoji_and_long_queries_are_words_and_no_more(client: Client, q: str) -> None:
    assert client.get("/api/v1/search/", {"q": q}).status_code == 200
    assert "<b>" not in page(client, q=q).partition('id="found"')[2]


def test_what_holds_nothing_to_look_for_is_said(client: Client) -> None:
    assert "“🙂” has no word or number" in page(client, q="🙂")
    assert "84138100401" in page(client, q="84138100401")
    assert "We searched for the first 199 characters only" in page(client, q="pump " * 2_000)
    refused = client.get("/api/v1/search/", {"q": "🙂"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "q")
    assert found(client, "") == []
    assert "Enter a product" in page(client)
    assert "Write the day as YYYY-MM-DD" in page(client, 400, q="pump", as_of="banana")
    assert "Choose a kind of result" in page(client, 400, q="pump", kind="banana")
    assert "delete the character that cannot be shown (U+0000)" in page(client, 400, q="pump\0")
    assert client.get("/api/v1/search/", {"q": "pump", "cursor": "cD14"}).status_code == 400


def test_a_number_of_no_line_leads_to_its_page(client: Client) -> None:
    shown = page(client, q="8413.99.0000")
    assert "No tariff number begins with these digits on this day" in shown
    assert f"/tariff/8413.99.0000/?as_of={DAY}" in shown


def test_while_somebody_types_the_results_alone_are_sent(client: Client) -> None:
    answer = client.get("/search/", {"q": "pump", "as_of": DAY}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<main" not in text
    assert "Pumps for liquids" in text
    assert 'role="status" hx-swap-oob' in text
    assert "HX-Request" in answer["Vary"]
    restored = client.get(
        "/search/", {"q": "pump"}, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<main" in restored.content.decode()


def test_the_header_searches_everything_for_the_public(client: Client) -> None:
    assert 'action="/search/"' in page(client)


def test_statements_do_not_grow_with_what_is_on_record(client: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            found(client, "breast pumps")
        return len(queries)

    for number in range(1, 60):
        make_public(number)
        make_exclusion(f"L1-8413810040-{number:06}")
    few = statements()
    for number in range(60, 99):
        make_public(number)
        make_exclusion(f"L1-8413810040-{number:06}")
    assert statements() == few <= 16


@pytest.mark.parametrize("q", ["9903.88.06", "99038806"])
def test_a_heading_of_chapter_99_finds_what_is_claimed_under_it(client: Client, q: str) -> None:
    make_exclusion()
    (row,) = found(client, q, kind="exclusion")
    assert (row["number"], row["why"]) == (
        "L1-8413810040-AAAAAA", "An exclusion from List 1 duties that is or was claimed under this heading.",
    )  # fmt: skip
    assert found(client, "9903.88.07", kind="exclusion") == []
