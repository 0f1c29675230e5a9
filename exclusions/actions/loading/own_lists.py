"""The lines of a list, brought by file: looked at, and proposed for the list by an administrator."""

import tempfile
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path, PurePath
from typing import BinaryIO

from exclusions.actions.rounds.versions import refuse_unless_administrator, tell_owners
from exclusions.errors import Incomplete
from exclusions.gateways.rows import BadRow, UnreadableFile
from exclusions.gateways.tariff.own_list import OwnLine, read_own_list
from exclusions.models import ActionRate, CoveredLine, Round, TariffAction, User


@dataclass(frozen=True)
class Preview:
    """What a file would add to a list: new lines, how many are on it already, what is wrong, what was mended; its name
    and SHA-256, by which the proposal names it.
    """

    new: list[OwnLine]
    known: int
    bad: list[BadRow]
    notices: list[str]
    file: str
    sha256: str


def preview_lines(action: TariffAction, *, upload: BinaryIO, name: str, by: User) -> Preview:
    """Read a CSV or XLSX file of lines for a list, and write nothing. Raises NotPermitted, Incomplete."""
    headings = headings_of(action)
    if not headings:
        refuse_unless_administrator(by)
        raise Incomplete(fields={"file": [f"{action} has no rate and no heading yet. Enter its rates first."]})
    return read_lines(
        upload=upload, name=name, headings=headings, first_day=_first_day(action), on_file=_on_file(action), by=by
    )


def read_lines(
    *,
    upload: BinaryIO,
    name: str,
    headings: Sequence[str],
    first_day: date | None,
    on_file: Set[tuple[str, str, bool]] = frozenset(),
    by: User,
) -> Preview:
    """Read a file of lines for a list with these headings (plain) and this first day; `on_file` are those on it.

    Raises NotPermitted, and Incomplete for what is no such file.
    """
    refuse_unless_administrator(by)
    plain = plain_name(name)
    content = upload.read()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / plain
        path.write_bytes(content)
        try:
            table = read_own_list(path, headings=headings, first_day=first_day)
        except UnreadableFile as error:
            raise Incomplete(fields={"file": [str(error)]}) from error
    new = [line for line in table.lines if (line.number, line.heading, line.included) not in on_file]
    known = len(table.lines) - len(new)
    return Preview(new, known, table.bad, table.notices, plain, sha256(content).hexdigest())


def plain_name(name: str) -> str:
    """Return the name of a file that was sent as it is kept: its last part, in letters, digits and "-_."."""
    return (
        "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in PurePath(name).name)[-80:]
        or "file"
    )


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


def _on_file(action: TariffAction) -> set[tuple[str, str, bool]]:
    return set(CoveredLine.objects.filter(action=action).values_list("number", "heading", "included"))
