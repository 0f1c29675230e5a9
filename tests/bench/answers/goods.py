"""How well words find headings: the frozen everyday queries and real product names, and how long one search takes."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import manage, module
from tests.bench.site import DOCKET, LIST2_DOCKET


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return what part of the queries misses, in percent, with the hits and their Wilson interval as a note."""
    say("  loading the shipped edition and the List 2 docket, asking 300 queries and 400 real names …")
    manage(url, "load_shipped", "--schedule")
    manage(url, "load_docket", str(data / LIST2_DOCKET), "--docket", "USTR-2018-0032")
    manage(url, "load_docket", str(data / DOCKET), "--docket", "USTR-2019-0005")
    figures = []
    for line in module(url, "tests.bench.answers.goods").splitlines():
        name, value, note = line.split("\t")
        unit = "ms" if name.startswith("one search") else "% missed"
        figures.append(Figure(f"goods, {name}", float(value), unit, goals.GOODS.get(name), note))
    return figures


def main() -> None:
    """Print the shares and times of the database at hand: name, value and note, parted by tabs."""
    import django  # noqa: PLC0415

    django.setup()
    from tests.bench.answers import measured  # noqa: PLC0415

    shares = {**measured.everyday(), "real names, in the first five": measured.real_names()}
    for name, share in shares.items():
        print(f"{name}\t{100 - share.percent:.1f}\t{share}")
    took = []
    for query in measured.queries():
        begun = time.perf_counter()
        measured.find_goods(query.words, measured.DAY)
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    print(f"one search, p95\t{took[int(0.95 * len(took))]:.1f}\tp50 {took[len(took) // 2]:.1f} ms")


if __name__ == "__main__":
    sys.exit(main())
