"""The windows and clocks of domain rules, with the examples of the notices and properties for the rest."""

from datetime import UTC, date, datetime, timedelta

import holidays as reference
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exclusions.days import EASTERN
from exclusions.gateways.tariff.holidays_file import federal_holidays
from exclusions.workflow.deadlines import (
    CALENDAR_DAYS,
    DayRule,
    DayUnit,
    RollRule,
    eastern_date,
    end_of_day,
    in_words,
    last_day,
    one_year_after,
    reply_closes,
    response_closes,
    window_open,
    window_refusal,
)
from exclusions.workflow.terms import exclusion_term, refund_guide

BUSINESS = DayRule(DayUnit.BUSINESS, holidays=federal_holidays())
ROLLING = DayRule(roll=RollRule.NEXT_BUSINESS, holidays=federal_holidays())
days_of_known_years = st.dates(date(2018, 1, 1), date(2029, 12, 1))


def eastern(year: int, month: int, day: int, hour: int = 23, minute: int = 59) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=EASTERN)


def test_responses_to_a_petition_posted_on_monday_8_july_2019_close_14_days_later():
    assert response_closes(date(2019, 7, 8), CALENDAR_DAYS, 14) == eastern(2019, 7, 22)


def test_a_reply_to_an_early_response_is_due_seven_days_after_the_close():
    closes = eastern(2019, 7, 22)
    assert reply_closes(closes, date(2019, 7, 10), 7, 7) == eastern(2019, 7, 29)


def test_a_reply_to_a_response_posted_after_the_close_is_due_seven_days_after_that_posting():
    closes = eastern(2019, 7, 22)
    assert reply_closes(closes, date(2019, 7, 26), 7, 7) == eastern(2019, 8, 2)


def test_in_the_rounds_of_2018_a_late_posting_does_not_move_the_reply():
    assert reply_closes(eastern(2018, 8, 1), date(2018, 8, 5), 7, None) == eastern(2018, 8, 8)


def test_machinery_counts_thirty_and_fifteen_days():
    closes = response_closes(date(2024, 11, 4), CALENDAR_DAYS, 30)
    assert closes == eastern(2024, 12, 4)
    assert reply_closes(closes, date(2024, 11, 20), 15, 15) == eastern(2024, 12, 19)
    assert reply_closes(closes, date(2024, 12, 6), 15, 15) == eastern(2024, 12, 21)


def test_covid_responses_count_business_days_over_memorial_day():
    assert response_closes(date(2020, 5, 21), BUSINESS, 3) == eastern(2020, 5, 27)


def test_a_posting_on_a_saturday_counts_business_days_from_monday():
    assert response_closes(date(2020, 4, 4), BUSINESS, 3) == eastern(2020, 4, 8)


def test_the_day_of_a_posting_late_in_the_evening_is_the_new_york_day():
    posted = datetime(2019, 7, 9, 3, 30, tzinfo=UTC)  # 11:30 p.m. on 8 July in New York
    assert response_closes(posted, CALENDAR_DAYS, 14) == eastern(2019, 7, 22)


def test_a_last_day_on_a_weekend_stays_unless_the_round_rolls_it():
    posted = date(2019, 8, 17)  # 14 days later is Saturday before Labor Day
    assert last_day(posted, CALENDAR_DAYS, 14) == date(2019, 8, 31)
    assert last_day(posted, ROLLING, 14) == date(2019, 9, 3)


@pytest.mark.parametrize(
    ("posted", "offset_hours"),
    [(date(2019, 2, 24), -4), (date(2019, 10, 20), -5), (date(2019, 3, 9), -4), (date(2019, 11, 2), -5)],
)
def test_a_period_over_a_change_of_clocks_still_ends_at_2359_new_york_time(posted, offset_hours):
    closes = response_closes(posted, CALENDAR_DAYS, 14)
    assert (closes.hour, closes.minute, closes.second) == (23, 59, 0)
    assert closes.utcoffset() == timedelta(hours=offset_hours)
    assert closes.date() - posted == timedelta(days=14)


def test_one_year_after_is_the_same_day_and_leap_day_becomes_28_february():
    assert one_year_after(date(2018, 12, 28)) == date(2019, 12, 28)
    assert one_year_after(date(2020, 2, 29)) == date(2021, 2, 28)


def test_a_window_is_exact_to_the_second_at_both_ends():
    opens, closes = eastern(2019, 6, 30, 12, 0), eastern(2019, 9, 30)
    second = timedelta(seconds=1)
    assert not window_open(opens, closes, opens - second)
    assert window_open(opens, closes, opens)
    assert window_open(opens, closes, closes)
    assert window_open(opens, closes, closes + timedelta(milliseconds=999))
    assert not window_open(opens, closes, closes + second)


def test_a_refused_filing_reads_when_the_window_opened_or_closed():
    opens, closes = eastern(2019, 6, 30, 12, 0), eastern(2019, 9, 30)
    assert window_refusal(opens, closes, opens - timedelta(days=1), what="Round list-3") == (
        "Round list-3 opens on Sunday, June 30, 2019, noon ET. It is not open yet."
    )
    assert window_refusal(opens, closes, closes + timedelta(seconds=1)) == (
        "The window closed on Monday, September 30, 2019, 11:59 p.m. ET. You can no longer file."
    )
    assert window_refusal(None, None, opens) == ""


