"""Every public field of the docket's petitions, row by row, for files. Memory does not grow with the rows."""

import json
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast, TruncDate

from exclusions.facts.fictional import demo_dockets
from exclusions.models.public import PublicPetition
from exclusions.queries.answers.docket_pages import SORTS
from exclusions.workflow.deadlines import EASTERN
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
}
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
    "response_closes_on",
    "reply_closes_on",
    "stage",
    "docket",
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
)
EMPTY = frozenset({"[]", "{}", "null", "", None})
OUTCOMES = {"grant": "Granted", "in_part": "Granted in part", "deny": "Denied"}
BY_STAGE = {Stage.GRANTED.value: "grant", Stage.IN_PART.value: "in_part", Stage.DENIED.value: "deny"}


def file_rows(rows: "QuerySet[PublicPetition]", sort: str) -> Iterator[list[Cell]]:
    """Return the cells of each petition in the order of COLUMNS; None and an empty text: not in the source, or none.

    Days are New York's. What is a list or a table in itself is its JSON as text.
    """
    nested = {f"{name}_text": Cast(name, TextField()) for name in NESTED}
    days = {f"{name}_closes_on": TruncDate(f"{name}_closes_at", tzinfo=EASTERN) for name in ("response", "reply")}
    found = rows.order_by(*SORTS[sort].by).annotate(**days, **nested).values_list(*PLAIN, *nested)
    invented = demo_dockets()
    return (_cells(row, invented) for row in found.iterator(chunk_size=AT_ONCE))


def _cells(row: tuple[Any, ...], invented: Collection[str]) -> list[Cell]:
    (reference, organization, hts10, posted, closes, reply_closes, stage, docket, product, filer, decided, move,
     support, oppose, exclusion, confidence, rationale, historical, *nested) = row  # fmt: skip
    return [
        "REQUEST", reference, organization, hts10, posted, closes, reply_closes, STAGES[stage],
        docket, "yes" if docket in invented else "no", product, filer,
        OUTCOMES.get(BY_STAGE.get(stage, ""), ""), decided, move,
        None if historical else support, None if historical else oppose, exclusion, confidence, rationale,
        *["" if text in EMPTY else text for text in nested],
        "docket spreadsheet" if historical else "filed here",
    ]  # fmt: skip


def file_object(cells: list[Cell]) -> dict[str, Any]:
    """Return one petition as the JSON file has it: days as YYYY-MM-DD, null where there is none, lists as lists."""
    found: dict[str, Any] = dict(zip(COLUMNS, cells, strict=True))
    for name, value in found.items():
        if name in NESTED:
            found[name] = json.loads(value) if value else None
        elif isinstance(value, date):
            found[name] = value.isoformat()
        elif value == "" and name in ("outcome", "exclusion_confidence"):
            found[name] = None
    return found
