"""Leaks in the rows of a sheet: noted as rows are checked, settled by one statement, kept on each draft's record."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from exclusions.actions.bulk_sheets.judging import Judged
from exclusions.actions.bulk_sheets.proving import BUSY
from exclusions.actions.bulk_sheets.sheets import lock_sheet
from exclusions.actions.filing.confidentiality import NO_STATEMENT, NOTHING_THERE
from exclusions.actions.record.events import petition_subject, record_event
from exclusions.errors import Conflict, Incomplete, WrongState
from exclusions.models import BulkLeak, BulkRow, BulkSheet, LeakSettlement, Petition, User

NAMED = 10  # lines that a sentence names
NO_ROWS = "Choose the rows in which everyone may read it."
OTHER_ROWS = "The table or the company’s part was changed after you opened this page. Read the rows again."


def stated_in(rows: Collection[BulkRow]) -> dict[int, frozenset[str]]:
    """Return the leaks that were settled, by the key of their row. One statement."""
    found: dict[int, set[str]] = {}
    for row, leak in BulkLeak.objects.stated().filter(row__in=rows).values_list("row_id", "leak"):
        found.setdefault(row, set()).add(leak)
    return {row: frozenset(leaks) for row, leaks in found.items()}


def note_leaks(rows: Collection[BulkRow], judged: Mapping[int, Judged]) -> None:
    """Keep the leaks that were found in rows; what a row no longer has goes, with what was stated of it.

    So a value that changes is asked about anew. Call it in the transaction that writes what was found.
    """
    left = BulkLeak.objects.filter(row__in=rows)
    kept = [
        one.pk
        for one in left.stated().only("row_id", "leak")
        if one.leak in judged[one.row_id].stated  # it still stands there
    ]
    left.exclude(pk__in=kept).delete()
    BulkLeak.objects.bulk_create(
        BulkLeak(row=row, leak=remark.leak, place=remark.key, message=remark.message, excerpt=remark.excerpt)
        for row in rows
        for remark in judged[row.pk].leaks
    )


def settle_rows(
    sheet: BulkSheet, *, leak: str, lines: Collection[int], statement: str, seen: int, by: User, at: datetime
) -> int:
    """Record for each of these rows why everyone may read a value in a public answer; return in how many.

    `leak` names value and question, `lines` the rows by their numbers, `seen` is the revision of the sheet that was
    read. All of them are settled or none. Raises NotPermitted for anybody but the owners, Incomplete by field without a
    statement, without rows, or where a row has no such leak, Conflict where the rows are others by now, WrongState
    while work is under way.
    """
    fields = {"statement": [] if statement.strip() else [NO_STATEMENT], "rows": [] if lines else [NO_ROWS]}
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        if any(fields.values()):
            raise Incomplete(fields={name: said for name, said in fields.items() if said})
        if seen != locked.revision:
            raise Conflict(OTHER_ROWS)
        if locked.state != BulkSheet.State.CHECKED:
            raise WrongState(BUSY)
        wanted = set(lines)
        found = list(BulkLeak.objects.unsettled(locked).filter(leak=leak).select_related("row").order_by("row__number"))
        found = [one for one in found if one.row.number in wanted]
        if missing := sorted(wanted - {one.row.number for one in found}):
            raise Incomplete(fields={"rows": [_not_there(missing)]})
        for one in found:
            one.statement, one.stated_by, one.stated_at = statement.strip(), by, at
        BulkLeak.objects.bulk_update(found, ["statement", "stated_by", "stated_at"], batch_size=500)
        _check_again(locked, [one.row for one in found])
    return len(found)


def _not_there(missing: Sequence[int]) -> str:
    named = ", ".join(map(str, missing[:NAMED])) + (" …" if len(missing) > NAMED else "")
    return f"Line {named}: {NOTHING_THERE}"


def _check_again(locked: BulkSheet, rows: Sequence[BulkRow]) -> None:
    """Let rows be checked again: behind what was settled another value may stand."""
    for row in rows:
        row.state, row.faults = BulkRow.State.WAITING, []
    BulkRow.objects.bulk_update(rows, ["state", "faults"], batch_size=500)
    locked.state = BulkSheet.State.CHECKING
    locked.save(update_fields=["state"])


def with_stated(rows: QuerySet[BulkRow]) -> QuerySet[BulkRow]:
    """Return rows that are read with what was stated of their leaks."""
    stated = BulkLeak.objects.stated().select_related("stated_by").order_by("pk")
    return rows.prefetch_related(Prefetch("leaks", stated, to_attr="stated_leaks"))


def keep_on_record(row: BulkRow, petition: Petition, *, at: datetime) -> None:
    """Keep what was stated of a row's leaks on the record of its draft, as the form keeps it, each by who stated it.

    `row` is read `with_stated`. Call it in the transaction that makes the draft.
    """
    stated: Sequence[BulkLeak] = row.stated_leaks  # type: ignore[attr-defined]  # read with it
    LeakSettlement.objects.bulk_create(
        LeakSettlement(
            petition=petition,
            leak=one.leak,
            place=one.place,
            statement=one.statement,
            stated_by=one.stated_by,
            stated_at=one.stated_at or at,
        )
        for one in stated
    )
    for one in stated:
        # The statement may quote the value: it stays in the private table, the chain holds the question's key.
        record_event(petition_subject(petition), "settle_leak", by=one.stated_by, at=at, data={"question": one.place})
