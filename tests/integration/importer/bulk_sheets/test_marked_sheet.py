"""The marked sheet: the filer's own table, written anew, with what is wrong at its cell; it can be sent again."""

import io
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exclusions.actions.bulk_sheets.drafting import accept_rows
from exclusions.gateways.bulk_sheets.layout import RawSheet, Row
from exclusions.models import AccessLog, BulkSheet, User
from exclusions.queries.importer.bulk_templates import template_of
from tests.conftest import Clock
from tests.factories.importer.bulk_sheets import said_of, table_of, taken_in, worked_on

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


def own_table(sheet: BulkSheet) -> RawSheet:
    """Return a table in the filer's own order, with a column of its own, and faults in two rows."""
    table = table_of(sheet.round, {}, {"product_name": "", "hts10": "6810990099"}, {"is_set": "yes"})
    table.headings = ["SKU", *reversed(table.headings)]
    table.rows = [Row(row.number, [f"=Q-{row.number}", *reversed(row.cells)]) for row in table.rows]
    return table


def page_of(content: bytes, name: str = "Petitions") -> Worksheet:
    """Return a sheet of a workbook."""
    return load_workbook(io.BytesIO(content))[name]


def marked(sheet: BulkSheet, client: Client) -> bytes:
    """Fetch the marked sheet."""
    answer = client.get(reverse("bulk-sheet-marked", args=[sheet.pk]))
    assert answer.status_code == 200
    return answer.content


def test_each_fault_is_noted_at_its_cell_in_the_filers_own_table(
    sheet: BulkSheet, importer: User, clock: Clock, client_of: SignIn
) -> None:
    table = own_table(sheet)
    found = taken_in(sheet, table, importer, clock.now)
    page = page_of(marked(found, client_of(importer)))
    assert [cell.value for cell in page[1]] == table.headings
    for row in table.rows:
        assert [cell.value or "" for cell in page[row.number]] == row.cells
        assert {cell.data_type for cell in page[row.number]} <= {"s", "n"}  # texts, and nothing in the empty ones
    for number in (4, 5, 6):
        noted = {
            table.headings[cell.column - 1]: cell.comment.text for cell in page[number] if cell.comment is not None
        }
        faults = found.rows.get(number=number).faults
        at_columns = {fault["heading"] for fault in faults if fault["heading"] in table.headings}
        assert at_columns <= noted.keys()
        for fault in faults:
            assert any(fault["message"] in said and fault["remedy"] in said for said in noted.values())
    assert said_of(found, 5).keys() >= {"product_name", "hts10"}
    cell = page.cell(5, table.headings.index("hts10") + 1)
    assert cell.fill.fgColor.rgb != page.cell(4, cell.column).fill.fgColor.rgb


def test_the_marked_sheet_can_be_corrected_and_sent_again(
    sheet: BulkSheet, importer: User, clock: Clock, client_of: SignIn
) -> None:
    client, table = client_of(importer), own_table(sheet)
    found = taken_in(sheet, table, importer, clock.now)
    book = load_workbook(io.BytesIO(marked(found, client)))
    page = book["Petitions"]
    page.cell(5, table.headings.index("hts10") + 1, "6810.99.0010")
    out = io.BytesIO()
    book.save(out)
    sent = SimpleUploadedFile("again.xlsx", out.getvalue())
    assert client.post(reverse("bulk-sheet", args=[sheet.pk]), {"file": sent}).status_code == 302
    found = worked_on(sheet, clock.now)
    assert found.headings == table.headings
    assert "hts10" not in said_of(found, 5)
    assert "product_name" in said_of(found, 5)


def test_answers_of_many_rows_come_back_in_their_own_sheet(
    sheet: BulkSheet, importer: User, clock: Clock, client_of: SignIn
) -> None:
    columns = [column.heading for column in template_of(sheet.round).tables["chemical_constituents"]]
    table = table_of(sheet.round, {}, {})
    table.tables["chemical_constituents"] = [
        Row(1, ["row", *columns]),
        Row(2, ["5", *("quartz" for _ in columns)]),
    ]
    found = taken_in(sheet, table, importer, clock.now)
    page = page_of(marked(found, client_of(importer)), "chemical_constituents")
    assert [cell.value for cell in page[4]] == ["5", *("quartz" for _ in columns)]
    assert any("does not apply" in said for said in said_of(found, 5).values())


def test_rows_that_are_drafts_are_left_out(sheet: BulkSheet, importer: User, clock: Clock, client_of: SignIn) -> None:
    found = taken_in(sheet, table_of(sheet.round, {}, {"product_name": ""}), importer, clock.now)
    worked_on(accept_rows(found, wanted=BulkSheet.Wanted.VALID, by=importer, at=clock.now), clock.now)
    page = page_of(marked(found, client_of(importer)))
    assert [page.cell(line, 1).value for line in range(4, page.max_row + 1)] == ["5"]


def test_fetching_it_is_on_record_and_for_the_owners_alone(
    sheet: BulkSheet, importer: User, rival: User, clock: Clock, client_of: SignIn
) -> None:
    address = reverse("bulk-sheet-marked", args=[sheet.pk])
    assert client_of(importer).get(address).status_code == 404  # there is no table yet
    taken_in(sheet, table_of(sheet.round, {}), importer, clock.now)
    assert client_of(rival).get(address).status_code == 404
    assert not AccessLog.objects.exists()
    answer = client_of(importer).get(address)
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"] == f'attachment; filename="petitions-{sheet.round.docket}-marked.xlsx"'
    noted = AccessLog.objects.get()
    assert (noted.subject, noted.what, noted.by) == (f"bulk_sheet:{sheet.pk}", "marked bulk sheet", importer)
