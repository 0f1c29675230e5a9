"""What goes from a public Word or Excel file goes with all that points at it, and people's names go one by one."""

import io
import re
import zipfile

import pytest

from exclusions.gateways.documents.inspection import inspect_file
from exclusions.gateways.documents.office.parts import key, relations, taken_out
from tests.factories.files import cleaned, jpeg
from tests.factories.planted import Planted
from tests.factories.planted.office import planted
from tests.factories.planted.package import Part, document, workbook

NAME = "Wanda Whisper"


def public(name: str, content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(cleaned(inspect_file(name, content).content_type, content)))


@pytest.mark.parametrize("planted", planted(), ids=lambda planted: planted.place)
def test_nothing_points_at_what_is_gone(planted: Planted) -> None:
    with public(planted.file_name, planted.content) as copy:
        there = {key(name) for name in copy.namelist()}
        assert {link.target for link in relations(copy) if not link.outside} <= there
        types = copy.read("[Content_Types].xml").decode()
        assert {key(name) for name in re.findall(r'PartName="([^"]*)"', types)} <= there
        assert taken_out(copy) == frozenset()
        assert copy.testzip() is None


def test_a_copy_is_cleaned_to_itself() -> None:
    for each in planted()[::5]:
        kind = inspect_file(each.file_name, each.content).content_type
        once = cleaned(kind, each.content)
        with zipfile.ZipFile(io.BytesIO(once)) as first, zipfile.ZipFile(io.BytesIO(cleaned(kind, once))) as second:
            assert {name: first.read(name) for name in first.namelist()} == {
                name: second.read(name) for name in second.namelist()
            }


def test_saved_views_lose_their_names_and_stay_apart() -> None:
    guids = ("B0A7A8C4-0000-4000-8000-000000000001", "B0A7A8C4-0000-4000-8000-000000000002")
    views = "".join(f'<customWorkbookView name="{NAME} {n}" guid="{{{guid}}}"/>' for n, guid in enumerate(guids))
    with public("a.xlsx", workbook(book=f"<customWorkbookViews>{views}</customWorkbookViews>")) as copy:
        assert re.findall(r'customWorkbookView name="([^"]*)"', copy.read("xl/workbook.xml").decode()) == list(guids)


def test_a_printer_goes_with_the_page_setup_that_asks_for_it() -> None:
    printer = Part(
        "xl/printerSettings/printerSettings1.bin", b"\0\1", "printerSettings", "", "xl/worksheets/sheet1.xml"
    )
    made = workbook("", printer, behind='<pageSetup paperSize="9" orientation="landscape" r:id="rId1"/>')
    with public("a.xlsx", made) as copy:
        assert "xl/printerSettings/printerSettings1.bin" not in copy.namelist()
        assert '<pageSetup paperSize="9" orientation="landscape"/>' in copy.read("xl/worksheets/sheet1.xml").decode()


def test_what_is_written_as_text_stays_though_it_looks_like_a_name() -> None:
    said = f"<w:p><w:r><w:t>author=&quot;{NAME}&quot; &lt;!-- kept --&gt;</w:t></w:r></w:p>"
    with public("a.docx", document(said)) as copy:
        assert said in copy.read("word/document.xml").decode()


def test_a_part_that_only_a_hidden_one_leads_to_goes_with_it() -> None:
    glossary = Part("word/glossary2/doc.xml", "<x/>", "glossaryDocument")
    behind = Part("word/glossary2/picture.xml", f"<x>{NAME}</x>", "image", "", "word/glossary2/doc.xml")
    with public("a.docx", document("", glossary, behind)) as copy:
        assert [name for name in copy.namelist() if "glossary" in name] == []


def test_a_part_is_found_by_another_spelling_of_its_name() -> None:
    image = Part("word/media/Picture 1.svg", "<svg/>", "image")
    made = io.BytesIO(document("", image))
    out = io.BytesIO()
    with zipfile.ZipFile(made) as given, zipfile.ZipFile(out, "w") as spelled:
        for name in given.namelist():
            spelled.writestr(
                name, given.read(name).replace(b"/word/media/Picture 1.svg", b"/Word/media/picture%201.svg")
            )
    with public("a.docx", out.getvalue()) as copy:
        assert "word/media/Picture 1.svg" in copy.namelist()


def test_a_photograph_is_not_packed_a_second_time() -> None:
    made = document("", Part("word/media/image1.jpeg", jpeg(NAME), "image"))
    with public("a.docx", made) as copy:
        assert copy.getinfo("word/media/image1.jpeg").compress_type == zipfile.ZIP_STORED
        assert NAME.encode() not in copy.read("word/media/image1.jpeg")
