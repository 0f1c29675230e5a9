"""Until when a second person can confirm: seven days, and a notice is taken back within its day."""

from datetime import datetime

from exclusions.days import EASTERN
from exclusions.workflow.deadlines import end_of_day
from exclusions.workflow.two_persons import ACTS, GOOD_FOR

AT = datetime(2026, 11, 29, 15, tzinfo=EASTERN)


def test_a_notice_is_taken_back_by_both_persons_on_one_day_and_the_rest_wait_a_week() -> None:
    until = {name: act.good_until(AT) for name, act in ACTS.items()}
    assert until.pop("undo_notice") == end_of_day(AT.date())
    assert set(until.values()) == {AT + GOOD_FOR}
