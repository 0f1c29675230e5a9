"""Duties that are not counted, by number and by day; provisions of chapter 98; what a number page says of both."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from exclusions.gateways.tariff.other_duties import other_duties, other_duties_on
from tests.factories.tariff import make_edition

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 29)


def lists(number: str, day: date) -> set[str]:
    return {duty.numbers for duty in other_duties_on(number, day)} - {""}


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        ("6109100012", TODAY, set()),
        ("0101210010", TODAY, set()),
        ("2203000060", TODAY, {"excise"}),
        ("2402203000", TODAY, {"excise"}),
        ("2201100000", TODAY, set()),
        ("8426190000", TODAY, set()),
        ("8413910000", date(2019, 6, 1), set()),
        ("7208100000", date(2018, 3, 22), set()),
        ("7208100000", date(2018, 3, 23), {"steel-2018"}),
        ("7208100000", date(2025, 3, 11), {"steel-2018"}),
        ("7208100000", date(2025, 3, 12), {"steel-2025"}),
        ("7208100000", date(2026, 4, 5), {"steel-2025", "section-122"}),
        ("7208100000", date(2026, 4, 6), {"metals-50", "section-122"}),
        ("7208100000", TODAY, {"metals-50"}),
        ("8806240000", date(2026, 9, 2), set()),
        ("8806240000", date(2026, 9, 3), {"drones"}),
        ("88062400", date(2026, 9, 3), {"drones"}),
        ("8450110040", date(2018, 2, 6), set()),
        ("8450110040", date(2018, 2, 7), {"washers"}),
        ("8450110040", date(2023, 2, 7), {"washers"}),
        ("8450110040", date(2023, 2, 8), set()),
        ("8541430010", date(2026, 2, 6), {"solar", "polysilicon", "ieepa"}),
        ("8541430010", date(2026, 2, 25), {"polysilicon", "section-122"}),
        ("9401616011", date(2025, 10, 13), {"ieepa"}),
        ("9401616011", date(2025, 10, 14), {"ieepa", "upholstered"}),
        ("8542310000", date(2025, 6, 1), set()),
        ("6109100012", date(2025, 4, 4), set()),
        ("6109100012", date(2025, 4, 5), {"ieepa"}),
        ("6109100012", date(2026, 2, 23), {"ieepa"}),
        ("6109100012", date(2026, 2, 24), {"section-122"}),
        ("6109100012", date(2026, 7, 23), {"section-122"}),
        ("6109100012", date(2026, 7, 24), set()),
        ("8542310000", date(2026, 6, 1), set()),
        ("8413810040", date(2026, 6, 1), {"metals-25", "section-122"}),
    ],
)
def test_a_duty_is_named_for_the_numbers_and_days_of_its_list(number: str, day: date, expected: set[str]) -> None:
    assert lists(number, day) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 2, 3), set()),
        (date(2025, 2, 4), {"9903.01.20"}),
        (date(2025, 3, 4), {"9903.01.24"}),
        (date(2025, 4, 5), {"9903.01.24", "9903.01.25"}),
        (date(2025, 4, 9), {"9903.01.24", "9903.01.63"}),
        (date(2025, 4, 10), {"9903.01.24", "9903.01.63"}),
        (date(2025, 5, 14), {"9903.01.24", "9903.01.25"}),
        (date(2025, 11, 10), {"9903.01.24", "9903.01.25", "9903.02.01"}),
        (date(2026, 2, 23), {"9903.01.24", "9903.01.25", "9903.02.01"}),
        (date(2026, 2, 24), {"9903.03.01"}),
        (date(2026, 7, 23), {"9903.03.01"}),
        (date(2026, 7, 24), set()),
    ],
)
def test_duties_on_all_goods_by_day(day: date, expected: set[str]) -> None:
    assert {duty.heading for duty in other_duties_on("6109100012", day)} - {""} == expected


def test_every_list_that_is_named_has_numbers_and_every_duty_is_of_some_number() -> None:
    for duty in other_duties():
        day = duty.valid_to or duty.valid_from or TODAY
        numbers = ("7208100000", "7317003000", "7604100000", "7614105000", "7407101500", "8703230000", "8708290000",
                   "8701210000", "4407110000", "9401616011", "9403409060", "8471500110", "8806240000", "2918993000",
                   "3818000000", "8541430010", "8450110040", "2203000060", "6109100012", "8426190000", "7615107180",
                   "8427100000", "8432000000", "8433110000", "8709110000", "8516290000", "8428320000")  # fmt: skip
        assert any(duty in other_duties_on(number, day) for number in numbers), duty.what
        assert duty.short
        assert duty.source


@pytest.mark.usefixtures("shipped")
def test_page_and_api_name_those_of_the_number_and_day_alone(client: Client) -> None:
    text = " ".join(client.get(f"/tariff/6109.10.0012/?as_of={TODAY}").content.decode().split())
    assert (
        '<a href="#not-counted">Other duties</a> may apply, such as antidumping duties, the merchandise processing fee '
        "and the harbor maintenance fee. They are not included."
    ) in text
    assert "Section 232," not in text[text.index('id="not-counted"') : text.index('id="sources"')]
    assert text.count("This list may not be complete.") == 1
    assert "3 other duties and fees may apply to your goods." in text
    body: dict[str, Any] = client.get(f"/api/v1/tariff/lines/2203.00.0060/?as_of={TODAY}").json()
    assert any(item["what"].startswith("Federal excise tax") for item in body["not_counted"])
    assert not any("Section 232" in item["what"] for item in body["not_counted"])


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("9802.00.40", "only to the value of the repairs, alterations or processing abroad"),
        ("9802.00.4020", "only to the value of the repairs, alterations or processing abroad"),
        ("9802.00.50", "only to the value of the repairs, alterations or processing abroad"),
        ("9802.00.60", "only to the value of the repairs, alterations or processing abroad"),
        ("9802.00.80", "the article less the cost or value of the U.S. products in it"),
        ("9801.00.10", "do not apply to goods properly entered under chapter 98"),
        ("9903.88.01", "is a heading of chapter 99. It is not the number of a product."),
    ],
)
def test_a_provision_says_what_the_lists_do_to_goods_entered_under_it(client: Client, number: str, words: str) -> None:
    make_edition(date(2026, 4, 23), (number.replace(".", ""), "Articles"), name="2026 Rev 6")
    text = " ".join(client.get(f"/tariff/{number}/?as_of=2026-11-29").content.decode().split())
    assert words in text
    assert "No Section 301 list covers it" not in text
    assert words in client.get(f"/api/v1/tariff/lines/{number}/?as_of=2026-11-29").json()["provision"]
