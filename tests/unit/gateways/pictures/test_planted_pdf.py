"""A value planted in a PDF, a picture or a text is gone from the public copy, or found there and its place told."""

import io
from pathlib import Path

import pikepdf
import pytest

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from exclusions.gateways.documents.inspection import KINDS, PDF, inspect_file
from exclusions.gateways.documents.reading import Reading, read_content
from tests.factories.files import cleaned
from tests.factories.planted import Planted
from tests.factories.planted.pdf import planted
from tests.factories.planted.pdf_by_libreoffice import planted_pdf_by_libreoffice

# What is taken out of the public copy: nobody has to find it there.
TAKEN_OUT = {
    "EXIF of a picture", "EXIF of a picture that is packed again", "XMP of a picture", "XMP within a dictionary",
    "private data of a form", "small picture of a page", "subject of the document", "text of a PNG",
    "packed text of a PNG", "behind a PNG", "description of a JPEG", "comment of a JPEG", "XMP of a JPEG",
    "behind a JPEG",
}  # fmt: skip
BY_PLACE = {case.place: case for case in planted()}


def places(reading: Reading, value: str) -> set[str]:
    """Return where the value is found."""
    matcher = Matcher([Secret("v", "V", value, Sort.FIGURE)])
    told = {"metadata": "\n".join(reading.metadata.values())}
    return {where for where, said in {**reading.parts, **told}.items() if matcher.find(said)}


def public(case: Planted) -> Reading:
    kind = next(kind for kind in KINDS if case.file_name.endswith(kind.endings))
    return read_content(kind.content_type, cleaned(kind.content_type, case.content))


def test_each_has_a_place_and_a_value_of_its_own() -> None:
    assert len(planted()) == len(BY_PLACE) == len({case.value for case in planted()}) >= 40


@pytest.mark.parametrize("place", BY_PLACE)
def test_it_is_accepted(place: str) -> None:
    case = BY_PLACE[place]
    assert inspect_file(case.file_name, case.content).name == case.file_name


@pytest.mark.parametrize("place", [place for place in BY_PLACE if place not in TAKEN_OUT])
def test_what_stays_in_the_public_copy_is_found_there(place: str) -> None:
    reading = public(BY_PLACE[place])
    assert reading.whole
    assert places(reading, BY_PLACE[place].value)


@pytest.mark.parametrize("place", sorted(TAKEN_OUT))
def test_what_is_taken_out_is_gone(place: str) -> None:
    case, reading = BY_PLACE[place], public(BY_PLACE[place])
    assert not places(reading, case.value)
    kind = next(kind for kind in KINDS if case.file_name.endswith(kind.endings))
    assert case.value.encode() not in plain(cleaned(kind.content_type, case.content))


def plain(data: bytes) -> bytes:
    """Return the bytes of a file, of a PDF with its streams unpacked."""
    if not data.startswith(b"%PDF"):
        return data
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, stream_decode_level=pikepdf.StreamDecodeLevel.generalized, compress_streams=False)
    return out.getvalue()


@pytest.mark.parametrize(
    "place", ["text whose copy says something else", "text whose copy says something else than its glyphs"]
)
def test_letters_whose_copy_says_something_else_are_for_the_eye(place: str) -> None:
    assert public(BY_PLACE[place]).pictures == "letters on page 1 that may show something else"


def test_a_stream_that_nobody_can_read_is_named() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BY_PLACE["stream of no known kind"].content)) as document:
        document.pages[0].obj.Acme.write(b"x", filter=pikepdf.Name("/Crypt9"))
        document.save(out)
    reading = read_content(PDF.content_type, out.getvalue())
    assert not reading.whole
    assert [name.partition(" ")[0] for name in reading.unknown] == ["stream"]
    assert "/Crypt9" in reading.unknown[0]


def test_a_picture_keeps_its_pixels_when_its_camera_data_goes() -> None:
    case = BY_PLACE["EXIF of a picture"]
    given, clean = (pikepdf.open(io.BytesIO(data)) for data in (case.content, cleaned(PDF.content_type, case.content)))
    pixels = [pikepdf.PdfImage(each.pages[0].Resources.XObject.Im1).as_pil_image().tobytes() for each in (given, clean)]
    assert pixels[0] == pixels[1]


def test_what_is_planted_by_libreoffice_is_found_or_gone(tmp_path: Path) -> None:
    for case in planted_pdf_by_libreoffice(tmp_path):
        assert inspect_file(case.file_name, case.content).name == case.file_name
        before, after = read_content(PDF.content_type, case.content), public(case)
        assert before.whole
        assert after.whole
        assert places(before, case.value), case.place
        assert bool(places(after, case.value)) == (case.place != "title that LibreOffice writes"), case.place


def test_a_picture_with_a_mask_is_one_picture() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(BY_PLACE["EXIF of a picture"].content)) as document:
        mask = document.make_stream(bytes(1200), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        document.pages[0].Resources.XObject.Im1.SMask = mask
        document.save(out)
    assert read_content(PDF.content_type, out.getvalue()).pictures == "a picture"
