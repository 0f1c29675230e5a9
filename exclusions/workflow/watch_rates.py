"""How often a watch is mailed: at once, every day or every Monday, from seven in the morning in New York on."""

from datetime import date, datetime, timedelta
from typing import Final

from exclusions.days import EASTERN
from exclusions.workflow.deadlines import eastern_date

AT_ONCE: Final = "at_once"
DAILY: Final = "daily"
WEEKLY: Final = "weekly"
RATES: Final = {AT_ONCE: "At once", DAILY: "Once a day", WEEKLY: "Once a week on Monday"}
MORNING: Final = 7  # o'clock in New York


def due_day(rate: str, at: datetime) -> date:
    """Return the last day in New York by whose morning a watch was to be looked at; at once: today.

    What was looked at before that day is due. A clock that stood still in the morning catches up later.
    """
    if rate == AT_ONCE:
        return eastern_date(at)
    there = at.astimezone(EASTERN)
    day = there.date() if there.hour >= MORNING else there.date() - timedelta(days=1)
    return day - timedelta(days=day.weekday()) if rate == WEEKLY else day
