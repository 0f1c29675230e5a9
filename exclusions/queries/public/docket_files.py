"""Every public field of the docket's petitions, row by row, for files. Memory does not grow with the rows."""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from exclusions.facts.fictional import demo_dockets
from exclusions.models.public import PublicPetition
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.public.docket_pages import SORTS
from exclusions.workflow.deadlines import EASTERN, eastern_date
from exclusions.workflow.states import Stage

AT_ONCE = 2000
Cell = str | int | date | None
STAGES = dict(Stage.choices)
# The columns of the agency's own “Exclusion Request Status Index”, then all else that is public.
COLUMNS: dict[str, str] = {
    "doc_type": "Doc Type",
    "reference": "Request Doc-ID",
    "organization": "Organization Name",
    "hts10": "10-Digit HTS",
    "posted_on": "Date Posted",
    "response_closes_on": "Response Closes",
    "reply_closes_on": "Reply Closes",
    "stage": "Stages",
    "docket": "Docket",
    "fictional": "Fictional",
    "product": "Product",
    "filer": "Filed By",
    "outcome": "Outcome",
    "decided_on": "Date Decided",
    "whose_move": "Whose Move",
    "in_support": "In Support",
    "opposed": "Opposed",
    "exclusion": "Exclusion",
    "exclusion_confidence": "How Sure The Exclusion Is",
    "rationale": "Rationale",
    "denial_codes": "Denial Codes",
    "findings": "Findings",
    "explanations": "Explanations",
    "narrowing": "Granted In Part",
    "closing": "Closed Without Merits",
    "former_decisions": "Reopened Decisions",
    "taken_down": "Taken Down",
    "answers": "Public Answers",
    "source": "Source",
    "updated_at": "Last Changed",
}
# What the JSON file called some of it in version 1.0 of the API, whose names it has now; they go with version 2.
FORMER = ("doc_type", "response_closes_on", "reply_closes_on", "in_support", "opposed")
DOC_TYPE = "REQUEST"
SOURCES = {True: "docket spreadsheet", False: "filed here"}
NESTED = (
    "denial_codes",
    "findings",
    "explanations",
    "narrowing",
    "closing",
    "former_decisions",
    "taken_down",
    "answers",
)
PLAIN = (
    "reference",
    "organization_name",
    "hts10",
    "posted_on",
    "response_closes_at",
    "reply_closes_at",
    "stage",
    "docket",
    "round__slug",
    "product_name",
    "filer_name",
    "decided_on",
    "move",
    "support_count",
    "oppose_count",
    "exclusion__reference",
    "exclusion_confidence",
    "rationale",
    "historical",
    "updated_at",
)
EMPTY = frozenset({"[]", "{}", "null", "", None})
OUTCOMES = {"grant": "Granted", "in_part": "Granted in part", "deny": "Denied"}
BY_STAGE = {Stage.GRANTED.value: "grant", Stage.IN_PART.value: "in_part", Stage.DENIED.value: "deny"}


def file_rows(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[list[Cell]]:
    """Return the cells of each petition in the order of COLUMNS; None and an empty text: not in the source, or none.

    Days are New York's. What is a list or a table in itself is its JSON as text.
    """
    invented = demo_dockets()
    return (_cells(row, invented) for row in _read_rows(rows, sort))


def file_objects(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[dict[str, Any]]:
    """Return each petition as the JSON file has it, under the names that the API has: days as YYYY-MM-DD, moments with
    the offset of New York, null where there is none, lists as lists. The names of FORMER stand beside them."""
    invented = demo_dockets()
    return (_object(row, invented) for row in _read_rows(rows, sort))


def _read_rows(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[Any]:
    nested = {f"{name}_text": Cast(name, TextField()) for name in NESTED}
    found = rows.annotate(**nested).values_list(*PLAIN, *nested, named=True)
    return read_in_chunks(found, SORTS[sort].by, AT_ONCE)


def _cells(row: Any, invented: Collection[str]) -> list[Cell]:
    return [
        DOC_TYPE, row.reference, row.organization_name, row.hts10, row.posted_on, _day(row.response_closes_at),
        _day(row.reply_closes_at), STAGES[row.stage], row.docket, "yes" if row.docket in invented else "no",
        row.product_name, row.filer_name, OUTCOMES.get(_outcome(row) or "", ""), row.decided_on, row.move,
        None if row.historical else row.support_count, None if row.historical else row.oppose_count,
        row.exclusion__reference, row.exclusion_confidence, row.rationale,
        *["" if text in EMPTY else text for text in _nested(row)],
        SOURCES[row.historical], _moment(row.updated_at),
    ]  # fmt: skip


def _object(row: Any, invented: Collection[str]) -> dict[str, Any]:
    outcome = _outcome(row)
    support, oppose = (None if row.historical else count for count in (row.support_count, row.oppose_count))
    response, reply = row.response_closes_at, row.reply_closes_at
    former = (DOC_TYPE, _text(_day(response)), _text(_day(reply)), support, oppose)
    return {
        "reference": row.reference,
        "url": f"{settings.BASE_URL}{reverse('docket-petition', args=[row.reference])}",
        "docket": row.docket,
        "round": row.round__slug,
        "fictional": row.docket in invented,
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
        **{
            name: None if text in EMPTY else json.loads(text or "")
            for name, text in zip(NESTED, _nested(row), strict=True)
        },
        "source": SOURCES[row.historical],
        "updated_at": _moment(row.updated_at),
        **dict(zip(FORMER, former, strict=True)),
    }


def _nested(row: Any) -> tuple[str | None, ...]:
    return tuple(row[len(PLAIN) :])


def _outcome(row: Any) -> str | None:
    return BY_STAGE.get(row.stage)


def _day(moment: datetime | None) -> date | None:
    return eastern_date(moment) if moment else None


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(EASTERN).isoformat() if moment else None
