"""Days: whether one lies between two others, how it is written out wherever a person reads it, and whose days count."""

from datetime import date
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")  # the legal zone: a day is a day there
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_IN_FULL = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December")  # fmt: skip
_MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def within(day: date, first: date | None, last: date | None) -> bool:
    """Whether a day lies between two others, both inclusive; None leaves that end open."""
    return (first is None or first <= day) and (last is None or last >= day)


def in_full(day: date) -> str:
    """Return a day (or a moment's day, in its own zone) as American texts write it: August 7, 2020."""
    return f"{_IN_FULL[day.month]} {day.day}, {day.year}"


def span_in_full(first: date, last: date | None) -> str:
    """Return a span in words, both days inclusive: from May 1, 2024 through May 31, 2025; from May 1, 2024 on."""
    return f"from {in_full(first)} {f'through {in_full(last)}' if last else 'on'}"


def shortly(day: date) -> str:
    """Return it as tables write it: Aug 7, 2020. A list does so hundreds of times, which takes `strftime` long."""
    return f"{_MONTHS[day.month]} {day.day}, {day.year}"


def with_weekday(day: date) -> str:
    """Return it with its weekday: Fri, Aug 7, 2020."""
    return f"{_DAYS[day.weekday()]}, {_MONTHS[day.month]} {day.day}, {day.year}"
