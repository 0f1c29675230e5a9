"""Covered numbers that left the HTSUS: every one of them says so, on every day, whatever editions are on file."""

from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from exclusions.checks import hts_number
from exclusions.checks.result import Facts
from exclusions.gateways.entry_lines import EntryLine
from exclusions.gateways.tariff.renumbered import left_numbers
from exclusions.hts import HtsNumber, dotted, parse
from exclusions.permissions.filing_facts import tariff_facts
from exclusions.queries.lookup.number.number_facts import number_facts
from exclusions.queries.lookup.number.shipment import duties_of
from exclusions.queries.lookup.refunds import refunds_found
from tests.factories.tariff import cover, follow, make_edition, make_lists

pytestmark = pytest.mark.django_db

HS_2022 = date(2022, 1, 27)
EVE = date(2022, 1, 26)
AFTER = (HS_2022, date(2022, 6, 1), date(2023, 6, 1), date(2024, 6, 3), date(2025, 2, 1), date(2026, 6, 9),
         date(2026, 11, 29))  # fmt: skip
GONE = sorted(number for number, left in left_numbers().items() if left.day == HS_2022)
SUSPENDED = "99038816"


def wrong(day: date, numbers: list[str]) -> list[tuple[str, str]]:
    """The numbers that do not say on the day that they have left, with what they say."""
    found = []
    for number in numbers:
        facts = number_facts(HtsNumber(number), day)
        said = facts.left_on == HS_2022 and facts.exists is False and facts.has_answer
        nothing_owed = duties_of(facts) is not None or facts.coverage or facts.also_owed or facts.not_counted
        words = f"{dotted(number)} left the HTSUS on January 27, 2022, with the 2022 Harmonized System. "
        named = bool(facts.successors) or f"not on file. Look for it under heading {number[:4]}:" in facts.remark
        if not said or nothing_owed or not facts.remark.startswith(words) or not named:
            found.append((number, facts.remark))
    return found


def covered_still(numbers: list[str]) -> list[str]:
    """The numbers that are on no list on the eve, suspended ones aside."""
    return [n for n in numbers if not any(item.holds_on(EVE) for item in number_facts(HtsNumber(n), EVE).history)]


def test_there_are_436_of_them() -> None:
    assert len(GONE) == 436


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("day", AFTER)
def test_every_one_says_when_it_left_as_shipped(day: date) -> None:
    assert wrong(day, GONE) == []


@pytest.mark.usefixtures("shipped")
def test_every_one_is_on_its_list_to_the_eve() -> None:
    assert covered_still(GONE) == []
    assert number_facts(parse("8541.40.60"), EVE).left_on is None
    assert [item.heading for item in number_facts(parse("8541.40.60"), EVE).coverage] == ["99038802"]


@pytest.mark.usefixtures("shipped")
@pytest.mark.deep("test_every_one_says_when_it_left_as_shipped asks the same without editions.")
def test_every_one_says_when_it_left_with_every_edition_on_file(shared_data: Path) -> None:
    for name in ("hts_2021_rev12.csv.gz", "hts_2019_rev20.csv.gz", "hts_2026_rev_6.json.gz", "hts_2022_rev12.csv.gz",
                 "hts_2024_rev9.csv.gz", "hts_2024_rev10.csv.gz", "hts_2025_basic.json.gz",
                 "hts_2025_rev26.csv.gz"):  # fmt: skip
        call_command("load_hts", shared_data / "hts" / name, stdout=StringIO(), stderr=StringIO())
        if name == "hts_2021_rev12.csv.gz":  # the only edition, and older than the day
            assert wrong(date(2023, 6, 1), GONE[::20]) == []
    for day in AFTER:
        assert wrong(day, GONE[::3]) == [], day
    assert covered_still(GONE) == []


def test_an_old_edition_says_nothing_of_the_days_after(client: Client) -> None:
    cover(make_lists()["3"], "85258050", "99038803", date(2018, 9, 24))
    make_edition(date(2020, 1, 1), ("85258050", "Television cameras: Other"), name="2020 Rev 18")
    facts = number_facts(parse("8525.80.50"), date(2023, 6, 1))
    assert (facts.exists, facts.left_on, facts.description) == (False, HS_2022, "Television cameras: Other")
    text = " ".join(client.get("/tariff/8525.80.50/?as_of=2023-06-01&value=1000").content.decode().split())
    assert "8525.80.50 left the HTSUS on January 27, 2022, with the 2022 Harmonized System." in text
    assert "nothing under Section 301" not in text
    assert "No Section 301 list covers it" not in text
    assert "Total" not in text
    assert number_facts(parse("8525.80.50"), EVE).exists is True


