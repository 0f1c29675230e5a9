"""Refunds: 50,000 lines of entries, of every number on a list or in an exclusion, and when the page begins."""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from django.test import Client

from exclusions.models import CoveredLine, ExclusionNumber
from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import manage
from tests.bench.site import EXCLUSIONS

LINES = 50_000
DAYS = 2500


def entry_lines(count: int) -> str:
    """Return so many lines as a person pastes them, the same each time."""
    numbers = sorted(set(ExclusionNumber.objects.order_by("number").values_list("number", flat=True)))
    covered = CoveredLine.objects.order_by("number").values_list("number", flat=True)
    numbers += sorted({f"{number}00" for number in covered if len(number) == 8})
    chance, first = random.Random(11), date(2018, 8, 1)
    rows = (
        f"ABC-{row:07}-1\t{first + timedelta(days=chance.randrange(DAYS))}\t{chance.choice(numbers)}\t"
        f"{chance.randrange(100, 99_999)}.50\t{chance.randrange(100, 9_999)}"
        for row in range(count)
    )
    return "\n".join(rows)


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the seconds of the whole answer, and until it begins."""
    say("  loading the exclusions of U.S. note 20, and sending 50,000 lines …")
    manage(url, "load_exclusions", str(data / EXCLUSIONS))
    sent = {"lines": entry_lines(LINES), "answer_as": "page"}
    begun = time.perf_counter()
    response = Client(HTTP_HOST="127.0.0.1").post("/refunds/", sent)
    pieces = iter(response.streaming_content)  # type: ignore[attr-defined]
    size = len(next(pieces))
    first = time.perf_counter() - begun
    size += sum(map(len, pieces))
    took = time.perf_counter() - begun
    return [
        Figure("refunds, 50,000 lines", took, "s", goals.REFUNDS_SECONDS, f"{size / 1024:,.0f} KiB"),
        Figure("refunds, until the page begins", first, "s"),
    ]
