"""Load editions of the HTSUS and lists of renumbered lines. Every load is one transaction and may be repeated."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from exclusions.actions.evidence import note_edition
from exclusions.actions.loading.line_history import Changes, Span
from exclusions.actions.loading.load_lock import one_load_at_a_time
from exclusions.actions.loading.load_reports import LoadReport
from exclusions.actions.loading.successions import find_in_editions
from exclusions.actions.store.bulk import insert_rows
from exclusions.errors import Conflict, Incomplete
from exclusions.gateways.tariff.hts_changes import LineChange
from exclusions.gateways.tariff.hts_edition import Edition, EditionLine
from exclusions.hts import dotted
from exclusions.models import HtsEdition, LineSuccession, TariffLine
from exclusions.queries.chunks import read_in_chunks

# What makes two lines the same; the place in the edition does not.
CONTENT = ("level", "indent", "description", "full_description", "units", "general_rate", "special_rate", "other_rate")
Content = tuple[Any, ...]
BATCH = 500
# An edition that drops this part of the lines before it is a damaged file more likely than a revision: the largest,
# HS 2022, dropped one in twelve. A file of few lines in all says nothing by what it lacks.
LOSS, FEW = 5, 50


def load_edition(
    *,
    edition: Edition,
    name: str,
    valid_from: date,
    at: datetime,
    allow_loss: bool = False,
    progress: Callable[[str], None] = lambda _: None,
) -> LoadReport:
    """Make the schedule of the days from `valid_from` on what the edition says, up to the next edition already loaded.

    Lines that the neighbouring edition has too go on; others begin and end. A file of some chapters only speaks for
    the numbers between its first and its last. `name` and `valid_from` identify the edition; giving both again
    corrects it. Raises Conflict when one of them belongs to another edition, and, unless `allow_loss`, when a fifth or
    more of the lines that stood until then are not in it.
    """
    with transaction.atomic():
        one_load_at_a_time()
        record = _edition_record(edition, name, valid_from, at)
        others = list(HtsEdition.objects.filter(valid_from__gt=valid_from).order_by("valid_from"))
        progress(f"Comparing {len(edition.lines):,} lines with those on file …")
        changes, positions, stood = _compare(edition, record, others)
        if not allow_loss:
            _refuse_loss(edition, changes.ended, stood, valid_from)
        progress("Writing …")
        _write(changes, positions)
        find_in_editions(record)
        note_edition(record, edition)
    return LoadReport(edition.rows, changes.added, changes.changed, changes.ended)


def load_changes(*, changes: Iterable[LineChange], rows: int) -> LoadReport:
    """Add the pairs of old and new numbers that are not on file yet. `rows` is the number of rows in the file."""
    with transaction.atomic():
        one_load_at_a_time()
        fields = ("old_number", "new_number", "revision_from", "revision_to", "change_type")
        known = set(LineSuccession.objects.values_list(*fields))
        new = [change for change in changes if tuple(getattr(change, field) for field in fields) not in known]
        columns = (*fields, "effective_on")
        said = "The list of changes that was loaded says so, by comparing texts."
        rows_of = ([*(getattr(change, name) for name in columns), said] for change in new)
        insert_rows(LineSuccession, (*columns, "evidence"), rows_of)
    return LoadReport(rows, added=len(new))


def _edition_record(edition: Edition, name: str, valid_from: date, at: datetime) -> HtsEdition:
    """Find or make the record of the edition; one that is on file with the same content is left alone."""
    if not edition.lines:
        raise Incomplete(f"Nothing was loaded: every row of {edition.source} was refused.")
    numbers = [line.number for line in edition.lines]
    reach = ("", "") if edition.is_whole else (min(numbers), max(numbers))
    same_day = HtsEdition.objects.filter(valid_from=valid_from).first()
    _refuse_confusion(name, valid_from, same_day, reach)
    record = same_day or HtsEdition(name=name, valid_from=valid_from)
    if (record.sha256, record.first_number, record.last_number) != (edition.sha256, *reach):
        record.source, record.sha256, record.row_count, record.loaded_at = (
            edition.source,
            edition.sha256,
            edition.rows,
            at,
        )
        record.first_number, record.last_number = reach
        record.save()
    return record


def _refuse_confusion(name: str, valid_from: date, same_day: HtsEdition | None, reach: tuple[str, str]) -> None:
    """Refuse a name on another day, a day under another name, and a part in the place of more."""
    same_name = HtsEdition.objects.filter(name=name).first()
    if same_name and same_name.valid_from != valid_from:
        raise Conflict(
            f"Edition “{name}” is on file from {same_name.valid_from:%Y-%m-%d}, not from {valid_from:%Y-%m-%d}. "
            "Give that day with --from, or another name with --edition."
        )
    if same_day is None:
        return
    if same_day.name != name:
        raise Conflict(
            f"Edition “{same_day.name}” is on file from {valid_from:%Y-%m-%d} already. "
            "Give its name with --edition to correct it, or another day with --from."
        )
    first, last = reach
    if first and not (same_day.first_number and first <= same_day.first_number and same_day.last_number <= last):
        raise Conflict(
            f"Edition “{name}” is on file with more than the numbers {dotted(first)} to {dotted(last)} of this file. "
            "Load a file that reaches at least as far, or give this part a name and a day of its own."
        )


def _refuse_loss(edition: Edition, lost: int, stood: int, valid_from: date) -> None:
    if stood >= FEW and lost * LOSS >= stood:
        raise Conflict(
            f"{edition.source} lacks {lost:,} of the {stood:,} lines on file for {valid_from:%Y-%m-%d}, a fifth or "
            "more. Part of the file may be missing, so nothing was loaded. Download it again. If the edition really "
            "drops these lines, load it with --allow-loss."
        )


def _compare(
    edition: Edition, record: HtsEdition, later: list[HtsEdition]
) -> tuple[Changes[Content], dict[str, int], int]:
    """Return what to write, each line's place in the edition, and how many lines stood on its day before."""
    stood = 0
    wanted = {line.number: line for line in edition.lines}
    on_file = _spans(record.valid_from, later)
    changes: Changes[Content] = Changes()
    for number in sorted(wanted.keys() | on_file.keys()):
        if number in edition.unread or not record.covers(number):
            continue
        line = wanted.get(number)
        following = next((other.valid_from for other in later if other.covers(number)), None)
        new = None if line is None else _content(line)
        stood += any(span.holds_on(record.valid_from) for span in on_file.get(number, ()))
        changes.splice(number, on_file.get(number, ()), new, record.valid_from, following)
    return changes, {number: line.position for number, line in wanted.items()}, stood


