"""Sends 50,000 lines of entries, of every number on a list or in an exclusion, to the page of refunds."""

import os
import random
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from exclusions.models import CoveredLine, ExclusionNumber  # noqa: E402

EXCLUSIONS = Path("ch99") / "exclusions_note20_2026_rev6.csv.gz"
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


def main(data: Path) -> None:
    """Print seconds in all, seconds until the page begins, KiB of the page and statements, a line each."""
    with Path(os.devnull).open("w") as nowhere:
        call_command("load_exclusions", data / EXCLUSIONS, stdout=nowhere, stderr=nowhere)
    text = entry_lines(LINES)
    with CaptureQueriesContext(connection) as captured:
        begun = time.perf_counter()
        response = Client(HTTP_HOST="127.0.0.1").post("/refunds/", {"lines": text, "answer_as": "page"})
        pieces = iter(response.streaming_content)  # type: ignore[attr-defined]
        size = len(next(pieces))
        first = time.perf_counter() - begun
        size += sum(map(len, pieces))
        took = time.perf_counter() - begun
    print(f"{took}\n{first}\n{size / 1024}\n{len(captured)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
