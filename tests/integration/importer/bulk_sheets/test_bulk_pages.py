"""The pages of a bulk sheet, from the template to the drafts; nothing typed is lost, and nobody else gets in."""

import io
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from exclusions.actions.bulk_sheets import working
from exclusions.actions.people import authorizations
from exclusions.models import Authorization, BulkSheet, Organization, Petition, PublicPetition, Round, User
from exclusions.queries.importer.petitions import Party
from exclusions.queries.record.leak_sweep import leaks
from exclusions.views.importer import bulk_sheets
from tests.conftest import Clock
from tests.factories.answers import petition_answers
from tests.factories.importer.bulk_sheets import make_sheet, table_of, taken_in, worked_on
from tests.factories.petitions import Journey
from tests.integration.importer.bulk_sheets.test_tables_taken_in import as_text, filled
from tests.libreoffice import converted

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


def text_of(answer: HttpResponse) -> str:
    """Return what a page says."""
    return re.sub(r"\s+", " ", answer.content.decode())


def address(name: str, sheet: BulkSheet, *more: str) -> str:
    """Return the address of a page of a sheet."""
    return reverse(f"bulk-sheet{name}", args=[sheet.pk, *more])


def test_a_sheet_is_begun_for_a_round_and_a_company(
    importer: User, meadowlark: Organization, list3: Round, clock: Clock, client_of: SignIn
) -> None:
    client = client_of(importer)
    assert "Begin a sheet" in text_of(client.get(reverse("bulk-sheets")))
    answer = client.post(reverse("bulk-sheets"), {"round": list3.slug, "party": Party(meadowlark).key})
    begun = BulkSheet.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, address("", begun))
    page = text_of(client.get(address("", begun)))
    assert "answers are missing or wrong" in page  # of the company's part
    answers = petition_answers()
    answer = client.post(address("-company", begun), {**answers, "requester_zip": "what", "revision": begun.revision})
    assert answer.status_code == 302
    assert "is not a ZIP code" in text_of(client.get(answer["Location"]))
    begun.refresh_from_db()
    client.post(address("-company", begun), {**answers, "revision": begun.revision})
    assert "is answered for all rows" in text_of(client.get(address("", begun)))
    assert str(meadowlark) in text_of(client.get(reverse("bulk-sheets")))


def test_a_template_filled_in_becomes_drafts(sheet: BulkSheet, importer: User, client_of: SignIn) -> None:
    client = client_of(importer)
    content = filled(sheet, lambda book: None, {}, {"product_name": "Quartz tiles"}, {"product_name": ""})
    sent = client.post(address("", sheet), {"file": SimpleUploadedFile("rows.xlsx", content)})
    assert (sent.status_code, sent["Location"]) == (302, address("", sheet))
    page = text_of(client.get(sent["Location"]))
    assert "Without errors: 2. With errors: 1." in page
    assert ">product_name</strong>" in page
    assert client.post(address("-accept", sheet), {"wanted": "valid"}).status_code == 302
    page = text_of(client.get(address("", sheet)))
    for draft in Petition.objects.all():
        assert reverse("petition", args=[draft.pk]) in page
    assert "Quartz tiles" in page
    assert "The table" not in page
    assert "row, with its errors" in page
    assert client.post(address("-accept", sheet), {"wanted": "some"}).status_code == 422
    assert client.post(address("-accept", sheet), {"wanted": "valid"}).status_code == 422


