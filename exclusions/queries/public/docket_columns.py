"""The public facts of a petition, one row each. What is read and said of them is made from these rows: the columns of
the files (CSV, XLSX), the names of the JSON file, the table `petitions` of the dump, and the list of the API.

A new one is a row of FIELDS, and a line of ListRow where the page of the docket's list shows it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse

from exclusions.days import EASTERN
from exclusions.gateways.dumps.tables import Cell, Kind
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.outcomes import DECIDED_AS, decided_as
from exclusions.workflow.states import Stage

AS_TEXT = "_text"  # ends the name under which a list or a table is read as text
STAGES = dict(Stage.choices)
DOC_TYPE = "REQUEST"
SOURCES = {True: "docket spreadsheet", False: "filed here"}
EMPTY = frozenset({"[]", "{}", "null", "", None})
RESPONSES = "responses"  # read by themselves, some petitions at a time


class Column(NamedTuple):
    """A public fact of a petition.

    `heading`: of its column in the files; "": it is in the JSON file and the API alone. `field`: what of the table is
    read for it. `kind`: what its cells are. `cell` makes the cell of the row, and `json` the value of the JSON file,
    where they are not what was read. `listed`: whether the API's list has it, under the same name.
    """

    heading: str
    field: str
    kind: Kind = "string"
    cell: Callable[[Any], Cell] | None = None
    json: Callable[[Any], Any] | None = None
    listed: bool = True

    def cell_of(self, row: Any) -> Cell:
        """Return the cell of a row as it was read."""
        value: Cell = self.cell(row) if self.cell else getattr(row, self.field)
        return value

    def json_of(self, row: Any) -> Any:
        """Return the value in the JSON file: days as YYYY-MM-DD."""
        if self.json:
            return self.json(row)
        value = self.cell_of(row)
        return value.isoformat() if isinstance(value, date) else value


def _nested(heading: str, field: str) -> Column:
    """Return the column of what is a list or a table in itself: its JSON as text, "" where it is empty."""
    return Column(
        heading,
        field,
        "json",
        cell=lambda row: _text_of(row, field) or "",
        json=lambda row: json.loads(_text_of(row, field) or "null"),
        listed=False,
    )


def _text_of(row: Any, name: str) -> str | None:
    """Return the JSON of what is a list or a table in itself; None where it is empty."""
    text: str | None = getattr(row, f"{name}{AS_TEXT}")
    return None if text in EMPTY else text


def _counted(row: Any, count: int) -> int | None:
    """Return how many responses there are; None of a petition whose docket's spreadsheet does not say it."""
    return None if row.historical else count


def _address(row: Any) -> str:
    return f"{settings.BASE_URL}{reverse('docket-petition', args=[row.reference])}"


def _outcome(row: Any) -> str | None:
    in_part = _text_of(row, "narrowing") is not None
    return decided_as(row.stage, is_decided=bool(row.decided_on), in_part=in_part) or None


def _outcome_label(row: Any) -> str | None:
    return DECIDED_AS.get(_outcome(row) or "")


def _day(moment: datetime | None) -> date | None:
    return eastern_date(moment) if moment else None


def moment_text(moment: datetime | None) -> str | None:
    """Return a moment with the offset of New York; None where there is none."""
    return moment.astimezone(EASTERN).isoformat() if moment else None


def _support(row: Any) -> int | None:
    return _counted(row, row.support_count)


def _oppose(row: Any) -> int | None:
    return _counted(row, row.oppose_count)


# By the name in the JSON file, the API and the dump, in the order of the JSON file.
FIELDS: Mapping[str, Column] = {
    "reference": Column("Request Doc-ID", "reference"),
    "url": Column("", "reference", json=_address),
    "docket": Column("Docket", "docket"),
    "round": Column("", "round__slug"),
    "fictional": Column(
        "Fictional", "docket", cell=lambda row: "yes" if row.fictional else "no", json=lambda row: row.fictional
    ),
    "organization": Column("Organization Name", "organization_name"),
    "filer": Column("Filed By", "filer_name"),
    "hts10": Column("10-Digit HTS", "hts10"),
    "product": Column("Product", "product_name"),
    "stage": Column("Stages", "stage", cell=lambda row: STAGES[row.stage], json=lambda row: row.stage),
    "stage_label": Column("", "stage", json=lambda row: STAGES[row.stage]),
    "whose_move": Column("Whose Move", "move"),
    "posted_on": Column("Date Posted", "posted_on", "date"),
    "response_closes_at": Column("", "response_closes_at", json=lambda row: moment_text(row.response_closes_at)),
    "reply_closes_at": Column("", "reply_closes_at", json=lambda row: moment_text(row.reply_closes_at)),
    "support_count": Column("", "support_count", json=_support),
    "oppose_count": Column("", "oppose_count", json=_oppose),
    "outcome": Column("Outcome", "stage", cell=lambda row: _outcome_label(row) or "", json=_outcome, listed=False),
    "outcome_label": Column("", "stage", json=_outcome_label, listed=False),
    "decided_on": Column("Date Decided", "decided_on", "date"),
    "exclusion": Column("Exclusion", "exclusion__reference", listed=False),
    "exclusion_confidence": Column(
        "How Sure The Exclusion Is",
        "exclusion_confidence",
        json=lambda row: row.exclusion_confidence or None,
        listed=False,
    ),
    "rationale": Column("Rationale", "rationale", listed=False),
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
    RESPONSES: Column("Responses", "", "json", listed=False),
    "source": Column("Source", "historical", cell=lambda row: SOURCES[row.historical]),
    "updated_at": Column("Last Changed", "updated_at", "dateTime", cell=lambda row: moment_text(row.updated_at)),
    # A new one stands here: last in every list, before what goes with version 2 of the API.
    # What the JSON file called some of it in version 1.0 of the API, whose names it has now.
    "doc_type": Column("Doc Type", "", cell=lambda row: DOC_TYPE, listed=False),
    "response_closes_on": Column(
        "Response Closes", "response_closes_at", "date", cell=lambda row: _day(row.response_closes_at), listed=False
    ),
    "reply_closes_on": Column(
        "Reply Closes", "reply_closes_at", "date", cell=lambda row: _day(row.reply_closes_at), listed=False
    ),
    "in_support": Column("In Support", "support_count", "integer", cell=_support, listed=False),
    "opposed": Column("Opposed", "oppose_count", "integer", cell=_oppose, listed=False),
}

# The columns that begin the files: those of the agency's own “Exclusion Request Status Index”, then what is asked for
# most. The others follow in the order of FIELDS.
FIRST = (
    "doc_type", "reference", "organization", "hts10", "posted_on", "response_closes_on", "reply_closes_on", "stage",
    "docket", "fictional", "product", "filer", "outcome", "decided_on", "whose_move", "in_support", "opposed",
)  # fmt: skip
COLUMNS: Mapping[str, Column] = {name: FIELDS[name] for name in (*FIRST, *FIELDS) if FIELDS[name].heading}
WRITTEN = f"5-{len(COLUMNS)}"  # of the files: programs keep theirs while it is the same; raise 5 where a cell changes

LISTED = tuple(name for name, column in FIELDS.items() if column.listed)  # what the API's list has
LISTED_READ = tuple(dict.fromkeys(FIELDS[name].field for name in LISTED))


class ListRow(NamedTuple):
    """What the page of the docket's list reads of a petition, under the names of the table."""

    reference: str
    product_name: str
    organization_name: str
    hts10: str
    stage: str
    posted_on: date | None
    response_closes_at: datetime | None
    decided_on: date | None
    historical: bool
