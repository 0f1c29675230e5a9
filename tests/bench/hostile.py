"""A hundred responses at once from a hundred networks, with harmless PDFs, with slow ones, and with every hostile kind.

Everything else is what anybody would send: the responses are complete, the server runs as `make run` starts it, behind
a proxy that names the senders. What is measured is what others notice meanwhile: who reads the docket, what watches the
process, and the memory of the process.
"""

import http.client
import statistics
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path

from tests.bench import goals
from tests.bench.filing import TOKEN
from tests.bench.goals import Figure
from tests.bench.posted import make
from tests.bench.server import peak, served
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.files import pdf
from tests.factories.hostile import HOSTILE, operators

SENDERS = 100
PROBED = ("/health/live", "/docket/")
BETWEEN = 0.05  # seconds between two requests of one who watches
BOUNDARY = uuid.uuid4().hex


@dataclass
class Noticed:
    """What somebody waited who asked for an address again and again."""

    seconds: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        """The wait that nineteen in twenty stayed below."""
        return statistics.quantiles(self.seconds, n=20)[-1]


def slow_pdf(number: int) -> tuple[str, bytes]:
    """Return a PDF of 2 to 6 kB whose text takes minutes to draw, another for each sender."""
    return "plan.pdf", operators(26_000 + 850 * number, pages=20)


def harmless_pdf(number: int) -> tuple[str, bytes]:
    """Return an ordinary PDF of that size."""
    lines = (sha256(f"{number}-{line}".encode()).hexdigest() for line in range(40 + number))
    return "plan.pdf", pdf("\n".join(lines))


@cache
def _made(kind: str) -> tuple[str, bytes]:
    name, make = HOSTILE[kind]
    return name, make()


def any_hostile(number: int) -> tuple[str, bytes]:
    """Return a file of each hostile kind in turn: deep, long, packed, of many pages or parts (tests/factories)."""
    return _made(sorted(HOSTILE)[number % len(HOSTILE)])


STORMS = {"harmless": harmless_pdf, "slow": slow_pdf, "hostile": any_hostile}
TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def form(name: str, file: bytes) -> bytes:
    """Return a complete response with that public file, as a browser sends it."""
    lines: list[bytes] = []
    for key, value in {**RESPONSE_ANSWERS, "csrfmiddlewaretoken": TOKEN}.items():
        lines += [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="public_documents"; filename="{name}"\r\n'
    kind = f"Content-Type: {TYPES[name.rpartition('.')[2]]}\r\n\r\n"
    lines += [head.encode(), kind.encode(), file, f"\r\n--{BOUNDARY}--\r\n".encode()]
    return b"".join(lines)


def ask(port: int, method: str, path: str, sender: str, body: bytes | None = None) -> int:
    """Return the status of an answer that was read to its end."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {"X-Forwarded-For": sender, "Cookie": f"csrftoken={TOKEN}"}
    if body is not None:
        headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@contextmanager
def watched(port: int) -> Iterator[dict[str, Noticed]]:
    """Ask for the probed addresses, each from a network of its own, until the block is left."""
    over = threading.Event()
    noticed = {path: Noticed() for path in PROBED}

    def watch(path: str, sender: str) -> None:
        while not over.is_set():
            begun = time.perf_counter()
            status = ask(port, "GET", path, sender)
            noticed[path].seconds.append(time.perf_counter() - begun)
            if status != 200:
                raise RuntimeError(f"{path} answered {status} under load.")
            over.wait(BETWEEN)

    with ThreadPoolExecutor(len(PROBED)) as threads:
        watchers = [threads.submit(watch, path, f"203.0.113.{place}") for place, path in enumerate(PROBED, 1)]
        try:
            yield noticed
        finally:
            over.set()
        for watcher in watchers:
            watcher.result()


def storm(
    port: int, reference: str, made: Callable[[int], tuple[str, bytes]]
) -> tuple[dict[str, Noticed], Counter[int], float]:
    """Send the responses all at once; return what others noticed, the answers by status, and the seconds."""
    prepared = cache(form)  # what many send alike lies in memory once
    bodies = [prepared(*made(number)) for number in range(SENDERS)]
    ready = threading.Barrier(SENDERS)

    def send(number: int) -> int:
        ready.wait()
        return ask(port, "POST", f"/docket/{reference}/respond/", f"198.51.{number}.7", bodies[number])

    with watched(port) as noticed, ThreadPoolExecutor(SENDERS) as threads:
        begun = time.perf_counter()
        answers = Counter(threads.map(send, range(SENDERS)))
        took = time.perf_counter() - begun
    return noticed, answers, took


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the figures of the storms, each on a server that was started for it."""
    reference = make(0).posted
    figures: list[Figure] = []
    harmless: dict[str, Noticed] = {}
    for name, made in STORMS.items():
        with served(url, threads=8, BEHIND_PROXY="1") as (port, server):
            ask(port, "GET", "/docket/", "203.0.113.9")
            say(f"  {SENDERS} responses with {name} files at once …")
            noticed, answers, took = storm(port, reference, made)
            most = peak(server)
        said = ", ".join(f"{count} times {status}" for status, count in sorted(answers.items()))
        figures.append(Figure(f"{name}: {SENDERS} responses", took, "s", None, said))
        for path, waits in noticed.items():
            longest = max(waits.seconds)
            note = f"{len(waits.seconds)} requests, p95 {waits.p95 * 1000:.0f} ms"
            if harmless:
                ratio = waits.p95 / harmless[path].p95
                figures.append(Figure(f"{name}: p95 of {path}", ratio, "of harmless", goals.HOSTILE_RATIO, note))
            figures.append(Figure(f"{name}: longest wait for {path}", longest, "s", goals.HOSTILE_WAIT, note))
        figures.append(Figure(f"{name}: peak memory of the web process", most, "MiB", goals.HOSTILE_MIB))
        harmless = harmless or noticed
    return figures
