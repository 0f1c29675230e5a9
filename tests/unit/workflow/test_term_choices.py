"""The days of a term: whether two have one in common, and what is wrong with those of a choice."""

from datetime import date, timedelta

import pytest

from exclusions.workflow.term_choices import Choice, Span, choice_faults

MAY, JUNE, JULY = date(2022, 5, 1), date(2022, 6, 1), date(2022, 7, 1)


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        (Span(MAY, JUNE), Span(JUNE, JULY), True),
        (Span(MAY, MAY), Span(JUNE, JULY), False),
        (Span(MAY, None), Span(JUNE, JULY), True),
        (Span(JULY, None), Span(MAY, JUNE), False),
        (Span(MAY, None), Span(JUNE, None), True),
        (Span(None, JUNE), Span(MAY, JULY), False),
        (Span(MAY, JULY), Span(None, JUNE), False),
    ],
)
def test_two_terms_have_a_day_in_common(one: Span, other: Span, overlap: bool) -> None:
    assert one.overlaps(other) is overlap
    assert other.overlaps(one) is overlap


def test_nothing_follows_a_term_without_an_end() -> None:
    said = "The latest term of the exclusion has no last day, so no term can follow it."
    assert choice_faults(Choice.EXTEND, None, JULY, None) == {"first": said}
    assert choice_faults(Choice.EXTEND, None, JULY, MAY) == {}


@pytest.mark.parametrize(
    ("choice", "first", "last", "field"),
    [
        (Choice.EXTEND, JUNE, JULY, None),
        (Choice.EXTEND, JULY, JULY, "first"),
        (Choice.EXTEND, None, None, "last"),
        (Choice.EXTEND, None, MAY, "last"),
        (Choice.LAPSE, None, None, None),
        (Choice.LAPSE, JUNE, None, "first"),
        (Choice.LAPSE, None, JULY, None),
        (Choice.REINSTATE, None, JULY, "first"),
        (Choice.REINSTATE, JULY, JULY, None),
        (Choice.REINSTATE, JULY, JUNE, "last"),
    ],
)
def test_a_choice_says_which_day_is_wrong(
    choice: Choice, first: date | None, last: date | None, field: str | None
) -> None:
    until = JUNE - timedelta(days=1)
    assert choice_faults(choice, first, last, until).keys() == ({field} if field else set())
