"""The facts that come with the product agree with themselves and with what is known of them."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exclusions.gateways.tariff.exclusion_table import read_exclusion_table
from exclusions.gateways.tariff.list_table import read_list_table
from exclusions.gateways.tariff.shipped_facts import exclusion_headings, shipped_actions, shipped_lines, shipped_rates

TABLE_DAY = date(2020, 1, 1)
# Lines that no table of 2020 or 2026 has: they came with the 2022 Harmonized System and left with the 2024 review.
# Lines that notices name and no table has: two of List 3, and what note 31(l) excepts cranes from.
OF_NOTICES = {
    ("3", "20098960", "99038803", True),
    ("3", "44123141", "99038803", True),
    ("FYR", "84261900", "99039109", True),
    ("MAR", "84261900", "99039115", True),
    ("MAR", "84261900", "99039116", True),
}
BETWEEN = ("USITC table of 2023-01-01; moved", "U.S. note 31 as published", "heading 9903.91.10")


def test_all_five_lists_and_the_review_are_there() -> None:
    assert [action.code for action in shipped_actions()] == ["1", "2", "3", "4A", "4B", "FYR", "FL", "MAR"]
    suspended = [action.code for action in shipped_actions() if action.suspended]
    assert suspended == ["4B"]


@pytest.mark.parametrize(
    ("code", "full", "partial", "numbers"),
    [("1", 818, 0, 0), ("2", 279, 0, 0), ("3", 5_759, 11, 43), ("4A", 3_229, 4, 14), ("4B", 542, 8, 13)],
)
def test_the_lists_of_2020_have_the_known_counts(code: str, full: int, partial: int, numbers: int) -> None:
    on_list = [
        line
        for line in shipped_lines()
        if line.list_code == code
        and line.valid_from
        and line.valid_from <= TABLE_DAY
        and (line.valid_to is None or line.valid_to >= TABLE_DAY)
    ]
    # 4B never took effect: its lines carry the day on which they were due.
    named = [line for line in on_list if len(line.number) == 10]
    parts = {line.number[:8] for line in named}
    assert sum(len(line.number) == 8 and line.number not in parts for line in on_list) == full
    assert len(parts) == partial
    assert sum(line.included for line in named) == numbers


def test_no_line_is_said_twice_and_every_heading_has_a_rate() -> None:
    lines = shipped_lines()
    again = [key for key, n in Counter((line.list_code, line.number, line.heading) for line in lines).items() if n > 1]
    assert again == []
    assert {line.heading for line in lines} <= {rate.heading for rate in shipped_rates()}
    assert all(line.valid_to is None or line.valid_from is None or line.valid_from <= line.valid_to for line in lines)


@pytest.mark.parametrize(
    ("heading", "day", "pct"),
    [
        ("99038801", date(2018, 7, 6), "25"),
        ("99038803", date(2019, 5, 9), "10"),
        ("99038803", date(2019, 5, 10), "25"),
        ("99038804", date(2018, 9, 24), "10"),
        ("99038815", date(2020, 2, 13), "15"),
        ("99038815", date(2020, 2, 14), "7.5"),
        ("99039105", date(2025, 1, 1), "50"),
    ],
)
def test_rates_change_on_the_right_day(heading: str, day: date, pct: str) -> None:
    (rate,) = [
        rate
        for rate in shipped_rates()
        if rate.heading == heading
        and rate.valid_from
        and rate.valid_from <= day
        and (rate.valid_to is None or rate.valid_to >= day)
    ]
    assert rate.pct == Decimal(pct)


def test_windows_follow_the_rules_of_the_rounds() -> None:
    headings = exclusion_headings()
    assert headings["99038806"].valid_from == date(2018, 7, 6), "retroactive to the first day of List 1"
    assert headings["99038806"].valid_to == date(2020, 3, 25), "one year after 84 FR 11152"
    assert headings["99038838"].valid_to == date(2020, 8, 7), "the common end of List 3"
    for fact in headings.values():
        assert fact.valid_from <= fact.valid_to
        assert 0 < len(fact.dates_from) <= 200


def test_windows_that_the_public_table_states_are_the_shipped_ones(shared_data: Path) -> None:
    items, _, _ = read_exclusion_table(shared_data / "ch99/exclusions_note20_2026_rev6.csv.gz")
    headings = exclusion_headings()
    for item in items:
        fact = headings[item.heading]
        assert item.list_code in fact.lists
        assert item.note.split("(")[0] == fact.note
        if item.valid_from and fact.kind != "round":
            assert (item.valid_from, item.valid_to) == (fact.valid_from, fact.valid_to)


def test_the_shipped_lines_are_those_of_the_public_tables(shared_data: Path) -> None:
    shipped = {(line.list_code, line.number, line.heading, line.included): line for line in shipped_lines()}
    public = [
        line
        for name in ("section301_subheadings.csv", "section301_four_year_review.csv")
        for line in read_list_table(shared_data / name).lines
    ]
    only_between = {key for key, line in shipped.items() if line.source.startswith(BETWEEN)}
    batteries = ("4A", "8507600010", "99038815", False)  # under note 31(b) in 2024 and 2025, and then with its line
    named = {(line.list_code, line.number, line.heading, line.included) for line in public}
    assert named == set(shipped) - only_between - {batteries} - OF_NOTICES
    assert len(only_between) == 16
    for line in public:
        ours = shipped[line.list_code, line.number, line.heading, line.included]
        assert line.valid_from in (None, ours.valid_from)
        assert line.valid_to in (None, ours.valid_to)
