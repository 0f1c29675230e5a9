"""Finding confidential matter in texts that will be public."""

from exclusions.checks.confidential.echo import echoes
from exclusions.checks.confidential.words import suspicions

SECRETS = {
    "Purchases": ["2100000", "450"],
    "What was tried": ["Northern Forge Works quoted us twice the price in May 2019. We declined that offer at once."],
    "Contact": ["Wanda Whisper"],
}


def test_figures_are_found_however_they_are_written() -> None:
    for text in ("They bought for $2,100,000.", "2100000 in all"):
        assert echoes(text, SECRETS) == ["Purchases"]


def test_short_figures_and_parts_of_longer_ones_are_not() -> None:
    assert echoes("450 pieces, 12100000 in all, in 2019", SECRETS) == []


def test_names_are_found_whatever_their_case_and_spacing() -> None:
    assert echoes("As WANDA  whisper wrote", SECRETS) == ["Contact"]
    assert echoes("Wandas whispering", SECRETS) == []


def test_long_texts_are_found_by_the_sentence() -> None:
    assert echoes("The record: Northern Forge Works quoted us twice the price in May 2019.", SECRETS) == [
        "What was tried"
    ]
    assert echoes("A maker quoted twice the price.", SECRETS) == []


def test_what_is_public_anyway_is_no_secret() -> None:
    assert echoes("2,100,000 pieces", SECRETS, already_public="Capacity: 2100000 a year") == []


def test_suspicious_words_are_shown_with_what_stands_around_them() -> None:
    text = "Ball valves purchased from Ningbo Works Co., Ltd at $1.25 per unit, see invoice no. 12"
    whys = [found.why for found in suspicions(text)]
    assert whys == [
        "may name a supplier",
        "names a foreign company",
        "gives a price per unit",
        "cites a commercial document",
    ]
    assert "Ningbo" in suspicions(text)[0].excerpt


def test_plain_descriptions_raise_no_suspicion() -> None:
    assert suspicions("Ball valves of steel, nominal bore of 12 mm to 20 mm, rated at 10 bar, valued over $5.") == []
