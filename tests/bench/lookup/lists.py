"""The public lists, with both real dockets beside live cases and with a million petitions, and the latter as files.

Nothing is remembered, as in an hour in which petitions are posted all the time.
"""

import http.client
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from exclusions.models import PublicPetition
from tests.bench import goals
from tests.bench.asked import Connection, Page, figures_of
from tests.bench.goals import Figure
from tests.bench.lookup.grown import grow, settle
from tests.bench.server import peak, served

A_MILLION = 1_000_000
REQUESTS = 60
FILE_ROWS = 60_000  # of a CSV file a second
PIECE = 1 << 18
DOCKET_PAGES = {
    "first page": "/docket/",
    "?page=N, in the middle": "/docket/?page={middle}",
    "by key, in the middle": "{cursor}",
    "ordered by decision": "/docket/?sort=decided",
    "facets, nothing else": "/docket/?stage=denied&docket=USTR-2018-0032",
    "facets, of a number": "/docket/?hts=8413&stage=denied",
    "a common word": "/docket/?q=pump",
    "two words": "/docket/?q=brake+rotor",
    "two common words": "/docket/?q=steel+plastic",
    "a rare word": "/docket/?q=kayak",
    "a word that none has": "/docket/?q=quagga",
    "a word and a stage": "/docket/?q=pump&stage=granted",
    "an organization": "/docket/?organization=apple",
    "HTSUS prefix 8413": "/docket/?hts=8413",
}
OTHERS = {
    "exclusions": "/exclusions/",
    "exclusions, words": "/exclusions/?q=pump",
    "exclusions, as of a day": "/exclusions/?as_of=2020-06-01",
}


@dataclass(frozen=True)
class File:
    """What sending a file took: seconds, rows, and the most memory that the server held, in MiB."""

    seconds: float
    rows: int
    mib: float


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the figures of each list at both sizes, and what files take; a million on PostgreSQL alone."""
    say("  asking for the lists …")
    settle()
    others = [Page(name, path) for name, path in OTHERS.items()]
    few = figures_of(url, [*docket_pages(url), *others], requests=REQUESTS)
    if not url.startswith("postgres"):
        return few
    light = file_of(url, "json")
    say("  making a million petitions, and asking again …")
    grow(A_MILLION // PublicPetition.objects.count())
    many = figures_of(url, docket_pages(url), requests=REQUESTS)
    grown = [
        Figure(f"a million: {after.name}", after.value / before.value, "times", goals.A_MILLION_TIMES,
               f"{after.value:.1f} floors, {after.note}", after.statements)
        for before, after in zip(few, many, strict=False)
    ]  # fmt: skip
    say("  writing a million petitions as CSV and JSON …")
    table, heavy = file_of(url, "csv"), file_of(url, "json")
    rate = f"{table.rows / table.seconds:,.0f} a second, {table.mib:.0f} MiB"
    note = f"{heavy.mib:.0f} MiB, {heavy.seconds:.0f} s for {heavy.rows:,} rows"
    return [
        *few,
        *grown,
        Figure("CSV, 60,000 rows of a million", FILE_ROWS * table.seconds / table.rows, "s", 1.0, rate),
        Figure("JSON, memory beyond that of the small docket", heavy.mib - light.mib, "MiB", goals.FILE_MIB, note),
    ]


def docket_pages(url: str) -> list[Page]:
    """Return the pages of the docket; those in the middle lie as deep as can be."""
    middle = PublicPetition.objects.count() // 25 // 2
    with served(url, threads=1) as (port, _):
        body = Connection(port).get(Page("the middle", f"/docket/?page={middle}")).body.decode()
    following = re.search(r'href="(\?[^"]*cursor=[^"]*)" rel="next"', body)
    if following is None:
        raise RuntimeError(f"Page {middle} of the docket leads to no next page; is the docket shorter than expected?")
    cursor = f"/docket/{unescape(following[1])}"
    return [Page(f"docket, {name}", path.format(middle=middle, cursor=cursor)) for name, path in DOCKET_PAGES.items()]


def file_of(url: str, kind: str) -> File:
    """Take the whole docket as a file from a server of its own."""
    with served(url, threads=1) as (port, process):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        begun = time.perf_counter()
        client.request("GET", f"/docket.{kind}")
        response = client.getresponse()
        if response.status != 200:
            raise RuntimeError(f"The docket as {kind} answered {response.status} instead of 200; nothing was measured.")
        rows, word, tail = 0, b'"reference": ' if kind == "json" else b"\nREQUEST,", b""
        while piece := response.read(PIECE):
            rows += (tail + piece).count(word)
            tail = piece[-len(word) + 1 :]
        return File(time.perf_counter() - begun, rows, peak(process))
