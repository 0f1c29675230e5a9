"""Rows become drafts, each once, whatever is killed on the way; from there they are ordinary drafts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import pytest
from django.db import connection

from exclusions.actions.bulk_sheets import drafting, working
from exclusions.actions.bulk_sheets.drafting import accept_rows
from exclusions.actions.bulk_sheets.sheets import begin_sheet, delete_sheet, save_company
from exclusions.actions.bulk_sheets.tables import HAS_DRAFTS, take_in
from exclusions.actions.bulk_sheets.working import LEASE, work_on
from exclusions.actions.filing.petitions import delete_draft, submit
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import BulkRow, BulkSheet, Organization, Petition, Round, User
from exclusions.questionnaires import get
from exclusions.workflow.states import Status
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.importer.bulk_sheets import make_sheet, table_of, taken_in, worked_on

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("A row is locked while its draft is made; a constraint keeps it to one."),
]
VALID, ALL = BulkSheet.Wanted.VALID, BulkSheet.Wanted.ALL


class Killed(BaseException):
    """Whoever was at work is gone."""


class Killer:
    """Lets so many statements through, then takes the connection away, as the end of a process does."""

    def __init__(self, statements: int) -> None:
        self._left = statements
        self.killed = False

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        if self._left <= 0:
            self.killed = True
            raise Killed
        self._left -= 1
        return execute(*arguments)


def killed_in(work: Callable[[], object], statements: int) -> bool:
    """Do some work, killed after so many statements; return whether it came that far."""
    killer = Killer(statements)
    with connection.execute_wrapper(killer):
        try:
            work()
        except BaseException:
            if not killer.killed:
                raise
            connection.close()
    return killer.killed


def accepted(sheet: BulkSheet, wanted: BulkSheet.Wanted, by: User, at: datetime) -> BulkSheet:
    return worked_on(accept_rows(sheet, wanted=wanted, by=by, at=at), at)


def test_rows_without_errors_become_drafts_that_can_be_submitted(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    found = taken_in(sheet, table_of(sheet.round, {}, {"product_name": ""}, {"product_name": "Tiles"}), importer, at)
    done = accepted(found, VALID, importer, at)
    assert done.state == BulkSheet.State.CHECKED
    assert [(row.number, row.petition is not None) for row in done.rows.order_by("number")] == [
        (4, True),
        (5, False),
        (6, True),
    ]
    drafts = Petition.objects.filter(status=Status.DRAFT)
    assert sorted(drafts.values_list("product_name", flat=True)) == ["Agglomerated quartz slabs", "Tiles"]
    draft = drafts.get(product_name="Tiles")
    kept = get("petition-2019").clean(petition_answers(product_name="Tiles"))
    shown = {question.key for question in get("petition-2019").applicable(kept)}
    assert draft.versions.get().answers == {key: answer for key, answer in kept.items() if key in shown}
    assert submit(draft, by=importer, at=at, certified=CERTIFIED).status == Status.SUBMITTED


def test_all_rows_become_drafts_with_their_errors_and_no_row_twice(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    found = taken_in(sheet, table_of(sheet.round, {}, {"product_name": ""}), importer, at)
    accepted(accepted(found, VALID, importer, at), ALL, importer, at)
    assert Petition.objects.count() == 2
    with pytest.raises(Incomplete):
        accept_rows(found, wanted=ALL, by=importer, at=at)
    with pytest.raises(WrongState, match=HAS_DRAFTS):
        take_in(found, table=table_of(sheet.round, {}), is_file=True, by=importer, at=at)


def test_the_row_of_a_deleted_draft_becomes_no_other(sheet: BulkSheet, importer: User, at: datetime) -> None:
    found = accepted(taken_in(sheet, table_of(sheet.round, {}), importer, at), ALL, importer, at)
    delete_draft(found.rows.get().petition, by=importer, at=at)  # type: ignore[arg-type]
    assert found.rows.get().petition is None
    with pytest.raises(Incomplete):
        accept_rows(found, wanted=ALL, by=importer, at=at)


def test_a_draft_belongs_to_one_row(sheet: BulkSheet, importer: User, at: datetime) -> None:
    found = accepted(taken_in(sheet, table_of(sheet.round, {}, {}), importer, at), VALID, importer, at)
    first, second = found.rows.order_by("number")
    with pytest.raises(Exception, match=r"(?i)unique"):
        BulkRow.objects.filter(pk=second.pk).update(petition=first.petition)


def test_a_firm_makes_drafts_for_its_client(filer: User, meadowlark: Organization, list3: Round, at: datetime) -> None:
    firm = Organization.objects.get(memberships__user=filer)
    sheet = make_sheet(list3, meadowlark, filer, at, firm)
    given = {
        "is_third_party": "yes",
        **{key: answer for key, answer in sheet.company.items() if key.startswith("third_party")},
    }
    sheet = save_company(
        sheet,
        answers={**given, "third_party_street_1": "1 Vale", "third_party_city": "Dover"}
        | {"third_party_state": "DE", "third_party_zip": "19901", "third_party_country": "US"}
        | {"third_party_phone": "+1 202-555-0143", "third_party_email": "finn@example.test"},
        by=filer,
        at=at,
    )
    done = accepted(taken_in(sheet, table_of(list3, {}), filer, at), ALL, filer, at)
    draft = done.rows.get().petition
    assert draft is not None
    assert (draft.organization, draft.filer_organization, draft.filed_by) == (meadowlark, firm, filer)


def test_no_draft_without_the_company_or_before_the_check_or_after_the_window(
    sheet: BulkSheet, importer: User, meadowlark: Organization, rival: User, at: datetime
) -> None:
    empty = begin_sheet(round=sheet.round, organization=meadowlark, by=importer, at=at)
    save_company(empty, answers={"requester_city": ""}, by=importer, at=at)
    taken_in(empty, table_of(sheet.round, {}), importer, at)
    with pytest.raises(Incomplete, match="company’s part"):
        accept_rows(empty, wanted=ALL, by=importer, at=at)
    take_in(sheet, table=table_of(sheet.round, {}), is_file=True, by=importer, at=at)
    with pytest.raises(WrongState, match="still being checked"):
        accept_rows(sheet, wanted=ALL, by=importer, at=at)
    worked_on(sheet, at)
    with pytest.raises(NotPermitted):
        accept_rows(sheet, wanted=ALL, by=rival, at=at)
    with pytest.raises(WrongState, match="window"):
        accept_rows(sheet, wanted=ALL, by=importer, at=sheet.round.closes_at + timedelta(minutes=1))
    assert not Petition.objects.exists()


def test_a_window_that_closes_meanwhile_leaves_the_other_rows_and_says_so(
    sheet: BulkSheet, importer: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "AT_ONCE", 1)
    found = taken_in(sheet, table_of(sheet.round, {}, {}), importer, at)
    accept_rows(found, wanted=ALL, by=importer, at=at)
    work_on(found, at=at, seconds=0)
    work_on(found, at=sheet.round.closes_at + timedelta(minutes=1))
    found.refresh_from_db()
    assert found.state == BulkSheet.State.CHECKED
    assert "window" in found.stopped[0]
    assert Petition.objects.count() == 1
    assert found.rows.filter(drafted_at__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_each_row_is_one_draft_wherever_the_work_was_killed(
    importer: User, meadowlark: Organization, list3: Round, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "AT_ONCE", 2)
    rows = [{"product_name": f"Slab {number}"} for number in range(3)]
    for statements in count(1):
        sheet = make_sheet(list3, meadowlark, importer, at)
        accept_rows(taken_in(sheet, table_of(list3, *rows), importer, at), wanted=ALL, by=importer, at=at)
        was_killed = killed_in(partial(work_on, sheet, at=at, seconds=60), statements)
        done = worked_on(sheet, at + LEASE)
        drafts = [row.petition for row in done.rows.select_related("petition").order_by("number")]
        assert [draft and draft.product_name for draft in drafts] == ["Slab 0", "Slab 1", "Slab 2"], statements
        assert Petition.objects.count() == 3, statements
        Petition.objects.all().delete()
        done.delete()
        if not was_killed:
            break
    assert statements > 40


@pytest.mark.django_db(transaction=True)
def test_each_row_is_checked_wherever_the_check_was_killed(
    importer: User, meadowlark: Organization, list3: Round, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "AT_ONCE", 1)
    sheet = make_sheet(list3, meadowlark, importer, at)
    for statements in count(1):
        take_in(sheet, table=table_of(list3, {}, {"product_name": ""}), is_file=True, by=importer, at=at)
        was_killed = killed_in(partial(work_on, sheet, at=at, seconds=60), statements)
        done = worked_on(sheet, at + LEASE)
        assert done.state == BulkSheet.State.CHECKED
        assert list(done.rows.order_by("number").values_list("state", flat=True)) == ["valid", "wrong"], statements
        if not was_killed:
            break
    assert statements > 10


def test_a_sheet_is_deleted_on_demand_and_its_drafts_stay(
    sheet: BulkSheet, importer: User, rival: User, at: datetime
) -> None:
    accepted(taken_in(sheet, table_of(sheet.round, {}), importer, at), ALL, importer, at)
    with pytest.raises(NotPermitted):
        delete_sheet(sheet, by=rival, at=at)
    delete_sheet(sheet, by=importer, at=at)
    assert not BulkRow.objects.exists()
    assert Petition.objects.count() == 1
