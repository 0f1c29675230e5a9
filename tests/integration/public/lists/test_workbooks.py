"""Workbooks that go out as their rows come: whole for every program that reads them, and never held whole by us."""

import io
import resource
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import which
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from exclusions.gateways import spreadsheet
from exclusions.gateways.spreadsheet import Cell, workbook, workbook_pieces

COLUMNS = ["Number", "Day", "Count", "Text"]
ROWS: list[list[Cell]] = [
    ["0803900045", date(2019, 7, 2), 3, "=cmd()|' /C calc'!A0"],
    ["+1", None, -5, 'a <b> & "c" _x0041_ \r\n\x0b d'],
    ["", date(1850, 1, 1), 0, "  \u00fcmlaut \u6f22\u5b57 \U0001f600  "],
]


def read(body: bytes, sheet: int = 0) -> list[list[object]]:
    found: list[list[object]] = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(sheet).to_python()
    return found


def test_cells_keep_their_kinds_and_no_text_is_computed() -> None:
    body = workbook("Docket", COLUMNS, ROWS)
    assert read(body)[1:] == [
        ["0803900045", date(2019, 7, 2), 3.0, "=cmd()|' /C calc'!A0"],
        ["+1", "", -5.0, 'a <b> & "c" _x0041_ \r\n\x0b d'],
        ["", "1850-01-01", 0.0, "  \u00fcmlaut \u6f22\u5b57 \U0001f600  "],
    ]
    page = openpyxl.load_workbook(io.BytesIO(body))["Docket"]
    assert page["D2"].data_type != "f"
    assert (page["B2"].number_format, page["A1"].font.b, page.freeze_panes) == ("yyyy\\-mm\\-dd", True, "A2")
    assert b"<f>" not in ZipFile(io.BytesIO(body)).read("xl/worksheets/sheet1.xml")


def test_each_part_is_xml_and_named() -> None:
    book = ZipFile(io.BytesIO(workbook("A & B", COLUMNS, ROWS)))
    assert book.testzip() is None
    for name in book.namelist():
        ElementTree.fromstring(book.read(name))
    kinds = ElementTree.fromstring(book.read("[Content_Types].xml"))
    named = {part.attrib["PartName"] for part in kinds if "PartName" in part.attrib}
    assert named == {f"/{name}" for name in book.namelist() if not name.endswith((".rels", "[Content_Types].xml"))}


@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_it(tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(workbook("Docket", COLUMNS, ROWS[:1]))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "csv",
         "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    assert (tmp_path / "book.csv").read_text("utf-8").splitlines() == [
        "Number,Day,Count,Text",
        "0803900045,2019-07-02,3,=cmd()|' /C calc'!A0",
    ]


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=5))
def test_every_text_comes_back(texts: list[str]) -> None:
    (_, row) = read(workbook("T", [str(n) for n in range(len(texts))], [["x", *texts[1:]]]))
    assert [str(cell) for cell in row] == ["x", *texts[1:]]


def test_the_first_piece_is_there_before_the_rows_are_asked_for() -> None:
    asked = []

    def rows() -> Iterator[list[Cell]]:
        for number in range(100_000):
            asked.append(number)
            yield ["0803900045", date(2019, 7, 2), number, f"text {number}"]

    pieces = workbook_pieces("Docket", COLUMNS, rows())
    assert next(pieces)
    assert asked == []
    received = b"".join(next(pieces) for _ in range(100))
    assert len(received) > 10_000, "and it goes on as the rows come"
    assert len(asked) < 30_000
    pieces.close()


def test_memory_does_not_grow_with_the_rows() -> None:
    rows: Iterator[list[Cell]] = (["0803900045", date(2019, 7, 2), n, f"{n} " * 200] for n in range(30_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(map(len, workbook_pieces("Docket", COLUMNS, rows))) > 1 << 19
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000, "kilobytes, of 40 megabytes of text"


@pytest.mark.parametrize(("limit", "value"), [("ROWS_A_SHEET", 400), ("LARGEST_SHEET", 60_000)])
def test_what_a_sheet_cannot_hold_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(spreadsheet, limit, value)
    body = workbook("Docket", COLUMNS, [["a", None, n, "x"] for n in range(1000)])
    book = CalamineWorkbook.from_filelike(io.BytesIO(body))
    assert book.sheet_names == ["Docket", "Docket 2", "Docket 3"]
    pages = [book.get_sheet_by_index(place).to_python() for place in range(3)]
    assert {tuple(page[0]) for page in pages} == {tuple(COLUMNS)}
    assert [row[2] for page in pages for row in page[1:]] == list(range(1000))
