"""Asking: one keep-alive connection, pages and the floor in turn, so that noise hits all alike."""

import http.client
import math
import statistics
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import served

REQUESTS = 100
WARM_UP = 5
FLOOR = "/floor/"
NUMBER = "8413.81.0040"
COUNT, COUNTED, OWN = "HTTP_X_BENCH_COUNT", "X-Bench-Counted", "X-Bench-Own"
# Nothing is remembered between two requests: each page is asked for the first time.
FIRST_ASKED = {"BENCH_REMEMBERS": "0", "BEHIND_PROXY": "1", "STAFF_SECOND_FACTOR": "0"}


@dataclass(frozen=True)
class Page:
    """A page by its name in the table and its address, who asks, by session or token, and the floors it may take."""

    name: str
    path: str
    session: str = ""
    goal: float = goals.PAGE_FLOORS
    token: str = ""


def usual(times: Sequence[float]) -> float:
    """Return what nine in ten exceed: on a quiet machine nearly the median, on a busy one still the page's own."""
    return statistics.quantiles(times, n=10)[0]


@dataclass(frozen=True)
class Took:
    """What an answer took: milliseconds until it was read, those that the server's process worked, its statements."""

    whole: float
    own: float
    statements: int
    body: bytes


class Connection:
    """One keep-alive connection to the server under test."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def get(self, page: Page, **headers: str) -> Took:
        """Return what an answer took. RuntimeError unless its status is 200."""
        if page.session:
            headers["Cookie"] = f"sessionid={page.session}"
        if page.token:
            headers["Authorization"] = f"Bearer {page.token}"
        begun = time.perf_counter()
        self._http.request("GET", page.path, headers=headers)
        response = self._http.getresponse()
        body = response.read()
        took = (time.perf_counter() - begun) * 1000
        if response.status != 200:
            raise RuntimeError(f"{page.path} answered {response.status} instead of 200; nothing was measured.")
        own, statements = (response.headers.get(name, "0") for name in (OWN, COUNTED))
        return Took(took, float(own), int(statements), body)

    def floor(self) -> Took:
        """Return what the floor took."""
        return self.get(Page("the floor", FLOOR))

    def post(self, path: str, body: str, headers: dict[str, str]) -> tuple[float, int, str]:
        """Return the milliseconds, the status and the Location of a POST."""
        begun = time.perf_counter()
        self._http.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})
        response = self._http.getresponse()
        response.read()
        return (time.perf_counter() - begun) * 1000, response.status, response.headers.get("Location", "")


def figures_of(url: str, pages: Sequence[Page], *, requests: int = REQUESTS) -> list[Figure]:
    """Return of each page its floors and its statements, first asked; endless floors where it does not answer."""
    floor: list[Took] = []
    times: dict[str, list[Took]] = {}
    counts: dict[str, int] = {}
    with served(url, threads=1, **FIRST_ASKED) as (port, _):
        connection = Connection(port)
        for page in pages:
            with suppress(RuntimeError):
                for _ in range(WARM_UP):
                    connection.get(page)
                counts[page.name] = connection.get(page, **{"X-Bench-Count": "1"}).statements
                times[page.name] = []
        for _ in range(requests):
            for page in pages:
                if page.name in times:
                    floor.append(connection.floor())  # what the one before does after its answer is not this one's
                    times[page.name].append(connection.get(page))
    beside, own_floor = usual([took.whole for took in floor]), usual([took.own for took in floor])
    figures = []
    for page in pages:
        took, whole, note = times.get(page.name, []), math.inf, "not answered"
        if took:
            whole, own = usual([one.whole for one in took]), usual([one.own for one in took])
            note = f"{whole:.1f} ms, floor {beside:.2f}; the process {own:.1f} ms, floor {own_floor:.2f}"
        figures.append(Figure(page.name, whole / beside, "floors", page.goal, note, counts.get(page.name)))
    return figures
