"""What was stated of leaks, carried over to the same rows of a table that is sent again, corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from exclusions.facts.forms import petition_form
from exclusions.models import BulkLeak, BulkRow, BulkSheet
from exclusions.permissions.importer.bulk_rows import answers_in_row, cells_of
from exclusions.questionnaires.sheet_columns import ROW


@dataclass(frozen=True)
class StatedBefore:
    """A statement with the filer's name of its row, and the public answer that it was about."""

    row: str
    leak: BulkLeak = field(repr=False)
    answer: Any = field(repr=False)


def statements_before(sheet: BulkSheet) -> list[StatedBefore]:
    """Return what was stated of the rows that a sheet has, before they are replaced. One statement."""
    form = petition_form(sheet.round)
    leaks = BulkLeak.objects.stated().filter(row__sheet=sheet).select_related("row").order_by("pk")
    return [
        StatedBefore(_name(sheet, one.row), one, answers_in_row(form, sheet, one.row).get(one.place)) for one in leaks
    ]


def carry_over(sheet: BulkSheet, rows: Sequence[BulkRow], before: Sequence[StatedBefore]) -> None:
    """Keep statements for the rows of a new table that have the name of the old row and the very same public answer.

    Others are asked about anew. Where the confidential value is another one by now, the check drops the statement.
    """
    if not before:
        return
    form, named = petition_form(sheet.round), dict[str, list[BulkRow]]()
    for row in rows:
        named.setdefault(_name(sheet, row), []).append(row)
    BulkLeak.objects.bulk_create(
        BulkLeak(
            row=named[old.row][0],
            leak=old.leak.leak,
            place=old.leak.place,
            message=old.leak.message,
            excerpt=old.leak.excerpt,
            statement=old.leak.statement,
            stated_by_id=old.leak.stated_by_id,
            stated_at=old.leak.stated_at,
        )
        for old in before
        if old.row
        and len(named.get(old.row, ())) == 1
        and answers_in_row(form, sheet, named[old.row][0]).get(old.leak.place) == old.answer
    )


def _name(sheet: BulkSheet, row: BulkRow) -> str:
    return cells_of(sheet, row).get(ROW, "")
