"""A bulk sheet as its owners begin it, answer the company's part, correct proposed numbers, and delete it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions.actions.bulk_sheets.likes import compare_anew
from exclusions.actions.bulk_sheets.row_files import files_of_sheet
from exclusions.actions.filing.known import known_before
from exclusions.actions.filing.petitions import must_be_let_file, must_be_open
from exclusions.actions.record.files import erase_unnamed
from exclusions.errors import Conflict, NotPermitted, WrongState
from exclusions.facts.forms import petition_form
from exclusions.models import AccessLog, BulkRow, BulkSheet, Organization, Round, User
from exclusions.permissions import lapse_refusal
from exclusions.permissions.importer.bulk_rows import part_in_sheet
from exclusions.questionnaires import Kind
from exclusions.questionnaires.sheet_columns import company_step
from exclusions.workflow.roles import Role

NOT_YOURS = "Only the requester, or the firm it authorized, may change this sheet."
AT_WORK = "The rows of this sheet are becoming drafts right now. Wait until that has ended."
BEING_FILED = "The petitions of this sheet are being filed right now. Wait until that has ended."
TWO_WINDOWS = "The company’s part was changed in another window or by someone else after you opened it."


def begin_sheet(
    *, round: Round, organization: Organization, filer_organization: Organization | None = None, by: User, at: datetime
) -> BulkSheet:
    """Begin a sheet of petitions of one requester in one round, with what is known of the company; return it.

    Raises as the start of a single petition does.
    """
    must_be_let_file(organization, filer_organization, by, at, round)
    must_be_open(round, at)
    form = petition_form(round)
    known = known_before(form, organization, filer_organization, by)
    return BulkSheet.objects.create(
        round=round,
        organization=organization,
        filer_organization=filer_organization,
        made_by=by,
        made_at=at,
        company=form.clean({key: known[key] for key in company_keys(round) if key in known}),
    )


def company_keys(round: Round) -> list[str]:
    """Return the keys of the questions that are answered once for all rows of a sheet."""
    form = petition_form(round)
    return [q.key for q in form.on_step(company_step(form)) if q.kind not in (Kind.FILES, Kind.CERTIFY)]


def save_company(
    sheet: BulkSheet, *, answers: Mapping[str, Any], revision: int | None = None, by: User, at: datetime
) -> BulkSheet:
    """Save the company's part of a sheet; its rows are then checked anew, since they are judged with it. Return it.

    An empty value takes an answer away. Raises NotPermitted for anybody but the owners, Conflict where the sheet has
    moved on from `revision`, WrongState while drafts are being made.
    """
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        form = petition_form(locked.round)
        keys = company_keys(locked.round)
        given = {key: value for key, value in answers.items() if key in keys}
        company = form.clean({**locked.company, **given})
        if company == locked.company:
            return locked
        if revision is not None and revision != locked.revision:
            raise Conflict(TWO_WINDOWS)
        locked.company = company
        check_anew(locked)
        locked.save(update_fields=["company", "state", "revision"])
    return locked


def lock_sheet(sheet: BulkSheet, *, by: User, at: datetime) -> BulkSheet:
    """Return the sheet, locked, of which nothing is being made. Raises NotPermitted, WrongState."""
    rows = BulkSheet.objects.select_related("round", "organization", "filer_organization", "made_by")
    found = rows.select_for_update(of=("self",)).filter(pk=sheet.pk).order_by("pk").first()
    if found is None:
        raise WrongState("This sheet was deleted.")
    if part_in_sheet(by, found, at) is None:
        raise NotPermitted(lapse_refusal(by, found.draft(), at) or NOT_YOURS)
    if found.state == BulkSheet.State.DRAFTING:
        raise WrongState(AT_WORK)
    if found.state == BulkSheet.State.FILING:
        raise WrongState(BEING_FILED)
    return found


def check_anew(locked: BulkSheet) -> None:
    """Let the rows that are no drafts yet be checked again; the caller saves the sheet."""
    waiting = locked.rows.filter(drafted_at__isnull=True)
    if waiting.update(state=BulkRow.State.WAITING, faults=[]):
        to_be_checked(locked)
    locked.revision += 1


def to_be_checked(locked: BulkSheet) -> None:
    """Let the rows that wait be checked, once documents that are being read are; the caller saves the sheet."""
    if locked.state != BulkSheet.State.READING:
        locked.state = BulkSheet.State.CHECKING


def use_proposed(sheet: BulkSheet, *, by: User, at: datetime) -> int:
    """Put each number that is proposed in the place of what a spreadsheet program made of it; return how many.

    The filer confirms them so; the rows concerned are checked anew. Raises as `save_company` does.
    """
    done = 0
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        places = {name: place for place, name in enumerate(locked.headings)}
        changed = []
        for row in locked.rows.filter(state=BulkRow.State.WRONG, drafted_at__isnull=True).order_by("number"):
            proposed = [fault for fault in row.faults if fault["proposal"] and fault["heading"] in places]
            for fault in proposed:
                row.cells[places[fault["heading"]]] = fault["proposal"]
            if proposed:
                done += len(proposed)
                row.state, row.faults = BulkRow.State.WAITING, []
                changed.append(row)
        if changed:
            compare_anew(locked, changed)
            fields = ["cells", "state", "faults", "name_key", "like_line"]
            BulkRow.objects.bulk_update(changed, fields, batch_size=500)
            to_be_checked(locked)
            locked.revision += 1
            locked.save(update_fields=["state", "revision"])
    return done


def delete_sheet(sheet: BulkSheet, *, by: User, at: datetime) -> None:
    """Delete a sheet with its rows and ZIPs, whatever became of them: the drafts stay, with their documents.

    Raises NotPermitted, WrongState.
    """
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        erase_unnamed(files_of_sheet(locked))
        locked.delete()


def note_fetched(sheet: BulkSheet, *, role: Role, by: User, at: datetime) -> AccessLog:
    """Note that a person fetched the marked sheet, before it is sent; where that fails, nothing is sent."""
    return AccessLog.objects.create(subject=f"bulk_sheet:{sheet.pk}", what="marked bulk sheet", by=by, role=role, at=at)


def forget_sheets(*, at: datetime) -> int:
    """Delete the sheets of which nothing is left to do, since thirty days; return how many."""
    keys = list(BulkSheet.objects.kept_long_enough(at).order_by("made_at", "pk").values_list("pk", flat=True))
    for key in keys:
        with transaction.atomic():
            held = BulkSheet.objects.select_for_update().kept_long_enough(at).filter(pk=key).order_by("pk").first()
            if held is not None:
                erase_unnamed(files_of_sheet(held))
                held.delete()
    return len(keys)
