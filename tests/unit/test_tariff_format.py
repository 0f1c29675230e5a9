"""How numbers, money, moments and statuses read on a page."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from exclusions.templatetags import tariff_format as show
from exclusions.workflow.states import Stage, Status

ET = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("plain", "read"),
    [
        ("8413810040", "8413.81.0040"),
        ("84138100", "8413.81.00"),
        ("99038801", "9903.88.01"),
        ("", ""),
        (None, ""),
        ("n/a", "n/a"),
    ],
)
def test_a_tariff_number_is_dotted_and_other_text_left_alone(plain: str | None, read: str) -> None:
    assert show.dotted(plain) == read


@pytest.mark.parametrize(
    ("amount", "read"),
    [
        ("1234567", "$1,234,567"),
        ("1234567.50", "$1,234,567.50"),
        (Decimal("-12"), "-$12"),
        (0, "$0"),
        ("", ""),
        (None, ""),
        ("about ten", "about ten"),
        ("NaN", "NaN"),
    ],
)
def test_money_is_marked_by_thousands(amount: object, read: str) -> None:
    assert show.money(amount) == read


def test_a_rate_has_no_idle_zeros() -> None:
    assert show.percent(Decimal("25.00")) == "25%"
    assert show.percent("7.50") == "7.5%"
    assert show.percent("100") == "100%"
    assert show.percent(None) == ""


@pytest.mark.parametrize(
    ("moment", "read"),
    [
        (date(2019, 7, 22), "Mon, Jul 22, 2019"),
        (datetime(2019, 7, 22, 23, 59, tzinfo=ET), "Mon, Jul 22, 2019, 11:59 p.m. ET"),
        (datetime(2019, 7, 23, 3, 59, tzinfo=UTC), "Mon, Jul 22, 2019, 11:59 p.m. ET"),
        (datetime(2019, 6, 30, 12, 0, tzinfo=ET), "Sun, Jun 30, 2019, noon ET"),
        (datetime(2019, 12, 1, 0, 0, tzinfo=ET), "Sun, Dec 1, 2019, 12:00 a.m. ET"),
        (datetime(2019, 12, 1, 0, 5, tzinfo=ET), "Sun, Dec 1, 2019, 12:05 a.m. ET"),
        (None, ""),
    ],
)
def test_moments_are_told_in_eastern_time_with_their_weekday(moment: date | None, read: str) -> None:
    assert show.eastern(moment) == read


@pytest.mark.parametrize(
    ("now", "read", "soon"),
    [
        (datetime(2019, 7, 8, 10, tzinfo=ET), "14 days left", False),
        (datetime(2019, 7, 16, 10, tzinfo=ET), "6 days left", True),
        (datetime(2019, 7, 21, 23, tzinfo=ET), "tomorrow", True),
        (datetime(2019, 7, 22, 23, 58, tzinfo=ET), "today", True),
        (datetime(2019, 7, 22, 23, 59, 1, tzinfo=ET), "passed", False),
        (datetime(2019, 7, 23, 0, 0, tzinfo=ET), "passed", False),
    ],
)
def test_what_is_left_of_a_deadline_is_counted_in_days_of_new_york(now: datetime, read: str, soon: bool) -> None:
    for deadline in (datetime(2019, 7, 22, 23, 59, tzinfo=ET), date(2019, 7, 22)):
        assert show.time_left(deadline, now) == read
        assert show.is_soon(deadline, now) is soon


def test_a_status_and_a_stage_have_their_colour_and_any_other_word_that_of_a_review() -> None:
    assert [show.tone(state) for state in (Status.DRAFT, Status.PUBLISHED, Stage.DENIED)] == ["quiet", "good", "bad"]
    assert [show.tone(Stage.STAGE4), show.tone("a word of tomorrow")] == ["wait", "review"]
