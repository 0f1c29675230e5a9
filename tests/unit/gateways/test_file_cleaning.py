"""What a public file tells besides its content is taken out."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image

from exclusions.gateways.documents.cleaning import CannotClean, clean_into
from exclusions.gateways.documents.inspection import DOCX, JPEG, PDF, PNG, TXT, XLSX
from exclusions.gateways.documents.reading import read_content
from tests.factories.file_parts import PLACES, changed_pdf, word
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


def test_a_pdf_on_disk_is_cleaned(in_a_file: Path, tmp_path: Path) -> None:
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
            assert (after.read(name) == before.read(name)) is (name != "docProps/core.xml"), name
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


# What every page shows and what a search finds stays: it is the filer's to take out, and the check tells him.
TAKEN_OUT = {
    "comment author in Word",
    "author of a change",
    "custom part",
    "list of people",
    "building block",
    "comment author in Excel",
}


@pytest.mark.parametrize("case", [case for case, (ending, *_) in PLACES.items() if ending != "pdf"])
def test_a_public_office_file_loses_its_authors_and_hidden_parts_and_nothing_else(case: str) -> None:
    ending, made, _ = PLACES[case]
    kind = {"docx": DOCX, "xlsx": XLSX}[ending].content_type
    clean = cleaned(kind, made("Wanda Whisper"))
    said = read_content(kind, clean)
    assert said.whole
    assert ("Wanda Whisper" in said.text) is (case not in TAKEN_OUT)


def test_a_note_in_a_pdf_loses_its_author_and_a_field_keeps_its_name() -> None:
    def annotate(document: pikepdf.Pdf) -> None:
        rect, name = pikepdf.Array([0, 0, 9, 9]), pikepdf.String("Wanda Whisper")
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, Rect=rect, T=name, Contents=pikepdf.String("see here"))
        field = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, Rect=rect, T=pikepdf.String("quantity"))
        notes = [document.make_indirect(thing) for thing in (note, field)]
        document.pages[0].obj.Annots = pikepdf.Array(notes)
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(notes[1:]))

    said = read_content(PDF.content_type, cleaned(PDF.content_type, changed_pdf(annotate))).text
    assert "Wanda" not in said
    assert "see here" in said
    assert "quantity" in said


def test_nothing_points_at_a_part_that_was_taken_out() -> None:
    links = "".join(
        f'<Relationship Id="r{number}" Type="http://x/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            {
                "customXml": "../customXml/item1.xml",
                "styles": "styles.xml",
                "attachedTemplate": "file:///C:/W.dotm",
            }.items()
        )
    )
    types = '<Override PartName="/customXml/item1.xml" ContentType="x"/><Override PartName="/word/styles.xml"/>'
    clean = cleaned(
        DOCX.content_type,
        word(
            **{
                "[Content_Types].xml": f"<Types>{types}</Types>",
                "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
                "word/styles.xml": "<x/>",
                "customXml/item1.xml": "<x/>",
                "word/settings.xml": '<w:settings><w:attachedTemplate r:id="r2"/></w:settings>',
            }
        ),
    )
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        assert "customXml/item1.xml" not in archive.namelist()
        told = b"".join(archive.read(name) for name in archive.namelist())
        assert b"styles.xml" in archive.read("word/_rels/document.xml.rels")
    assert b"customXml" not in told
    assert b"attachedTemplate" not in told


def test_words_that_look_like_a_name_of_an_author_stay() -> None:
    text = 'He wrote: author="Slabs" and &lt;w:x author="Quartz"/>'
    clean = cleaned(DOCX.content_type, word(f"<w:r><w:t>{text}</w:t></w:r>"))
    assert 'author="Slabs"' in read_content(DOCX.content_type, clean).text
    assert 'author="Quartz"' in read_content(DOCX.content_type, clean).text