def test_the_page_itself_does_the_work_and_says_how_far_it_is(
    sheet: BulkSheet, importer: User, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(importer)
    monkeypatch.setattr(working, "AT_ONCE", 1)
    monkeypatch.setattr(bulk_sheets, "work_on", partial(working.work_on, seconds=0))
    client.post(address("", sheet), {"pasted": as_text(table_of(sheet.round, {}, {}), marked=False)})
    page = text_of(client.get(address("", sheet)))
    assert "Rows checked: 1 of 2" in page
    assert f'href="{address("", sheet)}"' in page  # without a script
    assert f'hx-get="{address("", sheet)}"' in page
    assert "<textarea" not in page  # nothing is typed on a page that is put in another's place
    client.get(address("", sheet))
    assert "Without errors: 2." in text_of(client.get(address("", sheet)))


def test_what_was_pasted_is_not_lost(sheet: BulkSheet, importer: User, client_of: SignIn) -> None:
    client = client_of(importer)
    for pasted in ("row\thts10\r\n1\t6810.99.0010 & more", "   "):
        answer = client.post(address("", sheet), {"pasted": pasted})
        assert answer.status_code == 422
        assert pasted.strip().replace("&", "&amp;") in answer.content.decode()
    both = {"pasted": "row", "file": SimpleUploadedFile("rows.csv", b"row")}
    assert "Send either a file or pasted rows" in text_of(client.post(address("", sheet), both))
    assert not sheet.rows.exists()


def test_a_refused_file_is_refused_beside_its_field(sheet: BulkSheet, importer: User, client_of: SignIn) -> None:
    answer = client_of(importer).post(address("", sheet), {"file": SimpleUploadedFile("rows.pdf", b"%PDF-1.4")})
    assert answer.status_code == 422
    assert "Columns are missing" in text_of(answer) or "no table" in text_of(answer) or "template" in text_of(answer)


def test_why_a_table_was_refused_is_said_in_one_summary_in_every_state(
    sheet: BulkSheet, importer: User, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(importer)

    def refused(**sent: object) -> str:
        answer = client.post(address("", sheet), sent)
        assert answer.status_code in (409, 422)
        assert answer.content.decode().count("usa-alert--error") == 1
        return text_of(answer)

    refused()
    taken_in(sheet, table_of(sheet.round, {}, {"product_name": ""}), importer, sheet.made_at)
    refused(pasted="row")
    monkeypatch.setattr(bulk_sheets, "work_on", lambda *sheet, **how: False)
    BulkSheet.objects.filter(pk=sheet.pk).update(state=BulkSheet.State.CHECKING)
    refused(pasted="row")
    BulkSheet.objects.filter(pk=sheet.pk).update(state=BulkSheet.State.CHECKED)
    client.post(address("-accept", sheet), {"wanted": "valid"})
    worked_on(sheet, sheet.made_at)
    table = as_text(table_of(sheet.round, {}), marked=False)
    assert "Rows of this sheet are drafts already" in refused(pasted=table)


def test_proposed_numbers_are_confirmed_on_the_page(sheet: BulkSheet, importer: User, client_of: SignIn) -> None:
    client = client_of(importer)
    taken_in(sheet, table_of(sheet.round, {"revenue.2018": "2019-06-30"}), importer, sheet.made_at)
    assert "Use all the proposed numbers" in text_of(client.get(address("", sheet)))
    assert client.post(address("-numbers", sheet)).status_code == 302
    page = text_of(client.get(address("", sheet)))
    assert "1 number was put right." in page
    assert "Without errors: 1." in page


def test_a_sheet_is_deleted_after_one_more_question(sheet: BulkSheet, importer: User, client_of: SignIn) -> None:
    client = client_of(importer)
    assert "Delete this sheet?" in text_of(client.get(address("-delete", sheet)))
    assert BulkSheet.objects.exists()
    assert client.post(address("-delete", sheet)).status_code == 302
    assert not BulkSheet.objects.exists()
    assert client.get(address("", sheet)).status_code == 404


def test_files_and_pages_are_for_the_owners_and_are_kept_by_nobody(
    sheet: BulkSheet, importer: User, rival: User, client_of: SignIn
) -> None:
    for name, more in (("", ()), ("-company", ()), ("-template", ("xlsx",)), ("-template", ("csv",))):
        answer = client_of(importer).get(address(name, sheet, *more))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert client_of(rival).get(address(name, sheet, *more)).status_code == 404
    assert client_of(importer).get(address("-template", sheet, "pdf")).status_code == 404
    answer = client_of(importer).get(address("-template", sheet, "xlsx"))
    assert answer["Content-Disposition"] == f'attachment; filename="petitions-{sheet.round.docket}.xlsx"'


def test_a_firm_whose_authorization_is_revoked_is_told_so(
    filer: User, importer: User, meadowlark: Organization, list3: Round, clock: Clock, client_of: SignIn
) -> None:
    firm = Organization.objects.get(memberships__user=filer)
    sheet = make_sheet(list3, meadowlark, filer, clock.now, firm)
    assert client_of(filer).get(address("", sheet)).status_code == 200
    authorizations.revoke(Authorization.objects.get(filer=firm), by=importer, at=clock.now)
    answer = client_of(filer).get(address("", sheet))
    assert answer.status_code == 403
    assert "no longer covers" in text_of(answer)
    assert "No sheets" not in text_of(client_of(filer).get(reverse("bulk-sheets")))


def test_the_template_helps_and_locks_its_headings(sheet: BulkSheet, importer: User, client_of: SignIn) -> None:
    content = client_of(importer).get(address("-template", sheet, "xlsx")).content
    book = load_workbook(io.BytesIO(content))
    page = book["Petitions"]
    headings = [cell.value for cell in page[1]]
    assert headings[:2] == ["row", "hts10"]
    assert "purchases.china-2018-value" in headings
    assert not [name for name in headings if "certify" in str(name)]
    assert {"product_documents", "public_documents", "confidential_documents"} <= set(headings)
    assert page.protection.sheet
    assert page["B1"].protection.locked
    assert page["B1"].comment is not None
    column = page.column_dimensions["A"]  # of all columns: their cells are so where nothing else is said
    assert not column.protection.locked
    assert column.number_format == "@"
    assert {book["Choices"].sheet_state, book["Template"].sheet_state} == {"hidden"}
    assert page.data_validations.dataValidation
    assert [page["A2"].value, page["A3"].value] == ["question", "example"]
    assert {"set_items", "chemical_constituents", "earlier_requests"} <= set(book.sheetnames)


def test_libreoffice_opens_the_template(sheet: BulkSheet, importer: User, client_of: SignIn, tmp_path: Path) -> None:
    content = client_of(importer).get(address("-template", sheet, "xlsx")).content
    read = converted({"template.xlsx": content}, "csv", tmp_path)["template"].decode()
    assert read.startswith("row,hts10,product_name")
    again = converted({"template.xlsx": content}, "xlsx", tmp_path)["template"]
    kept = load_workbook(io.BytesIO(again))
    assert kept["Template"]["A1"].value == "template"
    assert kept["Petitions"].data_validations.dataValidation


def test_what_a_row_holds_in_confidence_is_looked_for_in_public(
    sheet: BulkSheet, importer: User, posted_once: Journey, clock: Clock
) -> None:
    taken_in(sheet, table_of(sheet.round, {"purchases.china-2018-value": "8765432"}), importer, clock.now)
    assert list(leaks()) == []
    page = PublicPetition.objects.get()
    page.answers[0]["value"] = "It sold for 8,765,432 dollars."
    page.save()
    found = [str(leak) for leak in leaks()]
    assert any(f"bulk sheet {sheet.pk}, line 4" in said for said in found)
    assert not any("8765432" in said or "8,765,432" in said for said in found)
