"""What a public file tells besides its content is taken out, in this process or, for a large PDF, in one of its own."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image

from exclusions.gateways.documents.cleaning import CannotClean, clean_into
from exclusions.gateways.documents.inspection import DOCX, JPEG, PDF, PNG, TXT, XLSX
from exclusions.gateways.documents.reading import PROPERTIES, read_content
from tests.factories.files import cleaned, docx, jpeg, xlsx

WORDS = b"Wanda Whisper"


def telling_pdf(*, password: str = "") -> bytes:
    """Return a PDF that names its author in every place where one can stand."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = document.make_stream(b"BT /F1 11 Tf 72 720 Td (Slabs) Tj ET")
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        picture = document.make_stream(b"\0" * 12, Subtype=pikepdf.Name.Image)
        picture.Metadata = document.make_stream(WORDS)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(P=picture))
        page.obj.PieceInfo = pikepdf.Dictionary(Draw=pikepdf.String(WORDS.decode()))
        document.Root.Metadata = document.make_stream(WORDS)
        document.docinfo["/Author"] = WORDS.decode()
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        document.save(out, compress_streams=False, encryption=encryption)
    return out.getvalue()


def words_of(pdf: bytes) -> str:
    return read_content(PDF.content_type, io.BytesIO(pdf)).text.strip()


@pytest.fixture
def in_a_file(tmp_path: Path) -> Path:
    """Return where a large upload lies: on disk, not in memory."""
    (tmp_path / "given").write_bytes(telling_pdf())
    return tmp_path / "given"


def test_a_pdf_keeps_its_words_and_loses_its_author() -> None:
    given = telling_pdf()
    assert given.count(WORDS) >= 3
    clean = cleaned(PDF.content_type, given)
    assert WORDS not in clean
    assert words_of(clean) == "Slabs"
    assert clean == cleaned(PDF.content_type, given), "the same file gives the same copy"


def test_a_pdf_on_disk_is_cleaned_by_a_process_of_its_own(in_a_file: Path, tmp_path: Path) -> None:
    with in_a_file.open("rb") as source, (tmp_path / "clean").open("wb") as target:
        assert clean_into(PDF.content_type, source, target)
    assert WORDS not in (tmp_path / "clean").read_bytes()
    assert words_of((tmp_path / "clean").read_bytes()) == "Slabs"


@pytest.mark.parametrize("content", [b"%PDF-1.7 and nothing more", telling_pdf(password="secret")])
def test_a_damaged_or_locked_pdf_cannot_be_cleaned(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(CannotClean, match="damaged or locked with a password"):
        cleaned(PDF.content_type, content)
    (tmp_path / "given").write_bytes(content)
    with (
        (tmp_path / "given").open("rb") as source,
        (tmp_path / "clean").open("wb") as target,
        pytest.raises(CannotClean, match="damaged or locked with a password"),
    ):
        clean_into(PDF.content_type, source, target)


@pytest.mark.parametrize(("kind", "made"), [(DOCX, docx("Slabs", author="Wanda")), (XLSX, xlsx("Slabs", author="W"))])
def test_an_office_file_keeps_its_parts_and_loses_its_properties(kind: object, made: bytes) -> None:
    clean = cleaned(kind.content_type, made)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(io.BytesIO(clean)) as after:
        assert after.namelist() == before.namelist()
        for name in after.namelist():
            assert (after.read(name) == before.read(name)) is (name not in PROPERTIES), name
        assert b"creator" not in after.read("docProps/core.xml")


def test_a_damaged_office_file_cannot_be_cleaned() -> None:
    with pytest.raises(CannotClean):
        cleaned(DOCX.content_type, b"PK\x03\x04 and nothing more")


def test_a_photograph_loses_its_exif_and_is_turned_upright() -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.Base.Artist] = "Wanda Whisper"
    exif[ExifTags.Base.Orientation] = 6  # taken with the camera on its side
    Image.new("RGB", (8, 4), "white").save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(cleaned(JPEG.content_type, out.getvalue()))) as clean:
        assert (clean.size, dict(clean.getexif())) == ((4, 8), {})
    assert b"Artist" not in cleaned(JPEG.content_type, jpeg(author="Artist"))


def test_a_drawing_keeps_its_colours() -> None:
    out = io.BytesIO()
    drawing = Image.new("P", (2, 1))
    drawing.putpalette([255, 0, 0, 0, 0, 255])
    drawing.putdata([0, 1])
    drawing.save(out, "PNG")
    with Image.open(io.BytesIO(cleaned(PNG.content_type, out.getvalue()))) as clean:
        pixels = clean.convert("RGB")
        assert [pixels.getpixel((x, 0)) for x in (0, 1)] == [(255, 0, 0), (0, 0, 255)]


def test_a_text_file_has_nothing_to_take_out() -> None:
    target = io.BytesIO()
    assert not clean_into(TXT.content_type, io.BytesIO(b"slabs"), target)
    assert target.getvalue() == b""
    assert cleaned(TXT.content_type, b"slabs") == b"slabs"
