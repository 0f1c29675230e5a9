"""Every public field of the docket's petitions, row by row, for files. Memory does not grow with the rows."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Case, QuerySet, TextField, When
from django.db.models.functions import Cast
from django.urls import reverse

from exclusions.facts.fictional import demo_dockets
from exclusions.models.public import PublicPetition, PublicResponse
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.public.docket_pages import SORTS
from exclusions.workflow.deadlines import EASTERN, eastern_date
from exclusions.workflow.states import Stage

AT_ONCE = 1000
AS_TEXT = "_text"  # ends the name under which a list or a table is read as text
Cell = str | int | date | None
STAGES = dict(Stage.choices)
DOC_TYPE = "REQUEST"
SOURCES = {True: "docket spreadsheet", False: "filed here"}
EMPTY = frozenset({"[]", "{}", "null", "", None})
OUTCOMES = {"grant": "Granted", "in_part": "Granted in part", "deny": "Denied"}
BY_STAGE = {Stage.GRANTED.value: "grant", Stage.IN_PART.value: "in_part", Stage.DENIED.value: "deny"}
RESPONSES = "responses"  # read by themselves, some petitions at a time
# What the JSON file called some of it in version 1.0 of the API, whose names it has now; they go with version 2.
FORMER = ("doc_type", "response_closes_on", "reply_closes_on", "in_support", "opposed")


class Column(NamedTuple):
    """A column of the files: its heading, the field of the petition that is read for it, and the cell that is made of
    the row, where it is not what was read.
    """

    heading: str
    field: str
    cell: Callable[[Any], Cell] | None = None

    def cell_of(self, row: Any) -> Cell:
        """Return the cell of a row as it was read."""
        found: Cell = self.cell(row) if self.cell else getattr(row, self.field)
        return found


def _nested(heading: str, field: str) -> Column:
    """Return the column of what is a list or a table in itself: its JSON as text, "" where it is empty."""
    return Column(heading, f"{field}{AS_TEXT}", lambda row: _text_of(row, field) or "")


# The columns of the agency's own “Exclusion Request Status Index”, then all else that is public.
COLUMNS: Mapping[str, Column] = {
    "doc_type": Column("Doc Type", "", lambda row: DOC_TYPE),
    "reference": Column("Request Doc-ID", "reference"),
    "organization": Column("Organization Name", "organization_name"),
    "hts10": Column("10-Digit HTS", "hts10"),
    "posted_on": Column("Date Posted", "posted_on"),
    "response_closes_on": Column("Response Closes", "response_closes_at", lambda row: _day(row.response_closes_at)),
    "reply_closes_on": Column("Reply Closes", "reply_closes_at", lambda row: _day(row.reply_closes_at)),
    "stage": Column("Stages", "stage", lambda row: STAGES[row.stage]),
    "docket": Column("Docket", "docket"),
    "fictional": Column("Fictional", "fictional", lambda row: "yes" if row.fictional else "no"),
    "product": Column("Product", "product_name"),
    "filer": Column("Filed By", "filer_name"),
    "outcome": Column("Outcome", "stage", lambda row: OUTCOMES.get(_outcome(row) or "", "")),
    "decided_on": Column("Date Decided", "decided_on"),
    "whose_move": Column("Whose Move", "move"),
    "in_support": Column("In Support", "support_count", lambda row: _given(row, row.support_count)),
    "opposed": Column("Opposed", "oppose_count", lambda row: _given(row, row.oppose_count)),
    "exclusion": Column("Exclusion", "exclusion__reference"),
    "exclusion_confidence": Column("How Sure The Exclusion Is", "exclusion_confidence"),
    "rationale": Column("Rationale", "rationale"),
    "denial_codes": _nested("Denial Codes", "denial_codes"),
    "findings": _nested("Findings", "findings"),
    "explanations": _nested("Explanations", "explanations"),
    "narrowing": _nested("Granted In Part", "narrowing"),
    "closing": _nested("Closed Without Merits", "closing"),
    "former_decisions": _nested("Reopened Decisions", "former_decisions"),
    "supplements": _nested("Supplements", "supplements"),
    "taken_down": _nested("Taken Down", "taken_down"),
    "answers": _nested("Public Answers", "answers"),
    "questions": _nested("Questions", "questions"),
    "responses": Column("Responses", ""),
    "source": Column("Source", "historical", lambda row: SOURCES[row.historical]),
    "updated_at": Column("Last Changed", "updated_at", lambda row: _moment(row.updated_at)),
}
NESTED = tuple(name for name, column in COLUMNS.items() if column.field.endswith(AS_TEXT))
READ = tuple(dict.fromkeys([*(column.field for column in COLUMNS.values() if column.field), "round__slug"]))


def file_rows(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[list[Cell]]:
    """Return the cells of each petition in the order of COLUMNS; None and an empty text: not in the source, or none.

    Days are New York's. What is a list or a table in itself is its JSON as text.
    """
    for row, responses in _with_responses(_read_rows(rows, sort)):
        yield [responses if name == RESPONSES else column.cell_of(row) for name, column in COLUMNS.items()]


def file_objects(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[dict[str, Any]]:
    """Return each petition as the JSON file has it, under the names that the API has: days as YYYY-MM-DD, moments with
    the offset of New York, null where there is none, lists as lists. The names of FORMER stand beside them."""
    return (_object(row, responses) for row, responses in _with_responses(_read_rows(rows, sort)))


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
        "posted_at": _moment(one.posted_at),
        "reply_closes_at": _moment(one.reply_closes_at),
        "reply_answers": one.reply_answers,
        "replied_at": _moment(one.replied_at),
    }


def _read_rows(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[Any]:
    nested: dict[str, Any] = {f"{name}{AS_TEXT}": Cast(name, TextField()) for name in NESTED}
    invented = Case(When(docket__in=demo_dockets(), then=True), default=False)
    found = rows.annotate(**nested, fictional=invented).values_list(*READ, named=True)
    return read_in_chunks(found, SORTS[sort].by, AT_ONCE)


def _object(row: Any, responses: str | None) -> dict[str, Any]:
    outcome = _outcome(row)
    support, oppose = _given(row, row.support_count), _given(row, row.oppose_count)
    response, reply = row.response_closes_at, row.reply_closes_at
    former = (DOC_TYPE, _text(_day(response)), _text(_day(reply)), support, oppose)
    return {
        "reference": row.reference,
        "url": f"{settings.BASE_URL}{reverse('docket-petition', args=[row.reference])}",
        "docket": row.docket,
        "round": row.round__slug,
        "fictional": row.fictional,
        "organization": row.organization_name,
        "filer": row.filer_name,
        "hts10": row.hts10,
        "product": row.product_name,
        "stage": row.stage,
        "stage_label": STAGES[row.stage],
        "whose_move": row.move,
        "posted_on": _text(row.posted_on),
        "response_closes_at": _moment(response),
        "reply_closes_at": _moment(reply),
        "support_count": support,
        "oppose_count": oppose,
        "outcome": outcome,
        "outcome_label": OUTCOMES[outcome] if outcome else None,
        "decided_on": _text(row.decided_on),
        "exclusion": row.exclusion__reference,
        "exclusion_confidence": row.exclusion_confidence or None,
        "rationale": row.rationale,
        **{name: json.loads(_text_of(row, name) or "null") for name in NESTED},
        RESPONSES: json.loads(responses or "null"),
        "source": SOURCES[row.historical],
        "updated_at": _moment(row.updated_at),
        **dict(zip(FORMER, former, strict=True)),
    }


def _text_of(row: Any, name: str) -> str | None:
    """Return the JSON of what is a list or a table in itself; None where it is empty."""
    text: str | None = getattr(row, f"{name}{AS_TEXT}")
    return None if text in EMPTY else text


def _given(row: Any, count: int) -> int | None:
    """Return how many responses there are; None of a petition whose docket's spreadsheet does not say it."""
    return None if row.historical else count


def _outcome(row: Any) -> str | None:
    return BY_STAGE.get(row.stage)


def _day(moment: datetime | None) -> date | None:
    return eastern_date(moment) if moment else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(EASTERN).isoformat() if moment else None
