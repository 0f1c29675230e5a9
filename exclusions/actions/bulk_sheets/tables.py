"""A table taken in as the rows of a sheet: what is wrong with it as a whole is refused, and nothing is kept then."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from exclusions.actions.bulk_sheets.carried import carry_over, statements_before
from exclusions.actions.bulk_sheets.sheets import begin_sheet, lock_sheet, save_company
from exclusions.actions.bulk_sheets.zips import note_wanted
from exclusions.errors import Incomplete, WrongState
from exclusions.facts.forms import petition_form
from exclusions.gateways.bulk_sheets.layout import ASKED, EXAMPLE, ROW, Marks, RawSheet, Row, can_be_kept, sheet_name
from exclusions.gateways.bulk_sheets.reading import MOST_ROWS, TOO_MANY_ROWS
from exclusions.models import BulkRow, BulkSheet, Organization, Round, User
from exclusions.queries.importer.bulk_templates import marks_of
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.sheet_columns import headings, tables

NAMED = 6  # columns that a sentence names
HAS_DRAFTS = "Rows of this sheet are drafts already, so its table stays as it is. Begin a new sheet for other products."
UNMARKED = (
    "This file does not say from which template it was made. Copy your rows into the template of this sheet. In a CSV "
    "file keep its first line."
)
ANOTHER_ROUND = "This file was made from the template of another round. Copy your rows into the template of this sheet."
OLDER = (
    "This file was made from an older template: the form of the round has changed. Copy your rows into the template of "
    "today."
)
NO_ROWS = "There is no row below the headings. Fill in one row for each product, below the example."


def take_in(sheet: BulkSheet, *, table: RawSheet, is_file: bool, by: User, at: datetime) -> BulkSheet:
    """Keep a table as the rows of a sheet, in the place of those it had, and let them be checked; return the sheet.

    A file says by its marks from which template it was made; what was pasted is known by its headings alone. Raises
    Incomplete with a sentence for each thing that is wrong with the table as a whole, NotPermitted for anybody but the
    owners, WrongState where rows have become drafts. Then nothing is changed.
    """
    form = petition_form(sheet.round)
    if is_file:
        _must_be_marked(table.marks, marks_of(sheet.round))
    wrong = list(_wrong_headings(form, table.headings))
    if wrong:
        raise Incomplete(*wrong)
    given = [row for row in table.rows if not _is_above(row, table.headings)]
    if not given:
        raise Incomplete(NO_ROWS)
    if len(given) > MOST_ROWS:
        raise Incomplete(TOO_MANY_ROWS)
    rows = _with_tables(form, table, given)
    with transaction.atomic():
        locked = lock_sheet(sheet, by=by, at=at)
        if locked.rows.filter(drafted_at__isnull=False).exists():
            raise WrongState(HAS_DRAFTS)
        before = statements_before(locked)
        locked.rows.all().delete()
        made = (BulkRow(sheet=locked, number=row.number, cells=row.cells, tables=many) for row, many in rows)
        created = BulkRow.objects.bulk_create(made, batch_size=500)
        locked.headings, locked.remarks, locked.stopped = table.headings, _remarks(form, table.headings), []
        to_read = note_wanted(locked)
        locked.state = BulkSheet.State.READING if to_read else BulkSheet.State.CHECKING
        locked.revision += 1
        locked.save(update_fields=["headings", "remarks", "stopped", "state", "revision"])
        carry_over(locked, created, before)
    return locked


def begin_with_table(
    *,
    round: Round,
    organization: Organization,
    filer_organization: Organization | None = None,
    company: Mapping[str, Any],
    table: RawSheet,
    is_file: bool,
    is_dry_run: bool = False,
    by: User,
    at: datetime,
) -> BulkSheet:
    """Begin a sheet with answers of the company's part and its table, all of it or nothing; return the sheet.

    The rows of a dry run are checked and never become drafts. Raises as `begin_sheet`, `save_company` and `take_in` do.
    """
    with transaction.atomic():
        begun = begin_sheet(round=round, organization=organization, filer_organization=filer_organization, by=by, at=at)
        if is_dry_run:
            begun.is_dry_run = True
            begun.save(update_fields=["is_dry_run"])
        saved = save_company(begun, answers=company, by=by, at=at)
        return take_in(saved, table=table, is_file=is_file, by=by, at=at)


def _must_be_marked(marks: Marks | None, wanted: Marks) -> None:
    if marks is None:
        raise Incomplete(UNMARKED)
    if marks.round != wanted.round:
        raise Incomplete(ANOTHER_ROUND)
    if marks != wanted:
        raise Incomplete(OLDER)


def _wrong_headings(form: Questionnaire, given: Sequence[str]) -> Iterator[str]:
    wanted = [ROW, *(heading.name for heading in headings(form))]
    twice = [name for name, times in Counter(filter(None, given)).items() if times > 1]
    if twice:
        yield f"Columns stand in the table twice: {_listed(twice)}. Remove one of each."
    missing = [name for name in wanted if name not in set(given)]
    if missing:
        yield f"Columns are missing: {_listed(missing)}. Copy their headings from the template, and leave cells empty."


def _remarks(form: Questionnaire, given: Sequence[str]) -> list[str]:
    """Return what a filer should know of a table that is taken in: other columns, another order."""
    wanted = [ROW, *(heading.name for heading in headings(form))]
    known = {*wanted, *(question.key for question in tables(form))}
    said = []
    if [name for name in given if name in wanted] != wanted:
        said.append("The columns stand in an order of your own. We read them by their headings.")
    own = [name or "one without a heading" for name in given if name not in known]
    if own:
        said.append(f"We do not read these columns of your own: {_listed(own)}. The marked sheet keeps them.")
    return said


def _is_above(row: Row, names: Sequence[str]) -> bool:
    """Whether a row is the template's own: the questions in words, or the example."""
    place = names.index(ROW)
    return place < len(row.cells) and row.cells[place].casefold() in (ASKED, EXAMPLE)


