"""How days are written out."""

from datetime import date, timedelta

from exclusions.days import in_full, shortly, with_weekday


def test_a_day_reads_as_tables_and_texts_write_it() -> None:
    assert shortly(date(2020, 8, 7)) == "Aug 7, 2020"
    assert with_weekday(date(2020, 8, 7)) == "Fri, Aug 7, 2020"
    assert in_full(date(2020, 8, 7)) == "August 7, 2020"


def test_every_month_and_weekday_has_its_name() -> None:
    days = [date(2024, 1, 1) + timedelta(31 * n) for n in range(12)]
    assert {day.weekday() for day in days} == set(range(7))
    assert [with_weekday(day) for day in days] == [f"{day:%a, %b} {day.day}, {day.year}" for day in days]
    assert [shortly(day) for day in days] == [f"{day:%b} {day.day}, {day.year}" for day in days]
