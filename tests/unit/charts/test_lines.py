"""Lines over time: gaps, steps, and what is said of them."""

from exclusions.charts.lines import BOTTOM, LABELS, LEFT, RIGHT, TOP, lines

YEARS = [(float(year), str(year)) for year in range(2017, 2026)]


def test_a_gap_is_not_drawn_through() -> None:
    chart = lines([("Balance", [(2017.0, -3.0), (2018.0, None), (2019.0, 5.0), (2020.0, 4.0)])], YEARS)
    (line,) = chart.lines
    assert len(line.dots) == 3
    assert len(line.segments) == 1, "only 2019 to 2020 is known at both ends"
    assert chart.in_words == "Balance: 2017 -3, 2019 5, 2020 4"


def test_a_step_holds_until_the_next_point() -> None:
    chart = lines([("", [(0.0, 10.0), (1.0, 25.0), (2.0, 25.0)])], [(0.0, "a"), (2.0, "b")], stepped=True, unit="%")
    flat, rise, end = chart.lines[0].segments
    assert flat.y1 == flat.y2
    assert rise.x1 == rise.x2
    assert rise.y2 < rise.y1, "more is higher up"
    assert end.x2 == RIGHT
    assert chart.lines[0].dots[0].said == "a 10%"


def test_everything_is_within_the_drawing() -> None:
    chart = lines([("x", [(year, year - 2020) for year, _ in YEARS])], YEARS)
    assert all(LEFT <= dot.x <= RIGHT and TOP <= dot.y <= BOTTOM for dot in chart.lines[0].dots)
    assert len(chart.across) == LABELS
    assert (chart.across[0].label, chart.across[-1].label) == ("2017", "2025")


def test_nothing_known_is_drawn_as_an_empty_frame() -> None:
    chart = lines([], [])
    assert chart.lines == ()
    assert chart.in_words == ""
