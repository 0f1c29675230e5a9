"""A sheet with twenty faults, in Chromium: marked, corrected in a spreadsheet program, certified and filed together."""

import io
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import Page, Request, expect
from zeal import zeal_ignore

from exclusions.gateways.bulk_sheets.template_file import template_workbook
from exclusions.models import BulkRow, BulkSheet, LeakSettlement, Organization, Petition, User
from exclusions.queries.importer.bulk_templates import template_of
from exclusions.views.importer import bulk_certify
from exclusions.workflow.states import Status
from tests.factories.facts import make_lines, make_round
from tests.factories.importer.bulk_sheets import make_sheet, table_of, worked_on
from tests.functional.accessible import WIDTHS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = [f"Quartz slab {number}" for number in range(1, 6)]
FAULTY = {"product_name": "", "hts10": "12", "product_function": "", "product_description": ""}
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def sheet(transactional_db: None, importer: User, meadowlark: Organization) -> BulkSheet:
    """Return a sheet of a round that is open, with the company's part."""
    make_lines()
    now = timezone.now()
    round = make_round(opens_at=now - timedelta(days=3), closes_at=now + timedelta(days=20))
    return make_sheet(round, meadowlark, importer, now)


def workbook(sheet: BulkSheet, *rows: dict[str, Any]) -> bytes:
    """Return the template with these rows, as a spreadsheet program saves it."""
    book = load_workbook(io.BytesIO(template_workbook(template_of(sheet.round))))
    table = table_of(sheet.round, *rows)
    names = [str(cell.value) for cell in book["Petitions"][1]]
    for row in table.rows:
        for name, text in zip(table.headings, row.cells, strict=True):
            book["Petitions"].cell(row.number, names.index(name) + 1, text or None)
    return saved(book)


