"""Many drafts certified at one moment and filed as of it, each once, whatever is killed on the way."""

from datetime import datetime, timedelta
from functools import partial
from itertools import count

import pytest
from django.db import DatabaseError

from exclusions.actions.bulk_sheets import filing, proving
from exclusions.actions.bulk_sheets.certifying import NONE_READY, NOT_READ, SEEN_BEFORE, Given, certify_drafts
from exclusions.actions.bulk_sheets.filing import CHANGED, DELETED
from exclusions.actions.bulk_sheets.proving import NO_DRAFTS, check_drafts
from exclusions.actions.bulk_sheets.sheets import BEING_FILED, delete_sheet
from exclusions.actions.bulk_sheets.working import LEASE, work_on
from exclusions.actions.clock import run_clock
from exclusions.actions.filing.petitions import delete_draft, save_answers, submit
from exclusions.errors import Conflict, Incomplete, NotPermitted, WrongState
from exclusions.models import BulkCertificate, BulkSheet, Event, Notification, Organization, Petition, Round, User
from exclusions.permissions.importer.bulk_proofs import stamp_now
from exclusions.queries.importer.bulk_certify import Progress, progress_of, receipt_of
from exclusions.workflow.states import Status
from tests.factories.answers import CERTIFIED
from tests.factories.importer.bulk_sheets import make_sheet, table_of, worked_on
from tests.integration.importer.bulk_sheets.test_drafts import ALL, accepted, killed_in, taken_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("Rows are locked while they are filed; what was certified is sealed, and not changed."),
]


def drafted(sheet: BulkSheet, by: User, at: datetime, *rows: dict[str, str]) -> BulkSheet:
    """Return the sheet with drafts of these rows."""
    return accepted(taken_in(sheet, table_of(sheet.round, *rows), by, at), ALL, by, at)


def proved(sheet: BulkSheet, by: User, at: datetime) -> BulkSheet:
    """Return the sheet with its drafts checked."""
    return worked_on(check_drafts(sheet, by=by, at=at), at)


def certified(sheet: BulkSheet, by: User, at: datetime) -> Given:
    """Certify all drafts that may be."""
    return certify_drafts(sheet, certified=CERTIFIED, was_read=True, seen=sheet.revision, by=by, at=at)


def progress_now(sheet: BulkSheet) -> Progress:
    """Return how far the drafts of the sheet are."""
    return progress_of(sheet, stamp_now(sheet))


def draft_named(sheet: BulkSheet, name: str) -> Petition:
    """Return the draft of a product."""
    return Petition.objects.get(product_name=name, organization=sheet.organization)


