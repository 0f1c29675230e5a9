"""Tables as programs write them are read; what is wrong with one as a whole is a sentence, and nothing is kept then."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from exclusions.actions.bulk_sheets import tables
from exclusions.actions.bulk_sheets.tables import NO_ROWS, OLDER, UNMARKED, take_in
from exclusions.errors import Incomplete
from exclusions.gateways.bulk_sheets import reading
from exclusions.gateways.bulk_sheets.layout import Marks, RawSheet, Row
from exclusions.gateways.bulk_sheets.reading import NOT_TEXT, NOTHING, read_file, read_text
from exclusions.gateways.bulk_sheets.template_file import template_csv, template_workbook
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.models import BulkSheet, User
from exclusions.queries.importer.bulk_templates import template_of
from tests.factories.importer.bulk_sheets import said_of, table_of, taken_in, worked_on

pytestmark = pytest.mark.django_db


def as_text(table: RawSheet, mark: str = ",", *, marked: bool = True) -> str:
    """Return a table as a program writes it, with this between the cells."""
    out = io.StringIO(newline="")
    if marked and table.marks:
        csv.writer(out, delimiter=mark).writerow([table.marks.line])
    csv.writer(out, delimiter=mark).writerows([table.headings, *(row.cells for row in table.rows)])
    return out.getvalue()


def filled(sheet: BulkSheet, change: Callable[[Any], None] = lambda book: None, *rows: dict[str, Any]) -> bytes:
    """Return the template as a spreadsheet program leaves it, with rows below the example, and changed."""
    book = load_workbook(io.BytesIO(template_workbook(template_of(sheet.round))))
    names = [str(cell.value) for cell in book["Petitions"][1]]
    table = table_of(sheet.round, *(rows or ({},)))
    for row in table.rows:
        for name, text in zip(table.headings, row.cells, strict=True):
            book["Petitions"].cell(row.number, names.index(name) + 1, text or None)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def refusal(content: bytes, name: str = "rows.xlsx") -> str:
    """Return why a file is not read."""
    with pytest.raises(FileRefused) as refused:
        read_file(name, io.BytesIO(content))
    return str(refused.value)


def why_not(sheet: BulkSheet, table: RawSheet, by: User, at: datetime, *, is_file: bool = True) -> str:
    """Return why a table is not taken in; the one that was there before stays."""
    taken_in(sheet, table_of(sheet.round, {"product_name": "Stays"}), by, at)
    with pytest.raises(Incomplete) as refused:
        take_in(sheet, table=table, is_file=is_file, by=by, at=at)
    assert sheet.rows.count() == 1
    return " ".join(refused.value.reasons)


# ---- Read as it comes --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_each_coding_and_mark_of_a_csv_file_is_read(
    sheet: BulkSheet, importer: User, at: datetime, mark: str, coding: str
) -> None:
    table = table_of(sheet.round, {"product_name": "Quartz, “polished”; 20 mm"})
    found = read_file("rows.csv", io.BytesIO(as_text(table, mark).encode(coding)))
    assert (found.marks, found.headings) == (table.marks, table.headings)
    assert found.rows[0].cells == table.rows[0].cells[: len(found.rows[0].cells)]
    assert said_of(taken_in(sheet, found, importer, at), found.rows[0].number) == {}


def test_a_workbook_is_read_with_its_marks_and_other_tables(sheet: BulkSheet, importer: User, at: datetime) -> None:
    def with_items(book: Any) -> None:
        page = book["earlier_requests"]
        names = [cell.value for cell in page[1]]
        for line, name in enumerate(names, start=1):
            page.cell(4, line, "4" if name == "row" else "")

    found = read_file("rows.xlsx", io.BytesIO(filled(sheet, with_items)))
    assert found.marks == template_of(sheet.round).marks
    assert said_of(taken_in(sheet, found, importer, at), 4) == {}
    assert [row.number for row in sheet.rows.all()] == [4]  # neither the questions in words nor the example


def test_numbers_of_a_workbook_are_texts_and_keep_their_digits(sheet: BulkSheet, importer: User, at: datetime) -> None:
    def as_numbers(book: Any) -> None:
        names = [cell.value for cell in book["Petitions"][1]]
        book["Petitions"].cell(4, names.index("hts10") + 1, 6810990010)
        book["Petitions"].cell(4, names.index("purchases.china-2018-value") + 1, 7000001.0)
        book["Petitions"].cell(4, names.index("is_set") + 1, False)

    found = taken_in(sheet, read_file("rows.xlsx", io.BytesIO(filled(sheet, as_numbers))), importer, at)
    assert said_of(found, 4) == {}
    assert {"6810990010", "7000001", "False"} <= set(found.rows.get().cells)


def test_answers_of_many_rows_come_from_another_sheet_or_as_json(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    template = template_of(sheet.round)
    columns = [column.heading for column in template.tables["earlier_requests"]]
    answer = {columns[0]: "USTR-2018-0025-000001"}
    table = table_of(sheet.round, {"has_earlier_requests": "yes"})
    table.tables["earlier_requests"] = [Row(1, ["row", *columns]), Row(4, ["4", answer[columns[0]]])]
    by_sheet = taken_in(sheet, table, importer, at).rows.get().tables
    table = table_of(sheet.round, {"has_earlier_requests": "yes"})
    table.headings.append("earlier_requests")
    table.rows[0].cells.append(json.dumps([answer]))
    assert taken_in(sheet, table, importer, at).rows.get().tables == by_sheet == {"earlier_requests": [answer]}


def test_columns_of_the_filers_own_and_another_order_are_read_and_told(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    table = table_of(sheet.round, {})
    table.headings = ["SKU", *reversed(table.headings)]
    table.rows[0] = Row(4, ["Q-20", *reversed(table.rows[0].cells)])
    found = taken_in(sheet, table, importer, at)
    assert said_of(found, 4) == {}
    assert [sentence.split(":")[0] for sentence in found.remarks] == [
        "The columns stand in an order of your own. We read them by their headings.",
        "We do not read these columns of your own",
    ]
    assert found.headings == table.headings
    assert found.rows.get().cells[0] == "Q-20"


def test_a_paste_needs_no_mark_of_its_template(sheet: BulkSheet, importer: User, at: datetime) -> None:
    table = read_text(as_text(table_of(sheet.round, {}), "\t", marked=False))
    take_in(sheet, table=table, is_file=False, by=importer, at=at)
    assert said_of(worked_on(sheet, at), 2) == {}


def test_the_csv_template_is_taken_in_again(sheet: BulkSheet, importer: User, at: datetime) -> None:
    found = read_file("rows.csv", io.BytesIO(template_csv(template_of(sheet.round))))
    assert found.marks == template_of(sheet.round).marks
    assert why_not(sheet, found, importer, at) == NO_ROWS  # the question and the example are no rows


# ---- Refused with a sentence -------------------------------------------------------------------------------------
def test_a_file_that_is_no_plain_table_is_refused(sheet: BulkSheet, monkeypatch: pytest.MonkeyPatch) -> None:
    def merged(book: Any) -> None:
        book["Petitions"].merge_cells("B4:C4")

    def formula(book: Any) -> None:
        book["Petitions"]["C4"] = "=A4&B4"

    assert "merged cells: B4:C4" in refusal(filled(sheet, merged))
    assert "formula in cell C4" in refusal(filled(sheet, formula))
    assert "a formula" in refusal(b"row,hts10\n1,=1+1\n", "rows.csv")
    assert "its quote is left open" in refusal(b'row,hts10\n1,"open' + b"x" * 2_000_000, "rows.csv")
    assert refusal(b"\x00\x01\x02\xff\xfe\x00", "rows.csv") == NOT_TEXT
    assert refusal(b"", "rows.csv") == NOTHING
    assert "archive" in refusal(zipped("notes.txt", b"Hello."))
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    assert "larger than" in refusal(filled(sheet))


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    book = io.BytesIO()
    Workbook().save(book)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 50_000_000)
    assert "unpacks to far more than it holds" in refusal(book.getvalue())


def test_more_rows_or_columns_than_a_sheet_may_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ",".join(f"c{number}" for number in range(251))
    assert "more than 250 columns" in refusal(f"{wide}\n1\n".encode(), "rows.csv")
    long = "row\n" + "".join(f"{number}\n" for number in range(20_010))
    assert "more than 20,000 rows" in refusal(long.encode(), "rows.csv")
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    book = Workbook()
    for number in range(10):
        book.active.append([f"x{number}"])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    assert "more than" in refusal(out.getvalue())


def test_a_table_of_another_template_is_refused(sheet: BulkSheet, importer: User, at: datetime) -> None:
    own = template_of(sheet.round).marks
    for marks, said in (
        (None, UNMARKED),
        (Marks("list-1", own.version, own.form, own.digest), tables.ANOTHER_ROUND),
        (Marks(own.round, "0", own.form, own.digest), OLDER),
        (Marks(own.round, own.version, own.form, "0" * 16), OLDER),
        (Marks(own.round, own.version, own.form, own.digest, template="0"), OLDER),
    ):
        table = table_of(sheet.round, {})
        table.marks = marks
        assert why_not(sheet, table, importer, at) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda table: table.headings.__setitem__(1, "hts 10"), "Columns are missing: hts10."),
        (lambda table: table.headings.append("hts10"), "Columns stand in the table twice: hts10."),
        (lambda table: table.headings.__setitem__(0, ""), "Columns are missing: row."),
        (lambda table: table.rows.clear(), NO_ROWS),
        (lambda table: table.rows[0].cells.__setitem__(0, "Example"), NO_ROWS),
        (
            lambda table: (table.headings.append("set_items"), table.rows[0].cells.append("[1]")),
            "Line 4, column set_items: this is no JSON list of objects.",
        ),
        (
            lambda table: table.tables.update(set_items=[Row(1, ["row"])]),
            "Columns are missing in a table:",
        ),
    ],
)
def test_a_table_with_wrong_headings_is_refused(
    sheet: BulkSheet, importer: User, at: datetime, change: Callable[[RawSheet], None], said: str
) -> None:
    table = table_of(sheet.round, {})
    change(table)
    assert said in why_not(sheet, table, importer, at)


def test_an_answer_for_a_row_that_there_is_not_is_refused(sheet: BulkSheet, importer: User, at: datetime) -> None:
    columns = [column.heading for column in template_of(sheet.round).tables["earlier_requests"]]
    table = table_of(sheet.round, {}, {})
    table.tables["earlier_requests"] = [Row(1, ["row", *columns]), Row(2, ["77", "x"])]
    assert "line 2, is for a row that there is not" in why_not(sheet, table, importer, at)
    table.rows[1].cells[0] = "4"
    assert "Two rows have the same name" in why_not(sheet, table, importer, at)