def test_page_and_api_answer_with_the_day_and_the_heading(client: Client) -> None:
    path = "tariff/lines/8541.40.60/?as_of=2023-06-01"
    body: dict[str, Any] = client.get(f"/api/v1/{path}").json()
    assert (body["left_on"], body["exists"], body["duty"], body["covered_by"], body["successors"]) == (
        "2022-01-27", False, None, [], [],
    )  # fmt: skip
    assert "Which number the goods took is not on file. Look for it under heading 8541" in body["remark"]
    response = client.get("/tariff/8541.40.60/?as_of=2023-06-01")
    assert response.status_code == 200
    assert b"0%</text>" not in response.content, "no line falls to nothing"
    assert client.get("/api/v1/tariff/lines/8541.42.00/?as_of=2023-06-01").json()["left_on"] is None


def test_a_successor_is_named_where_a_source_names_it(client: Client) -> None:
    follow("8541406015", "8541420010", HS_2022)
    body = client.get("/api/v1/tariff/lines/8541.40.6015/?as_of=2023-06-01").json()
    assert [item["number"] for item in body["successors"]] == ["8541.42.0010"]
    assert "Sources on file name 8541.42.0010 after it." in body["remark"]


def test_an_edition_of_later_days_that_has_a_number_again_is_believed() -> None:
    make_edition(date(2024, 1, 1), ("85414060", "Cells"), name="2024")
    facts = number_facts(parse("8541.40.60"), date(2024, 6, 1))
    assert (facts.exists, facts.left_on) == (True, None)
    assert number_facts(parse("8541.40.60"), date(2023, 6, 1)).left_on == HS_2022


def test_a_filing_check_says_the_same() -> None:
    facts = tariff_facts(HtsNumber("8541406015"), {"2"}, date(2023, 6, 1))
    form: Any = None  # this check asks nothing of it
    (found,) = hts_number.check(form, {"hts10": "8541406015"}, Facts(tariff=facts))
    assert found.sentence.startswith(
        "8541.40.6015 cannot be filed for. 8541.40.6015 left the HTSUS on January 27, 2022"
    )


def test_refunds_say_the_same_and_no_amount() -> None:
    line = EntryLine(1, "E1", date(2023, 6, 1), "8541406015", Decimal(1000), Decimal(250))
    (answer,) = refunds_found([line], date(2023, 12, 1)).answers
    assert (answer.at_stake, answer.nothing) == (Decimal(0), "Check the number")
    assert "8541.40.6015 left the HTSUS on January 27, 2022" in answer.doubt


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        ("2009.89.60", date(2018, 9, 23), []),
        ("2009.89.60", date(2018, 9, 24), ["3"]),
        ("2009.89.60", date(2018, 12, 31), ["3"]),
        ("4412.31.41", date(2018, 9, 23), []),
        ("4412.31.41", date(2018, 9, 24), ["3"]),
        ("4412.31.41", date(2019, 5, 10), ["3"]),
    ],
)
def test_two_lines_of_the_notice_of_list_3_are_on_it(number: str, day: date, expected: list[str]) -> None:
    assert [item.list_code for item in number_facts(parse(number), day).coverage] == expected
    assert number_facts(parse(number), date(2020, 1, 1)).left_on is not None


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("number", ["99999999", "12345678", "1234567800", "77010000", "9999"])
def test_a_number_under_no_heading_of_the_harmonized_system_is_not_found(client: Client, number: str) -> None:
    assert client.get(f"/api/v1/tariff/lines/{number}/?as_of=2023-06-01").status_code == 404
    assert client.get(f"/tariff/{number}/?as_of=2023-06-01").status_code == 404
    assert client.get("/api/v1/tariff/lines/84719999/?as_of=2023-06-01").status_code == 200, "its heading is known"
