"""What a file says is read, under a black box too; what it tells besides is taken out of public files."""

import io
import zipfile

import pytest
from PIL import Image

from exclusions.gateways.documents.cleaning import CannotClean
from exclusions.gateways.documents.inspection import DOCX, JPEG, PDF, TXT, XLSX, FileKind, FileRefused, inspect_file
from exclusions.gateways.documents.reading import read_content
from tests.factories.files import archive, cleaned, docx, jpeg, pdf, xlsx

FILES = [
    (PDF, pdf("Hidden Supplier Works", author="Wanda Whisper", black_box=True)),
    (DOCX, docx("Hidden Supplier Works", author="Wanda Whisper")),
    (DOCX, docx("Nothing", author="Wanda Whisper", comment="ask Hidden Supplier Works")),
    (XLSX, xlsx("Hidden Supplier Works", author="Wanda Whisper", number="2100000")),
]


@pytest.mark.parametrize(("kind", "data"), FILES, ids=["pdf", "docx", "comment", "xlsx"])
def test_text_and_metadata_are_read_and_the_metadata_taken_out(kind: FileKind, data: bytes) -> None:
    before = read_content(kind.content_type, data)
    assert "Hidden Supplier Works" in before.text
    assert "Wanda Whisper" in before.metadata.values()
    after = read_content(kind.content_type, cleaned(kind.content_type, data))
    assert after.text.split() == before.text.split()
    assert after.whole
    assert "Wanda Whisper" not in repr(after.metadata)


def test_a_photograph_loses_its_author_and_keeps_its_picture() -> None:
    data = jpeg("Wanda Whisper")
    assert "Wanda Whisper" in read_content(JPEG.content_type, data).metadata.values()
    clean = cleaned(JPEG.content_type, data)
    assert b"Wanda" not in clean
    assert Image.open(io.BytesIO(clean)).size == (8, 8)


def test_plain_text_stays_as_it_is() -> None:
    assert cleaned(TXT.content_type, b"a\r\nb") == b"a\r\nb"
    assert read_content(TXT.content_type, "Größe".encode("cp1252")).text == "Größe"


@pytest.mark.parametrize("kind", [PDF, DOCX, XLSX, JPEG])
def test_damage_is_no_crash(kind: FileKind) -> None:
    assert not read_content(kind.content_type, b"%PDF-1.7 damaged").whole
    with pytest.raises(CannotClean):
        cleaned(kind.content_type, b"%PDF-1.7 damaged")


def test_a_document_with_entities_is_read_as_far_as_it_can_be() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="w"><w:t>&a;</w:t></w:document>'
    assert not read_content(DOCX.content_type, archive({"word/document.xml": bomb})).whole


def _bomb() -> bytes:
    return archive({"word/document.xml": "a" * 60_000_000})


def _polyglot() -> bytes:
    return pdf("x") + archive({"evil.js": "alert(1)"})


def _huge_picture() -> bytes:
    small = io.BytesIO()
    Image.new("1", (1, 1)).save(small, "PNG")
    data = bytearray(small.getvalue())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("bomb.docx", _bomb(), "unpacks to far more"),
        ("two.pdf", _polyglot(), "a second file within it"),
        ("photo.jpg", jpeg() + b"<script>alert(1)</script>", "a second file within it"),
        ("photo.png", _huge_picture(), "million pixels"),
        ("act.pdf", pdf("x").replace(b"/Type", b"/JS (x) /Type", 1), "a script"),
        ("links.xlsx", xlsx(parts={"xl/externalLinks/externalLink1.xml": "<x/>"}), "other files or addresses"),
        ("macro.xlsx", xlsx(parts={"xl/vbaProject.bin": "x"}), "macros"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "web page or script"),
        ("../../etc/pass\u202ewd.txt", b"", "is empty"),
    ],
)
def test_what_harms_is_refused_with_a_sentence(name: str, data: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words) as refused:
        inspect_file(name, data)
    assert "/" not in str(refused.value)
    assert "\u202e" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "data"), [("a.pdf", pdf("x")), ("a.docx", docx("x")), ("a.xlsx", xlsx("x")), ("a.jpg", jpeg())]
)
def test_ordinary_files_are_taken(name: str, data: bytes) -> None:
    assert inspect_file(name, data).name == name


def test_a_clean_office_file_is_still_an_office_file() -> None:
    clean = cleaned(XLSX.content_type, xlsx("x", author="Wanda Whisper"))
    with zipfile.ZipFile(io.BytesIO(clean)) as archive_:
        assert archive_.testzip() is None
        assert "xl/workbook.xml" in archive_.namelist()
