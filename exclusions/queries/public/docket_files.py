"""The public facts of the docket's petitions, row by row, for files. Memory does not grow with the rows."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import Case, QuerySet, TextField, When
from django.db.models.functions import Cast

from exclusions.facts.fictional import demo_dockets
from exclusions.gateways.dumps.tables import Cell
from exclusions.models.public import PublicPetition, PublicResponse
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.public.docket_columns import AS_TEXT, COLUMNS, FIELDS, RESPONSES, moment_text
from exclusions.queries.public.docket_pages import SORTS

AT_ONCE = 1000
NESTED = tuple(column.field for column in COLUMNS.values() if column.kind == "json" and column.field)
PLAIN = [column.field for column in FIELDS.values() if column.field and column.field not in NESTED]
READ = tuple(dict.fromkeys([*PLAIN, *(f"{name}{AS_TEXT}" for name in NESTED), "fictional"]))


def file_rows(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[list[Cell]]:
    """Return the cells of each petition in the order of COLUMNS; None and an empty text: not in the source, or none.

    Days are New York's. What is a list or a table in itself is its JSON as text.
    """
    for row, responses in _with_responses(_read_rows(rows, sort)):
        yield [responses if name == RESPONSES else column.cell_of(row) for name, column in COLUMNS.items()]


def file_objects(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[dict[str, Any]]:
    """Return each petition as the JSON file has it, under the names that the API has: days as YYYY-MM-DD, moments with
    the offset of New York, null where there is none, lists as lists. The former names stand behind them."""
    for row, responses in _with_responses(_read_rows(rows, sort)):
        posted = json.loads(responses or "null")
        yield {name: posted if name == RESPONSES else column.json_of(row) for name, column in FIELDS.items()}


def _with_responses(rows: Iterator[Any]) -> Iterator[tuple[Any, str | None]]:
    """Yield each row with the JSON of its posted responses, as the API has them; None where there is none."""
    while some := list(islice(rows, AT_ONCE)):
        posted: dict[str, list[dict[str, Any]]] = {}
        here = PublicResponse.objects.filter(petition__reference__in=[row.reference for row in some])
        for one in here.select_related("petition").order_by("posted_at", "reference"):
            posted.setdefault(one.petition.reference, []).append(response_object(one))
        for row in some:
            found = posted.get(row.reference)
            yield row, json.dumps(found, ensure_ascii=False) if found else None


def response_object(one: PublicResponse) -> dict[str, Any]:
    """Return a posted response as the API has it: moments with the offset of New York, null where there is none."""
    return {
        "reference": one.reference,
        "organization": one.organization_name,
        "position": one.position,
        "answers": one.answers,
        "posted_at": moment_text(one.posted_at),
        "reply_closes_at": moment_text(one.reply_closes_at),
        "reply_answers": one.reply_answers,
        "replied_at": moment_text(one.replied_at),
    }


def _read_rows(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[Any]:
    nested: dict[str, Any] = {f"{name}{AS_TEXT}": Cast(name, TextField()) for name in NESTED}
    invented = Case(When(docket__in=demo_dockets(), then=True), default=False)
    found = rows.annotate(**nested, fictional=invented).values_list(*READ, named=True)
    return read_in_chunks(found, SORTS[sort].by, AT_ONCE)
