"""The lines of a list, brought by file: looked at first, and put on the list once they are confirmed."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import BinaryIO

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.record.administration import record_administration
from exclusions.actions.rounds.versions import refuse_unless_administrator, tell_owners
from exclusions.errors import Incomplete
from exclusions.gateways.rows import BadRow, UnreadableFile
from exclusions.gateways.tariff.own_list import OwnLine, read_own_list
from exclusions.models import ActionRate, CoveredLine, Round, TariffAction, User

BATCH = 500


@dataclass(frozen=True)
class Preview:
    """What a file would add to a list: new lines, how many are on it already, what is wrong, what was mended."""

    new: list[OwnLine]
    known: int
    bad: list[BadRow]
    notices: list[str]


def preview_lines(action: TariffAction, *, upload: BinaryIO, name: str, by: User) -> Preview:
    """Read a CSV or XLSX file of lines for a list, and write nothing. Raises NotPermitted, Incomplete."""
    refuse_unless_administrator(by)
    headings = headings_of(action)
    if not headings:
        raise Incomplete(fields={"file": [f"{action} has no rate and no heading yet. Enter its rates first."]})
    plain = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in PurePath(name).name)[-80:]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (plain or "file")
        path.write_bytes(upload.read())
        try:
            table = read_own_list(path, headings=headings, first_day=_first_day(action))
        except UnreadableFile as error:
            raise Incomplete(fields={"file": [str(error)]}) from error
    new = _not_on(action, table.lines)
    return Preview(new, len(table.lines) - len(new), table.bad, table.notices)


def add_lines(action: TariffAction, *, lines: Sequence[OwnLine], source: str, by: User, at: datetime) -> int:
    """Put lines on a list, but those that are on it already; return how many were added. Raises NotPermitted.

    Those with a petition open in a round of the list are told.
    """
    refuse_unless_administrator(by)
    with transaction.atomic():
        one_load_at_a_time()
        new = _not_on(action, lines)
        rows = [
            CoveredLine(
                action=action,
                number=line.number,
                heading=line.heading,
                included=line.included,
                valid_from=line.valid_from,
                valid_to=line.valid_to,
                source=source.strip(),
            )
            for line in new
        ]
        bulk_create_with_history(rows, CoveredLine, batch_size=BATCH, default_user=by)
        if rows:
            told = [f"{len(rows)} lines"]
            record_administration("tariffaction", action.pk, "add_lines", by=by, at=at, fields=told)
            tell_of_list(action, f"{len(rows)} lines were put on {action}.", at=at)
    return len(rows)


def tell_of_list(action: TariffAction, text: str, *, at: datetime) -> None:
    """Tell those who have a petition open in a round of a list what was changed about the list."""
    for round in Round.objects.current().filter(actions=action).order_by("slug"):
        tell_owners(round, f"{round.title}: a list was changed", text, at=at)


def headings_of(action: TariffAction) -> list[str]:
    """Return the chapter 99 headings of a list's rates, in order."""
    return sorted(set(ActionRate.objects.filter(action=action).values_list("heading", flat=True)))


def _first_day(action: TariffAction) -> date | None:
    rates = ActionRate.objects.filter(action=action).values_list("valid_from", flat=True)
    return action.effective_on or rates.order_by("valid_from").first()


def _not_on(action: TariffAction, lines: Iterable[OwnLine]) -> list[OwnLine]:
    on_file = set(CoveredLine.objects.filter(action=action).values_list("number", "heading", "included"))
    return [line for line in lines if (line.number, line.heading, line.included) not in on_file]
