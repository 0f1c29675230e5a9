"""SECURITY.md goes through every requirement of level 1 and 2, and the files and tests that it names are there."""

import re
from collections import Counter

from tests.conftest import PROJECT

TEXT = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<number>\d+\.\d+\.\d+) \|(?P<rest>.*)\|$", re.M)
# How many the standard has in each chapter at these levels.
CHAPTERS = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}
STATES = {"met", "partly", "not yet", "not applicable"}


def rows() -> list[tuple[str, list[str]]]:
    """Return each requirement with its cells: level, words, state, where, test or reason."""
    return [(match["number"], [cell.strip() for cell in match["rest"].split("|")]) for match in ROW.finditer(TEXT)]


def test_every_requirement_has_one_row() -> None:
    numbers = [number for number, _ in rows()]
    assert len(numbers) == len(set(numbers))
    assert Counter(int(number.split(".")[0]) for number in numbers) == CHAPTERS


def test_a_row_says_how_it_stands_and_where_or_why_not() -> None:
    for number, (level, words, state, where, reason) in rows():
        assert level in {"1", "2"}, number
        assert words, number
        assert state in STATES, number
        if state == "met":
            assert where, number
            assert reason.startswith("`tests/"), number
        else:
            assert reason, number
            assert "`tests/" not in reason, number


def test_what_it_names_is_there() -> None:
    named = [path for path in re.findall(r"`([^`\s]+)`", TEXT) if "/" in path or "." in path]
    assert [path for path in named if not (PROJECT / path).exists()] == []
