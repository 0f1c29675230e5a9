"""The work on the rows of a sheet, in slices: by a worker, by the clock, or by whoever looks at how far it is.

What is to be done stands in the database: rows that wait, and a lease, so that two do not do the same. A lease that
nobody gave back has an end: whoever was at it is gone, and the next one goes on.
"""

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from exclusions.actions.bulk_sheets.drafting import make_some_drafts
from exclusions.actions.bulk_sheets.file_reading import FileReader, NotNow
from exclusions.actions.bulk_sheets.filing import Filer
from exclusions.actions.bulk_sheets.judging import Judge
from exclusions.actions.bulk_sheets.leaks import note_leaks, stated_in
from exclusions.actions.bulk_sheets.likes import FIELDS, Likener
from exclusions.actions.bulk_sheets.proving import Prover
from exclusions.models import BulkRow, BulkSheet

TASK = "exclusions.bulk_sheets"  # by which the queue is asked for this work
SLICE = 2.0  # seconds
LEASE = timedelta(seconds=60)
AT_ONCE = 25  # rows that are checked between two looks at the clock


def sheets_wait() -> bool:
    """Say whether rows of any sheet wait."""
    return BulkSheet.objects.at_work().exists()


def work_on_sheets(*, at: datetime, seconds: float = SLICE) -> int:
    """Work on each sheet whose rows wait, the oldest first, a slice each; return how many were worked on."""
    keys = list(BulkSheet.objects.at_work().order_by("made_at", "pk").values_list("pk", flat=True))
    return sum(work_on(BulkSheet(pk=key), at=at, seconds=seconds) for key in keys)


def work_on(sheet: BulkSheet, *, at: datetime, seconds: float = SLICE) -> bool:
    """Work on the rows of one sheet for at most so many seconds, unless somebody else does; return whether it did."""
    ends = at + LEASE
    free = Q(leased_until__isnull=True) | Q(leased_until__lte=at)
    if not BulkSheet.objects.at_work().filter(free, pk=sheet.pk).update(leased_until=ends):
        return False
    until = time.monotonic() + seconds
    found = BulkSheet.objects.select_related("round", "organization", "filer_organization", "made_by", "wanted_by")
    held = found.get(pk=sheet.pk)
    try:
        with ExitStack() as opened:
            step = STEPS[held.state](held, at, opened)
            while step() and time.monotonic() < until:
                pass
    except NotNow:  # the lease stays: it is tried again once that has ended
        return True
    except BaseException:
        _give_back(sheet, ends)
        raise
    _give_back(sheet, ends)
    return True


def _give_back(sheet: BulkSheet, ends: datetime) -> None:
    BulkSheet.objects.filter(pk=sheet.pk, leased_until=ends).update(leased_until=None)


def _reading(sheet: BulkSheet, at: datetime, opened: ExitStack) -> Callable[[], bool]:
    return FileReader(sheet, at, opened).read_some


def _drafting(sheet: BulkSheet, at: datetime, opened: ExitStack) -> Callable[[], bool]:
    return lambda: make_some_drafts(sheet, at=at)


def _checking(sheet: BulkSheet, at: datetime, opened: ExitStack) -> Callable[[], bool]:
    judge = Judge(sheet, at)
    likener = Likener(sheet, judge)
    return lambda: _check_some(sheet, judge, likener)


def _proving(sheet: BulkSheet, at: datetime, opened: ExitStack) -> Callable[[], bool]:
    return Prover(sheet, at).prove_some


def _filing(sheet: BulkSheet, at: datetime, opened: ExitStack) -> Callable[[], bool]:
    return Filer(sheet, at).file_some


State = BulkSheet.State
STEPS: dict[str, Callable[[BulkSheet, datetime, ExitStack], Callable[[], bool]]] = {
    State.READING: _reading,
    State.CHECKING: _checking,
    State.DRAFTING: _drafting,
    State.PROVING: _proving,
    State.FILING: _filing,
}


def _check_some(sheet: BulkSheet, judge: Judge, likener: Likener) -> bool:
    """Check some rows; return whether to go on. What was found of rows that were changed meanwhile is dropped."""
    rows = list(sheet.rows.filter(state=BulkRow.State.WAITING).order_by("number")[:AT_ONCE])
    stated = stated_in(rows)
    judged = {row.pk: judge.judged(row, stated.get(row.pk, frozenset())) for row in rows}
    for row in rows:
        row.faults = judged[row.pk].faults
        is_wrong = any(fault["level"] == "error" for fault in row.faults)
        row.state = BulkRow.State.WRONG if is_wrong else BulkRow.State.VALID
    likener.note(rows)
    with transaction.atomic():
        same = BulkSheet.objects.select_for_update().filter(
            pk=sheet.pk, revision=sheet.revision, state=BulkSheet.State.CHECKING
        )
        if not same.exists():
            return False
        BulkRow.objects.bulk_update(rows, ["faults", "state", *FIELDS])
        note_leaks(rows, judged)
        if len(rows) < AT_ONCE:
            same.update(state=BulkSheet.State.CHECKED)
    return len(rows) == AT_ONCE
