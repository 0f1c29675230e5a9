"""Technical amendments: the amended text names old and new numbers, each with its days."""

from datetime import date

import pytest

from exclusions.wording.named_numbers import NamedNumber, named_numbers
from exclusions.wording.technical_amendment import amended_words, amendment, opening

OLD, NEW = "8413.91.9095", ["8413.91.9085", "8413.91.9096"]
DATED = (
    "Impellers (described in statistical reporting number 8413.91.9080 prior to January 1, 2019; described in "
    "statistical reporting number 8413.91.9095 effective January 1, 2019)"
)
DAY, EVE = date(2027, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "old_days"),
    [
        ("Impellers (described in statistical reporting number 8413.91.9095)", (None, EVE)),
        (
            DATED,
            (date(2019, 1, 1), EVE),
        ),
        ("8413.91.9095", (None, EVE)),
    ],
)
def test_the_amended_text_ends_the_old_number_and_begins_the_new_ones(
    text: str, old_days: tuple[date | None, date]
) -> None:
    words = amended_words(text, OLD, NEW, DAY)
    assert words is not None
    deleted, inserted = words
    assert text.count(deleted) == 1
    found = {one.number: one for one in named_numbers(text.replace(deleted, inserted))}
    assert found["8413919095"] == NamedNumber("8413919095", *old_days)
    assert found["8413919085"] == NamedNumber("8413919085", DAY, None)
    assert found["8413919096"] == NamedNumber("8413919096", DAY, None)
    if "8413919080" in found:
        assert found["8413919080"].valid_to == date(2018, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "Pads (described in statistical reporting number 8413.91.9095 or 8413.91.9099)",
        "Pads (described in statistical reporting number 8413.91.9090 or 8413.91.9095 effective January 1, 2020)",
    ],
)
def test_one_of_several_numbers_is_replaced_alone(text: str) -> None:
    assert amended_words(text, OLD, NEW[:1], DAY) == (OLD, NEW[0])


def test_a_text_without_the_number_is_left() -> None:
    assert amended_words("Pads", OLD, NEW, DAY) is None


def test_the_instruction_is_worded_as_notices_are() -> None:
    said = amendment("U.S. note 20(q)(16)", "X", "Y")
    assert said == "U.S. note 20(q)(16) is modified by deleting “X” and inserting “Y” in lieu thereof."
    assert "on or after 12:01 a.m. eastern time on January 1, 2027, subchapter III" in opening(DAY)
