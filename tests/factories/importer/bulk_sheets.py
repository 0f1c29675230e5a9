"""Bulk sheets for tests: tables as a filer fills them, of answers that may be filed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from exclusions.actions.bulk_sheets.sheets import begin_sheet, company_keys, save_company
from exclusions.actions.bulk_sheets.tables import take_in
from exclusions.actions.bulk_sheets.working import work_on
from exclusions.facts.forms import petition_form
from exclusions.gateways.bulk_sheets.layout import ROW, RawSheet, Row
from exclusions.models import BulkCertificate, BulkRow, BulkSheet, Organization, Round, User
from exclusions.queries.importer.bulk_templates import marks_of
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.language.compounds import flatten
from exclusions.questionnaires.sheet_columns import GRIDS, headings
from tests.factories.answers import filer_answers, petition_answers
from tests.factories.world import World


def texts_of(form: Questionnaire, answers: Mapping[str, Any]) -> dict[str, str]:
    """Return answers as the texts of a row, by heading; of questions that do not apply there are none."""
    found = {}
    applies = {question.key for question in form.applicable(form.cleaned(answers))}
    for heading in headings(form):
        if heading.question.key not in applies:
            continue
        value = answers.get(heading.question.key, "")
        if heading.question.kind in GRIDS:
            value = flatten(heading.question, value).get(heading.cell) or ""
        found[heading.name] = str(value)
    return found


def table_of(round: Round, *rows: Mapping[str, Any], marked: bool = True) -> RawSheet:
    """Return a table with a row for each of these changes to answers that may be filed, or to its texts by heading."""
    form = petition_form(round)
    names = [ROW, *(heading.name for heading in headings(form))]
    found = RawSheet(marks_of(round) if marked else None, names)
    for number, changes in enumerate(rows, start=4):
        texts = {**texts_of(form, petition_answers(**changes)), **changes}
        found.rows.append(Row(number, [str(number), *(str(texts.get(name, "")) for name in names[1:])]))
    return found


def make_sheet(
    round: Round, organization: Organization, by: User, at: datetime, firm: Organization | None = None
) -> BulkSheet:
    """Return a sheet with the company's part given, and no rows."""
    sheet = begin_sheet(round=round, organization=organization, filer_organization=firm, by=by, at=at)
    answers = petition_answers()
    given = {key: answers[key] for key in company_keys(round) if key in answers}
    return save_company(sheet, answers=given, by=by, at=at)


def taken_in(sheet: BulkSheet, table: RawSheet, by: User, at: datetime) -> BulkSheet:
    """Return the sheet with the table taken in and checked."""
    take_in(sheet, table=table, is_file=True, by=by, at=at)
    return worked_on(sheet, at)


def worked_on(sheet: BulkSheet, at: datetime) -> BulkSheet:
    """Return the sheet after all of its work is done."""
    while work_on(sheet, at=at):
        pass
    sheet.refresh_from_db()
    return sheet


def said_of(sheet: BulkSheet, number: int, level: str = "error") -> dict[str, str]:
    """Return {heading: message} of what is wrong with a row."""
    faults: Sequence[dict[str, str]] = sheet.rows.get(number=number).faults
    return {fault["heading"]: fault["message"] for fault in faults if fault["level"] == level}


def sheet_of(world: World) -> Mapping[str, Any]:
    """Name a sheet of the parties of the draft, with rows that are checked: one of them has errors, one is a draft."""
    draft, now = world.draft, timezone.now()
    table = table_of(draft.round, {}, {"product_name": ""}, {})
    sheet, made = BulkSheet.objects.get_or_create(
        round=draft.round,
        organization=draft.organization,
        filer_organization=draft.filer_organization,
        made_by=draft.filed_by,
        defaults={"made_at": now, "headings": table.headings, "state": BulkSheet.State.CHECKED},
    )
    if made:
        answers = filer_answers()
        sheet.company = {key: answers[key] for key in company_keys(draft.round) if key in answers}
        sheet.save()
        fault = {"heading": "product_name", "level": "error", "message": "No.", "remedy": "Yes.", "proposal": "Slabs"}
        states = (("valid", [], None), ("wrong", [fault], None), ("valid", [], draft))
        for row, (state, faults, petition) in zip(table.rows, states, strict=True):
            BulkRow.objects.create(
                sheet=sheet,
                number=row.number,
                cells=row.cells,
                state=state,
                faults=faults,
                petition=petition,
                drafted_at=now if petition else None,
            )
    return {"sheet_id": sheet.pk}


def sheet_without_drafts(world: World) -> Mapping[str, Any]:
    """Name the same, of which no row is a draft yet: its table may still be sent."""
    named = sheet_of(world)
    BulkRow.objects.filter(sheet=named["sheet_id"], petition__isnull=False).delete()
    return named


def pasted(world: World) -> Mapping[str, Any]:
    """Paste a row."""
    table = table_of(world.draft.round, {})
    return {"pasted": "\n".join("\t".join(cells) for cells in (table.headings, table.rows[0].cells))}


def certificate_of(world: World) -> Mapping[str, Any]:
    """Name a certificate of the same sheet, under which nothing is filed yet."""
    named = sheet_of(world)
    given, _made = BulkCertificate.objects.get_or_create(
        sheet_key=named["sheet_id"],
        docket=world.draft.round.docket,
        made_by=world.draft.filed_by,
        defaults={"made_at": timezone.now(), "statements": [], "drafts": [], "sha256": "0" * 64},
    )
    return {**named, "certificate_id": given.pk}
