"""Programs that keep a copy of the docket: the first visit, then one beside slow and fast writers; the nightly files.

The copies that change are those of the site that stands, petitions of real dockets and live cases alike.
"""

import http.client
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from django.db import connection, transaction

from exclusions.models import PublicPetition
from tests.bench import goals
from tests.bench.goals import Figure
from tests.bench.server import manage, served

CHANGES = "/api/v1/docket/changes/"
CHANGED, SLOW, AT_ONCE = 500, 50, 5  # petitions: in all, in one slow transaction, in each fast one
HELD = 3.0  # seconds for which the slow writer holds what it wrote
FORMATS = "csv,xlsx,jsonl,sqlite"


class Mirror:
    """A program that keeps a copy, as the API tells it to."""

    def __init__(self, port: int) -> None:
        self.copies: dict[str, object] = {}
        self.number = 0
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def visit(self) -> list[str]:
        """Fetch what changed since the last visit; return the references, in the order in which they came."""
        fetched, address = [], f"{CHANGES}?changed_since={self.number}&page_size=200"
        while address:
            self._http.request("GET", address)
            answer = self._http.getresponse()
            body = answer.read()
            if answer.status != http.client.OK:
                raise RuntimeError(f"{address} answered {answer.status}.")
            page = json.loads(body)
            for row in page["results"]:
                self.number = max(self.number, row["number"])
                self.copies[row["reference"]] = row["petition"]
                fetched.append(row["reference"])
            parts = urlsplit(page["next"] or "")
            address = f"{parts.path}?{parts.query}" if page["next"] else ""
        return fetched


def measure(url: str, data: Path, say: Callable[[str], None]) -> list[Figure]:
    """Return the figures of both visits, and of the files of the whole docket."""
    # First, while this process is small: what a process takes at most counts what began it held at that moment.
    say("  writing the files of the whole docket …")
    with tempfile.TemporaryDirectory() as folder:
        dump, mib = manage(url, "export_docket", "--format", FORMATS, "--out", folder)
    say("  visiting as a mirror …")
    with served(url, threads=2) as (port, _):
        mirror = Mirror(port)
        begun = time.perf_counter()
        first = set(mirror.visit())
        took = time.perf_counter() - begun
        changed = random.Random(1).sample(sorted(first), CHANGED)
        second, seconds = _beside_writers(mirror, changed)
    rows = PublicPetition.objects.count()
    return [
        Figure("mirror, first visit", took, "s", note=f"{len(first):,} petitions"),
        Figure("mirror, missed by the first visit", rows - len(first), "", 0),
        Figure("mirror, second visit beside writers", seconds, "s", note=f"{len(second):,} fetched"),
        Figure("mirror, missed by the second visit", len(set(changed) - set(second)), "", 0, f"of {CHANGED}"),
        Figure("mirror, fetched though unchanged", len(set(second) - set(changed)), "", 0),
        Figure("files of the docket", dump, "s", goals.DUMP_SECONDS, f"{rows:,} petitions, {FORMATS}"),
        Figure("files of the docket, memory", mib, "MiB", goals.DUMP_MIB),
    ]


def _beside_writers(mirror: Mirror, changed: Sequence[str]) -> tuple[list[str], float]:
    """Visit again and again while one slow writer and four fast ones change these; return what was fetched."""
    fast = changed[SLOW:]
    held = HELD if connection.vendor == "postgresql" else 0.0  # SQLite lets one write at a time
    writers = [Thread(target=_write, args=([changed[:SLOW]], held))]
    writers += [Thread(target=_write, args=(_groups(fast[start::4]), 0.0)) for start in range(4)]
    begun, fetched = time.perf_counter(), list[str]()
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        fetched += mirror.visit()
    fetched += mirror.visit()
    return fetched, time.perf_counter() - begun


def _groups(references: Sequence[str]) -> list[Sequence[str]]:
    return [references[start : start + AT_ONCE] for start in range(0, len(references), AT_ONCE)]


def _write(groups: Sequence[Sequence[str]], held: float) -> None:
    """Write copies anew, a transaction a group, each held open for so many seconds before its commit."""
    try:
        for group in groups:
            with transaction.atomic():
                PublicPetition.objects.filter(reference__in=group).update(product_name="Changed beside a mirror")
                time.sleep(held)
    finally:
        connection.close()
