"""Uploads against a real clamd with a database of one line, which knows the EICAR test file and nothing else."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages
from pytest_django.fixtures import Settings

from exclusions.actions.filing.documents import Upload, attach
from exclusions.actions.record.scans import scan_waiting
from exclusions.errors import Incomplete
from exclusions.gateways.documents.scanner import ScanStatus, scan
from exclusions.models import Document, Event, PublicDocument, User
from exclusions.tasks import scan_waiting_files
from tests.conftest import cannot_run
from tests.factories.files import pdf
from tests.factories.petitions import Journey
from tests.waiting import end, eventually, free_port, listens
from tradecases.celery import app

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("clamd")
    if program is None:
        cannot_run("needs clamd: apt-get install -y --no-install-recommends clamav-daemon")
    folder = tmp_path_factory.mktemp("clamd")
    database = folder / "database"
    database.mkdir()
    # One signature, as `sigtool --md5` prints it: hash, length, name.
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (database / "test.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar-Test-File\n")
    port = free_port()
    settings = folder / "clamd.conf"
    settings.write_text(
        f"Foreground yes\nTCPSocket {port}\nTCPAddr 127.0.0.1\nDatabaseDirectory {database}\n"
        "StreamMaxLength 60M\nMaxFileSize 60M\nMaxScanSize 60M\n"
    )
    process = subprocess.Popen(
        [str(program), "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        eventually(lambda: listens(port), "clamd takes connections", of=process)
        yield f"tcp://127.0.0.1:{port}"
    finally:
        end(process)


@pytest.fixture
def scanned(clamd: str, settings: Settings) -> None:
    settings.CLAMD_URL = clamd


def test_clean_and_infected_are_told_apart(scanned: None) -> None:
    assert scan([b"slabs"]).status == ScanStatus.CLEAN
    assert scan([EICAR]).detail.startswith("Eicar-Test-File")
    assert scan(b"x" * 1_000_000 for _ in range(50)).status == ScanStatus.CLEAN


def test_a_stream_that_is_too_long_is_not_clean(scanned: None) -> None:
    assert scan(b"x" * 1_000_000 for _ in range(80)).status == ScanStatus.NOT_SCANNED


@pytest.mark.django_db
def test_what_came_while_the_scanner_was_away_is_scanned_later(
    scanned: None, clamd: str, journey: Callable[..., Journey], importer: User, settings: Settings
) -> None:
    case = journey()
    settings.CLAMD_URL = ""
    for name, data in (("clean.txt", b"slabs"), ("note.txt", EICAR)):
        attach(case.petition, "public_documents", Upload(name, data), by=importer, at=case.at)
    case.take("submit", "post")
    assert PublicDocument.objects.count() == 2
    settings.CLAMD_URL = clamd
    assert scan_waiting(at=case.at) == 2
    assert scan_waiting(at=case.at) == 0
    assert [(file.file_name, file.scan) for file in PublicDocument.objects.all()] == [("clean.txt", "clean")]
    assert Event.objects.filter(kind="infected").count() == 1


@pytest.mark.django_db
def test_a_file_that_the_scanner_does_not_take_holds_up_none_behind_it(
    scanned: None, clamd: str, journey: Callable[..., Journey], importer: User, settings: Settings
) -> None:
    case = journey()
    settings.CLAMD_URL = ""
    for name, data in (("long.txt", b"slabs"), ("note.txt", b"more slabs")):
        attach(case.petition, "public_documents", Upload(name, data), by=importer, at=case.at)
    first = Document.objects.get(file_name="long.txt")
    with Path(storages["files"].path(first.storage_key)).open("r+b") as file:
        file.truncate(80_000_000)  # more than the scanner takes
    settings.CLAMD_URL = clamd
    assert scan_waiting_files() == "1 scanned"
    assert dict(Document.objects.values_list("file_name", "scan")) == {"long.txt": "not_scanned", "note.txt": "clean"}


def test_the_worker_scans_what_waits() -> None:
    assert scan_waiting_files.name in {entry["task"] for entry in app.conf.beat_schedule.values()}


@pytest.mark.django_db
def test_an_infected_file_is_refused_with_a_sentence_and_nothing_is_kept(
    scanned: None, journey: Callable[..., Journey], importer: User, settings: Settings
) -> None:
    case = journey()
    with pytest.raises(Incomplete, match="carries malware and was not kept"):
        attach(case.petition, "public_documents", Upload("note.txt", EICAR), by=importer, at=case.at)
    assert not Document.objects.exists()
    assert not [path for path in Path(settings.STORAGE_URL.removeprefix("file://")).rglob("*") if path.is_file()]
    document = attach(case.petition, "public_documents", Upload("spec.pdf", pdf("slabs")), by=importer, at=case.at)
    assert document.scan == "clean"