def saved(book: Any) -> bytes:
    """Return a workbook as a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def corrected(marked: bytes, sheet: BulkSheet) -> bytes:
    """Correct each marked cell, as the filer does who reads the notes."""
    book = load_workbook(io.BytesIO(marked))
    page, right = book["Petitions"], table_of(sheet.round, *({"product_name": name} for name in NAMES))
    names = [cell.value for cell in page[1]]
    for number, row in enumerate(right.rows, start=4):
        for name, text in zip(right.headings, row.cells, strict=True):
            if name in names and page.cell(number, names.index(name) + 1).comment is not None:
                page.cell(number, names.index(name) + 1).value = text
    return saved(book)


def send(page: Page, content: bytes) -> None:
    """Send a file as the rows of the sheet, and wait until it is checked."""
    page.locator("#id_file").set_input_files({"name": "rows.xlsx", "mimeType": XLSX, "buffer": content})
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="4. What we found")).to_be_visible()


def look(page: Page, name: str) -> None:
    """Take a picture at both widths where somebody wants to look."""
    if not PICTURES:
        return
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_sheet_with_twenty_faults_is_corrected_and_its_petitions_are_filed(
    sheet: BulkSheet,
    importer: User,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bulk_certify, "work_on", lambda *sheet, **how: False)  # a worker does it, not the page
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/bulk/{sheet.pk}/")
    send(page, workbook(sheet, *(FAULTY for _ in NAMES)))
    expect(page.locator("main")).to_contain_text("Without errors: 0. With errors: 5.")
    assert sum(len([one for one in row.faults if one["level"] == "error"]) for row in BulkRow.objects.all()) >= 20
    assert_accessible(page)
    look(page, "sheet-faults")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="marked sheet (XLSX)").click()
    send(page, corrected(Path(fetched.value.path()).read_bytes(), sheet))
    expect(page.locator("main")).to_contain_text("Without errors: 5. With errors: 0.")
    page.get_by_role("button", name="Make drafts of 5 rows without errors").click()
    page.get_by_role("link", name="Certify and submit together").click()
    page.get_by_role("button", name="Check the drafts").click()
    expect(page.locator("main")).to_contain_text("Drafts checked: 0 of 5")
    look(page, "sheet-at-work")
    worked_on(sheet, timezone.now())
    expect(page.locator("main")).to_contain_text("Can be certified: 5.")
    assert_accessible(page)
    look(page, "sheet-certify")
    page.get_by_role("button", name="Submit 5 petitions").click()
    expect(page.get_by_role("alert").first).to_contain_text("Read the public version of each petition first")
    look(page, "sheet-refused")
    for box in page.get_by_role("checkbox").all():
        page.locator(f"label[for={box.get_attribute('id')}]").click()
    page.get_by_role("button", name="Submit 5 petitions").click()
    expect(page.locator("main")).to_contain_text("Petitions filed: 0 of 5")
    worked_on(sheet, timezone.now())
    expect(page.locator("main")).to_contain_text("Petitions filed: 5.")
    assert_accessible(page)
    look(page, "sheet-filed")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Receipt for 5 petitions (PDF)").click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF")
    filed = Petition.objects.filter(status=Status.SUBMITTED)
    assert sorted(filed.values_list("product_name", flat=True)) == NAMES


def test_a_value_that_stands_in_twenty_rows_is_settled_by_one_statement(
    sheet: BulkSheet,
    importer: User,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    words = {"unique_features": "Wanda Whisper glazes the polished face of each slab by hand."}
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/bulk/{sheet.pk}/")
    send(page, workbook(sheet, *({**words, "product_name": f"Quartz slab {number}"} for number in range(1, 21))))
    expect(page.locator("main")).to_contain_text("Without errors: 0. With errors: 20.")
    look(page, "sheet-leaks-told")
    page.get_by_role("link", name="See these values").click()
    expect(page.get_by_role("checkbox")).to_have_count(20)
    assert_accessible(page)
    look(page, "sheet-leaks")
    page.get_by_text("Line 4: Quartz slab 1", exact=False).first.click()
    page.get_by_label("Why may everyone read it?").fill("Her name stands in our catalog.")
    page.get_by_role("button", name="Keep them public in the ticked rows").click()
    expect(page.get_by_role("checkbox")).to_have_count(19)
    page.get_by_label("Why may everyone read it?").fill("Her name stands in our catalog.")
    page.get_by_role("button", name="Keep these words public in all 19 rows listed").click()
    expect(page.locator("main")).to_contain_text("that you have not settled")
    look(page, "sheet-leaks-settled")
    page.get_by_role("link", name="Back to the sheet").click()
    expect(page.locator("main")).to_contain_text("Without errors: 20. With errors: 0.")
    page.get_by_role("button", name="Make drafts of 20 rows without errors").click()
    expect(page.get_by_role("link", name="Quartz slab 20")).to_be_visible()
    assert LeakSettlement.objects.filter(statement="Her name stands in our catalog.").count() == 20


def test_three_hundred_petitions_take_at_most_twelve_pages(
    sheet: BulkSheet,
    importer: User,
    live_server: Any,
    sign_in: Callable[[User], Page],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    count = 300
    content = workbook(sheet, *({"product_name": f"Quartz slab {number}"} for number in range(count)))
    monkeypatch.setattr(bulk_certify, "work_on", zeal_ignore()(bulk_certify.work_on))  # it files one after another
    page = sign_in(importer)
    asked: list[str] = []

    def note(request: Request) -> None:
        """Note each page that the person asks for; while work goes on a page asks for itself."""
        is_page = request.is_navigation_request() and request.redirected_from is None
        if is_page and not (request.method == "GET" and request.url == page.url):
            asked.append(f"{request.method} {request.url}")

    page.on("request", note)
    page.goto(f"{live_server.url}/petitions/bulk/{sheet.pk}/")
    send(page, content)
    page.get_by_role("button", name=f"Make drafts of {count} rows without errors").click()
    page.get_by_role("link", name="Certify and submit together").click()
    page.get_by_role("button", name="Check the drafts").click()
    expect(page.locator("main")).to_contain_text(f"Can be certified: {count}.")
    for box in page.get_by_role("checkbox").all():
        page.locator(f"label[for={box.get_attribute('id')}]").click()
    page.get_by_role("button", name=f"Submit {count} petitions").click()
    expect(page.locator("main")).to_contain_text(f"Petitions filed: {count}.")
    with page.expect_download() as fetched:
        page.get_by_role("link", name=f"Receipt for {count} petitions (PDF)").click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF")
    assert Petition.objects.filter(status=Status.SUBMITTED).count() == count
    assert len(asked) <= 12, asked
