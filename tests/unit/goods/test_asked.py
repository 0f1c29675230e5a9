"""What was typed into a search, taken apart."""

import pytest

from exclusions.goods.asked import MOST_CHARACTERS, read_asked

WIDE, ARABIC = (str.maketrans("0123456789", "".join(chr(first + n) for n in range(10))) for first in (0xFF10, 0x0660))
NUMBER = "8413.81.0040"


@pytest.mark.parametrize(
    "typed",
    [NUMBER, "8413810040", " 8413.81.00.40", "8413 81 0040", NUMBER.translate(WIDE), NUMBER.translate(ARABIC)],
)
def test_a_number_is_one_however_it_is_written(typed: str) -> None:
    asked = read_asked(typed)
    assert (asked.numbers, asked.words, asked.is_number) == (("8413810040",), (), True)


def test_a_number_among_words_has_four_digits_or_more() -> None:
    asked = read_asked("12 volt pumps 8413.81 (2019) Acme")
    assert asked.numbers == ("841381",)
    assert asked.words == ("12", "volt", "pumps", "2019", "acme")
    assert read_asked("84").numbers == ("84",)


def test_the_beginning_of_a_reference_is_one() -> None:
    assert read_asked("ustr-2019-0005").reference == "USTR-2019-0005"


@pytest.mark.parametrize(
    "typed", ['"pump" OR NEAR(valve', "pump or near valve*", "-pump +or near: valve\x00", "pump🙂or near valve"]
)
def test_signs_of_a_search_language_are_left_out(typed: str) -> None:
    assert read_asked(typed).words == ("pump", "or", "near", "valve")


@pytest.mark.parametrize(
    ("typed", "said"),
    [("🙂", "has no word or number"), ('"()*', "has no word"), ("84138100401", "which is too many")],
)
def test_what_cannot_be_looked_for_is_said(typed: str, said: str) -> None:
    asked = read_asked(typed)
    assert asked.is_empty
    assert said in asked.remark


def test_a_query_of_any_length_is_cut_at_a_word_and_this_is_said() -> None:
    asked = read_asked("pump " * 2_000)
    assert asked.words == ("pump",)
    assert len(asked.text) <= MOST_CHARACTERS
    assert "the first 199 characters only" in asked.remark
    assert read_asked("   ").is_empty
    assert not read_asked("   ").remark
