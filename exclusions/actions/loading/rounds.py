"""Loading rounds from a file. A round in which a petition was filed is not changed: it gets another version."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from exclusions.actions.loading.load_reports import LoadedFile, LoadReport
from exclusions.actions.rounds.orders import reopen_demonstration
from exclusions.actions.rounds.versions import COLUMNS, DAYS, Change, subject_of, vocabulary, write_round
from exclusions.errors import Incomplete
from exclusions.facts.rounds import round_in_force
from exclusions.gateways.tariff.rounds_file import SHIPPED, RoundRow, RoundsFileError, read_rounds
from exclusions.models import Proposal, Round, TariffAction, User
from exclusions.queries.public.rounds import window_state
from exclusions.queries.record.rounds import is_frozen
from exclusions.workflow.deadlines import eastern_date, end_of_day


def load_rounds(
    *, file: Path = SHIPPED, by: User | None = None, at: datetime, demo: bool = True, despite_two: bool = False
) -> LoadReport:
    """Write the rounds of a TOML file and return what that changed; loading the same file again changes nothing.

    Without `demo` the file's demonstration rounds are left out, and those on file go unless somebody began a petition
    in them or commented on them: nobody is to find a fictional round open where real petitions are filed.

    A round whose window is relative is placed at `at` when it is new or its window has closed, and stays where it is
    while it is open. Rounds that the file does not name are left alone. Raises Incomplete with every mistake of the
    file as a sentence, and for other dates than two administrators confirmed, unless `despite_two`; then it writes
    nothing.
    """
    if not TariffAction.objects.exists():
        raise Incomplete("The tariff actions are not loaded. Load them first: python manage.py load_shipped.")
    try:
        rows = read_rounds(file, vocabulary())
    except RoundsFileError as error:
        raise Incomplete(*error.sentences) from error
    wanted = [row for row in rows if demo or not row.is_demo]
    with transaction.atomic():
        read = {"file": file.name, "sha256": LoadedFile.read(file, at).sha256}
        outcomes = [_write(row, read, by, at, despite_two) for row in wanted]
        ended = 0 if demo else sum(_remove(row.slug) for row in rows if row.is_demo)
    return LoadReport(len(rows), outcomes.count("added"), outcomes.count("changed"), ended)


def _remove(slug: str) -> int:
    """Delete a demonstration round in which nothing was ever begun; return how many were deleted."""
    versions = Round.objects.filter(slug=slug, is_demo=True)
    try:
        with transaction.atomic():
            return int(versions.exists() and bool(versions.delete()))
    except ProtectedError:
        return 0


def _write(row: RoundRow, file: dict[str, str], by: User | None, at: datetime, despite_two: bool) -> str:
    """Write one row and return "added", "changed" or "same"."""
    name = file["file"]
    current = round_in_force(row.slug)
    wanted = columns_of(row, _opening(row, current, at))
    if current is not None and row.is_relative and window_state(current, at) == "open":
        wanted["closes_at"] = current.closes_at
    if current is not None and not (despite_two or current.is_demo):
        _refuse_what_two_confirmed(current, wanted, name)
    moved = current is not None and (current.opens_at, current.closes_at) != (wanted["opens_at"], wanted["closes_at"])
    if current is not None and moved and row.is_relative and is_frozen(current):
        window = wanted["opens_at"], wanted["closes_at"]
        current = reopen_demonstration(current, *window, citation=row.citation, by=by, at=at)
    change = Change(
        row.slug, wanted, tuple(row.actions), reason=f"Loaded from {name}.", authority=row.citation, file=file
    )
    try:
        _, outcome = write_round(current, change, by=by, at=at)
    except Incomplete as refused:
        said = [f'{name}, round "{row.slug}", {key}: {" ".join(group)}' for key, group in refused.fields.items()]
        raise Incomplete(*(said or refused.reasons)) from refused
    return "changed" if moved and outcome == "same" else outcome


def _refuse_what_two_confirmed(round: Round, wanted: dict[str, Any], name: str) -> None:
    """Raise Incomplete where a file has other dates than two administrators confirmed for the round."""
    others = [column for column in DAYS if getattr(round, column) != wanted[column]]
    confirmed = Proposal.objects.filter(act="change_dates", subject=subject_of(round), outcome="confirmed")
    if others and confirmed.exists():
        raise Incomplete(
            f'{name}, round "{round.slug}": two administrators confirmed its dates, and the file has others '
            f"({', '.join(others)}). Correct the file, or load it with --despite-two."
        )


def _opening(row: RoundRow, current: Round | None, at: datetime) -> datetime:
    """Return when the window opens: as the file says, or as it stands, or at the start of a day counted from `at`."""
    if row.opens_at is not None:
        return row.opens_at
    if current is not None and window_state(current, at) == "open":
        return current.opens_at
    first_day = eastern_date(at) - timedelta(days=row.opens_days_ago or 0)
    return end_of_day(first_day).replace(hour=0, minute=0)


def columns_of(row: RoundRow, opens_at: datetime) -> dict[str, Any]:
    """Return the columns of a round whose window opens then; headings are stored without dots."""
    opening_day = eastern_date(opens_at)
    years = {
        "year": opening_day.year,
        "year_before": opening_day.year - 1,
        "two_years_before": opening_day.year - 2,
    }
    columns = {name: getattr(row, name) for name in COLUMNS}
    columns["heading"] = row.heading.replace(".", "")
    columns["purchase_periods"] = [period.format(**years) for period in row.purchase_periods or []]
    for name in ("eligible_chapters", "eligible_subheadings", "list_headings"):
        columns[name] = getattr(row, name) or []
    columns["opens_at"] = opens_at
    if row.is_relative:
        total = (row.opens_days_ago or 0) + (row.closes_in_days or 0)
        columns["closes_at"] = end_of_day(opening_day + timedelta(days=total))
    if columns["retroactive_rule"] == Round.Retroactive.FIXED and row.retroactive_from is None:
        columns["retroactive_from"] = opening_day
    return columns
