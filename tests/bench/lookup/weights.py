"""What pages weigh over the wire and whether they jump: Chromium, a first visit and later pages, as `make run` serves.

Bytes are what Chromium received, headers included; shifts are its own measure (CLS) until the page has come to rest.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.goals import Figure
from tests.bench.server import manage, served
from tests.chromium import installed

FIRST_KIB, FIRST_REQUESTS, LATER_KIB, SHIFT = 150.0, 12.0, 30.0, 0.02
WIDTHS = (360, 1280)
PAGES = (
    "/",
    "/docket/",
    "/exclusions/",
    "/tariff/",
    "/tariff/?q=pumps",
    "/tariff/8413.81.0040/",
    "/rounds/",
    "/rounds/list-3/",
    "/verify/",
    "/help/",
    "/help/describing-a-product/",
    "/help/sample-petition/",
    "/help/glossary/",
    "/context/",
    "/fit/",
    "/fit/?hts=8413.81.0040&text=Breast+pumps+of+plastic&as_of=2020-06-01",
    "/refunds/",
    "/search/?q=pumps",
    "/statistics/",
    "/watch/",
    "/accounts/login/",
)
SHIFTS = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) sum += e.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@dataclass(frozen=True)
class Weight:
    """What one visit took: KiB over the wire, requests, and how far the page jumped."""

    path: str
    kib: float
    requests: int
    shift: float


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield the Chromium of this machine."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=installed(), args=BROWSER)
        try:
            yield opened
        finally:
            opened.close()


def visit(context: BrowserContext, home: str, path: str, width: int) -> Weight:
    """Open a page and weigh it."""
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    bytes_taken: list[tuple[str, float]] = []
    cached: set[str] = set()
    wire.on("Network.requestServedFromCache", lambda said: cached.add(said["requestId"]))
    wire.on("Network.loadingFinished", lambda said: bytes_taken.append((said["requestId"], said["encodedDataLength"])))
    page.goto(f"{home}{path}", wait_until="networkidle")
    shift = page.evaluate(SHIFTS)
    page.close()
    taken = [length for request, length in bytes_taken if length > 0 and request not in cached]
    return Weight(path, sum(taken) / 1024, len(taken), shift)


def weigh(home: str, paths: list[str]) -> tuple[list[Weight], list[Weight]]:
    """Return each page as a first visit at both widths, and each as a later page of somebody who began at the start."""
    first, later = [], []
    with browser() as opened:
        for path in paths:
            for width in WIDTHS:
                context = opened.new_context()
                first.append(visit(context, home, path, width))
                context.close()
        context = opened.new_context()
        visit(context, home, "/", WIDTHS[-1])
        visit(context, home, "/docket/", WIDTHS[-1])
        later = [visit(context, home, path, WIDTHS[-1]) for path in paths]
        context.close()
    return first, later


def measure(url: str, data: Path, tell: Callable[[str], None]) -> list[Figure]:
    """Return the heaviest first visit, the most requests, the heaviest later page and the greatest jump."""
    manage(url, "collectstatic", "--no-input", "--verbosity", "0", STATIC_MANIFEST="1")
    with served(url, threads=8, STATIC_MANIFEST="1") as (port, _):
        home = f"http://127.0.0.1:{port}"
        first, later = weigh(home, [*PAGES, *_petition(home)])
    for one in sorted(first, key=lambda one: -one.kib):
        tell(f"  first {one.path:<34}{one.kib:>8.1f} KiB {one.requests:>3} requests, shift {one.shift:.4f}")
    for one in sorted(later, key=lambda one: -one.kib):
        tell(f"  later {one.path:<34}{one.kib:>8.1f} KiB {one.requests:>3} requests")
    heaviest, busiest = max(first, key=lambda one: one.kib), max(first, key=lambda one: one.requests)
    after, jump = max(later, key=lambda one: one.kib), max(first, key=lambda one: one.shift)
    return [
        Figure("first visit, heaviest page", heaviest.kib, "KiB", FIRST_KIB, heaviest.path),
        Figure("first visit, most requests", busiest.requests, "requests", FIRST_REQUESTS, busiest.path),
        Figure("later pages, heaviest", after.kib, "KiB", LATER_KIB, after.path),
        Figure("layout shift, greatest (x 1000)", jump.shift * 1000, "", SHIFT * 1000, jump.path),
    ]


def _petition(home: str) -> list[str]:
    """Return the first petition of the docket's list, if there is one."""
    with browser() as opened:
        page = opened.new_page()
        page.goto(f"{home}/docket/")
        found = re.search(r'href="(/docket/USTR-[^"/]+/)"', page.content())
    return [found[1]] if found else []
