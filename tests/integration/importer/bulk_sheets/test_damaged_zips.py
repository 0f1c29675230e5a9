"""ZIPs that are not accepted: each damage has its sentence, and nothing of the ZIP is kept."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from exclusions.actions.bulk_sheets import file_reading
from exclusions.actions.bulk_sheets.zips import keep_zip, take_zip
from exclusions.errors import Incomplete
from exclusions.gateways.documents.zips import listing as zip_listing
from exclusions.models import BulkContent, BulkFile, BulkSheet, BulkZip, User
from tests.factories.importer.bulk_sheets import said_of, table_of, taken_in, worked_on
from tests.factories.importer.zips import packed, sent
from tests.integration.importer.bulk_sheets.test_sheet_documents import NAMED, PHOTO, PLAN, empty_store, stored

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures(empty_store.__name__)]


def entry(name: str, **changes: Any) -> zipfile.ZipInfo:
    """Return an entry of a ZIP with some of what its directory tells changed."""
    made = zipfile.ZipInfo(name)
    made.compress_type = zipfile.ZIP_DEFLATED
    for key, value in changes.items():
        setattr(made, key, value)
    return made


def of_entries(*entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    """Return a ZIP of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for info, content in entries:
            written.writestr(info, content)
    return out.getvalue()


def locked() -> bytes:
    """Return a ZIP whose directory says that its file is encrypted."""
    plain = bytearray(packed({"a.txt": b"A letter."}))
    plain[plain.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(plain)


def declared(size: int) -> bytes:
    """Return a ZIP whose directory tells another size of its file."""
    plain = bytearray(packed({"a.txt": b"A letter." * 9}))
    place = plain.rindex(b"PK\x01\x02") + 24
    plain[place : place + 4] = size.to_bytes(4, "little")
    return bytes(plain)


DAMAGES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a folder": (lambda: packed({"photos/a.txt": b"A"}), "“photos/a.txt” is a path or a folder."),
    "a path upwards": (lambda: packed({"../a.txt": b"A"}), "“../a.txt” is a path or a folder."),
    "an absolute path": (lambda: packed({"/etc/a.txt": b"A"}), "“/etc/a.txt” is a path or a folder."),
    "a path of Windows": (lambda: packed({"C:\\a.txt": b"A"}), "is a path or a folder."),
    "a link": (lambda: of_entries((entry("a.txt", external_attr=0o120777 << 16), b"/etc")), "“a.txt” is a link"),
    "a device": (lambda: of_entries((entry("a.txt", external_attr=0o020666 << 16), b"")), "“a.txt” is a link"),
    "a password": (locked, "“a.txt” is locked with a password"),
    "another ending": (lambda: packed({"a.exe": b"MZ"}), "“a.exe” has no accepted ending."),
    "a ZIP in it": (lambda: packed({"a.zip": packed({"b.txt": b"B"})}), "“a.zip” has no accepted ending."),
    "a bomb": (lambda: packed({"a.txt": b"0" * 20_000_000}), "“a.txt” unpacks to far more than it holds"),
    "a file too large": (lambda: declared(60_000_000), "“a.txt” is larger than 50 MB."),
    "another packing": (
        lambda: of_entries((entry("a.txt", compress_type=zipfile.ZIP_BZIP2), b"A letter.")), "is packed in a way",
    ),
    "two of one name": (lambda: packed({"a.txt": b"A", "A.TXT": b"B"}), "Two different files are named “A.TXT”."),
    "a sign in a name": (lambda: packed({"a\u202etxt.txt": b"A"}), "is no name that we can keep"),
    "nothing": (lambda: packed({}), "There is no file in this ZIP."),
    "no ZIP": (lambda: b"PK and more", "This file is no ZIP, or a damaged one."),
    "half of one": (lambda: packed({"a.txt": b"A letter."})[:-30], "This file is no ZIP, or a damaged one."),
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_zip_with_a_damage_is_refused_with_a_sentence_and_nothing_is_kept(damage: str) -> None:
    made, sentence = DAMAGES[damage]
    with pytest.raises(Incomplete) as refused:
        keep_zip("documents.zip", io.BytesIO(made()))
    said = refused.value.fields["zip"]
    assert any(sentence in one for one in said), said
    assert all(one.rstrip().endswith(".") for one in said)
    assert stored() == set()


def test_a_zip_of_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = partial(zip_listing.zip_listing, clean=io.BytesIO(), text=io.BytesIO())
    monkeypatch.setattr(zip_listing, "MOST_UNPACKED", 10)
    assert listed(source=io.BytesIO(packed({"a.txt": b"A letter, too long."}))) == {"refused": zip_listing.TOO_LARGE}
    monkeypatch.setattr(zip_listing, "MOST_FILES", 1)
    assert listed(source=io.BytesIO(packed({"a.txt": b"A", "b.txt": b"B"}))) == {"refused": zip_listing.TOO_MANY}


def test_what_macos_adds_is_not_read(sheet: BulkSheet, importer: User, at: datetime) -> None:
    done = sent(sheet, {"a.txt": b"A", "__MACOSX/._a.txt": b"\0\5"}, importer, at)
    assert list(BulkFile.objects.filter(zip__sheet=done).values_list("name", flat=True)) == ["a.txt"]


def broken(files: dict[str, bytes]) -> bytes:
    """Return a ZIP whose last file is another than its checksum says."""
    plain = bytearray(packed(files))
    place = plain.rindex(b"PK\x01\x02") + 16
    plain[place] ^= 1
    return bytes(plain)


def test_a_file_that_is_not_what_its_zip_says_refuses_all_of_the_zip(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    taken_in(sheet, table_of(sheet.round, NAMED), importer, at)
    kept = keep_zip("bad.zip", io.BytesIO(broken({"plan.pdf": PLAN, "sizes.txt": PHOTO})))
    take_zip(sheet, kept, by=importer, at=at)
    done = worked_on(sheet, at)
    assert done.state == BulkSheet.State.CHECKED
    refused = BulkZip.objects.get()
    assert refused.refused == [file_reading.DAMAGED.format("sizes.txt")]
    assert not BulkFile.objects.exists()
    assert not BulkContent.objects.exists()
    assert stored() == set()
    assert "is in no ZIP" in said_of(done, 4)["public_documents"]
