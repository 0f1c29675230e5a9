"""The shipped lists against the public sources: tables of three days, note 31 as published, footnotes of two editions.

The look-up itself is asked, on rows as `load_shipped` writes them, without the database: 42,000 answers in seconds.
Where a source and the product differ, the reason stands in `EXPLAINED`; anything else fails.
"""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from exclusions.facts.action_rates import Rate
from exclusions.facts.coverage import CoveredRows, Row, in_force
from exclusions.gateways.tariff.shipped_facts import shipped_actions, shipped_lines, shipped_rates
from tests.bench.tariff_sources import EDITIONS, EXPLAINED, SUSPENDED, TABLES, Said, footnotes, note_31, table

SAMPLE, SEED = 2_000, 301


@pytest.fixture(scope="module")
def shipped() -> CoveredRows:
    """The shipped lines and rates, as the look-up holds them."""
    names = {fact.code: fact.name for fact in shipped_actions()}
    found = CoveredRows()
    for line in shipped_lines():
        assert line.valid_from is not None
        days = (line.valid_from, line.valid_to)
        row = Row(line.number, line.heading, line.included, *days, line.list_code, names[line.list_code])
        found.rows.setdefault(line.number[:8], []).append(row)
    for rate in shipped_rates():
        assert rate.valid_from is not None
        days = (rate.valid_from, rate.valid_to)
        one = Rate(rate.heading, rate.pct, rate.kind, *days, rate.source, rate.goods, rate.other_goods)
        found.rates.setdefault(rate.heading, set()).add(one)
    return found


def headings(shipped: CoveredRows, number: str, day: date) -> set[str]:
    """The headings under which the look-up finds the number on the day."""
    return {item.heading for item in in_force(shipped.history(number), day)}


def differences(shipped: CoveredRows, said: Iterable[Said]) -> tuple[int, list[Said]]:
    """How many answers were compared, and those that differ without a reason that is known."""
    compared, found = 0, []
    for one in said:
        compared += 1
        if one.heading not in headings(shipped, one.number, one.day) and (one.source, one.number) not in EXPLAINED:
            found.append(one)
    return compared, found


@pytest.mark.parametrize("day", TABLES)
def test_every_line_of_a_table_is_on_its_list_that_day(shared_data: Path, shipped: CoveredRows, day: str) -> None:
    said = list(table(shared_data, day))
    compared, found = differences(shipped, said)
    print(f"table of {day}: {compared - len(found):,} of {compared:,}")  # noqa: T201
    assert found == []
    # And no other line is on a list that day, but for the subheadings of which the table names the parts.
    named = {one.number[:8] for one in said}
    on = date.fromisoformat(day)
    others = [
        row.number
        for rows in shipped.rows.values()
        for row in rows
        if row.included
        and row.heading not in (SUSPENDED, "99039110")  # the heading of enteral syringes is free of duty
        and row.valid_from <= on
        and (row.valid_to is None or row.valid_to >= on)
        and row.number[:8] not in named
    ]
    assert others == []


def test_note_31_as_it_was_published(shared_data: Path, shipped: CoveredRows) -> None:
    compared, found = differences(shipped, note_31(shared_data))
    print(f"note 31 as published: {compared - len(found):,} of {compared:,}")  # noqa: T201
    assert found == []


@pytest.mark.parametrize(("name", "day"), EDITIONS)
def test_footnotes_of_an_edition(shared_data: Path, shipped: CoveredRows, name: str, day: date) -> None:
    compared, found = differences(shipped, footnotes(shared_data, name, day))
    print(f"footnotes of {name}: {compared - len(found):,} of {compared:,}")  # noqa: T201
    assert found == []


def test_random_numbers_on_random_days_between_the_tables(shared_data: Path, shipped: CoveredRows) -> None:
    """Where two tables agree on a line, it is on that list on every day between them; so with the day of HS 2022."""
    dice = random.Random(SEED)
    tables = [{one.number: one.heading for one in table(shared_data, day)} for day in TABLES]
    days = [date.fromisoformat(day) for day in TABLES]
    born = date(2022, 1, 27)
    wrong = []
    for _ in range(SAMPLE):
        at = dice.randrange(2)
        first, then = tables[at], tables[at + 1]
        number = dice.choice(list(dice.choice((first, then))))
        day = days[at] + timedelta(days=dice.randrange((days[at + 1] - days[at]).days + 1))
        if first.get(number) == then.get(number):
            expected = first.get(number)
        elif at == 0:
            expected = first.get(number) if day < born else then.get(number)
        else:
            continue
        if expected and expected not in headings(shipped, number, day):
            wrong.append((number, day, expected))
        if expected is None and headings(shipped, number, day):
            wrong.append((number, day, "none"))
    print(f"random look-ups: {SAMPLE - len(wrong):,} of {SAMPLE:,}")  # noqa: T201
    assert wrong == []


