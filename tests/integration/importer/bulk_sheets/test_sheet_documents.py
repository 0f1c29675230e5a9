"""Documents of a sheet: files of ZIPs, found by name, stored, parsed and scanned once, attached to each draft."""

import io
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exclusions.actions.bulk_sheets import file_reading
from exclusions.actions.bulk_sheets.contents import content_of
from exclusions.actions.bulk_sheets.drafting import accept_rows
from exclusions.actions.bulk_sheets.sheets import delete_sheet, forget_sheets
from exclusions.actions.bulk_sheets.working import LEASE, work_on
from exclusions.actions.bulk_sheets.zips import delete_zip, keep_zip, take_zip
from exclusions.actions.filing.documents import Upload, attach, remove
from exclusions.actions.filing.petitions import delete_draft
from exclusions.actions.record import files as record_files
from exclusions.actions.record.scans import scan_waiting
from exclusions.errors import NotPermitted
from exclusions.gateways.documents.object_store import keys_before, read_file
from exclusions.gateways.documents.scanner import Scan, ScanStatus
from exclusions.models import BulkContent, BulkFile, BulkSheet, BulkZip, Document, Organization, Petition, Round, User
from tests.conftest import Clock
from tests.factories.files import pdf
from tests.factories.importer.bulk_sheets import make_sheet, said_of, table_of, taken_in, worked_on
from tests.factories.importer.zips import packed, sent
from tests.integration.importer.bulk_sheets.test_bulk_pages import SignIn, address, text_of
from tests.integration.importer.bulk_sheets.test_drafts import killed_in

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.both_databases(
        "Equal content is stored once, and goes with the last row that names it, after a commit."
    ),
]
ALL = BulkSheet.Wanted.ALL
PLAN, PHOTO = pdf("A plan."), b"A list of sizes."
NAMED = {"public_documents": "plan.pdf; sizes.txt"}


@pytest.fixture(autouse=True)
def empty_store() -> None:
    """Begin with an empty store."""
    for key in stored():
        storages["files"].delete(key)


def stored() -> set[str]:
    """Return the keys of all stored files."""
    return set(keys_before(datetime(2100, 1, 1, tzinfo=UTC)))


def drafted(sheet: BulkSheet, by: User, at: datetime) -> list[Petition]:
    """Let all rows become drafts, and return these."""
    done = worked_on(accept_rows(sheet, wanted=ALL, by=by, at=at), at)
    assert done.stopped == []
    rows = done.rows.filter(petition__isnull=False).select_related("petition__round").order_by("number")
    return [row.petition for row in rows if row.petition]


def files_of(petition: Petition) -> list[Document]:
    """Return the documents of a petition."""
    return list(petition.documents.filter(removed_at__isnull=True).order_by("file_name"))


