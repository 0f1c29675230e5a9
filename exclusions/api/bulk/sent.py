"""The table that a program sends of a bulk sheet: rows as JSON, or a file as the page takes it."""

import json
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.datastructures import MultiValueDict
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError

from exclusions.actions.bulk_sheets.sheets import company_keys
from exclusions.api.idempotency import digest_of
from exclusions.errors import Incomplete
from exclusions.forms.bulk_sheets import TableForm
from exclusions.gateways.bulk_sheets.layout import ASKED, EXAMPLE, ROW, RawSheet, Row, can_be_kept
from exclusions.gateways.bulk_sheets.reading import MOST_COLUMNS, TOO_WIDE, read_file
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.models import Round
from exclusions.queries.importer.bulk_templates import template_of

YES_OR_NO = {"true": True, "1": True, "false": False, "0": False}
NEITHER = "Send dry_run=true to have the rows checked alone, or dry_run=false."
DRY_RUN = OpenApiParameter(
    "dry_run",
    bool,
    description="true: the rows are checked and their errors told, and none of them ever becomes a draft.",
)
NO_TEXT = "Send a text, a whole number or null; for answers of many rows a list of objects."
NOT_KEPT = "This text has a sign that no text may have. Remove it."
TAKEN = f"“{ASKED}” and “{EXAMPLE}” name the template’s own rows. Name this row otherwise."


def table_of_rows(round: Round, rows: Sequence[Mapping[str, Any]]) -> RawSheet:
    """Return rows as a table: the columns of the template, empty where a row has none, then those of the rows' own.

    Raises ValidationError by row and heading for what no cell may be.
    """
    template = template_of(round)
    wrong = {str(place): said for place, row in enumerate(rows) if (said := _wrong(row, template.tables))}
    if wrong:
        raise ValidationError({"rows": wrong})
    names = [ROW, *(column.heading for column in template.columns)]
    names = list(dict.fromkeys([*names, *(name for row in rows for name in row)]))
    if len(names) > MOST_COLUMNS:
        raise ValidationError({"rows": [TOO_WIDE]})
    cells = ([_text(row.get(name)) for name in names] for row in rows)
    return RawSheet(None, names, [Row(number, texts) for number, texts in enumerate(cells, start=1)])


def _wrong(row: Mapping[str, Any], tables: Container[str]) -> dict[str, list[str]]:
    said = {}
    for name, value in row.items():
        is_list = isinstance(value, list) and name in tables
        if isinstance(value, bool) or not (value is None or is_list or isinstance(value, str | int)):
            said[name] = [NO_TEXT]
        elif not (can_be_kept(name) and can_be_kept(_text(value))):
            said[name] = [NOT_KEPT]
        elif name == ROW and _text(value).strip().casefold() in (ASKED, EXAMPLE):
            said[name] = [TAKEN]
    return said


def _text(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value).strip()


def table_of_file(file: Any) -> RawSheet:
    """Return the table of a file. Raises ValidationError for one that is too large, Incomplete for one that is none."""
    form = TableForm({}, MultiValueDict({"file": [file]}))
    if not form.is_valid():
        raise ValidationError({name: [*map(str, said)] for name, said in form.errors.items()})
    try:
        return read_file(file.name or "", file)
    except FileRefused as refused:
        raise Incomplete(fields={"file": [str(refused)]}) from refused


def require_company(round: Round, company: Mapping[str, Any]) -> None:
    """Raise ValidationError for an answer that is not of the company's part."""
    known = company_keys(round)
    wrong = {
        key: [f"The company’s part of a sheet asks nothing called {key}. Answer it in the rows, or on the drafts."]
        for key in company
        if key not in known
    }
    if wrong:
        raise ValidationError({"company": wrong})


@dataclass
class SentTable:
    """A table as it was sent, read once."""

    rows: Sequence[Mapping[str, Any]] = field(default=(), repr=False)
    file: Any = None

    @property
    def asked(self) -> Any:
        """What the request says of it; a file counts by its name and SHA-256."""
        if self.file is None:
            return self.rows
        return [self.file.name, digest_of(self.file)]

    def read(self, round: Round) -> RawSheet:
        """Return the table. Raises as `table_of_rows` and `table_of_file` do."""
        return table_of_rows(round, self.rows) if self.file is None else table_of_file(self.file)


def is_dry_run(asked: Mapping[str, str]) -> bool:
    """Return whether the address asks for a dry run. Raises ValidationError for what is neither true nor false."""
    given = asked.get("dry_run", "false").casefold()
    if given not in YES_OR_NO:
        raise ValidationError({"dry_run": [NEITHER]})
    return YES_OR_NO[given]