Many = dict[str, list[dict[str, str]]]


def _with_tables(form: Questionnaire, table: RawSheet, rows: Sequence[Row]) -> list[tuple[Row, Many]]:
    """Return the rows with their answers of many rows, from other tables or from JSON in a cell. Raises Incomplete."""
    names = {row.number: _cell(row, table.headings, ROW) for row in rows}
    found: dict[int, Many] = {row.number: {} for row in rows}
    wrong: list[str] = []
    for question in tables(form):
        columns = [column.key for column in question.columns]
        if question.key in table.headings:
            for row in rows:
                text = _cell(row, table.headings, question.key)
                read = _from_json(text) if text else []
                if read is None:
                    wrong.append(f"Line {row.number}, column {question.key}: this is no JSON list of objects.")
                elif read:
                    found[row.number][question.key] = read
        below = table.tables.get(sheet_name(question.key), [])
        by_name = {name: number for number, name in names.items() if name}
        if below and len(by_name) < sum(map(bool, names.values())):
            wrong.append(f"Two rows have the same name in the column “{ROW}”. Name each row once.")
        for line, name, answer in _named_rows(below, columns):
            if name not in by_name:
                wrong.append(
                    f"Sheet {sheet_name(question.key)}, line {line}, is for a row that there is not. Write into its "
                    f"column “{ROW}” what stands there in the row of the product."
                )
            else:
                found[by_name[name]].setdefault(question.key, []).append(answer)
    if wrong:
        raise Incomplete(*list(dict.fromkeys(wrong))[:NAMED])
    return [(row, found[row.number]) for row in rows]


def _named_rows(below: Sequence[Row], columns: Sequence[str]) -> Iterator[tuple[int, str, dict[str, str]]]:
    """Yield (line, name of the row, answer) of a table of answers of many rows; its first row has the headings."""
    if not below:
        return
    names = below[0].cells
    missing = [name for name in (ROW, *columns) if name not in names]
    if missing:
        raise Incomplete(f"Columns are missing in a table: {_listed(missing)}. Copy their headings from the template.")
    for row in below[1:]:
        if not _is_above(row, names):
            cells = {column: _cell(row, names, column) for column in columns}
            if answer := {name: text for name, text in cells.items() if text}:
                yield row.number, _cell(row, names, ROW), answer


def _cell(row: Row, names: Sequence[str], name: str) -> str:
    place = names.index(name)
    return row.cells[place] if place < len(row.cells) else ""


def _from_json(text: str) -> list[dict[str, str]] | None:
    try:
        read: Any = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, list) or not all(isinstance(one, dict) for one in read):
        return None
    answers = [{str(name): str(value) for name, value in one.items() if value not in (None, "")} for one in read]
    texts = (text for one in answers for pair in one.items() for text in pair)
    return answers if all(map(can_be_kept, texts)) else None


def _listed(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    return f"{', '.join(names[:NAMED])}{f' and {more} more' if more > 0 else ''}"
