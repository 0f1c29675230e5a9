"""Words in public texts that a person should look at."""

from exclusions.checks.confidential.words import suspicions


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
