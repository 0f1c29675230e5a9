"""The public lists and searches on PostgreSQL, with both real dockets and with 32 times as many petitions.

Nothing is remembered, as in an hour in which petitions are posted all the time; then what is remembered is. A million
rows are also written as files.
"""

import http.client
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.pages import FLOOR, NUMBER, Connection, medians
from tests.bench.server import manage, module, served
from tests.bench.site import DOCKET, EXCLUSIONS, LIST2_DOCKET

PETITIONS = 32_952
TIMES = 32
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
    "schedule by words": ("/tariff/?q=pumps", goals.SCHEDULE_FLOORS),
    "schedule by words, API": ("/api/v1/tariff/lines/?q=breast+pump", goals.SCHEDULE_FLOORS),
    "exclusions": ("/exclusions/", goals.LIST_FLOORS),
    "exclusions, words": ("/exclusions/?q=pump", goals.LIST_FLOORS),
    "exclusions, as of a day": ("/exclusions/?as_of=2020-06-01", goals.LIST_FLOORS),
    "answer page of a number": (f"/tariff/{NUMBER}/", goals.ANSWER_FLOORS),
    "home": ("/", goals.ANSWER_FLOORS),
    "does mine fit": (f"/fit/?hts={NUMBER}&text=Breast+pumps+of+plastic&as_of=2020-06-01", goals.FIT_FLOORS),
}


@dataclass(frozen=True)
class File:
    """What sending a file took: seconds, rows, and the most memory that the server held, in MiB."""

    seconds: float
    rows: int
    mib: float


def measure(url: str, data: Path, tell: Callable[[str], None]) -> list[Figure]:
    """Return the floors of each list at both sizes, and what files take; on SQLite nothing: it has no such goal."""
    if not url.startswith("postgres"):
        tell("  the lists are measured on PostgreSQL alone")
        return []
    tell("  loading the shipped edition, the exclusions and both real dockets …")
    manage(url, "load_shipped", "--schedule")
    manage(url, "load_exclusions", str(data / EXCLUSIONS))
    manage(url, "load_docket", str(data / LIST2_DOCKET), "--docket", "USTR-2018-0032")
    manage(url, "load_docket", str(data / DOCKET), "--docket", "USTR-2019-0005")
    return [*measured(url, tell)]


def measured(url: str, tell: Callable[[str], None]) -> Iterable[Figure]:
    """Yield the figures of a site that has been loaded; its docket is a million rows long afterwards."""
    tell("  asking for the lists of 32,952 petitions …")
    module(url, "tests.bench.answers.grown", "0")
    others = {name: path for name, (path, _) in OTHERS.items()}
    few = floors(url, {**docket_pages(url, PETITIONS), **others}, remembering=False)
    kept = floors(url, docket_pages(url, PETITIONS), remembering=True)
    light = file_of(url, "json")
    tell("  making a million petitions, and asking again …")
    module(url, "tests.bench.answers.grown", str(TIMES - 1))
    many = floors(url, docket_pages(url, PETITIONS * TIMES), remembering=False)
    for name in DOCKET_PAGES:
        yield Figure(f"docket, {name}", few[name][0], "floors", goals.LIST_FLOORS, few[name][1])
    for name in DOCKET_PAGES:
        yield Figure(f"docket remembered, {name}", kept[name][0], "floors", goals.REMEMBERED_FLOORS, kept[name][1])
    for name in DOCKET_PAGES:
        most = goals.A_MILLION_TIMES * few[name][0]
        yield Figure(f"a million petitions, {name}", many[name][0], "floors", round(most, 1), many[name][1])
    for name, (_, most) in OTHERS.items():
        yield Figure(name, few[name][0], "floors", most, few[name][1])
    tell("  writing a million petitions as CSV and JSON …")
    table, heavy = file_of(url, "csv"), file_of(url, "json")
    note = f"{table.rows / table.seconds:,.0f} a second, {table.mib:.0f} MiB"
    yield Figure("CSV, 60,000 rows of a million", FILE_ROWS * table.seconds / table.rows, "s", 1.0, note)
    note = f"{heavy.mib:.0f} MiB, {heavy.seconds:.0f} s for {heavy.rows:,} rows"
    yield Figure("JSON, memory beyond that of 32,952 rows", heavy.mib - light.mib, "MiB", goals.FILE_MIB, note)


def docket_pages(url: str, petitions: int) -> dict[str, str]:
    """Return the addresses of the docket's pages by their names; those in the middle lie as deep as can be."""
    middle = petitions // 25 // 2
    with served(url, threads=1) as (port, _):
        body = Connection(port).get(f"/docket/?page={middle}")[1].decode()
    following = re.search(r'href="(\?[^"]*cursor=[^"]*)" rel="next"', body)
    if following is None:
        raise RuntimeError(f"Page {middle} of the docket leads to no next page; is the docket shorter than expected?")
    cursor = f"/docket/{unescape(following[1])}"
    return {name: path.format(middle=middle, cursor=cursor) for name, path in DOCKET_PAGES.items()}


def floors(url: str, pages: Mapping[str, str], *, remembering: bool) -> dict[str, tuple[float, str]]:
    """Return of each page, by name, its median in floors and in words."""
    with served(url, threads=1, BENCH_REMEMBERS="1" if remembering else "0") as (port, _):
        took = medians(Connection(port), list(pages.values()), requests=REQUESTS)
    return {
        name: (took[path] / took[FLOOR], f"{took[path]:.2f} ms, floor {took[FLOOR]:.2f}")
        for name, path in pages.items()
    }


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


def peak(process: int) -> float:
    """Return the most memory that the children of a process, or it itself, ever held, in MiB (Linux)."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    states = [Path(f"/proc/{one}/status").read_text() for one in children or [str(process)]]
    return max(int(found[1]) for state in states if (found := re.search(r"VmHWM:\s+(\d+) kB", state))) / 1024
