"""What to do on a site that was put back to an earlier hour: no number is given twice."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from exclusions.actions.record.events import record_event
from exclusions.errors import Incomplete
from exclusions.models import Notification, ReferenceSequence, Round
from exclusions.queries.record.mail_due import MOST_ATTEMPTS

MOST_SKIPPED = 100_000
LAST = 999_999  # references have six digits


def skip_references(*, count: int, past: Sequence[str], at: datetime) -> dict[str, tuple[int, int]]:
    """Have each docket go on after so many numbers more, and after the references named; return {docket: (from, to)}.

    Numbers that were given after the copy stand in receipts and mails of people. It is on record. Raises Incomplete for
    a count out of bounds, for what is no reference of a docket of ours, and where a docket would run out of numbers.
    """
    if not 0 <= count <= MOST_SKIPPED:
        raise Incomplete(f"{count} numbers cannot be left out at once. Give a number from 0 to {MOST_SKIPPED:,}.")
    dockets = sorted(set(Round.objects.order_by().values_list("docket", flat=True)))
    named = [_read(reference, dockets) for reference in past]
    moved: dict[str, tuple[int, int]] = {}
    with transaction.atomic():
        for docket in dockets:
            before = ReferenceSequence.objects.select_for_update().get_or_create(docket=docket)[0].last
            after = max([before + count, *(number for of, number in named if of == docket)])
            if after > LAST:
                raise Incomplete(f"Docket {docket} would have no numbers left after {after:,}. Leave out fewer.")
            if after == before:
                continue
            ReferenceSequence.objects.filter(docket=docket).update(last=after)
            data = {"from": before, "to": after}
            record_event(f"docket:{docket}", "references_left_out", by=None, at=at, data=data)
            moved[docket] = (before, after)
    return moved


def hold_what_waits() -> int:
    """Have nobody send what waits in the outbox, as if it were given up; return how many. `resend_mail` lets it go."""
    waiting = Notification.objects.filter(sent_at__isnull=True, attempts__lt=MOST_ATTEMPTS)
    return waiting.update(attempts=MOST_ATTEMPTS, last_error="held after a restore")


def _read(reference: str, dockets: Sequence[str]) -> tuple[str, int]:
    docket, _, digits = reference.strip().rpartition("-")
    if docket not in dockets or not (digits.isascii() and digits.isdigit() and len(digits) == 6):
        raise Incomplete(f"“{reference}” is no reference of a docket here. Write it as USTR-2019-0005-012345.")
    return docket, int(digits)
