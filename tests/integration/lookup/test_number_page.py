"""The answer page of a number: what a shipment of it owes, with everything that it hangs on."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from exclusions.models import ActionRate, ExclusionTerm, PublicPetition, TariffAction, TariffLine
from tests.factories.tariff import LIST_1, LIST_3, cover, exclude, follow, make_edition, make_lists

pytestmark = pytest.mark.django_db

DAY = date(2026, 5, 1)
PUMP = "8413.81.0040"


@pytest.fixture(autouse=True)
def _pumps() -> None:
    """Put pumps on the schedule and on List 1 at 2.5%, with an exclusion in force, one ahead and one that is over."""
    make_edition(
        date(2026, 1, 1),
        ("84138100", "Pumps for liquids: Pumps"),
        ("8413810040", "Pumps for liquids: Pumps: Other"),
        ("0402999000", "Milk and cream: Other"),
        ("68109900", "Slabs"),
        ("6810990010", "Slabs: Of stone"),
        name="2026 Basic",
    )
    TariffLine.objects.filter(number__startswith="8413").update(general_rate="2.5%")
    TariffLine.objects.filter(number="0402999000").update(general_rate="46.3¢/kg + 14.9%")
    actions = make_lists()
    cover(actions["1"], "84138100", "99038801", LIST_1)
    cover(actions["3"], "68109900", "99038803", LIST_3)
    exclude(actions["1"], "8413810040", LIST_1, None, text="Breast pumps, electric")
    exclude(actions["1"], "8413810040", date(2027, 1, 1), None, text="Bilge pumps, of bronze")
    exclude(actions["1"], "8413810040", LIST_1, date(2019, 7, 9), text="Sump pumps, of steel")


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def petition(number: int, hts10: str = "8413810040", **values: object) -> PublicPetition:
    at = datetime(2019, 7, 8, tzinfo=ZoneInfo("America/New_York"))
    return PublicPetition.objects.create(
        reference=f"USTR-2018-0025-{number:06}", docket="USTR-2018-0025", hts10=hts10, updated_at=at,
        **{"organization_name": "Meadowlark", "product_name": f"Pumps {number}", "stage": "denied", **values},
    )  # fmt: skip


def test_one_sentence_says_what_a_shipment_owes_before_anything_else(client: Client) -> None:
    text = page(client, f"/tariff/{PUMP}/?as_of={DAY}")
    sentence = (
        "A shipment from China entered on May 1, 2026 owes the base rate of 2.5%, plus 25% under Section 301 (List 1) "
        "unless it meets the text of an exclusion."
    )
    assert sentence in text
    assert text.index(sentence) < text.index("<form", text.index("<main")) < text.index("Lists that cover it")


def test_a_day_without_an_edition_says_that_the_base_rate_is_not_known(client: Client) -> None:
    text = page(client, f"/tariff/{PUMP}/?as_of=2019-01-15&value=1000")
    assert "owes the base rate (not known: no edition of the HTSUS is on file for that day), plus 25%" in text
    assert "Total of what is known" in text
    assert "<strong>$250.00</strong>" in text


def test_value_in_duty_out(client: Client) -> None:
    text = page(client, f"/tariff/{PUMP}/?as_of={DAY}&value=$12,500.50")
    assert "2.5% of $12,500.50" in text
    assert "$3,125.13" in text, "25%, rounded to the cent"
    assert "<strong>$3,437.64</strong>" in text
    assert "owe up to <strong>$3,125.13</strong> less" in text
    assert 'value="$12,500.50"' in text


def test_meeting_the_text_of_an_exclusion_lifts_the_duty_of_its_list(client: Client) -> None:
    text = page(client, f"/tariff/{PUMP}/?as_of={DAY}&value=1000&meets=EX-1")
    assert "Excluded under 9903.88.05 (EX-1)" in text
    assert "<strong>$25.00</strong>" in text
    assert "less. Choose" not in text


def test_quantity_is_asked_where_the_rate_is_of_weight(client: Client) -> None:
    path = f"/tariff/0402.99.9000/?as_of={DAY}"
    assert '<label class="usa-label" for="id_kilograms">Kilograms</label>' in page(client, path)
    assert "Needed: kilograms" in page(client, f"{path}&value=200")
    assert "<strong>$76.10</strong>" in page(client, f"{path}&value=200&kilograms=100")
    assert "id_kilograms" not in page(client, f"/tariff/{PUMP}/?as_of={DAY}")


def test_partial_lines_and_goods_in_transit_are_one_question(client: Client) -> None:
    list_3 = TariffAction.objects.get(code="3")
    ActionRate.objects.create(
        action=list_3, heading="99038809", pct=10, kind="in_transit", valid_from=date(2026, 1, 1),
        valid_to=date(2026, 6, 14),
    )  # fmt: skip
    cover(list_3, "6810990010", "99038804", LIST_3)
    path = f"/tariff/6810.99.00/?as_of={DAY}&value=100"
    text = page(client, path)
    assert text.count("Which of these is true of your goods?") == 1
    assert "It was exported before January 1, 2026 and entered before June 15, 2026 (10% instead)" in text
    assert "It is classified in 6810.99.0010 (List 3, 25%)" in text


def test_goods_in_transit_owe_the_lower_rate_once_that_is_said(client: Client) -> None:
    ActionRate.objects.create(
        action=TariffAction.objects.get(code="3"), heading="99038809", pct=10, kind="in_transit",
        valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 14),
    )  # fmt: skip
    path = f"/tariff/6810.99.0010/?as_of={DAY}&value=100"
    assert "<strong>$25.00</strong>" in page(client, path)
    text = page(client, f"{path}&is=transit-99038809")
    assert "<strong>$10.00</strong>" in text
    assert 'value="transit-99038809" checked' in text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2.6m", "“2.6m” is not an amount. Write US dollars in digits"),
        ("1.234,50", "is not an amount"),
        ("-5", "is not an amount"),
        ("\u0661\u0660\u0660", "is not an amount"),
        ("9" * 20, "more than a million millions"),
        ("x" * 500, "at most 40 characters"),
        ("<b>", "“&lt;b&gt;” is not an amount"),
    ],
)
def test_what_is_no_amount_is_said_beside_its_field_and_kept(client: Client, typed: str, words: str) -> None:
    text = page(client, f"/tariff/{PUMP}/?as_of={DAY}&value={typed}")
    assert words in text
    assert 'aria-describedby="value-error"' in text
    assert "What the shipment owes" not in text


def test_an_answer_of_another_day_is_left_out_and_said(client: Client) -> None:
    text = page(client, f"/tariff/{PUMP}/?as_of={DAY}&value=100&is=transit-99038809&meets=EX-3")
    assert (
        "The address of this page holds an answer that we do not ask of this number on this day. We left it out."
        in text
    )
    assert "<strong>$27.50</strong>" in text


def test_exclusions_stand_by_how_they_are_on_the_day_with_their_terms_in_words(client: Client) -> None:
    text = page(client, f"/tariff/{PUMP}/?as_of={DAY}")
    places = [text.index(words) for words in (
        "Exclusions in force</h2>", "Breast pumps, electric</", "<h3>Ahead</h3>", "Bilge pumps", "Sump pumps",
    ) if words in text]  # fmt: skip
    assert places == sorted(places)
    assert 'aria-label="Jul 6, 2018 to Jul 9, 2019"' in text
    assert 'aria-label="Jul 6, 2018 to no stated end"' in text


def test_an_exclusion_of_several_terms_is_one_row_with_its_gaps(client: Client) -> None:
    sump = ExclusionTerm.objects.get(exclusion__reference="EX-3").exclusion
    ExclusionTerm.objects.create(
        exclusion=sump, heading="99038867", valid_from=date(2021, 10, 12), valid_to=date(2022, 12, 31)
    )
    text = page(client, f"/tariff/{PUMP}/?as_of={DAY}")
    assert 'aria-label="Jul 6, 2018 to Jul 9, 2019, then Oct 12, 2021 to Dec 31, 2022"' in text
    assert "1 exclusion ended or undated" in text


def test_rates_over_time_are_drawn_and_stand_in_a_table(client: Client) -> None:
    text = page(client, f"/tariff/6810.99.0010/?as_of={DAY}")
    assert "10% from September 24, 2018 to May 9, 2019; 25% from May 10, 2019 on." in text
    assert 'aria-label="Table of rates over time"' in text


def test_petitions_on_the_number_stand_with_their_outcomes(client: Client) -> None:
    for number in range(7):
        petition(number, posted_on=date(2019, 1, 1 + number), stage="granted" if number == 6 else "denied")
    petition(9, hts10="8413810020")
    text = page(client, f"/tariff/{PUMP}/?as_of={DAY}")
    assert "7 on the docket: granted 1, denied 6." in text
    assert "Pumps 6" in text
    assert "Pumps 1<" not in text, "only those posted last"
    assert 'href="/docket/?hts=8413.81.0040">See all petitions' in text
    assert "8 on the docket" in page(client, f"/tariff/8413.81.00/?as_of={DAY}")


def test_a_number_that_is_over_links_its_days_and_what_came_after(client: Client) -> None:
    TariffLine.objects.filter(number="8413810040").update(valid_to=date(2026, 6, 30))
    follow("8413810040", "8413810060", date(2026, 7, 1))
    make_edition(date(2026, 7, 1), ("8413810060", "Pumps for liquids: Pumps: Other"), name="2026 Rev 9")
    text = page(client, f"/tariff/{PUMP}/?as_of=2026-08-01", 404)
    assert 'href="/tariff/8413.81.0040/?as_of=2026-01-01" >Jan 1, 2026</a>' in text
    assert 'href="/tariff/8413.81.0040/?as_of=2026-06-30" >Jun 30, 2026</a>' in text
    assert 'After: <a href="/tariff/8413.81.0060/?as_of=2026-08-01"' in text
    assert "A shipment from China" not in text


@pytest.mark.parametrize("number", ["8413", "9903.88.01", "9802.00.40"])
def test_what_no_goods_are_entered_under_has_no_sentence(client: Client, number: str) -> None:
    make_edition(date(2026, 4, 1), ("8413", "Pumps"), ("99038801", "Articles"), ("98020040", "Articles"), name="R")
    text = page(client, f"/tariff/{number}/?as_of={DAY}")
    assert "A shipment from China" not in text
    assert 'id="id_value"' not in text


def test_more_exclusions_and_petitions_cost_no_more_statements(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    list_1 = TariffAction.objects.get(code="1")
    for number in range(30):
        exclude(list_1, "8413810040", LIST_1, date(2019, 1, 1), text=f"Pumps of kind {number}")
        petition(number)
    with django_assert_max_num_queries(15):
        client.get(f"/tariff/{PUMP}/?as_of={DAY}&value=1000")


def test_the_api_says_the_same_in_numbers(client: Client) -> None:
    body = client.get(f"/api/v1/tariff/lines/{PUMP}/", {"as_of": str(DAY)}).json()
    assert body["duty"]["sentence"].startswith(
        "A shipment from China entered on May 1, 2026 owes the base rate of 2.5%"
    )
    assert [(item["heading"], item["rate_pct"]) for item in body["duty"]["additional"]] == [("9903.88.01", 25)]
    assert Decimal(str(body["duty"]["additional"][0]["rate_pct"])) == 25
