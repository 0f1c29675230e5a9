"""Deadlines as a calendar file (RFC 5545), for calendars that people already keep."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from exclusions.days import EASTERN

FILE_NAME = "deadlines.ics"
CONTENT_TYPE = "text/calendar"
_MAKER = "-//Tradecases//Deadlines//EN"


@dataclass(frozen=True)
class Entry:
    """One deadline. `uid` is the same each time, so that a calendar moves its entry instead of adding another."""

    uid: str
    due_at: datetime
    title: str
    text: str
    url: str


def calendar_file(entries: Sequence[Entry], *, made_at: datetime) -> bytes:
    """Return the deadlines as one calendar file, in New York time, each with an alarm a day before.

    Only what anybody may read belongs in it: calendars are shared. ValueError for a moment without a zone.
    """
    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(entry: Entry, made_at: datetime) -> Event:
    if entry.due_at.tzinfo is None or made_at.tzinfo is None:
        raise ValueError("A deadline without a time zone is none.")
    due = entry.due_at.astimezone(EASTERN)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", made_at.astimezone(ZoneInfo("UTC")))
    event.add("dtstart", due)
    event.add("dtend", due)
    event.add("summary", entry.title)
    event.add("description", entry.text)
    event.add("url", entry.url)
    event.add("transp", "TRANSPARENT")  # it fills no time of the day
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", entry.title)
    alarm.add("trigger", timedelta(days=-1))
    event.add_component(alarm)
    return event


def as_calendar(found: Sequence[Mapping[str, Any]], *, made_at: datetime) -> bytes:
    """Return the calendar file of deadlines, each {uid, due_at (ISO), title, text, url}, as messages hold them."""
    entries = [
        Entry(one["uid"], datetime.fromisoformat(one["due_at"]), one["title"], one["text"], one["url"]) for one in found
    ]
    return calendar_file(entries, made_at=made_at)
