"""Steps of rates and bars of terms: places worked out by hand, and nothing outside of the drawing."""

from datetime import date

import pytest

from exclusions.charts.steps import BOTTOM, LEFT, RIGHT, TOP, Span, step_chart, sums
from exclusions.charts.terms import Term, term_axis, term_bars

LISTED = Span(date(2018, 9, 24), date(2019, 5, 9), 10)
RAISED = Span(date(2019, 5, 10), None, 25)
OTHER = Span(date(2026, 7, 24), None, 12.5)


def test_spans_that_hold_together_are_summed_day_by_day() -> None:
    assert sums([LISTED, RAISED, OTHER]) == [
        LISTED,
        Span(date(2019, 5, 10), date(2026, 7, 23), 25),
        Span(date(2026, 7, 24), None, 37.5),
    ]
    assert sums([Span(date(2020, 1, 1), date(2020, 6, 30), 5), Span(date(2021, 1, 1), None, 5)]) == [
        Span(date(2020, 1, 1), date(2020, 6, 30), 5),
        Span(date(2020, 7, 1), date(2020, 12, 31), 0),
        Span(date(2021, 1, 1), None, 5),
    ]


def test_steps_stand_where_their_days_and_levels_are() -> None:
    chart = step_chart(sums([LISTED, RAISED, OTHER]), on=date(2026, 11, 26))
    assert chart
    assert [mark.label for mark in chart.figures] == ["10%", "25%", "37.5%"]
    assert [mark.label for mark in chart.levels] == ["0%", "10%", "20%", "30%", "40%"]
    assert (chart.levels[0].y, chart.levels[-1].y) == (BOTTOM, TOP)
    assert chart.years[0].label == "2018"
    ends = [point for line in chart.lines for point in ((line.x1, line.y1), (line.x2, line.y2))]
    assert all(LEFT <= x <= RIGHT and TOP <= y <= BOTTOM for x, y in ends)
    assert ends == sorted(ends, key=lambda point: point[0])
    assert ends[-1] == (RIGHT, round(BOTTOM - (BOTTOM - TOP) * 37.5 / 40, 1))
    assert chart.in_words.endswith("37.5% from July 24, 2026 on")


@pytest.mark.parametrize("day", [date(1989, 1, 1), date(2018, 1, 1), date(2099, 12, 31)])
def test_the_day_asked_for_is_always_in_the_drawing(day: date) -> None:
    chart = step_chart([RAISED], on=day)
    assert chart
    assert LEFT <= chart.day <= RIGHT
    assert len(chart.years) <= 8


def test_nothing_is_drawn_where_no_duty_ever_was() -> None:
    assert step_chart([], on=date(2026, 1, 1)) is None
    assert step_chart([Span(date(2019, 12, 15), None, 0)], on=date(2026, 1, 1)) is None


def test_bars_keep_the_gaps_between_terms_and_say_them() -> None:
    terms = [
        Term(date(2018, 9, 24), date(2020, 8, 7)),
        Term(date(2020, 8, 8), date(2020, 12, 31)),
        Term(date(2021, 10, 12), date(2022, 12, 31)),
    ]
    axis = term_axis(terms, on=date(2022, 6, 1))
    assert axis
    assert [year for _, year in axis.years] == [2018, 2019, 2020, 2021, 2022]
    found = term_bars(terms, axis, on=date(2022, 6, 1))
    assert [bar.holds for bar in found.bars] == [False, False, True]
    first, second, third = found.bars
    assert second.x == pytest.approx(first.x + first.width, abs=0.01)
    assert third.x > second.x + second.width + 10
    assert third.x + third.width == pytest.approx(100)
    assert found.in_words == "Sep 24, 2018 to Dec 31, 2020, then Oct 12, 2021 to Dec 31, 2022"


def test_terms_without_days_are_said_and_not_drawn() -> None:
    assert term_axis([Term(None, None)], on=date(2020, 1, 1)) is None
    axis = term_axis([Term(date(2020, 1, 1), None)], on=date(2020, 1, 1))
    assert axis
    found = term_bars([Term(None, None), Term(date(2020, 1, 1), None)], axis, on=date(2020, 1, 1))
    assert [(bar.x, bar.width, bar.holds) for bar in found.bars] == [(0, 100, True)]
    assert found.in_words == "days not known, then Jan 1, 2020 to no stated end"
    assert term_bars([], axis, on=date(2020, 1, 1)).in_words == "no term is on file"