def test_rows_get_the_documents_that_they_name_and_equal_content_is_taken_in_once(
    sheet: BulkSheet, importer: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanned: list[int] = []

    def scan(chunks: Any) -> Scan:
        scanned.append(sum(map(len, chunks)))
        return Scan(ScanStatus.CLEAN, "clean")

    monkeypatch.setattr(record_files, "scan", scan)
    rows = [
        {
            **NAMED,
            "confidential_documents": "Figures.TXT",
            "confidential_documents_summary": "Sizes.",
            "confidential_documents_ground": "third_party",
        },
        NAMED,
        {},
    ]
    taken_in(sheet, table_of(sheet.round, *rows), importer, at)
    assert "is in no ZIP of this sheet." in said_of(sheet, 4)["public_documents"]
    assert said_of(sheet, 6) == {}
    files = {"plan.pdf": PLAN, "Sizes.txt": PHOTO, "figures.txt": b"Our figures.", "unused.pdf": pdf("No.")}
    done = sent(sheet, files, importer, at)
    assert [said_of(done, number) for number in (4, 5, 6)] == [{}, {}, {}]
    assert len(scanned) == 3  # each content once, and what no row names not at all
    first, second, third = drafted(done, importer, at)
    assert [one.file_name for one in files_of(first)] == ["Figures.TXT", "plan.pdf", "sizes.txt"]
    assert [one.visibility for one in files_of(first)] == ["confidential", "public", "public"]
    assert [one.file_name for one in files_of(second)] == ["plan.pdf", "sizes.txt"]
    assert files_of(third) == []
    keys = [{one.storage_key for one in files_of(petition)} for petition in (first, second)]
    assert keys[1] < keys[0]
    assert content_of(first).answers["public_documents"] == [
        str(one.pk) for name in ("plan.pdf", "sizes.txt") for one in files_of(first) if one.file_name == name
    ]
    assert len(scanned) == 3


def test_a_stored_content_goes_with_the_last_row_that_names_it(sheet: BulkSheet, importer: User, at: datetime) -> None:
    taken_in(sheet, table_of(sheet.round, NAMED, NAMED), importer, at)
    first, second = drafted(sent(sheet, {"plan.pdf": PLAN, "sizes.txt": PHOTO}, importer, at), importer, at)
    plan = files_of(first)[0]
    delete_sheet(sheet, by=importer, at=at)
    assert not BulkZip.objects.exists()
    assert stored() == {key for one in files_of(first) for key in (one.storage_key, one.text_key)}
    remove(first, plan, by=importer, at=at)
    assert read_file(files_of(second)[0].storage_key)
    plan.refresh_from_db()
    assert plan.storage_key == plan.text_key == ""  # nothing of what was removed leads to the other's bytes
    delete_draft(second, by=importer, at=at)
    assert stored() == {files_of(first)[0].storage_key}
    delete_draft(first, by=importer, at=at)
    assert stored() == set()


def test_a_document_of_one_draft_may_be_replaced_and_the_certificate_sees_it(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    taken_in(sheet, table_of(sheet.round, NAMED, NAMED), importer, at)
    first, second = drafted(sent(sheet, {"plan.pdf": PLAN, "sizes.txt": PHOTO}, importer, at), importer, at)
    digests = [content_of(one).digest(one) for one in (first, second)]
    remove(first, files_of(first)[0], by=importer, at=at)
    attach(first, "public_documents", Upload("plan.pdf", pdf("Another plan.")), by=importer, at=at)
    assert content_of(first).digest(first) != digests[0]
    assert content_of(second).digest(second) == digests[1]


def test_a_sheet_that_is_kept_long_enough_goes_with_its_zips(sheet: BulkSheet, importer: User, at: datetime) -> None:
    taken_in(sheet, table_of(sheet.round, NAMED), importer, at)
    sent(sheet, {"plan.pdf": PLAN, "sizes.txt": PHOTO}, importer, at)
    assert stored()
    later = sheet.round.closes_at + timedelta(days=31)
    assert forget_sheets(at=later) == 1
    assert stored() == set()


def test_several_zips_may_repeat_a_file_and_never_another_under_its_name(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    taken_in(sheet, table_of(sheet.round, NAMED), importer, at)
    sent(sheet, {"plan.pdf": PLAN}, importer, at)
    sent(sheet, {"PLAN.pdf": PLAN, "sizes.txt": PHOTO}, importer, at)
    done = sent(sheet, {"plan.pdf": pdf("Another plan."), "more.txt": b"More."}, importer, at)
    assert [one.refused for one in done.zips.order_by("sent_at", "pk") if one.refused] == [
        [file_reading.TWO_OF_ONE_NAME.format("plan.pdf")]
    ]
    assert not BulkFile.objects.filter(key="more.txt").exists()
    assert said_of(done, 4) == {}
    assert done.contents.count() == 2


def test_a_zip_is_deleted_and_what_only_it_held_is_missing(
    sheet: BulkSheet, importer: User, rival: User, at: datetime
) -> None:
    taken_in(sheet, table_of(sheet.round, NAMED), importer, at)
    sent(sheet, {"plan.pdf": PLAN}, importer, at)
    done = sent(sheet, {"sizes.txt": PHOTO}, importer, at)
    first = done.zips.get(files__key="plan.pdf")
    with pytest.raises(NotPermitted):
        delete_zip(done, first.pk, by=rival, at=at)
    delete_zip(done, first.pk, by=importer, at=at)
    done = worked_on(done, at)
    assert said_of(done, 4)["public_documents"] == "“plan.pdf” is in no ZIP of this sheet."
    assert done.contents.count() == 1
    left = done.zips.get()
    assert stored() == {left.storage_key, *done.contents.values_list("storage_key", flat=True)}


REFUSED = {
    "another kind than its name says": ({"plan.pdf": b"No PDF.", "sizes.txt": PHOTO}, "its content is plain text"),
    "empty": ({"plan.pdf": b"", "sizes.txt": PHOTO}, "is empty"),
    "the same file twice": ({"plan.pdf": PLAN, "sizes.pdf": PLAN}, "is the same file as"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_a_petition_may_not_have_is_a_fault_at_its_cell(
    case: str, sheet: BulkSheet, importer: User, at: datetime
) -> None:
    files, sentence = REFUSED[case]
    row = {"public_documents": ";".join(files)}
    done = sent(taken_in(sheet, table_of(sheet.round, row), importer, at), files, importer, at)
    assert sentence in said_of(done, 4)["public_documents"]
    (draft,) = drafted(done, importer, at)
    assert len(files_of(draft)) == 1  # what nothing is wrong with


def test_a_file_that_carries_malware_is_a_fault_and_is_not_kept(
    sheet: BulkSheet, importer: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_files, "scan", lambda chunks: Scan(ScanStatus.INFECTED, "Eicar"))
    taken_in(sheet, table_of(sheet.round, {"public_documents": "sizes.txt"}), importer, at)
    done = sent(sheet, {"sizes.txt": PHOTO}, importer, at)
    assert "carries malware" in said_of(done, 4)["public_documents"]
    assert stored() == {done.zips.get().storage_key}


def test_what_is_scanned_later_is_scanned_once_for_all_petitions_that_have_it(
    sheet: BulkSheet, importer: User, at: datetime, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    taken_in(sheet, table_of(sheet.round, *[{"public_documents": "sizes.txt"}] * 2), importer, at)
    first, second = drafted(sent(sheet, {"sizes.txt": PHOTO}, importer, at), importer, at)
    scanned = []

    def scan(chunks: Any) -> Scan:
        scanned.append(list(chunks))
        return Scan(ScanStatus.INFECTED, "Eicar")

    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    monkeypatch.setattr("exclusions.actions.record.scans.scan", scan)
    assert scan_waiting(at=at) == 1
    assert len(scanned) == 1
    assert files_of(first) == files_of(second) == []
    assert "malware" in BulkContent.objects.get().refused


def test_a_name_that_tells_a_confidential_value_is_a_fault(sheet: BulkSheet, importer: User, at: datetime) -> None:
    row = {"purchases.china-2018-value": "8765432", "public_documents": "invoice 8765432.pdf"}
    taken_in(sheet, table_of(sheet.round, row), importer, at)
    done = sent(sheet, {"invoice 8765432.pdf": PLAN}, importer, at)
    said = said_of(done, 4)["public_documents"]
    assert "The name of a public file repeats what you gave as confidential" in said
    assert "8765432" not in said


def test_each_content_is_read_once_wherever_the_work_was_killed(
    importer: User, meadowlark: Organization, list3: Round, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_reading, "MOST_AT_ONCE", 1)
    for statements in count(1, 3):
        sheet = make_sheet(list3, meadowlark, importer, at)
        taken_in(sheet, table_of(list3, NAMED, NAMED), importer, at)
        kept = keep_zip("documents.zip", io.BytesIO(packed({"plan.pdf": PLAN, "sizes.txt": PHOTO})))
        take_zip(sheet, kept, by=importer, at=at)
        was_killed = killed_in(partial(work_on, sheet, at=at, seconds=60), statements)
        done = worked_on(sheet, at + LEASE)
        assert done.state == BulkSheet.State.CHECKED
        assert done.contents.count() == 2, statements
        assert [said_of(done, number) for number in (4, 5)] == [{}, {}], statements
        delete_sheet(done, by=importer, at=at + LEASE)
        if not was_killed:
            break
    assert statements > 20


def test_the_page_lists_zips_missing_names_and_unused_files_in_few_statements(
    sheet: BulkSheet, importer: User, rival: User, clock: Clock, client_of: SignIn
) -> None:
    client: Client = client_of(importer)
    wanted = {"public_documents": ";".join(f"file {number}.txt" for number in range(12))}
    taken_in(sheet, table_of(sheet.round, wanted, wanted), importer, clock.now)
    there = {f"file {number}.txt": f"Number {number}".encode() for number in range(10)}
    content = packed({**there, "unused <b>.txt": b"No."})
    answer = client.post(address("-documents", sheet), {"zip": SimpleUploadedFile("my files.zip", content)})
    assert (answer.status_code, answer["Location"]) == (302, address("", sheet))
    worked_on(sheet, clock.now)
    with CaptureQueriesContext(connection) as asked:
        page = text_of(client.get(address("-documents", sheet)))
    assert len(asked) <= 15
    assert "my files.zip" in page
    assert "Rows name 2 files that are in no ZIP." in page
    assert "file 11.txt" in page
    assert "(in 2 rows)" in page
    assert "unused &lt;b&gt;.txt" in page
    assert "file 9.txt" not in page
    with CaptureQueriesContext(connection) as asked:
        page = text_of(client.get(address("", sheet)))
    assert len(asked) <= 15
    assert "Files sent: 11. Names that no ZIP has: 2. Files that no row names: 1." in page
    assert client_of(rival).get(address("-documents", sheet)).status_code == 404
    answer = client.post(address("-documents", sheet), {"zip": SimpleUploadedFile("a.zip", packed({"x/y.txt": b"A"}))})
    assert answer.status_code == 422
    assert "“x/y.txt” is a path or a folder." in text_of(answer)
    one = sheet.zips.get()
    assert client.post(address("-zip-delete", sheet, str(one.pk))).status_code == 302
    assert not sheet.zips.exists()
    assert transaction.get_connection().in_atomic_block is False