@pytest.mark.parametrize(
    ("number", "day", "expected"),
    [
        ("8507600010", date(2024, 9, 26), {"99038815"}),
        ("8507600010", date(2024, 9, 27), {"99039101"}),
        ("8507600010", date(2025, 12, 31), {"99039101"}),
        ("8507600010", date(2026, 1, 1), {"99039106"}),
        ("8507600020", date(2025, 12, 31), {"99038815"}),
        ("6307909850", date(2024, 9, 27), {"99039101"}),
        ("6307909850", date(2026, 1, 1), {"99039107"}),
        ("4015121010", date(2024, 12, 31), {"99038815"}),
        ("4015121010", date(2025, 1, 1), {"99039105"}),
        ("4015121010", date(2026, 1, 1), {"99039108"}),
        ("8541430010", date(2022, 1, 26), set()),
        ("8541430010", date(2022, 1, 27), {"99038802"}),
        ("8541430010", date(2024, 9, 27), {"99039102"}),
        ("8541510000", date(2024, 12, 31), {"99038801"}),
        ("8541510000", date(2025, 1, 1), {"99039105"}),
        ("9018310080", date(2025, 6, 1), {"99039110", "99039103"}),
        ("9018310080", date(2026, 1, 1), {"99039103"}),
        ("8426190000", date(2024, 9, 27), {"99039109", "99039210"}),
        ("8426190000", date(2026, 5, 13), {"99039109", "99039210"}),
        ("8426190000", date(2026, 5, 14), {"99039210"}),
        ("8716390090", date(2026, 11, 10), {"99038803", "99039112"}),
        ("8716390010", date(2026, 11, 10), {"99038803"}),
    ],
)
def test_lines_that_were_read_by_hand(shipped: CoveredRows, number: str, day: date, expected: set[str]) -> None:
    assert headings(shipped, number, day) == expected


# Each list and rate on its first day and the eve, and what is never owed: read in the notices, number by number.
RATES = (
    ("8413810040", "2018-07-05", {}),
    ("8413810040", "2018-07-06", {"99038801": "25"}),
    ("8413810040", "2026-11-29", {"99038801": "25"}),
    ("3919101010", "2018-08-22", {}),
    ("3919101010", "2018-08-23", {"99038802": "25"}),
    ("6810990010", "2018-09-23", {}),
    ("6810990010", "2018-09-24", {"99038803": "10"}),
    ("6810990010", "2019-05-09", {"99038803": "10"}),
    ("6810990010", "2019-05-10", {"99038803": "25"}),
    ("0101210010", "2019-08-31", {}),
    ("0101210010", "2019-09-01", {"99038815": "15"}),
    ("0101210010", "2020-02-13", {"99038815": "15"}),
    ("0101210010", "2020-02-14", {"99038815": "7.5"}),
    ("8471300100", "2019-12-14", {}),
    ("8471300100", "2019-12-15", {}),
    ("8471300100", "2026-11-29", {}),
    ("8517620010", "2018-09-24", {"99038804": "10"}),
    ("8517620090", "2019-08-31", {}),
    ("8517130000", "2022-01-26", {}),
    ("8703800000", "2024-09-26", {"99038801": "25"}),
    ("8703800000", "2024-09-27", {"99039103": "100"}),
    ("7208101500", "2024-09-26", {"99038815": "7.5"}),
    ("7208101500", "2024-09-27", {"99039101": "25"}),
    ("8542310000", "2024-12-31", {"99038802": "25"}),
    ("8542310000", "2025-01-01", {"99039105": "50"}),
    ("2804610000", "2024-12-31", {"99038803": "25"}),
    ("2804610000", "2025-01-01", {"99039105": "50"}),
    ("8101940000", "2024-12-31", {}),
    ("8101940000", "2025-01-01", {"99039111": "25"}),
    ("2504101000", "2025-12-31", {}),
    ("2504101000", "2026-01-01", {"99039106": "25"}),
    ("4015121010", "2025-12-31", {"99039105": "50"}),
    ("4015121010", "2026-01-01", {"99039108": "100"}),
    ("9018310080", "2025-12-31", {"99039103": "100", "99039110": "0"}),
    ("9018310080", "2026-01-01", {"99039103": "100"}),
    ("8426190000", "2026-05-13", {"99039109": "0", "99039210": "25"}),
    ("8426190000", "2026-05-14", {"99039210": "25"}),
    ("8426190000", "2026-11-09", {"99039210": "25"}),
    ("8426190000", "2026-11-10", {"99039210": "25", "99039114": "100", "99039115": "0", "99039116": "0"}),
    ("8426190000", "2027-04-17", {"99039210": "25", "99039114": "100", "99039115": "0", "99039116": "0"}),
    ("8426190000", "2027-04-18", {"99039210": "25", "99039114": "100", "99039115": "0"}),
    ("8716903000", "2026-11-09", {"99038803": "25"}),
    ("8716903000", "2026-11-10", {"99038803": "25", "99039112": "100"}),
    ("8541406015", "2022-01-26", {"99038802": "25"}),
    ("8541406015", "2022-01-27", {}),
    ("2009896011", "2018-09-24", {"99038803": "10"}),
    ("4412314100", "2019-05-10", {"99038803": "25"}),
)


@pytest.mark.parametrize(("number", "day", "expected"), RATES)
def test_rates_that_were_read_by_hand(shipped: CoveredRows, number: str, day: str, expected: dict[str, str]) -> None:
    found = in_force(shipped.history(number), date.fromisoformat(day))
    assert {item.heading: f"{item.rate_pct.normalize():f}" for item in found} == expected


@pytest.mark.parametrize(
    ("number", "day", "question"),
    [
        ("8426190000", date(2026, 6, 1), "gantry cranes"),
        ("8716903000", date(2026, 11, 10), "intermodal chassis"),
        ("9018310080", date(2025, 6, 1), "enteral syringes"),
    ],
)
def test_a_heading_for_some_goods_only_asks(shipped: CoveredRows, number: str, day: date, question: str) -> None:
    (item,) = [item for item in in_force(shipped.history(number), day) if item.goods]
    assert item.in_part
    assert question in item.question
