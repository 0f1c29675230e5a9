"""How long 20 kB of typed text take to be looked through for 200 values, of every sort."""

import random
import string
import time

from exclusions.checks.confidential.matcher import Matcher
from tests.unit.checks.test_matcher_speed import page, secrets

TIMES = 9


def typed_text_ms() -> float:
    """Return the middle one of several searches, the values taken up each time, in milliseconds of processor time."""
    chance = random.Random(4)
    known = ["".join(chance.choices(string.ascii_lowercase, k=chance.randint(2, 10))) for _ in range(20_000)]
    values, text = list(secrets(chance, known, 200)), page(chance, known, 4_000)[:20_000]
    took = []
    for _ in range(TIMES):
        start = time.process_time()
        Matcher(values).find(text)
        took.append((time.process_time() - start) * 1000)
    return sorted(took)[TIMES // 2]
