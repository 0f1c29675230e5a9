"""A reason says what in the record shows it."""

import pytest

from exclusions.checks.substance import TOO_LITTLE, lacks_substance


@pytest.mark.parametrize(
    "text", ["", ".", "No.", "Yes.", "As found.", "no no no no no", "D6, D7 and D8", "4.2 4.3 4.4", "It is so", "???"]
)
def test_a_word_or_two_are_no_reason(text: str) -> None:
    assert lacks_substance(text) == TOO_LITTLE


@pytest.mark.parametrize(
    "text",
    [
        "No other source.",
        "Not made here, as the makers wrote.",
        "A domestic source exists.",
        "No hay otro proveedor.",
        "The requester’s own purchases show it.",
        "- Price missing in D6\n- Say the unit",
    ],
)
def test_a_short_sentence_is_one(text: str) -> None:
    assert lacks_substance(text) == ""
