"""Strangers who send the heaviest that each door takes, four at once, and what others notice meanwhile."""

import http.client
import itertools
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.bench.filing import TOKEN
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.hostile import HOSTILE

AT_ONCE = 4
REFUSED = 0  # before all of it was sent
EACH = 2  # requests of each sender
WATCHED = ("/health/live", "/docket/")
BETWEEN = 0.05  # seconds between two requests of one who watches
TEXT = 4_900_000  # characters: the most that a form may hold
BOUNDARY = "b" * 32
FORM = "application/x-www-form-urlencoded"
_places = itertools.count(1)


@dataclass(frozen=True)
class Sent:
    """One kind of request that strangers send to a door: its body, of which content."""

    what: str
    body: bytes = field(repr=False)
    content_type: str = FORM


def form(**fields: str) -> bytes:
    """Return a form as a browser sends it."""
    return urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()


def file_form(name: str, file_name: str, content: bytes, **fields: str) -> Sent:
    """Return a form with a file."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in {**fields, "csrfmiddlewaretoken": TOKEN}.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n\r\n'.encode()
    body = b"".join([*parts, head, content, f"\r\n--{BOUNDARY}--\r\n".encode()])
    return Sent(f"a file {file_name}", body, f"multipart/form-data; boundary={BOUNDARY}")


def long_texts(*names: str) -> list[Sent]:
    """Return a form with the longest text in each of these fields in turn."""
    return [Sent(f"a long text as {name}", form(**{name: "a1 bc 2 " * (TEXT // 8)})) for name in names]


def hostile_files(name: str) -> list[Sent]:
    """Return a complete response with each of two hostile files."""
    made = [HOSTILE[kind] for kind in sorted(HOSTILE)[:2]]
    return [file_form(name, file_name, make(), **RESPONSE_ANSWERS) for file_name, make in made]


def tables(numbers: list[str]) -> list[Sent]:
    """Return tables of entries: wrong lines, right ones, joined ones, with descriptions, as text and as a file."""
    heading = "entry number,entry date,hts10,value,duty paid\n"
    right = "".join(
        f"A-{row},2021-01-{row % 28 + 1:02},{numbers[row % len(numbers)]},1000,250\n" for row in range(27_000)
    )
    worded = "".join(
        f"A-{row},2021-01-04,{numbers[0]},1000,250,{row} valve of steel for water\n" for row in range(27_000)
    )
    wrong = "x,x,x,x,x\n" * 200_000
    return [
        Sent("wrong lines", form(lines=heading + wrong)),
        Sent("right lines", form(lines=right)),
        Sent("right lines as a sheet", form(lines=right, answer_as="xlsx")),
        Sent("descriptions", form(lines=heading.replace("\n", ",description\n") + worded)),
        Sent("numbers of one line", form(lines=heading + "A-1,2021-01-04,9903.88.03,1,1\n" * 100_000)),
        file_form("file", "lines.csv", (heading + wrong * 2).encode(), lines=""),
    ]


def bodies(numbers: list[str]) -> list[Sent]:
    """Return bodies of programs: deep, wrong, right."""
    line = {"entry_number": "A", "entry_date": "2021-01-04", "value": 1000, "duty_paid": 250}
    right = [{**line, "hts10": numbers[row % len(numbers)]} for row in range(27_000)]
    kinds = {"deep": b"[" * 10_000 + b"]" * 10_000, "wrong lines": json.dumps({"lines": [{}] * 50_000}).encode(),
             "right lines": json.dumps({"lines": right}).encode(), "brackets": b"[" * TEXT}  # fmt: skip
    return [Sent(what, body, "application/json") for what, body in kinds.items()]


def ask(port: int, method: str, path: str, sent: Sent | None = None) -> int:
    """Return the status of an answer that was read to its end, asked for by a network of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    place = next(_places)
    headers = {"X-Forwarded-For": f"198.51.{place // 250 % 250}.{place % 250}", "Cookie": f"csrftoken={TOKEN}"}
    headers |= {"Content-Type": sent.content_type} if sent else {}
    try:
        connection.request(method, path, sent.body if sent else None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    except (BrokenPipeError, ConnectionResetError):
        return REFUSED
    finally:
        connection.close()


@contextmanager
def watched(port: int) -> Iterator[dict[str, float]]:
    """Ask for the watched addresses until the block is left; yield the longest wait for each."""
    over, longest = threading.Event(), dict.fromkeys(WATCHED, 0.0)

    def watch(path: str) -> None:
        while not over.is_set():
            begun = time.perf_counter()
            status = ask(port, "GET", path)
            longest[path] = max(longest[path], time.perf_counter() - begun)
            assert status == 200, f"{path} answered {status}"
            over.wait(BETWEEN)

    with ThreadPoolExecutor(len(WATCHED)) as threads:
        watchers = [threads.submit(watch, path) for path in WATCHED]
        try:
            yield longest
        finally:
            over.set()
        for watcher in watchers:
            watcher.result()


def storm(port: int, path: str, sent: Sent) -> tuple[dict[str, float], Counter[int]]:
    """Let four strangers send it at once, one request after another; return the longest waits and their answers."""
    with watched(port) as longest, ThreadPoolExecutor(AT_ONCE) as threads:
        answers = Counter(threads.map(lambda _: ask(port, "POST", path, sent), range(AT_ONCE * EACH)))
    return longest, answers


def quiet(port: int) -> dict[str, float]:
    """Return the longest waits while nobody sends anything."""
    with watched(port) as longest:
        for _ in range(20):
            ask(port, "GET", "/rounds/")
    return longest
