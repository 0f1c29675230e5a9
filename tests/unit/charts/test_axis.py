"""Scales of round figures."""

from hypothesis import given
from hypothesis import strategies as st

from exclusions.charts.axis import axis

VALUES = st.lists(st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda value: round(value, 2)), max_size=20)


@given(VALUES)
def test_an_axis_holds_zero_and_every_value_and_its_ticks_are_few_and_even(values: list[float]) -> None:
    scale = axis(values)
    assert scale.low <= min([0.0, *values])
    assert scale.high >= max([0.0, *values])
    assert 2 <= len(scale.ticks) <= 7
    gaps = {round(after.at - before.at, 1) for before, after in zip(scale.ticks, scale.ticks[1:], strict=False)}
    assert max(gaps) - min(gaps) <= 0.11
    assert (scale.ticks[0].at, scale.ticks[-1].at) == (0.0, 100.0)


def test_figures_are_printed_without_idle_zeros_and_with_their_unit() -> None:
    assert [tick.label for tick in axis([25], unit="%").ticks] == ["0%", "5%", "10%", "15%", "20%", "25%"]
    assert axis([-419.0]).ticks[0].label == "\N{MINUS SIGN}500"
    assert axis([1_000_000]).ticks[-1].label == "1,000,000"


def test_a_place_is_never_outside_of_the_axis() -> None:
    scale = axis([10])
    assert (scale.place(5), scale.place(-3), scale.place(99)) == (50.0, 0.0, 100.0)
