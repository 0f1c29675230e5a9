"""Covered numbers that came with the 2022 Harmonized System: on no day before it do they say that nothing is owed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from exclusions.checks import hts_number
from exclusions.checks.result import Facts
from exclusions.gateways.entry_lines import EntryLine
from exclusions.gateways.tariff.renumbered import left_numbers, new_numbers
from exclusions.hts import HtsNumber, dotted, parse
from exclusions.permissions.filing_facts import tariff_facts
from exclusions.queries.lookup.number.number_facts import number_facts
from exclusions.queries.lookup.number.shipment import duties_of
from exclusions.queries.lookup.refunds import refunds_found
from tests.factories.tariff import follow, make_edition

pytestmark = pytest.mark.django_db

HS_2022 = date(2022, 1, 27)
BEFORE = (date(2018, 7, 6), date(2019, 9, 1), date(2020, 6, 1), date(2022, 1, 26))
NEW = sorted(new_numbers())


def test_there_are_688_of_them_and_none_has_left() -> None:
    assert len(NEW) == 688
    assert {came.day for came in new_numbers().values()} == {HS_2022}
    assert not new_numbers().keys() & left_numbers().keys()


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("day", BEFORE)
def test_every_one_says_that_it_was_yet_to_come(day: date) -> None:
    wrong = []
    for number in NEW:
        facts = number_facts(HtsNumber(number), day)
        said = (facts.begins_on, facts.exists, facts.has_answer, facts.left_on) == (HS_2022, False, True, None)
        owed = duties_of(facts) is not None or facts.coverage or facts.also_owed or facts.not_counted
        words = f"{dotted(number)} came into the HTSUS on January 27, 2022, with the 2022 Harmonized System. "
        if not said or owed or not facts.remark.startswith(words):
            wrong.append((number, facts.remark))
    assert wrong == []


@pytest.mark.usefixtures("shipped")
def test_every_one_is_on_its_list_from_its_first_day() -> None:
    facts = [number_facts(HtsNumber(number), HS_2022) for number in NEW]
    assert [found.number.dotted for found in facts if found.begins_on or not found.history] == []
    assert [found.number.dotted for found in facts if duties_of(found) is None] == []


@pytest.mark.usefixtures("shipped")
def test_page_and_api_name_the_day_and_the_heading(client: Client) -> None:
    body: dict[str, Any] = client.get("/api/v1/tariff/lines/8541.43.0010/?as_of=2020-06-01").json()
    assert (body["begins_on"], body["left_on"], body["exists"], body["duty"]) == ("2022-01-27", None, False, None)
    assert "Which number the goods had before is not on file. Look for it under heading 8541" in body["remark"]
    text = " ".join(client.get("/tariff/8541.43.0010/?as_of=2020-06-01&value=1000").content.decode().split())
    assert "8541.43.0010 came into the HTSUS on January 27, 2022" in text
    assert "Look up the number that your goods had on this day." in text
    assert "nothing under Section 301" not in text
    assert "No Section 301 list covers it" not in text
    assert client.get("/api/v1/tariff/lines/8541.43.0010/?as_of=2023-06-01").json()["begins_on"] is None


def test_the_number_before_is_named_where_a_source_names_it(client: Client) -> None:
    follow("8541406015", "8541430010", HS_2022)
    body = client.get("/api/v1/tariff/lines/8541.43.0010/?as_of=2020-06-01").json()
    assert "Sources on file name 8541.40.6015 before it. Look up the number of the day" in body["remark"]


def test_an_edition_of_an_earlier_day_that_has_it_is_believed() -> None:
    make_edition(date(2021, 1, 1), ("85414300", "Cells in modules"), name="2021")
    facts = number_facts(parse("8541.43.00"), date(2021, 6, 1))
    assert (facts.exists, facts.begins_on) == (True, None)
    assert number_facts(parse("8541.43.00"), date(2020, 6, 1)).begins_on == HS_2022


def test_a_filing_check_says_the_same() -> None:
    form: Any = None  # this check asks nothing of it
    facts = tariff_facts(HtsNumber("8541430010"), {"2"}, date(2020, 6, 1))
    (found,) = hts_number.check(form, {"hts10": "8541430010"}, Facts(tariff=facts))
    assert found.sentence.startswith("8541.43.0010 cannot be filed for. 8541.43.0010 came into the HTSUS on January 27")


def test_refunds_say_the_same_and_no_amount() -> None:
    line = EntryLine(1, "E1", date(2020, 6, 1), "8541430010", Decimal(1000), Decimal(250))
    (answer,) = refunds_found([line], date(2020, 12, 1)).answers
    assert (answer.at_stake, answer.nothing) == (Decimal(0), "Check the number")
    assert "8541.43.0010 came into the HTSUS on January 27, 2022" in answer.doubt
