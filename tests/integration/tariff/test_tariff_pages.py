"""The tariff look-up's pages."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exclusions.models import ActionRate, TariffAction
from tests.factories.facts import make_round
from tests.factories.tariff import LIST_1, LIST_3, LIST_4B, cover, exclude, follow, make_edition, make_lists

pytestmark = pytest.mark.django_db

DAY = "as_of=2026-05-01"
PUMPS = (
    ("84138100", "Pumps for liquids: Pumps"),
    ("8413810020", "Pumps for liquids: Pumps: Turbine pumps"),
    ("8413810040", "Pumps for liquids: Pumps: Other"),
)


@pytest.fixture(autouse=True)
def _pumps() -> None:
    """Put pumps on the schedule and on List 1, with one exclusion in force and one that is over."""
    make_edition(date(2026, 1, 1), *PUMPS, name="2026 Basic")
    actions = make_lists()
    cover(actions["1"], "84138100", "99038801", LIST_1)
    cover(actions["4B"], "84713001", "99038816", LIST_4B)
    exclude(actions["1"], "8413810040", LIST_1, None, text="Breast pumps, electric")
    exclude(actions["1"], "8413810040", LIST_1, date(2019, 7, 9), text="Sump pumps, of steel")
    follow("8413810010", "8413810040")


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def test_search_page_opens_without_a_question(client: Client) -> None:
    assert "No line was found" not in page(client, "/tariff/")


def test_words_find_lines_with_what_covers_them(client: Client) -> None:
    text = page(client, f"/tariff/?q=turbine&{DAY}")
    assert 'href="/tariff/8413.81.0020/?as_of=2026-05-01"' in text
    assert "List 1, 25%" in text
    assert "1 line." in text


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Use fewer or other words" in page(client, f"/tariff/?q=unicorn&{DAY}")


def test_statistical_number_leads_to_its_page(client: Client) -> None:
    response = client.get(f"/tariff/?q=8413810040&{DAY}")
    assert response.status_code == 302
    assert response.headers["Location"] == "/tariff/8413.81.0040/?as_of=2026-05-01"
    refused = client.get(f"/tariff/?q=0000000000&{DAY}")
    assert (refused.status_code, "there is no chapter 00" in refused.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("q=84138100401", "which is too many"),
        ("prefix=84A", "is not the beginning of an HTSUS number"),
        ("q=pump&as_of=banana", "Write the day as YYYY-MM-DD"),
        ("q=pump&as_of=9999-12-31", "to 2099"),
        ("q=pump&as_of=0001-01-01", "from 1989"),
    ],
)
def test_wrong_question_is_answered_beside_its_field(client: Client, query: str, sentence: str) -> None:
    text = page(client, f"/tariff/?{query}", 400)
    assert sentence in text
    assert 'aria-invalid="true"' in text


def test_day_without_an_edition_says_so(client: Client) -> None:
    assert "No whole edition of the HTSUS is loaded" in page(client, "/tariff/?q=8413.81&as_of=2019-01-15")


def test_number_page_tells_line_list_rate_and_exclusions(client: Client) -> None:
    text = page(client, f"/tariff/8413.81.0040/?{DAY}")
    assert "Pumps for liquids: Pumps: Other" in text
    assert "HTSUS 2026 Basic" in text
    assert "9903.88.01" in text
    assert "Breast pumps, electric" in text
    assert "1 exclusion ended or undated" in text
    assert "Before: <a" in text


def test_plain_number_has_the_same_page(client: Client) -> None:
    assert "<h1>8413.81.0040</h1>" in page(client, f"/tariff/8413810040/?{DAY}")


def test_short_number_offers_the_lines_below(client: Client) -> None:
    text = page(client, f"/tariff/84138100/?{DAY}")
    assert "Choose one of the 2 lines below it." in text
    assert 'href="/tariff/8413.81.0020/?as_of=2026-05-01"' in text


def test_suspended_list_is_told_apart(client: Client) -> None:
    text = page(client, "/tariff/8471.30.0100/?as_of=2025-12-31")
    assert "No Section 301 list covers it on this day." in text
    assert "was suspended before it took effect" in text


def test_number_that_is_not_there_answers_404_with_its_neighbours(client: Client) -> None:
    text = page(client, f"/tariff/8413.81.0099/?{DAY}", 404)
    assert "is not in the HTSUS on May 1, 2026" in text
    assert 'href="/tariff/8413.81.0040/?as_of=2026-05-01"' in text
    assert "Lists that cover it" not in text


@pytest.mark.parametrize("number", ["84A3", "841", "12345678901", "8413_81", "<script>"])
def test_text_that_is_no_number_answers_404_with_a_sentence(client: Client, number: str) -> None:
    text = page(client, f"/tariff/{number}/", 404)
    assert "usa-error-message" in text
    assert "<script>/" not in text


def test_wrong_day_shows_today_and_says_so(client: Client) -> None:
    assert "Write the day as YYYY-MM-DD, for example 2019-01-15. Today is shown." in page(
        client, "/tariff/8413.81.0040/?as_of=x"
    )


def test_open_round_is_named(client: Client) -> None:
    make_round()
    text = page(client, "/tariff/6810.99.00/?as_of=2019-07-08")
    assert "List 3 ($200 billion action): product exclusions" in text
    assert str(LIST_3.year) in text


@pytest.mark.parametrize("number", ["8413.81.0040", "8413.81.00", "8413", "8413.81.0099"])
def test_number_page_takes_few_statements(
    client: Client, number: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(15):  # one for each step through the editions; here it is one
        client.get(f"/tariff/{number}/?{DAY}")


def test_search_page_takes_few_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        client.get(f"/tariff/?q=pumps&{DAY}")


def make_action_on_all_goods() -> None:
    action = TariffAction.objects.create(
        code="FL",
        name="Forced-labor action",
        citation="91 FR 47318",
        reach="all_goods",
        unless="the goods are in transit or donations",
        position=9,
    )
    ActionRate.objects.create(action=action, heading="99030531", pct="12.5", valid_from=date(2026, 7, 24))


def test_an_action_on_all_goods_stands_beside_the_lists_and_asks(client: Client) -> None:
    make_action_on_all_goods()
    assert "plus 12.5%" not in page(client, "/tariff/8413.81.0040/?as_of=2026-07-23")
    text = page(client, "/tariff/8413.81.0040/?as_of=2026-07-24")
    assert "plus 12.5% under the forced-labor action unless an exception applies." in text
    assert "An exception to 9903.05.31 applies: the goods are in transit or donations" in text
    assert 'You may not owe all of this. <a href="#exceptions">See the exceptions.</a>' in text
    assert text.count("the goods are in transit or donations") == 1
    body = client.get("/api/v1/tariff/lines/8413.81.0040/?as_of=2026-07-24").json()
    (owed,) = body["also_owed"]
    assert (owed["heading"], owed["rate_pct"], owed["from"], owed["to"]) == ("9903.05.31", 12.5, "2026-07-24", None)
    assert [item["list"] for item in body["covered_by"]] == ["1"]


def test_the_rates_of_a_number_that_an_action_on_all_goods_alone_reaches_are_drawn(client: Client) -> None:
    make_action_on_all_goods()
    text = page(client, "/tariff/8471.30.01/?as_of=2026-07-24")
    assert "12.5% from July 24, 2026 on." in text


def test_duties_that_are_not_counted_are_named_with_their_days(client: Client) -> None:
    text = page(client, "/tariff/8413.81.0040/?as_of=2026-05-01")
    assert "other duties and fees may apply to your goods. They are not counted here." in text
    body = client.get("/api/v1/tariff/lines/8413.81.0040/?as_of=2026-05-01").json()
    named = {(item["heading"], item["from"], item["to"]) for item in body["not_counted"]}
    assert ("9903.03.01", "2026-02-24", "2026-07-23") in named
    assert ("", None, None) in named, "antidumping duties are of any day"
    assert not any(heading.startswith("9903.01") for heading, _, _ in named), "not collected since February 2026"
    assert all(item["source"] for item in body["not_counted"])


def test_a_number_that_a_list_names_answers_whatever_the_edition_says(client: Client) -> None:
    cover(TariffAction.objects.get(code="1"), "84148100", "99038801", LIST_1)
    text = page(client, f"/tariff/8414.81.00/?{DAY}")
    assert "is not in the HTSUS" in text
    assert "List 1" in text
    assert client.get(f"/api/v1/tariff/lines/84148100/?{DAY}").json()["covered_by"][0]["rate_pct"] == 25
    page(client, f"/tariff/8414.82.00/?{DAY}", 404)


def test_a_heading_for_some_goods_only_asks_which(client: Client) -> None:
    action = TariffAction.objects.get(code="1")
    cover(action, "84138100", "99039210", date(2024, 9, 27))
    ActionRate.objects.create(
        action=action, heading="99039210", pct=50, kind="partial", valid_from=date(2024, 9, 27),
        goods="gantry cranes", other_goods="99039280",
    )  # fmt: skip
    text = page(client, f"/tariff/8413.81.0040/?{DAY}")
    assert "50%; in part<br>Are the goods gantry cranes? If not, they come under 9903.92.80 instead." in text
