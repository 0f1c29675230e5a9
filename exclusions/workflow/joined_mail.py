"""Which mail about a petition may wait for the next morning, where who filed wants one message a day."""

from datetime import datetime
from typing import Final

from exclusions.days import EASTERN
from exclusions.workflow.watch_rates import DAILY, MORNING, due_day

# None of these has a deadline, nor asks for anything. All else goes at once, and so does what a calendar comes with.
MAY_WAIT: Final = frozenset(
    {
        "begin_review",
        "close_covered",
        "close_duplicate",
        "deny",
        "grant",
        "grant_in_part",
        "letter_superseded",
        "publish",
        "reopen_decision",
        "resubmit",
        "withdraw",
    }
)


def last_morning(at: datetime) -> datetime:
    """Return the last moment at seven in New York: what was written before it waits no more."""
    day = due_day(DAILY, at)
    return datetime(day.year, day.month, day.day, MORNING, tzinfo=EASTERN)
