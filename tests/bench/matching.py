"""How long the matcher takes: a typed text of 20 kB against 200 values, and 20 MB of a file's text."""

import random
import string
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from tests.bench import goals
from tests.bench.asked import Connection, usual
from tests.bench.goals import Figure
from tests.bench.server import served

TYPED, FILE = 20_000, 20_000_000  # characters
VALUES, FILE_VALUES = 200, 40
FLOORS = 100


def words(chance: random.Random) -> list[str]:
    """Return the words that texts and values are made of."""
    return ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 10))) for _ in range(20_000)]


def text(chance: random.Random, known: list[str], size: int) -> str:
    """Return a text of so many characters, a figure in every twenty words."""
    parts, length = [], 0
    while length < min(size, 1_000_000):
        word = chance.choice(known) if chance.random() < 0.95 else f"{chance.randint(1, 9_999_999):,}"
        parts.append(word)
        length += len(word) + 1
    once = " ".join(parts)
    return (once * (size // len(once) + 1))[:size]


def values(chance: random.Random, known: list[str], count: int) -> Iterator[Secret]:
    """Yield amounts, prices, percentages, names, and passages of a hundred words: a fifth each."""
    for number in range(count // 5):
        yield Secret(f"f{number}", "F", str(10_000_019 + number * 977), Sort.FIGURE)
        yield Secret(f"d{number}", "D", f"${11 + number}.{(number * 7) % 100:02}", Sort.FIGURE)
        yield Secret(f"s{number}", "S", f"{11 + number % 80}.{number % 10}%", Sort.PERCENT)
        yield Secret(f"n{number}", "N", f"{' '.join(chance.choices(known, k=3))} q{number}", Sort.NAME)
        yield Secret(f"p{number}", "P", " ".join(chance.choices(known, k=100)), Sort.PHRASE)


def seconds(count: int, size: int) -> float:
    """Return the least processor time, of three, that a new matcher of so many values takes for a text of that size."""
    chance = random.Random(2)
    known = words(chance)
    looked, secrets = text(chance, known, size), list(values(chance, known, count))
    took = []
    for _ in range(3):
        begun = time.process_time()
        Matcher(secrets).find(looked)
        took.append(time.process_time() - begun)
    return min(took)


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return how long the matcher takes: typed text as a ratio to the floor, a file's text in seconds."""
    say("  matching texts against confidential values …")
    with served(url, threads=1) as (port, _):
        connection = Connection(port)
        floor = usual([connection.floor().whole for _ in range(FLOORS)])
    typed = seconds(VALUES, TYPED) * 1000
    whole = seconds(FILE_VALUES, FILE)
    return [
        Figure("matcher, 20 kB, 200 values", typed / floor, "floors", goals.MATCHER_FLOORS, f"{typed:.1f} ms"),
        Figure("matcher, 20 MB, 40 values", whole, "s", goals.MATCHER_SECONDS),
    ]