def test_moments_read_in_new_york_time_with_the_weekday():
    assert in_words(datetime(2021, 10, 12, 4, 1, tzinfo=UTC)) == "Tuesday, October 12, 2021, 12:01 a.m. ET"
    assert in_words(datetime(2020, 2, 1, 4, 59, tzinfo=UTC)) == "Friday, January 31, 2020, 11:59 p.m. ET"


def test_a_moment_without_a_zone_and_a_negative_period_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        eastern_date(datetime(2019, 7, 8))  # noqa: DTZ001
    with pytest.raises(ValueError, match="negative"):
        last_day(date(2019, 7, 8), CALENDAR_DAYS, -1)


def test_business_days_outside_the_recorded_years_are_refused_rather_than_guessed():
    with pytest.raises(ValueError, match="2031"):
        last_day(date(2030, 12, 30), BUSINESS, 5)


def test_shipped_holidays_are_the_weekdays_the_holidays_package_knows():
    known = {day for day in reference.UnitedStates(years=range(2018, 2031)) if day.weekday() < 5}
    assert federal_holidays() == known


@given(days_of_known_years, st.integers(0, 60))
def test_a_calendar_period_ends_exactly_that_many_days_later(posted, days):
    assert response_closes(posted, CALENDAR_DAYS, days) == end_of_day(posted + timedelta(days=days))


@given(days_of_known_years, st.integers(1, 30), st.sampled_from([BUSINESS, ROLLING]))
def test_business_and_rolled_periods_never_end_early_and_end_on_a_working_day(posted, days, rule):
    last = last_day(posted, rule, days)
    assert last >= posted + timedelta(days=days)
    assert rule.is_business(last)


@given(days_of_known_years, st.integers(0, 20), st.integers(0, 30), st.sampled_from([CALENDAR_DAYS, BUSINESS, ROLLING]))
def test_a_later_posting_never_closes_earlier(posted, later, days, rule):
    assert response_closes(posted, rule, days) <= response_closes(posted + timedelta(days=later), rule, days)


@given(days_of_known_years, st.integers(0, 40), st.integers(0, 30), st.integers(0, 30))
def test_a_reply_is_never_due_before_either_of_its_two_periods(posted, gap, after_close, after_response):
    closes = response_closes(posted, CALENDAR_DAYS, 14)
    answered = posted + timedelta(days=gap)
    due = reply_closes(closes, answered, after_close, after_response)
    assert due >= closes
    assert due.date() >= answered + timedelta(days=after_response)
    assert due.date() in {closes.date() + timedelta(days=after_close), answered + timedelta(days=after_response)}


def test_a_term_of_one_year_starts_with_the_action_and_ends_a_year_after_publication():
    term = exclusion_term(
        date(2018, 12, 28),
        retroactive_rule="fixed",
        retroactive_from=date(2018, 7, 6),
        term_rule="one_year_after_publication",
        term_ends_on=None,
    )
    assert (term.starts_on, term.ends_on) == (date(2018, 7, 6), date(2019, 12, 28))


def test_a_round_that_is_not_retroactive_starts_at_publication():
    term = exclusion_term(
        date(2025, 2, 3),
        retroactive_rule="publication",
        retroactive_from=None,
        term_rule="fixed",
        term_ends_on=date(2025, 5, 31),
    )
    assert (term.starts_on, term.ends_on) == (date(2025, 2, 3), date(2025, 5, 31))


def test_a_term_that_runs_backwards_is_refused():
    with pytest.raises(ValueError, match="cannot end"):
        exclusion_term(
            date(2025, 6, 2),
            retroactive_rule="publication",
            retroactive_from=None,
            term_rule="fixed",
            term_ends_on=date(2025, 5, 31),
        )


def test_refund_dates_of_an_entry_not_yet_liquidated_are_estimates():
    guide = refund_guide(date(2018, 9, 1))
    assert guide.estimated
    assert guide.correction_by == date(2018, 9, 1) + timedelta(days=299)
    assert guide.liquidation_on == date(2018, 9, 1) + timedelta(days=314)
    assert guide.protest_by == guide.liquidation_on + timedelta(days=180)


def test_refund_dates_of_a_liquidated_entry_hang_on_its_liquidation():
    guide = refund_guide(date(2018, 9, 1), date(2019, 9, 1))
    assert not guide.estimated
    assert guide.correction_by == date(2018, 9, 1) + timedelta(days=300)
    assert guide.protest_by == date(2020, 2, 28)
    assert refund_guide(date(2018, 9, 1), date(2018, 9, 1)).liquidation_on == date(2018, 9, 1)
    for before in (date(2018, 8, 31), date(2018, 8, 1)):
        with pytest.raises(ValueError, match="before the entry"):
            refund_guide(date(2018, 9, 1), before)