def _spans(start: date, later: list[HtsEdition]) -> dict[str, list[Span[Content]]]:
    """Find the rows that stand at any time from the eve of `start` to the start of the next whole edition."""
    rows = TariffLine.objects.exclude(valid_to__lt=start - timedelta(days=1))
    whole = next((other.valid_from for other in later if not other.first_number), None)
    if whole is not None:
        rows = rows.filter(valid_from__lte=whole)
    spans: dict[str, list[Span[Content]]] = {}
    columns = rows.values_list("number", "pk", "valid_from", "valid_to", *CONTENT)
    for number, key, valid_from, valid_to, *content in read_in_chunks(columns, ["pk"], 5000):
        content[4] = tuple(content[4])
        spans.setdefault(number, []).append(Span(key, valid_from, valid_to, tuple(content)))
    return spans


def _content(line: EditionLine) -> Content:
    return (
        len(line.number),
        line.indent,
        line.description,
        line.full_description,
        line.units,
        line.general_rate,
        line.special_rate,
        line.other_rate,
    )


def _write(changes: Changes[Content], positions: dict[str, int]) -> None:
    for keys in _batches(changes.deleted):
        TariffLine.objects.filter(pk__in=keys).delete()
    for last, updated in changes.last_days.items():
        for keys in _batches(updated):
            TariffLine.objects.filter(pk__in=keys).update(valid_to=last)
    for first, updated in changes.first_days.items():
        for keys in _batches(updated):
            TariffLine.objects.filter(pk__in=keys).update(valid_from=first)
    insert_rows(
        TariffLine,
        ("number", "position", "valid_from", "valid_to", *CONTENT),
        (
            (number, positions.get(number, 0), first, last, *content[:4], list(content[4]), *content[5:])
            for number, first, last, content in changes.created
        ),
    )


def _batches(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
