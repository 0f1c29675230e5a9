"""Large uploads stream to disk, larger ones are refused unread, and nothing is served before a demanded scan."""

import http.client
import io
import os
import random
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from exclusions.actions.filing.documents import attach
from exclusions.actions.record.files import Upload, keep_file
from exclusions.gateways.documents.inspection import MAX_BYTES
from exclusions.gateways.documents.object_store import open_file
from exclusions.models import Document, PublicDocument, User
from exclusions.questionnaires import get
from tests.factories.files import pdf
from tests.factories.petitions import Journey
from tests.factories.world import World
from tests.waiting import PATIENCE

GROWTH = 20_000  # kB
# Takes a file as the pages do, in a process of its own, and prints by how many kB its peak grew.
TAKE_IN = """
import sys, django
django.setup()
from django.core.files.uploadedfile import TemporaryUploadedFile
from exclusions.actions.record.files import Upload, keep_file
from exclusions.questionnaires import get
def kb(name):
    return int(next(line for line in open("/proc/self/status") if line.startswith(name)).split()[1])
def take(path, name):
    file = TemporaryUploadedFile(name, "", 0, None)
    with open(path, "rb") as given:
        while piece := given.read(65536):
            file.write(piece)
    kept = keep_file(get("petition-2019"), sys.argv[3], Upload.from_browser(file))
    file.close()
    return kept
take(sys.argv[1], "small" + sys.argv[4])
open("/proc/self/clear_refs", "w").write("5")
before = kb("VmRSS")
kept = take(sys.argv[2], "large" + sys.argv[4])
print(kb("VmHWM") - before, kept.stored.size)
"""


def large_pdf(size: int) -> bytes:
    """Return a PDF of about that size, as a scan is: one page, and a picture that no text reader opens."""
    with pikepdf.open(io.BytesIO(pdf("scan"))) as document:
        document.pages[0].obj["/Scan"] = document.make_stream(random.Random(7).randbytes(size))
        out = io.BytesIO()
        document.save(out, compress_streams=False)
        return out.getvalue()


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="measures by Linux's /proc")
@pytest.mark.parametrize("question", ["public_documents", "confidential_documents"])
@pytest.mark.parametrize("ending", [".pdf", ".csv"])
def test_fifty_megabytes_stream_through_twenty_of_memory(tmp_path: Path, question: str, ending: str) -> None:
    def made(size: int) -> bytes:
        return large_pdf(size) if ending == ".pdf" else (b"number,value\r\n8413810040,5\r\n" * (size // 28 + 1))[:size]

    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(made(1_000_000))
    large.write_bytes(made(49_900_000))
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "STORAGE_URL": tmp_path.as_uri(), "CLAMD_URL": "",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", TAKE_IN, str(small), str(large), question, ending],
        env=environment, capture_output=True, text=True, timeout=4 * PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    grown, size = map(int, done.stdout.split())
    assert size > 49_000_000
    assert grown <= GROWTH


@pytest.mark.django_db
def test_two_gigabytes_are_refused_unread(client: Client, importer: User, live_server: object) -> None:
    host, port = str(live_server).removeprefix("http://").split(":")
    # Nothing of the two gigabytes is ever sent: whoever reads any of it before the answer waits for ever.
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as wire:
        wire.sendall(
            b"POST /petitions/new/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            b"Content-Length: 2147483648\r\n\r\n"
        )
        answer = http.client.HTTPResponse(wire)
        answer.begin()
        assert answer.status == 413
        assert "so we kept none of it" in answer.read().decode()
        answer.close()


@pytest.fixture
def scanned_only(settings: Settings) -> None:
    settings.CLAMD_URL = "tcp://127.0.0.1:9"  # nobody answers there


@pytest.mark.django_db
def test_nothing_is_served_before_its_scan_where_a_scanner_is_set(
    world: World, client: Client, cast: dict[str, User], scanned_only: None
) -> None:
    reference = world.posted.reference
    doors = [
        (None, reverse("docket-document", args=[reference, world.public_file.pk])),
        ("filer", reverse("petition-document", args=[world.posted.pk, world.secret_file.pk])),
        ("intake", reverse("case-document", args=[reference, world.secret_file.pk])),
    ]
    for who, url in doors:
        if who:
            client.force_login(cast[who])
        answer = client.get(url)
        assert answer.status_code == 409
        assert "not scanned this file for viruses yet" in answer.content.decode()
    Document.objects.update(scan="clean")
    PublicDocument.objects.update(scan="clean")
    for who, url in doors:
        if who:
            client.force_login(cast[who])
        answer = client.get(url)
        assert answer.status_code == 200
        # Read to its end, the file is closed; answer.close() would also end the request for the database.
        assert b"".join(answer)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_large_file_is_attached_whole(journey: Callable[..., Journey], importer: User) -> None:
    case = journey()
    file = TemporaryUploadedFile("large.txt", "text/plain", 0, None)
    file.write(b"slabs\n" * 500_000)
    document = attach(case.petition, "public_documents", Upload.from_browser(file), by=importer, at=case.at)
    with open_file(document.storage_key) as stored:
        assert len(stored.read()) == document.size == 3_000_000


def test_the_limit_is_what_the_page_says() -> None:
    assert MAX_BYTES == 50_000_000
    assert keep_file(get("petition-2019"), "public_documents", Upload("a.txt", b"words")).document().text_whole
