"""Which edition speaks for a day, and what is said where the one on file is too old to tell."""

from datetime import date

import pytest

from exclusions.hts import HtsNumber, parse
from exclusions.queries.lookup.number.number_facts import number_facts
from tests.factories.tariff import LIST_1, cover, make_edition, make_lists

pytestmark = pytest.mark.django_db

NOW = date(2026, 5, 1)
PUMP = HtsNumber("8413810040")
PUMPS = (
    ("84138100", "Pumps"),
    ("8413810020", "Pumps: Turbine pumps"),
    ("8413810040", "Pumps: Other"),
)


def test_number_that_may_have_begun_with_an_edition_not_on_file_is_doubtful_in_the_words_of_the_nearest() -> None:
    make_edition(date(2019, 12, 16), ("8413", "Pumps"), name="2019 Rev 20")
    make_edition(date(2025, 1, 1), ("8413810020", "Pumps: Turbine pumps"), name="2025 Basic")
    facts = number_facts(parse("8413.81.0020"), date(2023, 6, 1))
    assert (facts.exists, facts.is_known, facts.description) == (None, True, "Pumps: Turbine pumps")
    assert "on file for the day (HTSUS 2019 Rev 20, from December 16, 2019) does not have it" in facts.doubt
    assert (facts.edition, facts.remark) == ("2019 Rev 20", "")
    assert facts.line is not None
    assert (facts.line.general_rate, facts.line.valid_from) == ("", None)
    on_its_own_day = number_facts(parse("8413.81.0020"), date(2019, 12, 16))
    assert on_its_own_day.exists is False


def test_listed_number_is_known_whatever_an_edition_says() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    cover(make_lists()["1"], "84138200", "99038801", LIST_1)
    facts = number_facts(parse("8413.82.00"), NOW)
    assert (facts.exists, facts.has_answer, facts.is_listed) == (False, True, True)
    assert "is not in the HTSUS on May 1, 2026" in facts.remark
    assert number_facts(parse("8413.82.0010"), NOW).has_answer is False


def test_before_the_first_edition_the_nearest_words_stand_in() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    facts = number_facts(PUMP, date(2019, 1, 15))
    assert (facts.exists, facts.is_known) == (None, True)
    assert facts.name_source == "the edition on file nearest to the day that has it"
    assert facts.description == number_facts(PUMP, NOW).description
