"""Rows of a sheet become drafts, each once: the row names its draft in the very transaction that begins it."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from exclusions.actions.bulk_sheets.judging import Judge
from exclusions.actions.bulk_sheets.leaks import keep_on_record, with_stated
from exclusions.actions.bulk_sheets.sheets import company_keys, lock_sheet
from exclusions.actions.filing.documents import attach_stored
from exclusions.actions.filing.petitions import begin, must_be_let_file, must_be_open, refuse_merged
from exclusions.errors import ActionRefused, Incomplete, WrongState
from exclusions.facts.forms import petition_form
from exclusions.facts.rounds import round_in_force
from exclusions.models import BulkRow, BulkSheet, Petition, Round, User
from exclusions.questionnaires.sheet_columns import form_digest

AT_ONCE = 20  # rows of one transaction
UNCHECKED = "The rows of this sheet are still being checked. Wait until that has ended."
COMPANY_FIRST = "The company’s part of this sheet is not complete. Complete it first: each draft begins with it."
NONE_LEFT = "There is no such row that is not a draft yet. Correct the rows with errors, or choose all rows."
NEW_FORM = "The form of the round changed after the rows were checked. Copy the rows into the template of a new sheet."
DRY_RUN = "This sheet was sent as a dry run: its rows never become drafts. Send the table again without dry_run."
GONE = "The round is no longer open. The rows stay here."


def accept_rows(sheet: BulkSheet, *, wanted: BulkSheet.Wanted, by: User, at: datetime) -> BulkSheet:
    """Let the rows without errors, or all of them, become drafts; return the sheet. The drafts are made in slices.

    Raises NotPermitted where the person may not file for the requester, WrongState while rows are being checked, out of
    the window or for a form that has changed, Incomplete without a company's part or where no such row is left.
    """
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        if locked.is_dry_run:
            raise WrongState(DRY_RUN)
        if locked.state != BulkSheet.State.CHECKED:
            raise WrongState(UNCHECKED)
        must_be_let_file(locked.organization, locked.filer_organization, by, at, locked.round)
        _round_now(locked, at)
        if Judge(locked, at).company_remarks():
            raise Incomplete(COMPANY_FIRST)
        locked.wanted, locked.wanted_by = wanted, by
        if not _left(locked).exists():
            raise Incomplete(NONE_LEFT)
        locked.state, locked.stopped = BulkSheet.State.DRAFTING, []
        locked.save(update_fields=["wanted", "wanted_by", "state", "stopped"])
    return locked


def make_some_drafts(sheet: BulkSheet, *, at: datetime) -> bool:
    """Make drafts of some rows in one transaction, a savepoint a row; return whether to go on.

    Where none can be made any more, all that were made stay, and the sheet says why.
    """
    with transaction.atomic():
        held = BulkSheet.objects.select_for_update(of=("self",)).filter(pk=sheet.pk, state=BulkSheet.State.DRAFTING)
        locked = (
            held.select_related("round", "organization", "filer_organization", "made_by", "wanted_by")
            .order_by("pk")
            .first()
        )
        if locked is None or locked.wanted_by is None:
            return False
        rows = list(with_stated(_left(locked)).order_by("number")[:AT_ONCE])
        said: list[str] = []
        if rows:
            said = _make(locked, rows, locked.wanted_by, at)
        if said or len(rows) < AT_ONCE:
            locked.state, locked.stopped = BulkSheet.State.CHECKED, said
        locked.save(update_fields=["state", "stopped", "last_draft_at"])
    return locked.state == BulkSheet.State.DRAFTING


def _make(locked: BulkSheet, rows: list[BulkRow], by: User, at: datetime) -> list[str]:
    """Make a draft of each row; return why no more could be made."""
    try:
        round = _round_now(locked, at)
        judge = Judge(locked, at)
        must_be_let_file(locked.organization, locked.filer_organization, by, at, round)
        nothing = dict.fromkeys(company_keys(round), "")  # what was left empty is not filled in from elsewhere
        for row in rows:
            with transaction.atomic():
                draft = Petition(
                    round=round, organization=locked.organization, filer_organization=locked.filer_organization
                )
                begin(draft, {**nothing, **judge.answers_of_draft(row)}, by=by, at=at)
                if row is rows[0]:  # behind the first one a merge waits
                    refuse_merged(locked.organization, locked.filer_organization)
                if files := judge.documents_of_draft(row):
                    attach_stored(draft, files, by=by, at=at)
                keep_on_record(row, draft, at=at)
                row.petition, row.drafted_at = draft, at
                row.save(update_fields=["petition", "drafted_at"])
            locked.last_draft_at = at
    except ActionRefused as refused:
        return refused.reasons or [str(refused)]
    return []


def _left(sheet: BulkSheet) -> QuerySet[BulkRow]:
    """Return the rows that are wanted and are no drafts yet."""
    found = sheet.rows.filter(drafted_at__isnull=True)
    return found if sheet.wanted == BulkSheet.Wanted.ALL else found.filter(state=BulkRow.State.VALID)


def _round_now(sheet: BulkSheet, at: datetime) -> Round:
    """Return the version of the round that takes petitions now. Raises WrongState."""
    now = round_in_force(sheet.round.slug)
    if now is None:
        raise WrongState(GONE)
    must_be_open(now, at)
    if form_digest(petition_form(now)) != form_digest(petition_form(sheet.round)):
        raise WrongState(NEW_FORM)
    return now
