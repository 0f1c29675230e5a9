"""How a day is written out, wherever a person reads it."""

from datetime import date


def in_full(day: date) -> str:
    """Return a day (or a moment's day, in its own zone) as American texts write it: August 7, 2020."""
    return f"{day:%B} {day.day}, {day.year}"
