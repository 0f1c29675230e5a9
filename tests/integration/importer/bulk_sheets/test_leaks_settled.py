"""Confidential values in public answers of many rows, settled by one statement that each draft's record keeps."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from exclusions.actions.bulk_sheets.drafting import accept_rows
from exclusions.actions.bulk_sheets.leaks import NO_ROWS, OTHER_ROWS, settle_rows
from exclusions.actions.bulk_sheets.proving import check_drafts
from exclusions.actions.bulk_sheets.sheets import save_company
from exclusions.actions.filing.confidentiality import NO_STATEMENT, NOTHING_THERE
from exclusions.errors import Conflict, Incomplete, NotPermitted
from exclusions.models import BulkLeak, BulkSheet, Event, LeakSettlement, Petition, User
from exclusions.queries.importer.bulk_rows.leaks import leak_groups, shown_groups
from exclusions.queries.record.leak_sweep import leaks
from tests.factories.answers import purchases
from tests.factories.files import pdf
from tests.factories.importer.bulk_sheets import said_of, table_of, taken_in, worked_on
from tests.factories.importer.zips import sent

SignIn = Callable[[User | None], Client]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("The rows are settled under the lock of the sheet; groups are cut by a window."),
]
WANDA = {"unique_features": "Wanda Whisper glazes the polished face of each slab by hand."}
WHY = "She signs each slab, and her name stands in our catalog."
PLAIN, PLANTED = range(4, 9), range(9, 24)  # lines


@pytest.fixture
def planted(sheet: BulkSheet, importer: User, at: datetime) -> BulkSheet:
    """Return a sheet of twenty rows, in fifteen of which one confidential value stands in one public answer."""
    rows: list[dict[str, Any]] = [*({} for _ in PLAIN), *(WANDA for _ in PLANTED)]
    for place, row in enumerate(rows):
        rows[place] = {**row, "product_name": f"Quartz slab {place + 4}"}
    return taken_in(sheet, table_of(sheet.round, *rows), importer, at)


def the_leak(sheet: BulkSheet) -> str:
    """Return the only value that is to be settled."""
    return str(leak_groups(sheet).get()["leak"])


def settled(sheet: BulkSheet, by: User, at: datetime, **how: Any) -> int:
    """Settle it, in all rows unless others are given."""
    given = {"lines": PLANTED, "statement": WHY, "seen": sheet.revision, **how}
    given.setdefault("leak", "" if "leak" in how else the_leak(sheet))
    return settle_rows(sheet, by=by, at=at, **given)


def test_one_statement_settles_the_rows_that_are_listed_and_is_kept_on_each_draft(
    planted: BulkSheet, importer: User, at: datetime
) -> None:
    (group,) = shown_groups(planted, list(leak_groups(planted)))
    assert [row.number for row in group.rows] == list(PLANTED)
    assert all("Wanda Whisper" in row.excerpt for row in group.rows)
    assert {row.state for row in planted.rows.filter(number__in=PLANTED)} == {"wrong"}
    assert settled(planted, importer, at) == len(PLANTED)
    found = worked_on(planted, at)
    assert {row.state for row in found.rows.all()} == {"valid"}
    worked_on(accept_rows(found, wanted=BulkSheet.Wanted.VALID, by=importer, at=at), at)
    for row in found.rows.all():
        kept = LeakSettlement.objects.filter(petition=row.petition)
        if row.number in PLAIN:
            assert not kept.exists()
            continue
        statement = kept.get()
        assert (statement.statement, statement.stated_by, statement.stated_at) == (WHY, importer, at)
        assert (statement.leak, statement.place) == (group.leak, "unique_features")
        event = Event.objects.get(subject=f"petition:{row.petition_id}", kind="settle_leak")
        assert (event.by, event.data, event.reason) == (importer, {"question": "unique_features"}, "")
    found = worked_on(check_drafts(found, by=importer, at=at), at)
    assert found.rows.filter(passed=True).count() == 20  # the check of the draft itself says no more of it
    assert list(leaks()) == []


def test_rows_that_were_not_chosen_stay_as_they_are(planted: BulkSheet, importer: User, at: datetime) -> None:
    assert settled(planted, importer, at, lines=[9, 11]) == 2
    found = worked_on(planted, at)
    assert said_of(found, 9) == said_of(found, 11) == {}
    assert "unique_features" in said_of(found, 10)
    assert leak_groups(found).get()["count"] == 13


def test_a_value_that_changes_is_asked_about_anew(planted: BulkSheet, importer: User, at: datetime) -> None:
    settled(planted, importer, at)
    found = worked_on(planted, at)
    company = {"requester_first_name": "Oswald", "requester_last_name": "Owl"}
    found = worked_on(save_company(found, answers=company, by=importer, at=at), at)
    assert not BulkLeak.objects.exists()  # there is no such value any more, and no statement of it
    back = {"requester_first_name": "Wanda", "requester_last_name": "Whisper"}
    found = worked_on(save_company(found, answers=back, by=importer, at=at), at)
    assert leak_groups(found).get()["count"] == len(PLANTED)


def test_another_value_of_the_same_question_is_asked_about_after_the_first(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    bought = purchases()
    bought["china"]["2017"]["value"], bought["china"]["2018"]["value"] = "7071234", "8082345"
    words = "We bought 7071234 of it, then 8082345 of it."
    changes = {"purchases": bought, "unique_features": words}
    found = taken_in(sheet, table_of(sheet.round, changes), importer, at)
    assert settled(found, importer, at, lines=[4]) == 1
    found = worked_on(found, at)
    assert "unique_features" in said_of(found, 4)
    assert settled(found, importer, at, lines=[4]) == 1
    found = worked_on(found, at)
    assert said_of(found, 4) == {}
    worked_on(accept_rows(found, wanted=BulkSheet.Wanted.VALID, by=importer, at=at), at)
    assert LeakSettlement.objects.filter(petition=Petition.objects.get()).count() == 2
    found = worked_on(check_drafts(found, by=importer, at=at), at)
    assert found.rows.get().passed


def test_a_table_sent_again_keeps_the_statements_of_the_same_rows_with_the_same_words(
    planted: BulkSheet, importer: User, at: datetime
) -> None:
    settled(planted, importer, at)
    rows: list[dict[str, Any]] = [{}, {}, {}, {}, {}, {}, WANDA, WANDA, dict(WANDA), WANDA]
    rows[8] = {"unique_features": "Ask Wanda Whisper for the gloss of the polished face."}
    table = table_of(planted.round, *rows)
    table.rows[9].cells[0] = "another"  # a row of another name
    found = taken_in(planted, table, importer, at)
    assert said_of(found, 10) == said_of(found, 11) == {}
    assert "unique_features" in said_of(found, 12)
    assert "unique_features" in said_of(found, 13)
    assert set(BulkLeak.objects.stated().values_list("row__number", flat=True)) == {10, 11}


def test_nothing_is_recorded_without_reason_or_rows_or_for_rows_that_were_not_read(
    planted: BulkSheet, importer: User, rival: User, at: datetime
) -> None:
    leak = the_leak(planted)
    with pytest.raises(Incomplete) as refused:
        settled(planted, importer, at, statement=" ", lines=[])
    assert refused.value.fields == {"statement": [NO_STATEMENT], "rows": [NO_ROWS]}
    with pytest.raises(Incomplete) as refused:
        settled(planted, importer, at, lines=[4, 9])  # one of them has no such value
    assert refused.value.fields == {"rows": [f"Line 4: {NOTHING_THERE}"]}
    with pytest.raises(NotPermitted):
        settled(planted, rival, at)
    with pytest.raises(Conflict, match=re.escape(OTHER_ROWS)):
        settled(planted, importer, at, seen=planted.revision - 1)
    assert not BulkLeak.objects.stated().exists()
    assert settled(planted, importer, at) == len(PLANTED)
    worked_on(planted, at)
    with pytest.raises(Incomplete) as refused:
        settled(planted, importer, at, leak=leak, lines=[9])  # once more
    assert refused.value.fields == {"rows": [f"Line 9: {NOTHING_THERE}"]}


def text_of(answer: HttpResponse) -> str:
    """Return what a page says."""
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_page_lists_the_rows_and_takes_the_statement(
    planted: BulkSheet, importer: User, rival: User, client_of: SignIn
) -> None:
    client, page = client_of(importer), reverse("bulk-sheet-leaks", args=[planted.pk])
    assert page in text_of(client.get(reverse("bulk-sheet", args=[planted.pk])))
    assert client_of(rival).get(page).status_code == 404
    answer = client.get(page)
    assert "no-store" in answer["Cache-Control"]
    shown = text_of(answer)
    for line in PLANTED:
        assert f"Line {line}: Quartz slab {line}" in shown
    assert "Line 4:" not in shown
    sent = {"leak": the_leak(planted), "seen": planted.revision, "listed": list(PLANTED), "rows": [9]}
    address = reverse("bulk-sheet-settle", args=[planted.pk])
    refused = client.post(address, {**sent, "which": "ticked", "statement": ""})
    assert refused.status_code == 422
    assert NO_STATEMENT in text_of(refused)
    refused = client.post(address, {**sent, "statement": WHY})
    assert WHY in text_of(refused)  # nothing typed is lost
    answer = client.post(address, {**sent, "which": "ticked", "statement": WHY})
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert "Recorded for 1 row." in text_of(client.get(page))
    sent |= {"listed": list(PLANTED)[1:], "which": "all", "statement": WHY}
    assert client.post(address, sent).status_code == 302
    assert "No row has a confidential value" in text_of(client.get(page))
    assert "Without errors: 20." in text_of(client.get(reverse("bulk-sheet", args=[planted.pk])))


def test_the_page_lists_no_more_than_it_settles(
    planted: BulkSheet, importer: User, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exclusions.queries.importer.bulk_rows.leaks.MOST_ROWS", 10)
    shown = text_of(client_of(importer).get(reverse("bulk-sheet-leaks", args=[planted.pk])))
    assert "Line 18:" in shown
    assert "Line 19:" not in shown
    assert "5 more rows are listed here after these." in shown


def test_a_value_in_the_name_of_a_file_is_settled_on_the_sheet_too(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    name = "slab by Whisper 8765432.pdf"
    row = {"purchases.china-2018-value": "8765432", "public_documents": name}
    taken_in(sheet, table_of(sheet.round, row), importer, at)
    found = sent(sheet, {name: pdf("A slab.")}, importer, at)
    assert {fault["heading"] for fault in found.rows.get().faults if fault["level"] == "error"} == {"public_documents"}
    while list(leak_groups(found)):
        settled(found, importer, at, lines=[4])
        found = worked_on(found, at)
    assert found.rows.get().state == "valid"
    worked_on(accept_rows(found, wanted=BulkSheet.Wanted.VALID, by=importer, at=at), at)
    draft = Petition.objects.get()
    assert draft.documents.get().file_name == name
    assert {one.place for one in draft.leak_settlements.all()} == {"public_documents"}
    proved = worked_on(check_drafts(found, by=importer, at=at), at)
    assert proved.rows.get().problems == []
