"""Deadlines as a calendar file: read back by the library, and by the rules of RFC 5545 for its lines."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from exclusions.gateways.calendar_file import Entry, calendar_file

MADE = datetime(2019, 7, 1, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200)


def entry(due: datetime, title: str = "Last day to reply", text: str = "") -> Entry:
    return Entry("reply-1@tradecases.example", due, title, text, "https://tradecases.example/petitions/1/")


def test_a_deadline_is_an_entry_in_new_york_time_with_an_alarm() -> None:
    due = datetime(2019, 7, 29, 23, 59, tzinfo=NEW_YORK)
    file = calendar_file([entry(due.astimezone(UTC))], made_at=MADE)
    assert b"DTSTART;TZID=America/New_York:20190729T235900" in file
    assert b"BEGIN:VTIMEZONE" in file
    assert b"BEGIN:VALARM" in file
    read = Calendar.from_ical(file).walk("VEVENT")[0]
    assert read.decoded("dtstart") == due
    assert read["uid"] == "reply-1@tradecases.example"


@given(st.integers(631_152_000, 2_145_830_400), words, words)
def test_any_deadline_and_any_words_come_back_as_they_were_in_lines_of_75_octets(
    second: int, title: str, text: str
) -> None:
    due = datetime.fromtimestamp(second, UTC)
    file = calendar_file([entry(due, title, text)], made_at=MADE)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    read = Calendar.from_ical(file).walk("VEVENT")[0]
    assert read.decoded("dtstart") == due
    assert str(read["summary"]) == title
    assert str(read["description"]) == text


def test_a_moment_without_a_zone_is_no_deadline() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        calendar_file([entry(MADE.replace(tzinfo=None))], made_at=MADE)
