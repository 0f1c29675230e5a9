"""Every window and deadline of a round, as pure date arithmetic.

Rules of counting, once for the whole project:

* The legal zone is America/New_York. Dates are New York dates; moments are aware datetimes.
* The day of the trigger (a posting, a publication) does not count; the last day counts in full.
* A period ends at 23:59:00 New York time of its last day. That minute is the last moment of the
  period: a filing at 23:59:00 is in time, one second later is late. Comparison is to the second.
* Days are calendar days unless the round says business days (the COVID docket, 85 FR 16987), and a
  last day that falls on a weekend stays there unless the round rolls it to the next business day:
  the Section 301 notices state no roll-forward rule.

Nothing here knows a round by name: the numbers come from the round's record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from exclusions.days import EASTERN

END_OF_DAY = time(23, 59)
_SATURDAY = 5
CURE_DAYS = 14  # to correct a returned petition, unless the clerk chooses another day
CURE_LEAST, CURE_MOST = 3, 90  # calendar days that may be chosen


class DayUnit(StrEnum):
    """What a round counts: every day, or only the days on which federal offices work."""

    CALENDAR = "calendar"
    BUSINESS = "business"


class RollRule(StrEnum):
    """What happens to a last day on a weekend or federal holiday."""

    NONE = "none"
    NEXT_BUSINESS = "next_business"


@dataclass(frozen=True)
class DayRule:
    """How a round counts days; `holidays` are the dates that are no business days besides weekends."""

    unit: DayUnit = DayUnit.CALENDAR
    roll: RollRule = RollRule.NONE
    holidays: frozenset[date] = frozenset()

    def is_business(self, day: date) -> bool:
        """Return whether federal offices work on that date; ValueError outside the years of `holidays`."""
        if self.holidays and not min(self.holidays).year <= day.year <= max(self.holidays).year:
            raise ValueError(
                f"The federal holidays of {day.year} are not recorded, so business days cannot be counted."
            )
        return day.weekday() < _SATURDAY and day not in self.holidays


CALENDAR_DAYS = DayRule()


def eastern_date(moment: date | datetime) -> date:
    """Return the New York date of an aware moment (a plain date passes through); ValueError when naive."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone has no legal date.")
    return moment.astimezone(EASTERN).date()


def end_of_day(day: date) -> datetime:
    """Return 23:59 New York time of that date, the last moment of a period that ends on it."""
    return datetime.combine(day, END_OF_DAY, tzinfo=EASTERN)


def _days_after(day: date) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        yield day


def last_day(trigger: date | datetime, rule: DayRule, days: int) -> date:
    """Return the New York date on which a period of `days` ends, counted by `rule`.

    `trigger` is the posting or publication; its day does not count. ValueError when `days` is negative.
    """
    if days < 0:
        raise ValueError("A period cannot have a negative number of days.")
    start = eastern_date(trigger)
    if rule.unit == DayUnit.BUSINESS:
        counted = (day for day in _days_after(start) if rule.is_business(day))
        last = next((day for position, day in enumerate(counted, 1) if position == days), start) if days else start
    else:
        last = start + timedelta(days=days)
    if rule.roll == RollRule.NEXT_BUSINESS and not rule.is_business(last):
        last = next(day for day in _days_after(last) if rule.is_business(day))
    return last


def response_closes(posted: date | datetime, rule: DayRule, days: int) -> datetime:
    """Return the last moment for responses to a petition posted then (84 FR 29576: 14 days after posting)."""
    return end_of_day(last_day(posted, rule, days))


def reply_closes(
    response_closes: datetime,
    response_posted: date | datetime,
    days_after_close: int,
    days_after_response: int | None,
    rule: DayRule = CALENDAR_DAYS,
) -> datetime:
    """Return the last moment to reply to one response: the later of two periods.

    One runs from the close of the response period, the other from the posting of this response, which
    can come after that close (84 FR 29576: 7 and 7 days; 89 FR 83755: 15 and 15). A round of 2018 has
    only the first: `days_after_response` None.
    """
    after_close = last_day(response_closes, rule, days_after_close)
    if days_after_response is None:
        return end_of_day(after_close)
    return end_of_day(max(after_close, last_day(response_posted, rule, days_after_response)))


def cure_closes(returned: date | datetime, rule: DayRule) -> datetime:
    """Return the last moment to correct a petition returned then, where the clerk chooses no other day.

    The Section 301 notices know no cure; the days are ours (`CURE_DAYS`), counted as the round counts.
    """
    return end_of_day(last_day(returned, rule, CURE_DAYS))


def one_year_after(day: date) -> date:
    """Return the same month and day of the next year; 29 February gives 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def window_open(opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> bool:
    """Return whether `at` lies in the window; both ends belong to it, to the second, None is no end."""
    return not window_refusal(opens_at, closes_at, at)


def window_refusal(
    opens_at: datetime | None, closes_at: datetime | None, at: datetime, *, what: str = "The window"
) -> str:
    """Return a sentence that says why `at` lies outside the window, or an empty string inside it."""
    second = at.replace(microsecond=0)
    if opens_at is not None and second < opens_at:
        return f"{what} opens on {in_words(opens_at)}. It is not open yet."
    if closes_at is not None and second > closes_at:
        return f"{what} closed on {in_words(closes_at)}. You can no longer file."
    return ""


def in_words(moment: datetime) -> str:
    """Return a moment as a filer reads it, with the weekday: "Monday, July 22, 2019, 11:59 p.m. ET".

    Eastern Time is named in one way everywhere, in summer and in winter.
    """
    local = moment.astimezone(EASTERN)
    if (local.hour, local.minute) == (12, 0):
        clock = "noon"
    else:
        clock = f"{local.hour % 12 or 12}:{local.minute:02d} {'a.m.' if local.hour < 12 else 'p.m.'}"
    return f"{local:%A}, {local:%B} {local.day}, {local.year}, {clock} ET"
