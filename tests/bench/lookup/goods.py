"""How well words find headings: the frozen everyday queries and real product names, and how long one search takes."""

import time
from collections.abc import Callable
from pathlib import Path

from exclusions.queries.lookup.goods_search import find_goods
from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.lookup import measured
from tests.bench.server import manage
from tests.bench.site import DOCKET, LIST2_DOCKET


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return what part of the queries misses, in percent, with the hits and their Wilson interval as a note."""
    say("  loading the shipped edition and the List 2 docket, asking 300 queries and 400 real names …")
    manage(url, "load_shipped", "--schedule")
    manage(url, "load_docket", str(data / LIST2_DOCKET), "--docket", "USTR-2018-0032")
    manage(url, "load_docket", str(data / DOCKET), "--docket", "USTR-2019-0005")
    shares = {**measured.everyday(), "real names, in the first five": measured.real_names()}
    figures = [
        Figure(f"goods, {name}", 100 - share.percent, "% missed", goals.GOODS.get(name), str(share))
        for name, share in shares.items()
    ]
    took = sorted(map(seconds_of, measured.queries()))
    note = f"p50 {took[len(took) // 2] * 1000:.1f} ms"
    return [*figures, Figure("goods, one search, p95", took[int(0.95 * len(took))] * 1000, "ms", None, note)]


def seconds_of(query: measured.Query) -> float:
    """Return the seconds of one search."""
    begun = time.perf_counter()
    find_goods(query.words, measured.DAY)
    return time.perf_counter() - begun
