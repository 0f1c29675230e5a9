"""Looking for many values in much text takes time in proportion to the text, whatever it holds."""

import math
import random
import string
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from exclusions.checks.confidential.values import of_text

KILOBYTES = 64
# What the patterns and the normal form are made of: each of them again and again is the worst that they may meet.
ATOMS = [
    *("1", "000", "9999", ",", ".", "'", "_", " ", "\n", "\t", "-\n", "- \r\n", "$", "$ ", "%", "(", ")", "usd", "us "),
    *(
        "a",
        "a ",
        "m ",
        "k",
        "mm ",
        "million ",
        "thousand ",
        "hundred ",
        "thousands ",
        "(in thousands) ",
        "$000 ",
        "and ",
    ),
    *(
        "one ",
        "forty-",
        "point ",
        "half a ",
        "per cent ",
        "percent",
        " dollars",
        "e+7",
        "x 10^",
        "pieces ",
        "of sales ",
    ),
    *("&", "&amp;", "amp;", "&#5", "&#52;", "&nbsp;"),
    *("\u00ad", "\u200b", "\u0301", "é", "\u0430", "宁波", "٤", "½", "ﷺ"),
    *("wanda ", "whisper ", "quarry ", "4,200,000 ", "71.20 ", "41% ", "25% "),
]


def page(chance: random.Random, known: list[str], words: int) -> str:
    return " ".join(
        chance.choice(known) if chance.random() < 0.95 else f"{chance.randint(1, 9_999_999):,}" for _ in range(words)
    )


def secrets(chance: random.Random, known: list[str], count: int) -> Iterator[Secret]:
    """A fifth amounts, prices, percentages and names each; the rest passages of 100 words."""
    for number in range(count // 5):
        yield Secret(f"f{number}", "F", str(10_000_019 + number * 977), Sort.FIGURE)
        yield Secret(f"d{number}", "D", f"${11 + number}.{(number * 7) % 100:02}", Sort.FIGURE)
        yield Secret(f"s{number}", "S", f"{11 + number % 80}.{number % 10}%", Sort.PERCENT)
        yield Secret(f"n{number}", "N", f"{' '.join(chance.choices(known, k=3))} q{number}", Sort.NAME)
        yield Secret(f"p{number}", "P", " ".join(chance.choices(known, k=100)), Sort.PHRASE)


@pytest.fixture(scope="module")
def known() -> list[str]:
    chance = random.Random(1)
    return ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 10))) for _ in range(20_000)]


def seconds(values: list[Secret], text: str) -> float:
    """Return the processor time of one search: what else the machine does is not counted."""
    start = time.process_time()
    Matcher(values).find(text)
    return time.process_time() - start


def within(times: int, dear: tuple[list[Secret], str], cheap: tuple[list[Secret], str], more: float = 0) -> bool:
    """Whether one search takes less than so many times another; where it seems not to, the least of three counts."""
    least = [math.inf, math.inf]
    for _ in range(3):
        least = [min(known, seconds(*search)) for known, search in zip(least, (dear, cheap), strict=True)]
        if least[0] < times * least[1] + more:
            return True
    return False


def test_four_times_the_text_takes_about_four_times_as_long(known: list[str]) -> None:
    chance = random.Random(2)
    once, values = page(chance, known, 30_000), list(secrets(chance, known, 40))
    assert within(8, (values, once * 20), (values, once * 5))


def test_five_times_the_values_do_not_take_five_times_as_long(known: list[str]) -> None:
    chance = random.Random(3)
    text = page(chance, known, 300_000)
    few, many = (list(secrets(chance, known, count)) for count in (40, 200))
    assert within(3, (many, text), (few, text))


def test_a_value_is_found_at_the_end_of_a_long_text(known: list[str]) -> None:
    chance = random.Random(2)
    text = f"{page(chance, known, 300_000)} $10.000019 million?"
    assert "f0" in {hit.secret.source for hit in Matcher(secrets(chance, known, 40)).find(text)}


@settings(max_examples=40)
@given(st.lists(st.sampled_from(ATOMS) | st.text(max_size=5), min_size=1, max_size=6))
def test_no_text_is_slow_not_even_against_its_own_words(atoms: list[str]) -> None:
    values = [
        *(Secret("f", "F", value, Sort.FIGURE) for value in ("4200000", "$71.20", "1000000", "10000", "999999")),
        *(Secret("s", "S", value, Sort.PERCENT) for value in ("41%", "25%")),
        *(Secret("n", "N", value, Sort.NAME) for value in ("Wanda Whisper Quarry", "million thousand one", "宁波新光")),
    ]
    unit = "".join(atoms)
    values += of_text("t", "T", unit * (5_000 // len(unit)) if unit else "")
    text = unit * (KILOBYTES * 1024 // len(unit) + 1) if unit else ""
    # A pattern that goes back over what it read would need hundreds of times as long for eight times the text.
    assert within(40, (values, text), (values, text[: len(text) // 8]), 0.1)
