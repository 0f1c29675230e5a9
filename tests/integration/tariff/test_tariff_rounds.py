"""Which rounds a look-up says are open for a number."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from exclusions.hts import parse
from exclusions.queries.tariff.number_facts import number_facts
from tests.factories.facts import make_round

pytestmark = pytest.mark.django_db
PUMP = parse("8413.81.0040")


def test_round_is_open_for_what_its_actions_cover() -> None:
    make_round()
    day = date(2019, 7, 8)
    slab = parse("6810.99.0010")
    assert [item.docket for item in number_facts(slab, day).open_rounds] == ["USTR-2019-0005"]
    assert number_facts(slab, date(2019, 9, 30)).open_rounds
    assert not number_facts(slab, date(2019, 10, 1)).open_rounds
    assert not number_facts(slab, date(2019, 6, 29)).open_rounds
    assert not number_facts(PUMP, day).open_rounds


def test_round_for_some_chapters_is_not_open_for_others() -> None:
    round_ = make_round(eligible_chapters=["84", "85"])
    facts = number_facts(parse("6810.99.0010"), date(2019, 7, 8), round_)
    assert facts.open_rounds == []
    assert facts.covered_by_round is False


def test_round_s_own_list_decides_whether_it_covers() -> None:
    round_ = make_round()
    day = date(2019, 7, 8)
    assert number_facts(parse("6810.99.0010"), day, round_).covered_by_round is True
    assert number_facts(PUMP, day, round_).covered_by_round is False
    assert number_facts(PUMP, day).covered_by_round is None


def test_day_of_a_round_is_that_of_new_york() -> None:
    make_round(closes_at=datetime(2019, 9, 30, 23, 59, tzinfo=ZoneInfo("America/New_York")))
    assert number_facts(parse("6810.99.0010"), date(2019, 9, 30)).open_rounds


def test_round_for_some_subheadings_is_open_for_these_alone() -> None:
    round_ = make_round(eligible_chapters=["68"], eligible_subheadings=["68109900"])
    assert number_facts(parse("6810.99.0010"), date(2019, 7, 8), round_).covered_by_round is True
    round_ = make_round(slug="other", docket="USTR-2019-0006", eligible_subheadings=["68101100"])
    assert number_facts(parse("6810.99.0010"), date(2019, 7, 8), round_).covered_by_round is False
