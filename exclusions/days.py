"""How a day is written out, wherever a person reads it.

The months are written here: the system's own words for them hang on its locale, and take nine times as long.
"""

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_IN_FULL = ("", *MONTHS)
_IN_SHORT = ("", *(month[:3] for month in MONTHS))


def in_full(day: date) -> str:
    """Return a day (or a moment's day, in its own zone) as American texts write it: August 7, 2020."""
    return f"{_IN_FULL[day.month]} {day.day}, {day.year}"


def in_short(day: date) -> str:
    """Return a day (or a moment's day, in its own zone) as tables and charts write it: Aug 7, 2020."""
    return f"{_IN_SHORT[day.month]} {day.day}, {day.year}"
