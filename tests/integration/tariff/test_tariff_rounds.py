"""Which rounds a look-up says are open for a number."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from exclusions.facts.numbers import over_time
from exclusions.hts import parse
from exclusions.queries.lookup.number.number_facts import facts_in_round, number_facts
from tests.factories.facts import make_round

pytestmark = pytest.mark.django_db
PUMP, SLAB = parse("8413.81.0040"), parse("6810.99.0010")


def test_round_is_open_for_what_its_actions_cover() -> None:
    make_round()
    day = date(2019, 7, 8)
    assert [item.docket for item in number_facts(SLAB, day).open_rounds] == ["USTR-2019-0005"]
    assert number_facts(SLAB, date(2019, 9, 30)).open_rounds
    assert not number_facts(SLAB, date(2019, 10, 1)).open_rounds
    assert not number_facts(SLAB, date(2019, 6, 29)).open_rounds
    assert not number_facts(PUMP, day).open_rounds


def test_round_for_some_chapters_is_not_open_for_others() -> None:
    round_ = make_round(eligible_chapters=["84", "85"])
    facts = facts_in_round(over_time(SLAB), date(2019, 7, 8), round_)
    assert facts.open_rounds == []
    assert facts.covered_by_round is False


def test_round_s_own_list_decides_whether_it_covers() -> None:
    round_ = make_round()
    day = date(2019, 7, 8)
    assert facts_in_round(over_time(SLAB), day, round_).covered_by_round is True
    assert facts_in_round(over_time(PUMP), day, round_).covered_by_round is False
    assert number_facts(PUMP, day).covered_by_round is None


def test_day_of_a_round_is_that_of_new_york() -> None:
    make_round(closes_at=datetime(2019, 9, 30, 23, 59, tzinfo=ZoneInfo("America/New_York")))
    assert number_facts(SLAB, date(2019, 9, 30)).open_rounds


def test_round_for_some_subheadings_is_open_for_these_alone() -> None:
    round_ = make_round(eligible_chapters=["68"], eligible_subheadings=["68109900"])
    assert facts_in_round(over_time(SLAB), date(2019, 7, 8), round_).covered_by_round is True
    round_ = make_round(slug="other", docket="USTR-2019-0006", eligible_subheadings=["68101100"])
    assert facts_in_round(over_time(SLAB), date(2019, 7, 8), round_).covered_by_round is False


def test_what_a_petition_s_page_shows_of_other_rounds_is_there_where_its_own_does_not_take_the_number() -> None:
    round_, day = make_round(eligible_chapters=["84"]), date(2019, 7, 8)
    other = make_round(slug="other", docket="USTR-2019-0006")
    assert [one.slug for one in facts_in_round(over_time(SLAB), day, round_).open_rounds] == [other.slug]
    assert facts_in_round(over_time(SLAB), day, other).open_rounds == []
