"""The pages that are measured, and the measuring: one keep-alive connection, pages and floor in turn."""

import http.client
import statistics
import time
from dataclasses import dataclass

REQUESTS = 300
WARM_UP = 20
FLOOR = "/floor/"
NUMBER = "8413.81.0040"


@dataclass(frozen=True)
class Page:
    """A page by its name in the table and its address."""

    name: str
    path: str


def pages(reference: str) -> list[Page]:
    """Return the measured pages; `reference` is a petition of the docket."""
    return [
        Page("docket, first page", "/docket/"),
        Page("docket, page 500", "/docket/?page=500"),
        Page("docket, HTSUS prefix 8413", "/docket/?hts=8413"),
        Page("one petition", f"/docket/{reference}/"),
        Page("tariff look-up, page", f"/tariff/{NUMBER}/?as_of=2019-01-15"),
        Page("does mine fit", f"/fit/?hts={NUMBER}&text=Breast+pumps+of+plastic&as_of=2020-06-01"),
        Page("tariff look-up, API", f"/api/v1/tariff/lines/{NUMBER}/?as_of=2019-01-15"),
    ]


class Connection:
    """One keep-alive connection to the server under test."""

    def __init__(self, port: int, session: str = "") -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Cookie": f"sessionid={session}"} if session else {}

    def get(self, path: str) -> tuple[float, bytes]:
        """Return the milliseconds until the whole answer was read, and the answer. RuntimeError unless it is 200."""
        begun = time.perf_counter()
        self._http.request("GET", path, headers=self._headers)
        response = self._http.getresponse()
        body = response.read()
        took = (time.perf_counter() - begun) * 1000
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status} instead of 200; nothing was measured.")
        return took, body

    def post(self, path: str, body: str, headers: dict[str, str]) -> tuple[float, int, str]:
        """Return the milliseconds, the status and the Location of a POST."""
        begun = time.perf_counter()
        self._http.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **headers})
        response = self._http.getresponse()
        response.read()
        return (time.perf_counter() - begun) * 1000, response.status, response.headers.get("Location", "")


def medians(connection: Connection, paths: list[str], *, requests: int = REQUESTS) -> dict[str, float]:
    """Return the median milliseconds of each path and of the floor, measured in turn so that noise hits all alike."""
    everything = [FLOOR, *paths]
    for path in everything:
        for _ in range(WARM_UP):
            connection.get(path)
    times: dict[str, list[float]] = {path: [] for path in everything}
    for _ in range(requests):
        for path in everything:
            connection.get(FLOOR)  # what the page before does after its answer must not count against this one
            times[path].append(connection.get(path)[0])
    return {path: statistics.median(values) for path, values in times.items()}
