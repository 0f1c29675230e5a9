"""Whatever a file says where nobody looks is read, and the place is told."""

import pytest

from exclusions.gateways.documents.inspection import DOCX, PDF, XLSX
from exclusions.gateways.documents.reading import read_content
from exclusions.gateways.documents.text_parts import divided, joined
from tests.factories.file_parts import PLACES
from tests.factories.files import pdf, xlsx

SECRET = "Hidden Supplier Works"
KINDS = {"docx": DOCX, "xlsx": XLSX, "pdf": PDF}


@pytest.mark.parametrize("case", PLACES)
def test_each_hidden_place_is_read_and_told(case: str) -> None:
    ending, made, place = PLACES[case]
    reading = read_content(KINDS[ending].content_type, made(SECRET))
    assert reading.whole
    where = [where for where, said in reading.parts.items() if SECRET in said.replace("#20", " ")]
    assert where == [place]


def test_a_number_is_read_as_people_write_it() -> None:
    assert "89370849" in read_content(XLSX.content_type, xlsx(number="8.9370849E7")).text


def test_parts_are_kept_in_one_text_and_found_again() -> None:
    parts = [("text", "slabs\n"), ("comments", "ask\fthem"), ("links", "  ")]
    assert list(divided(joined(parts))) == [("text", "slabs\n\n"), ("comments", "ask them\n")]
    assert list(divided("as it was kept before")) == [("text", "as it was kept before")]


def test_a_page_of_pictures_is_told() -> None:
    assert read_content(PDF.content_type, pdf("")).pictures == "page 1 without text"
    assert read_content(PDF.content_type, pdf("slabs")).pictures == ""
    with_photo = xlsx(parts={"xl/media/image1.png": "x"})
    assert read_content(XLSX.content_type, with_photo).pictures == "a picture"
