"""What makes a query and a text comparable."""

import pytest

from exclusions.goods.spelling import distance, nearest, swapped
from exclusions.goods.texts import affirmed, head, turned
from exclusions.goods.words import terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Batteries", "battery"),
        ("KNIVES", "knife"),
        ("boxes", "box"),
        ("aluminium ladders", "aluminum ladder"),
        ("coloured fibres", "colored fiber"),
        ("dolls\u02bc carriages", "doll carriage"),
        ("crème brûlée", "creme brulee"),
        ("a set of the pumps", "pump"),
    ],
)
def test_two_spellings_of_one_thing_are_alike(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@pytest.mark.parametrize(("one", "other"), [("glass", "glasses"), ("gas", "ga"), ("bus", "bu"), ("led", "lead")])
def test_words_that_only_look_like_a_plural_stay(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Pumps (other than those of heading 8413)", ["pump"]),
        ("Carpets, other than tufted, of wool", ["carpet", "wool"]),
        ("Nails, staples (other than those of heading 8305) and hooks", ["nail", "staple", "hook"]),
        ("Lamps, excluding torches; bulbs", ["lamp", "bulb"]),
        ("Footwear, whether or not lined", ["footwear"]),
        ("Articles not containing cocoa: candy", ["candy"]),
    ],
)
def test_what_a_text_leaves_out_is_cut_and_no_more(text: str, left: list[str]) -> None:
    assert terms(affirmed(text)) == left


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("teddy bears, stuffed", "bear"),
        ("stuffed teddy bear", "bear"),
        ("filter for oil", "filter"),
        ("cup of paper", "cup"),
        ("pump", "pump"),
        ("🙂", ""),
    ],
)
def test_the_head_says_what_the_thing_is(phrase: str, what: str) -> None:
    assert head(phrase) == what


def test_an_inverted_name_is_turned() -> None:
    assert turned("teddy bears, stuffed") == "stuffed teddy bears"
    assert turned("bolts, nuts, screws") == "bolts, nuts, screws"


def test_the_nearest_word_is_the_one_meant() -> None:
    assert distance("umbrela", "umbrella", 2) == 1
    assert distance("teh", "the", 2) == 1
    assert distance("cat", "elephant", 2) == 3
    assert nearest("mattres", {"mattress": 5, "matte": 90, "fortress": 9}) == "mattress"
    assert nearest("zzzzzz", {"mattress": 5}) == ""


def test_a_word_may_have_two_neighbouring_letters_the_wrong_way_round() -> None:
    assert swapped("pmup") == ["mpup", "pump", "pmpu"]
    assert swapped("aab") == ["aba"]
    assert swapped("a") == []
