"""Bars: lengths that compare, shares that fill, tails that are folded."""

import pytest

from exclusions.charts.bars import LONGEST, ROOM, ROW, bars, folded


def test_lengths_are_to_one_another_as_the_values() -> None:
    chart = bars([("Granted", [50], "50"), ("Denied", [200], "200")])
    short, long = chart.rows
    assert long.parts[0].width == ROOM
    assert short.parts[0].width == pytest.approx(ROOM / 4)
    assert chart.height == 2 * ROW
    assert chart.in_words == "Granted: 50; Denied: 200"


def test_shares_fill_the_bar_and_follow_one_another() -> None:
    chart = bars([("A", [1, 3], "25%"), ("B", [0, 0], "none")], ("Granted", "Denied"), shares=True)
    first, second = chart.rows[0].parts
    assert (first.x, second.x) == (0.0, first.width)
    assert first.width + second.width == pytest.approx(ROOM)
    assert chart.rows[1].parts == (), "a row without anything has no bar, and breaks nothing"
    assert [part.series for part in chart.rows[0].parts] == [0, 1]


def test_a_long_label_is_cut_in_the_drawing() -> None:
    label = bars([("Z" * 90, [1], "1")]).rows[0].label
    assert len(label) == LONGEST
    assert label.endswith("…")


def test_a_long_tail_is_folded_and_nothing_of_it_is_lost() -> None:
    rows = [(f"Chapter {number}", [number, 1.0]) for number in range(1, 30)]
    kept = folded(rows, 3)
    assert [label for label, _ in kept] == ["Chapter 29", "Chapter 28", "Chapter 27", "Other (26)"]
    assert sum(sum(values) for _, values in kept) == sum(sum(values) for _, values in rows)


def test_a_tail_of_one_is_no_tail() -> None:
    assert [label for label, _ in folded([("A", [1]), ("B", [3]), ("C", [2])], 2)] == ["B", "C", "A"]
