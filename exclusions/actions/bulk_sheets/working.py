"""The work on the rows of a sheet, in slices: by a worker, by the clock, or by whoever looks at how far it is.

What is to be done stands in the database: rows that wait, and a lease, so that two do not do the same. A lease that
nobody gave back has an end: whoever was at it is gone, and the next one goes on.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from exclusions.actions.bulk_sheets.drafting import make_some_drafts
from exclusions.actions.bulk_sheets.judging import Judge
from exclusions.models import BulkRow, BulkSheet

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
    step = _checking(held, at) if held.state == BulkSheet.State.CHECKING else _drafting(held, at)
    try:
        while step() and time.monotonic() < until:
            pass
    finally:
        BulkSheet.objects.filter(pk=sheet.pk, leased_until=ends).update(leased_until=None)
    return True


def _drafting(sheet: BulkSheet, at: datetime) -> Callable[[], bool]:
    return lambda: make_some_drafts(sheet, at=at)


def _checking(sheet: BulkSheet, at: datetime) -> Callable[[], bool]:
    judge = Judge(sheet, at)
    return lambda: _check_some(sheet, judge)


def _check_some(sheet: BulkSheet, judge: Judge) -> bool:
    """Check some rows; return whether to go on. What was found of rows that were changed meanwhile is dropped."""
    rows = list(sheet.rows.filter(state=BulkRow.State.WAITING).order_by("number")[:AT_ONCE])
    for row in rows:
        row.faults = judge.faults(row)
        is_wrong = any(fault["level"] == "error" for fault in row.faults)
        row.state = BulkRow.State.WRONG if is_wrong else BulkRow.State.VALID
    with transaction.atomic():
        same = BulkSheet.objects.select_for_update().filter(
            pk=sheet.pk, revision=sheet.revision, state=BulkSheet.State.CHECKING
        )
        if not same.exists():
            return False
        BulkRow.objects.bulk_update(rows, ["faults", "state"])
        if len(rows) < AT_ONCE:
            same.update(state=BulkSheet.State.CHECKED)
    return len(rows) == AT_ONCE
