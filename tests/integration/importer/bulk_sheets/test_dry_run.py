"""The rows of a bulk sheet are judged as the form judges, each fault beside its cell; nothing is dropped in silence."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exclusions.actions.bulk_sheets import working
from exclusions.actions.bulk_sheets.sheets import save_company, use_proposed
from exclusions.actions.bulk_sheets.tables import take_in
from exclusions.actions.bulk_sheets.working import LEASE, work_on, work_on_sheets
from exclusions.actions.filing.petitions import start
from exclusions.errors import Conflict, NotPermitted
from exclusions.models import BulkSheet, Organization, TariffLine, User
from exclusions.permissions.filing import remarks
from exclusions.permissions.importer.bulk_rows import answers_in_row
from exclusions.questionnaires import get
from tests.factories.answers import petition_answers
from tests.factories.importer.bulk_sheets import said_of, table_of, taken_in, worked_on

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Rows are leased and locked in the database."),
]
SECRET = "7071234"  # the first figure of the purchases of petition_answers


def test_a_row_as_a_careful_filer_fills_it_has_no_errors(sheet: BulkSheet, importer: User, at: datetime) -> None:
    found = taken_in(sheet, table_of(sheet.round, {}), importer, at)
    assert said_of(found, 4) == {}
    assert found.state == BulkSheet.State.CHECKED


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("hts10", "6810.99", "has 6 digits"),
        ("hts10", "6810990099", "is not in the tariff schedule"),
        ("product_name", "", "has no answer yet"),
        ("available_us", "perhaps", "must be answered with yes, no or not sure"),
        ("relationship", "cousin", "is not one of the answers offered"),
        ("purchases.china-2018-value", "a lot", "is not an amount in whole US dollars"),
        ("purchases.china-2018-quantity", "", "has no answer yet"),
        ("purchases.unit", "", "has no answer yet"),
        ("revenue_applicable", "yes", "does not apply to this row"),
        ("product_description", f"Slabs that cost {SECRET} dollars in one year, of quartz, polished.", "repeats"),
        ("product_function", "For wanda.whisper@example.test, who cuts them to size.", "repeats"),
        ("purchases.china-2018-value", "2019-06-30", "is a date"),
    ],
)
def test_what_is_wrong_stands_beside_its_cell(
    sheet: BulkSheet, importer: User, at: datetime, heading: str, text: str, said: str
) -> None:
    found = taken_in(sheet, table_of(sheet.round, {heading: text}), importer, at)
    faults = said_of(found, 4)
    assert said in faults[heading], faults
    assert all(fault["remedy"] for fault in found.rows.get().faults)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"hts10": "6810990099"},
        {"product_name": "", "product_description": "Slabs."},
        {"product_function": f"Slabs at {SECRET} dollars."},
        {"purchases": {"china": {"2018": {"value": "x"}}}, "has_estimates": "yes"},
        {"is_set": "yes", "final_sales_share": "140"},
    ],
)
def test_a_row_has_the_very_errors_of_a_draft_with_its_answers(
    sheet: BulkSheet, importer: User, meadowlark: Organization, at: datetime, changes: dict[str, Any]
) -> None:
    found = taken_in(sheet, table_of(sheet.round, changes), importer, at)
    form, row = get("petition-2019"), found.rows.get()
    answers = answers_in_row(form, found, row)
    draft = start(round=sheet.round, organization=meadowlark, by=importer, at=at, answers=answers)
    said = remarks(draft, draft.versions.get().answers, at)
    files = {question.key for question in form.questions if question.kind == "files"}
    expected = {remark.message for remark in said if remark.is_error and remark.key not in files}
    assert set(said_of(found, 4).values()) == expected


def test_a_number_without_its_zero_is_refused_with_the_number_to_confirm(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    line = TariffLine.objects.get(number="6810990010")
    line.pk, line.number = None, "0681099001"
    line.save()
    found = taken_in(sheet, table_of(sheet.round, {"hts10": "681099001"}, {}), importer, at)
    fault = next(fault for fault in found.rows.get(number=4).faults if fault["heading"] == "hts10")
    assert fault["proposal"] == "0681.09.9001"
    assert "drops a leading zero" in fault["message"]
    assert use_proposed(found, by=importer, at=at) == 1
    found = worked_on(found, at)
    assert found.rows.get(number=4).cells[found.headings.index("hts10")] == "0681.09.9001"
    assert "drops a leading zero" not in said_of(found, 4).get("hts10", "")


def test_a_number_that_is_in_no_schedule_with_a_zero_is_not_proposed(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    found = taken_in(sheet, table_of(sheet.round, {"hts10": "681099001"}), importer, at)
    assert {fault["proposal"] for fault in found.rows.get().faults} == {""}


def test_a_date_in_a_column_of_figures_is_refused_with_the_figure_to_confirm(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    found = taken_in(sheet, table_of(sheet.round, {"purchases.china-2018-value": "2019-06-30"}), importer, at)
    assert use_proposed(found, by=importer, at=at) == 1
    found = worked_on(found, at)
    assert found.rows.get().cells[found.headings.index("purchases.china-2018-value")] == "43646"
    assert said_of(found, 4) == {}


def test_what_the_company_gives_in_confidence_is_looked_for_in_each_row(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    rows = [{}, {"unique_features": "Ask Wanda Whisper for the gloss of the polished face."}]
    found = taken_in(sheet, table_of(sheet.round, *rows), importer, at)
    assert said_of(found, 4) == {}
    assert "unique_features" in said_of(found, 5)


def test_a_changed_company_part_has_the_rows_checked_again(sheet: BulkSheet, importer: User, at: datetime) -> None:
    found = taken_in(sheet, table_of(sheet.round, {"unique_features": "Polished by Oswald Owl alone."}), importer, at)
    assert said_of(found, 4) == {}
    company = {"requester_first_name": "Oswald", "requester_last_name": "Owl"}
    changed = save_company(found, answers=company, revision=found.revision, by=importer, at=at)
    assert changed.state == BulkSheet.State.CHECKING
    assert "unique_features" in said_of(worked_on(changed, at), 4)
    with pytest.raises(Conflict):
        save_company(found, answers={"requester_city": "Akron"}, revision=0, by=importer, at=at)


def test_documents_are_no_errors_of_a_row(sheet: BulkSheet, importer: User, at: datetime) -> None:
    form = get("petition-2019")
    files = {question.key for question in form.questions if question.kind == "files" and question.required is True}
    found = taken_in(sheet, table_of(sheet.round, {}), importer, at)
    assert files & said_of(found, 4).keys() == set()


def test_the_tariff_is_asked_once_a_number(sheet: BulkSheet, importer: User, at: datetime) -> None:
    def statements(rows: int) -> int:
        take_in(sheet, table=table_of(sheet.round, *({} for _ in range(rows))), is_file=True, by=importer, at=at)
        with CaptureQueriesContext(connection) as captured:
            work_on(sheet, at=at, seconds=60)
        return len(captured)

    nothing_remembered = statements(1)
    assert statements(24) <= nothing_remembered  # also where the cache did not answer in time


def test_two_never_work_on_the_same_rows(
    sheet: BulkSheet, importer: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(sheet, table=table_of(sheet.round, {}, {}, {}), is_file=True, by=importer, at=at)
    monkeypatch.setattr(working, "AT_ONCE", 1)
    BulkSheet.objects.filter(pk=sheet.pk).update(leased_until=at + LEASE)
    assert not work_on(sheet, at=at)
    assert work_on_sheets(at=at) == 0
    assert sheet.rows.filter(state="waiting").count() == 3
    assert work_on(sheet, at=at + LEASE, seconds=0)  # whoever had it is gone
    assert sheet.rows.filter(state="waiting").count() == 2
    assert work_on_sheets(at=at + LEASE) == 1
    sheet.refresh_from_db()
    assert (sheet.state, sheet.leased_until) == (BulkSheet.State.CHECKED, None)


def test_what_was_found_of_a_table_that_is_gone_is_dropped(
    sheet: BulkSheet, importer: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(sheet, table=table_of(sheet.round, {"product_name": ""}), is_file=True, by=importer, at=at)
    judged = working.Judge.judged

    def replaced(judge: Any, row: Any, *stated: Any) -> Any:
        monkeypatch.setattr(working.Judge, "judged", judged)
        take_in(sheet, table=table_of(sheet.round, {}), is_file=True, by=importer, at=at)
        return judged(judge, row, *stated)

    monkeypatch.setattr(working.Judge, "judged", replaced)
    work_on(sheet, at=at)
    assert said_of(worked_on(sheet, at), 4) == {}


@pytest.mark.parametrize("who", ["rival", "outsider", "nobody", "intake", "reviewer1", "admin"])
def test_nobody_else_touches_a_sheet(sheet: BulkSheet, cast: dict[str, User], at: datetime, who: str) -> None:
    with pytest.raises(NotPermitted):
        take_in(sheet, table=table_of(sheet.round, {}), is_file=True, by=cast[who], at=at)
    with pytest.raises(NotPermitted):
        save_company(sheet, answers=petition_answers(), by=cast[who], at=at)
    assert not sheet.rows.exists()
    assert BulkSheet.objects.owned_by(cast[who], at).count() == 0
