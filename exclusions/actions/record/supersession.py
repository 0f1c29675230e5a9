"""How a published text or term changes: by a new row that takes the place of the old one, which stays as it was."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from exclusions.models import ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.wording.named_numbers import named_numbers

Row = TypeVar("Row", bound=ExclusionTerm | ExclusionText)


def successor(row: Row, *, at: datetime, corrected_by: str = "") -> Row:
    """Return a new row, not saved, with what was set on `row`, which it supersedes.

    `row` was read from the database, changed in memory, and given the `reason` of the change; it must not be saved
    itself: the database would refuse. `corrected_by` names who proposed it, where it is a correction.
    """
    values = {field.attname: getattr(row, field.attname) for field in row._meta.local_concrete_fields}
    values |= {"id": None, "supersedes_id": row.pk, "recorded_at": at, "reason": row.reason[:1000]}
    values["corrected_by"] = corrected_by
    if isinstance(row, ExclusionText):
        values["revision"] = row.revision + 1
    return type(row)(**values)


def write_numbers(texts: Iterable[ExclusionText], *, batch_size: int | None = None) -> None:
    """Write the statistical numbers that new texts name."""
    rows = [
        ExclusionNumber(text=text, number=named.number, valid_from=named.valid_from, valid_to=named.valid_to)
        for text in texts
        for named in named_numbers(text.text)
    ]
    ExclusionNumber.versions.bulk_create(rows, batch_size=batch_size)
