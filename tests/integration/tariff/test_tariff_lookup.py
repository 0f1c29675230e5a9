"""Look-ups by day: lines, coverage with carve-outs, exclusions, facts of a number."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exclusions.facts.coverage import coverage, covered_rows
from exclusions.facts.exclusions import NamedExclusion
from exclusions.facts.lines import line_on
from exclusions.facts.numbers import on_day
from exclusions.facts.on_file import register
from exclusions.hts import HtsNumber, parse
from exclusions.models import ActionRate, ExclusionNumber, ExclusionTerm, ExclusionText, TariffLine
from exclusions.queries.lookup.number.number_facts import number_facts
from tests.factories.tariff import (
    LIST_1,
    LIST_3,
    LIST_4A,
    LIST_4B,
    RAISED,
    cover,
    exclude,
    follow,
    make_edition,
    make_lists,
)
from tests.opened import opened

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("What holds on a day is decided by comparisons with NULL."),
]

PUMP = parse("8413.81.0040")
NOW = date(2026, 5, 1)
PUMPS = (
    ("8413", "Pumps for liquids"),
    ("84138100", "Pumps for liquids: Other pumps: Pumps"),
    ("8413810020", "Pumps for liquids: Other pumps: Pumps: Turbine pumps"),
    ("8413810040", "Pumps for liquids: Other pumps: Pumps: Other"),
    ("8482", "Ball or roller bearings"),
    ("8482400000", "Ball or roller bearings: Needle roller bearings"),
)


def live_exclusions(number: HtsNumber, as_of: date) -> list[NamedExclusion]:
    return on_day(number, as_of).exclusions


def covered(number: str, as_of: date) -> list[tuple[str, str, Decimal]]:
    return [(item.list_code, item.heading, item.rate_pct) for item in coverage(number, as_of)]


def test_rate_is_that_of_the_day() -> None:
    cover(make_lists()["3"], "68109900", "99038803", LIST_3)
    assert covered("6810990010", date(2018, 9, 23)) == []
    assert covered("6810990010", LIST_3) == [("3", "99038803", Decimal("10.00"))]
    assert covered("6810990010", date(2019, 5, 9)) == [("3", "99038803", Decimal("10.00"))]
    assert covered("6810990010", RAISED) == [("3", "99038803", Decimal("25.00"))]


def test_coverage_says_from_when_to_when_its_rate_holds() -> None:
    cover(make_lists()["3"], "68109900", "99038803", LIST_3)
    (first,) = coverage("68109900", date(2019, 1, 15))
    assert (first.valid_from, first.valid_to) == (LIST_3, date(2019, 5, 9))
    (second,) = coverage("68109900", NOW)
    assert (second.valid_from, second.valid_to) == (RAISED, None)


def test_suspended_list_is_not_in_force_but_is_told() -> None:
    cover(make_lists()["4B"], "84713001", "99038816", LIST_4B)
    facts = number_facts(parse("8471.30.0100"), NOW)
    assert facts.coverage == []
    assert [(item.label, item.rate_pct) for item in facts.suspended] == [("List 4B", Decimal("15.00"))]


def partly() -> None:
    """Put 8517.62.00 on Lists 3 and 4A in part, as U.S. notes 20(g) and 20(s)(ii) do."""
    actions = make_lists()
    cover(actions["3"], "85176200", "99038804", LIST_3)
    for number in ("8517620010", "8517620020"):
        cover(actions["3"], number, "99038804", LIST_3)
        cover(actions["4A"], number, "99038815", LIST_4A, included=False)
    cover(actions["3"], "8517620090", "99038804", LIST_3, included=False)
    cover(actions["4A"], "85176200", "99038815", LIST_4A)
    cover(actions["4A"], "8517620090", "99038815", LIST_4A)


def test_statistical_number_goes_before_its_subheading() -> None:
    partly()
    assert covered("8517620010", NOW) == [("3", "99038804", Decimal("25.00"))]
    assert covered("8517620090", NOW) == [("4A", "99038815", Decimal("7.50"))]
    assert covered("8517620090", date(2020, 1, 1)) == [("4A", "99038815", Decimal("15.00"))]
    assert covered("8517620090", date(2019, 1, 1)) == []


def test_partly_covered_subheading_is_on_both_lists_in_part() -> None:
    partly()
    third, fourth = coverage("85176200", NOW)
    assert (third.list_code, third.in_part, third.only) == ("3", True, ("8517620010", "8517620020"))
    assert (fourth.list_code, fourth.in_part, fourth.only) == ("4A", True, ("8517620090",))
    assert fourth.without == ("8517620010", "8517620020")


def test_list_of_statistical_numbers_only_covers_their_subheading_in_part() -> None:
    cover(make_lists()["3"], "8517620010", "99038804", LIST_3)
    (item,) = coverage("85176200", NOW)
    assert (item.in_part, item.only) == (True, ("8517620010",))
    assert covered("8517620090", NOW) == []


def test_line_that_moved_between_lists_has_a_history() -> None:
    actions = make_lists()
    line = cover(actions["3"], "68109900", "99038803", LIST_3)
    line.valid_to = date(2019, 12, 31)
    line.save()
    cover(actions["1"], "68109900", "99038801", date(2020, 1, 1))
    history = covered_rows({"68109900"}).history("68109900")
    assert [(item.list_code, item.rate_pct, item.valid_from, item.valid_to) for item in history] == [
        ("3", Decimal("10.00"), LIST_3, date(2019, 5, 9)),
        ("3", Decimal("25.00"), RAISED, date(2019, 12, 31)),
        ("1", Decimal("25.00"), date(2020, 1, 1), None),
    ]


def test_heading_without_a_rate_covers_nothing() -> None:
    cover(make_lists()["1"], "84138100", "99038899", LIST_1)
    ActionRate.objects.all().delete()
    assert covered("84138100", NOW) == []


@pytest.mark.parametrize("number", ["8413", "841381"])
def test_less_than_eight_digits_are_on_no_list(number: str) -> None:
    cover(make_lists()["1"], "84138100", "99038801", LIST_1)
    assert covered(number, NOW) == []


def test_exclusion_is_live_while_term_text_and_number_hold() -> None:
    action = make_lists()["1"]
    exclude(action, "8413810040", LIST_1, date(2020, 3, 25))
    assert [item.note_printed for item in live_exclusions(PUMP, LIST_1)] == ["20(h)(1)"]
    assert live_exclusions(PUMP, date(2020, 3, 25))
    assert not live_exclusions(PUMP, date(2020, 3, 26))
    with opened(ExclusionNumber):
        ExclusionNumber.objects.update(valid_to=date(2018, 12, 31))
    assert live_exclusions(PUMP, date(2018, 12, 31))
    assert not live_exclusions(PUMP, date(2019, 1, 1))
    with opened(ExclusionText):
        ExclusionText.objects.update(valid_from=date(2018, 8, 1))
    assert not live_exclusions(PUMP, LIST_1)


@pytest.mark.parametrize("status", ["pending", "deleted"])
def test_exclusion_that_is_not_published_is_not_live(status: str) -> None:
    exclude(make_lists()["1"], "8413810040", LIST_1, None)
    with opened(ExclusionTerm):
        ExclusionTerm.objects.update(status=status)
    facts = number_facts(PUMP, NOW)
    assert facts.exclusions == []
    assert [item.status for item in facts.other_exclusions] == [status]


def test_exclusion_without_a_known_start_is_not_live() -> None:
    exclude(make_lists()["1"], "8413810040", None, None)
    assert not live_exclusions(PUMP, NOW)


def test_text_that_prints_eight_digits_names_the_numbers_below() -> None:
    exclude(make_lists()["1"], "84138100", LIST_1, None)
    assert live_exclusions(PUMP, NOW)
    assert not live_exclusions(parse("8413.82.0000"), NOW)


def test_subheading_shows_the_exclusions_of_its_numbers() -> None:
    exclude(make_lists()["1"], "8413810040", LIST_1, None)
    assert live_exclusions(parse("8413.81"), NOW)


def test_number_on_the_schedule_tells_its_edition() -> None:
    make_edition(date(2026, 4, 23), *PUMPS, name="2026 Rev 6")
    facts = number_facts(PUMP, NOW)
    assert (facts.exists, facts.name_source, facts.statistical_number) == (True, "HTSUS 2026 Rev 6", "8413810040")
    assert facts.description == "Pumps for liquids: Other pumps: Pumps: Other"
    assert facts.remark == ""


def test_number_too_short_offers_the_lines_below() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    cover(make_lists()["1"], "84138100", "99038801", LIST_1)
    facts = number_facts(parse("84138100"), NOW)
    assert [child.line.number for child in facts.children] == ["8413810020", "8413810040"]
    assert [[item.list_code for item in child.coverage] for child in facts.children] == [["1"], ["1"]]
    assert facts.remark == "8413.81.00 has 8 digits, and a petition names 10. Choose one of the 2 lines below it."


def test_subheading_without_a_row_takes_its_words_from_below() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    facts = number_facts(parse("8413.81"), NOW)
    assert facts.exists is True
    assert facts.description == "Pumps for liquids: Other pumps: Pumps"
    assert [child.line.number for child in facts.children] == ["84138100"]


def test_line_without_breakout_is_eight_digits_and_00() -> None:
    make_edition(date(2026, 1, 1), *PUMPS, ("84849000", "Gaskets"))
    assert number_facts(parse("8482400000"), NOW).exists is True
    assert number_facts(parse("8482.40.00"), NOW).statistical_number == "8482400000"
    assert number_facts(parse("8484.90.0000"), NOW).exists is True
    assert number_facts(parse("8484.90.00"), NOW).statistical_number == "8484900000"
    assert number_facts(parse("8413.81.0000"), NOW).exists is False


def test_chapter_99_has_no_statistical_numbers() -> None:
    make_edition(date(2026, 1, 1), ("99038801", "Articles the product of China"))
    facts = number_facts(parse("9903.88.01"), NOW)
    assert (facts.exists, facts.statistical_number) == (True, "")


def test_number_that_is_not_there_offers_its_neighbours() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    facts = number_facts(parse("8413.81.0099"), NOW)
    assert facts.exists is False
    assert [child.line.number for child in facts.children] == ["8413810020", "8413810040"]
    assert "is not in the HTSUS on May 1, 2026" in facts.remark
    assert "choose one of the lines below" in facts.remark


def test_retired_number_names_its_successors() -> None:
    make_edition(date(2025, 1, 1), ("8413810010", "Pumps: Old"))
    make_edition(date(2026, 1, 1), *PUMPS)
    TariffLine.objects.filter(number="8413810010").update(valid_to=date(2025, 12, 31))
    follow("8413810010", "8413810020", date(2026, 1, 1))
    facts = number_facts(parse("8413.81.0010"), NOW)
    assert "It ended on December 31, 2025 or before. It was followed by 8413.81.0020." in facts.remark
    assert [item.number for item in number_facts(parse("8413.81.0020"), NOW).predecessors] == ["8413810010"]


def test_number_to_come_names_its_first_day() -> None:
    make_edition(date(2026, 6, 8), ("8413", "Pumps"))
    make_edition(date(2027, 1, 1), ("8413810020", "Pumps: Turbine pumps"))
    facts = number_facts(parse("8413.81.0020"), date(2026, 12, 31))
    assert facts.exists is False
    assert "It begins on January 1, 2027." in facts.remark
    assert "(HTSUS 2026 test, from June 8, 2026)" in facts.remark


def test_without_an_edition_the_international_name_stands_in() -> None:
    cover(make_lists()["1"], "84138100", "99038801", LIST_1)
    facts = number_facts(PUMP, date(2019, 1, 15))
    assert (facts.exists, facts.is_known) == (None, True)
    assert "no HTSUS edition is loaded" in facts.name_source
    assert facts.description.startswith("Pumps and liquid elevators")
    assert [item.heading_dotted for item in facts.coverage] == ["9903.88.01"]


def test_without_an_edition_an_unknown_subheading_is_refused() -> None:
    facts = number_facts(parse("9876.54.3210"), NOW)
    assert facts.is_known is False
    assert facts.remark == "No HTSUS number begins with 9876.54.3210. Check the digits."


def test_part_of_an_edition_says_nothing_of_numbers_outside_it() -> None:
    make_edition(date(2026, 1, 1), ("84138100", "Pumps"), reach=("8413", "8414"))
    assert number_facts(parse("8482.40.00"), NOW).exists is None
    assert number_facts(parse("8413.82.00"), NOW).exists is False


def test_line_is_found_by_day() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    before, found = line_on(PUMP, date(2025, 12, 31), NOW)
    assert before is None
    assert found is not None
    assert (found.units, found.general_rate) == (("No.",), "Free")


@pytest.mark.parametrize("children", [1, 40])
def test_facts_take_the_same_statements_however_much_there_is(children: int) -> None:
    action = make_lists()["1"]
    make_edition(
        date(2026, 1, 1), ("84138100", "Pumps"), *((f"84138100{n:02d}", f"Pumps: {n}") for n in range(children))
    )
    cover(action, "84138100", "99038801", LIST_1)
    for number in range(children):
        exclude(action, f"84138100{number:02d}", LIST_1, None)
    register(day=NOW)  # the same for every number: read once an hour
    with CaptureQueriesContext(connection) as captured:
        facts = number_facts(HtsNumber("84138100"), NOW)
    assert len(facts.children) == len(facts.exclusions) == children
    assert len(captured) == 9