def test_drafts_are_filed_as_of_the_certificate_each_with_its_own_answers(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    ready = proved(drafted(sheet, importer, at, {"product_name": "Slabs"}, {"product_name": "Tiles"}), importer, at)
    given = certified(ready, importer, at)
    later = at + timedelta(minutes=40)
    done = worked_on(ready, later)
    assert (given.left_out, done.state) == ([], BulkSheet.State.CHECKED)
    filed = [draft_named(sheet, name) for name in ("Slabs", "Tiles")]
    assert {petition.status for petition in filed} == {Status.SUBMITTED}
    assert {petition.submitted_at for petition in filed} == {at}
    assert len({petition.reference for petition in filed}) == 2
    for petition in filed:
        version = petition.versions.get()
        assert (version.sealed_by, version.answers["product_name"]) == (importer, petition.product_name)
        assert {key: version.answers[key] for key in CERTIFIED} == CERTIFIED
        event = Event.objects.get(subject=f"petition:{petition.pk}", kind="submit")
        assert (event.at, event.by, event.data["certificate"]) == (later, importer, str(given.certificate.pk))
    names = [petition for _, _, petition, _ in receipt_of(done, given.certificate).petitions]
    assert names == ["Slabs", "Tiles"]


def test_who_certified_is_mailed_once_for_all(sheet: BulkSheet, importer: User, at: datetime) -> None:
    ready = proved(drafted(sheet, importer, at, {}, {"product_name": "Tiles"}), importer, at)
    certified(ready, importer, at)
    worked_on(ready, at)
    told = Notification.objects.get(to=importer.email)
    assert (told.template, told.context["count"], told.context["left"]) == ("filed_together", 2, 0)


def test_a_window_that_closes_after_the_certificate_keeps_nothing_from_being_filed(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    closes = sheet.round.closes_at
    ready = proved(drafted(sheet, importer, at, {}), importer, at)
    certified(ready, importer, closes)
    worked_on(ready, closes + timedelta(hours=2))
    assert Petition.objects.get().submitted_at == closes


def test_nothing_is_certified_after_the_window_or_by_a_stranger_or_unread(
    sheet: BulkSheet, importer: User, rival: User, at: datetime
) -> None:
    with pytest.raises(Incomplete, match=NO_DRAFTS):
        proved(taken_in(sheet, table_of(sheet.round, {}), importer, at), importer, at)
    ready = accepted(sheet, ALL, importer, at)
    with pytest.raises(Incomplete, match=NONE_READY[:30]):
        certified(ready, importer, at)
    ready = proved(ready, importer, at)
    how = {"certified": CERTIFIED, "was_read": True, "seen": ready.revision, "by": importer, "at": at}
    with pytest.raises(WrongState, match="window"):
        certify_drafts(ready, **{**how, "at": sheet.round.closes_at + timedelta(seconds=1)})
    with pytest.raises(NotPermitted):
        certify_drafts(ready, **{**how, "by": rival})
    with pytest.raises(Incomplete) as refused:
        certify_drafts(ready, **{**how, "certified": {}, "was_read": False})
    assert refused.value.fields["was_read"] == [NOT_READ]
    assert len(refused.value.fields["certified"]) == len(CERTIFIED)
    with pytest.raises(Conflict, match=SEEN_BEFORE):
        certify_drafts(ready, **{**how, "seen": ready.revision - 1})
    assert not BulkCertificate.objects.exists()


def test_a_draft_with_errors_or_changed_since_its_check_is_left_out_by_name(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    names = ("Slabs", "Tiles", "Panels")
    found = drafted(sheet, importer, at, *({"product_name": name} for name in names))
    save_answers(draft_named(sheet, "Slabs"), by=importer, at=at, answers={"hts10": ""})
    found = proved(found, importer, at)
    assert (progress_now(found).ready, progress_now(found).failed) == (2, 1)
    save_answers(draft_named(sheet, "Tiles"), by=importer, at=at, answers={"product_function": "Floors."})
    assert (progress_now(found).ready, progress_now(found).unchecked) == (1, 1)
    given = certified(found, importer, at)
    assert sorted(given.left_out) == ["Slabs", "Tiles"]
    done = worked_on(found, at)
    assert Petition.objects.get(status=Status.SUBMITTED).product_name == "Panels"
    save_answers(draft_named(sheet, "Slabs"), by=importer, at=at, answers={"hts10": "6810.99.0010"})
    certified(proved(done, importer, at), importer, at)
    worked_on(done, at)
    assert Petition.objects.filter(status=Status.SUBMITTED).count() == 3
    assert BulkCertificate.objects.count() == 2


def test_a_draft_changed_or_deleted_after_the_certificate_is_not_filed(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    names = ("Slabs", "Tiles", "Panels")
    found = proved(drafted(sheet, importer, at, *({"product_name": name} for name in names)), importer, at)
    certified(found, importer, at)
    save_answers(draft_named(sheet, "Slabs"), by=importer, at=at, answers={"product_function": "Floors."})
    delete_draft(draft_named(sheet, "Tiles"), by=importer, at=at)
    with pytest.raises(WrongState, match=BEING_FILED):
        delete_sheet(found, by=importer, at=at)
    done = worked_on(found, at)
    assert Petition.objects.get(status=Status.SUBMITTED).product_name == "Panels"
    assert [row.left_out for row in done.rows.order_by("number")] == [[CHANGED], [DELETED], []]
    assert Notification.objects.get(template="filed_together").context["left"] == 2


def test_a_draft_that_was_filed_alone_meanwhile_is_filed_once(sheet: BulkSheet, importer: User, at: datetime) -> None:
    found = proved(drafted(sheet, importer, at, {}), importer, at)
    certified(found, importer, at)
    alone = submit(Petition.objects.get(), by=importer, at=at, certified=CERTIFIED)
    done = worked_on(found, at)
    assert Petition.objects.get().reference == alone.reference
    assert done.rows.get().left_out
    assert Event.objects.filter(kind="submit").count() == 1


def test_a_certificate_is_never_changed(sheet: BulkSheet, importer: User, at: datetime) -> None:
    given = certified(proved(drafted(sheet, importer, at, {}), importer, at), importer, at)
    assert given.certificate.sha256 == BulkCertificate.objects.get().digest()
    with pytest.raises(DatabaseError, match="append-only"):
        BulkCertificate.objects.update(sha256="")


@pytest.mark.django_db(transaction=True)
def test_each_petition_is_filed_once_wherever_the_work_was_killed(
    importer: User, meadowlark: Organization, list3: Round, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "AT_ONCE", 2)
    rows = [{"product_name": f"Slab {number}"} for number in range(3)]
    for turn in count():
        statements = 1 + 3 * turn
        sheet = make_sheet(list3, meadowlark, importer, at)
        found = proved(drafted(sheet, importer, at, *rows), importer, at)
        certified(found, importer, at)
        was_killed = killed_in(partial(work_on, found, at=at, seconds=60), statements)
        done = worked_on(found, at + LEASE)
        filed = Petition.objects.filter(pk__in=done.rows.values("petition"), status=Status.SUBMITTED)
        assert sorted(filed.values_list("product_name", flat=True)) == ["Slab 0", "Slab 1", "Slab 2"], statements
        submitted = Event.objects.filter(kind="submit", subject__in=[f"petition:{petition.pk}" for petition in filed])
        assert submitted.count() == 3, statements
        assert Notification.objects.filter(template="filed_together").count() == turn + 1, statements
        if not was_killed:
            break
    assert statements > 40


@pytest.mark.django_db(transaction=True)
def test_each_draft_is_checked_wherever_the_check_was_killed(
    importer: User, meadowlark: Organization, list3: Round, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "AT_ONCE", 1)
    sheet = drafted(make_sheet(list3, meadowlark, importer, at), importer, at, {}, {"product_name": ""})
    for statements in count(1, 2):
        sheet.rows.update(proved_revision=None, passed=False)
        check_drafts(sheet, by=importer, at=at)
        was_killed = killed_in(partial(work_on, sheet, at=at, seconds=60), statements)
        done = worked_on(sheet, at + LEASE)
        assert (progress_now(done).ready, progress_now(done).failed) == (1, 1), statements
        if not was_killed:
            break
    assert statements > 10


def test_a_sheet_is_kept_while_a_draft_may_be_certified_and_thirty_days_after_the_last_was_filed(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    found = proved(drafted(sheet, importer, at, {}), importer, at)
    run_clock(at=at + timedelta(days=31))
    assert BulkSheet.objects.exists()
    certified(found, importer, at + timedelta(days=31))
    worked_on(found, at + timedelta(days=31))
    run_clock(at=at + timedelta(days=60))
    assert BulkSheet.objects.exists()
    run_clock(at=at + timedelta(days=61))
    assert not BulkSheet.objects.exists()
    assert BulkCertificate.objects.count() == Petition.objects.count() == 1


def test_a_sheet_of_which_no_row_became_a_draft_is_deleted_after_the_window(
    sheet: BulkSheet, importer: User, at: datetime
) -> None:
    run_clock(at=sheet.round.closes_at + timedelta(days=29))
    assert BulkSheet.objects.exists()
    run_clock(at=sheet.round.closes_at + timedelta(days=30))
    assert not BulkSheet.objects.exists()
