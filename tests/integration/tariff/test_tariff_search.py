"""The search of the schedule: by number, by words, by both."""

from datetime import date

import pytest

from exclusions.facts.lines import search_lines, singular
from tests.factories.tariff import (
    LIST_1,
    cover,
    make_edition,
    make_lists,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Words are compared by each in its own way.")]
NOW = date(2026, 5, 1)
PUMPS = (
    ("8413", "Pumps for liquids"),
    ("84138100", "Pumps for liquids: Other pumps: Pumps"),
    ("8413810020", "Pumps for liquids: Other pumps: Pumps: Turbine pumps"),
    ("8413810040", "Pumps for liquids: Other pumps: Pumps: Other"),
    ("8482", "Ball or roller bearings"),
    ("8482400000", "Ball or roller bearings: Needle roller bearings"),
)


def search(q: str = "", prefix: str = "", as_of: date = NOW) -> list[str]:
    return [line.number for line in search_lines(q, prefix, as_of)]


def test_search_by_number_words_and_both() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    assert search("8413.81") == ["84138100", "8413810020", "8413810040"]
    assert search("pump turbines") == ["8413810020"]
    assert search("PUMPS turbine") == ["8413810020"]
    assert search("pumps", "8482") == []
    assert search("needle", "8482") == ["8482400000"]
    assert search() == []
    assert search("pumps", as_of=date(2026, 1, 1)) != []


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("pumps", "pump"),
        ("Batteries", "Batter"),
        ("battery", "batter"),
        ("boxes", "box"),
        ("switches", "switch"),
        ("glass", "glass"),
        ("gas", "gas"),
        ("cotton", "cotton"),
        ("8413s", "8413s"),
    ],
)
def test_singular_finds_plural_and_the_other_way_round(word: str, part: str) -> None:
    assert singular(word) == part


def test_a_part_of_a_word_finds_no_line() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    assert search("ump") == search("urbin") == search("bearing roll") == []
    assert search("bearing roller") == ["8482", "8482400000"]
    assert search("eedle", as_of=date(2019, 1, 15)) == []


def test_search_is_capped() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    assert len(search_lines("pumps", "", NOW, limit=2)) == 2


def test_wildcards_are_plain_text() -> None:
    make_edition(date(2026, 1, 1), *PUMPS)
    assert search("%") == search("_") == search("100%") == []


def test_search_without_an_edition_gives_international_names_and_covered_lines() -> None:
    cover(make_lists()["1"], "84824000", "99038801", LIST_1)
    found = search_lines("needle roller", "", date(2019, 1, 15))
    assert [line.number for line in found if line.number.startswith("848240")] == ["848240", "84824000"]
    assert search("84824000", as_of=date(2019, 1, 15)) == ["84824000"]
    assert search("nonsense words", as_of=date(2019, 1, 15)) == []
