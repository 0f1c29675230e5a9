"""A product text into its parts and back."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exclusions.wording import Attributes, Kind, NamedNumber, Stated, describe, generate, parse

ACTUATORS = (
    "Direct acting and spring return pneumatic actuators, each rated at a maximum pressure of 10 bar and valued over "
    "$68 but not over $72 per unit (described in statistical reporting number 8412.39.0080)"
)


def test_noun_limits_and_numbers_of_a_text() -> None:
    actuators = parse(ACTUATORS)
    assert actuators.noun == "Direct acting and spring return pneumatic actuators"
    assert [(limit.kind, limit.ends()) for limit in actuators.limits] == [
        ("pressure", (1e6, 1e6)),
        ("value", (68.0, 72.0)),
    ]
    assert not actuators.limits[1].low.including  # type: ignore[union-attr]
    assert actuators.limits[1].high.including  # type: ignore[union-attr]
    assert actuators.numbers == (NamedNumber("8412390080"),)


def test_material_use_composition_and_conditions() -> None:
    text = parse(
        "Ball valves of stainless steel, containing 10 percent by weight of nickel, designed for use in boats, whether "
        "or not with handles, other than gate valves, the foregoing presented in sets (8481.80.3090)"
    )
    assert (text.noun, text.material) == ("Ball valves", "stainless steel")
    assert text.uses == ("designed for use in boats",)
    assert text.clauses_of(Kind.COMPOSITION) == ("containing 10 percent by weight of nickel",)
    assert text.clauses_of(Kind.WHETHER) == ("whether or not with handles",)
    assert text.clauses_of(Kind.WITHOUT) == ("other than gate valves",)
    assert text.clauses_of(Kind.FOREGOING) == ("the foregoing presented in sets",)


@pytest.mark.parametrize(
    ("words", "ends", "including"),
    [
        ("12.7 mm or more but not over 254 mm", (12.7, 254.0), (True, True)),
        ("over 10 but not over 11 cm", (100.0, 110.0), (False, True)),
        ("at least 2 m", (2000.0, None), (True, None)),
        ("under 5.08 cm", (None, 50.8), (None, False)),
        ("exceeding 74.6 W but not exceeding 735 W", (74.6, 735.0), (False, True)),
        ("not less than 1,000 kg and no more than 2,500 kg", (1e6, 2.5e6), (True, True)),
        ("2 inches", (50.8, 50.8), (True, True)),
        ("1/4 horsepower or more", (186.425, None), (True, None)),
        ("$31 to $39", (31.0, 39.0), (True, True)),
    ],
)
def test_limits_are_read_with_their_ends_and_written_again(
    words: str, ends: tuple[float | None, float | None], including: tuple[bool | None, bool | None]
) -> None:
    (limit,) = parse(f"Pumps, of {words}").limits
    assert limit.ends() == pytest.approx(ends)
    assert tuple(None if end is None else end.including for end in (limit.low, limit.high)) == including
    assert limit.write() == words


def test_a_bound_holds_for_all_sides_that_follow_it() -> None:
    sides = parse("Boxes, each measuring not more than 23.5 cm by 8 cm by 13.1 cm").limits
    assert [limit.ends() for limit in sides] == [(None, 235.0), (None, 80.0), (None, 131.0)]


def test_numbers_with_their_days_are_written_in_the_annex_words() -> None:
    casings = (
        "Pump casings (described in statistical reporting number 8413.91.9080 prior to January 1, 2019; described in "
        "statistical reporting number 8413.91.9095 effective January 1, 2019 through December 31, 2019; described in "
        "statistical reporting number 8413.91.9085 or 8413.91.9096 effective January 1, 2020)"
    )
    parsed = parse(casings)
    assert parsed.tail == ""
    assert parsed.numbers[0] == NamedNumber("8413919080", None, date(2018, 12, 31))
    assert generate(parsed) == casings


WORDS = [*"abA1,.;()$-% ", " of ", " mm", "over ", " by ", " to ", "(8481.80.3090)", " each ", "steel"]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS)).map("".join))
def test_any_text_is_its_parts_written_again(text: str) -> None:
    assert generate(parse(text)) == " ".join(text.split())


VALVES = Attributes(
    noun="ball valves",
    material="stainless steel",
    features=("hand operated",),
    stated=(
        Stated("diameter", "12", "20", "mm", over=True),
        Stated("pressure", "", "10", "bar"),
        Stated("voltage", "60", "1000", "V", over=True),
        Stated("purity", "99.5", "", "%"),
        Stated("value", "68", "72", over=True),
    ),
    use="marine engines",
    whether="with handles",
    numbers=(NamedNumber("8481803090"),),
)


def test_attributes_become_a_text_in_the_style_of_the_annex() -> None:
    assert generate(describe(VALVES)) == (
        "Ball valves of stainless steel, hand operated, each measuring over 12 mm but not over 20 mm in diameter, for "
        "a voltage exceeding 60 V but not exceeding 1,000 V, rated at a pressure of not more than 10 bar, of a purity "
        "of at least 99.5 percent, valued over $68 but not over $72, designed for use in marine engines, whether or "
        "not with handles (described in statistical reporting number 8481.80.3090)"
    )


def test_what_was_typed_is_what_the_text_says() -> None:
    told = describe(VALVES)
    assert (told.noun, told.material) == ("Ball valves", "stainless steel")
    assert [(limit.kind, limit.ends()) for limit in told.limits] == [
        ("diameter", (12.0, 20.0)),
        ("voltage", (60.0, 1000.0)),
        ("pressure", (None, 1e6)),
        ("purity", (99.5, None)),
        ("value", (68.0, 72.0)),
    ]


@pytest.mark.parametrize(
    ("stated", "says"),
    [
        (Stated("length", "twelve", "", "mm"), "not a figure"),
        (Stated("length", "12", "", "bananas"), "is not a unit"),
        (Stated("length", "20", "12", "mm"), "above the upper one"),
    ],
)
def test_attributes_that_cannot_be_written_are_refused_in_a_sentence(stated: Stated, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        describe(Attributes("valves", stated=(stated,)))
