"""The tables of a dump: petitions, responses, questions, decisions and exclusions, as the public tables have them."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from exclusions.gateways.dumps.tables import Cell, DumpColumn, DumpTable
from exclusions.models.exclusion import Exclusion
from exclusions.models.public import PublicPetition, PublicResponse
from exclusions.queries.chunks import read_in_chunks
from exclusions.queries.public import registry
from exclusions.queries.public.docket_columns import COLUMNS
from exclusions.queries.public.docket_columns import RESPONSES as NAME_OF_RESPONSES
from exclusions.queries.public.docket_files import file_rows, response_object
from exclusions.workflow.outcomes import decided_as

AT_ONCE: Final = 250
APART: Final = frozenset({NAME_OF_RESPONSES, "questions"})  # tables of their own
PETITION: Final = DumpColumn("petition", "string", "Reference of the petition")


def _of_petitions(name: str) -> DumpColumn:
    column = COLUMNS[name]
    return DumpColumn(name, column.kind, f"{column.heading}, as the docket's own files have it")


def _petitions() -> Iterator[Sequence[Cell]]:
    left = [place for place, name in enumerate(COLUMNS) if name not in APART]
    for row in file_rows(PublicPetition.objects.all(), "newest"):
        yield [row[place] for place in left]


RESPONSES: Final = (
    DumpColumn("reference", "string", "Reference of the response"),
    PETITION,
    DumpColumn("organization", "string", "Who responded"),
    DumpColumn("position", "string", "support or oppose"),
    DumpColumn("posted_at", "dateTime", "When it was posted"),
    DumpColumn("answers", "json", "The public answers: step, key, label, value"),
    DumpColumn("reply_closes_at", "dateTime", "The last moment for the requester to reply"),
    DumpColumn("replied_at", "dateTime", "When the requester replied. Empty: there is no reply"),
    DumpColumn("reply_answers", "json", "The public answers of the reply"),
)


def _responses() -> Iterator[Sequence[Cell]]:
    for row in read_in_chunks(PublicResponse.objects.select_related("petition"), ("reference",), AT_ONCE):
        said = {**response_object(row), PETITION.name: row.petition.reference}
        yield [_text(said[one.name]) if one.kind == "json" else said[one.name] for one in RESPONSES]


QUESTIONS: Final = (
    PETITION,
    DumpColumn("number", "integer", "Number of the question within the petition"),
    DumpColumn("question", "string", "What the agency asked the filer"),
    DumpColumn("asked_on", "date", "Day on which it was asked"),
    DumpColumn("until", "date", "Last day to answer"),
    DumpColumn("state", "string", "open, answered, taken_back or lapsed"),
    DumpColumn("ended_on", "date", "Day on which it was answered, taken back or lapsed. Empty: it is open"),
    DumpColumn("answer", "string", "The public answer. Empty: there is none"),
)


def _questions() -> Iterator[Sequence[Cell]]:
    rows = PublicPetition.objects.filter(historical=False).values_list("reference", "questions", named=True)
    for row in read_in_chunks(rows, ("reference",), AT_ONCE):
        for one in row.questions:
            yield [row.reference, *(one.get(column.name) or None for column in QUESTIONS[1:])]


DECISIONS: Final = (
    PETITION,
    DumpColumn("stands", "string", "yes; or no, of a decision that was reopened"),
    DumpColumn("outcome", "string", "grant, in_part or deny"),
    DumpColumn("decided_on", "date", "Day of the decision. Empty: not in the source"),
    DumpColumn("reopened_on", "date", "Day on which it was reopened"),
    DumpColumn("reason", "string", "Why it was reopened"),
    DumpColumn("rationale", "string", "The rationale, as published"),
    DumpColumn("denial_codes", "json", "Codes of a denial with their sentences"),
    DumpColumn("findings", "json", "Findings on each criterion, with their reasons"),
    DumpColumn("explanations", "json", "Departures and what outweighed an adverse finding"),
    DumpColumn("narrowing", "json", "Of a grant in part what was asked and what is granted"),
    DumpColumn("exclusion", "string", "Reference of the exclusion that it granted"),
)
_READ = ("reference", "stage", "decided_on", "rationale", "denial_codes", "findings", "explanations", "narrowing",
         "exclusion__reference", "former_decisions")  # fmt: skip
_NESTED = ("denial_codes", "findings", "explanations", "narrowing")


def _decisions() -> Iterator[Sequence[Cell]]:
    rows = PublicPetition.objects.values_list(*_READ, named=True)
    for row in read_in_chunks(rows, ("reference",), AT_ONCE):
        if outcome := decided_as(row.stage, is_decided=bool(row.decided_on), in_part=bool(row.narrowing)):
            nested = [_text(getattr(row, name)) for name in _NESTED]
            stands = [row.reference, "yes", outcome, row.decided_on, None, None, row.rationale]
            yield [*stands, *nested, row.exclusion__reference]
        for former in row.former_decisions:
            plain = [former.get(name) for name in ("outcome", "decided_on", "reopened_on", "reason", "rationale")]
            nested = [_text(former.get(name)) for name in _NESTED]
            yield [row.reference, "no", *plain, *nested, former.get("exclusion")]


EXCLUSIONS: Final = (
    DumpColumn("reference", "string", "Reference of the exclusion; one row is one of its terms"),
    DumpColumn("list", "string", "Code of the list from whose duty it frees"),
    DumpColumn("heading", "string", "Chapter 99 heading of the term"),
    DumpColumn("note", "string", "Subdivision of the U.S. note"),
    DumpColumn("item", "string", "Item within the subdivision"),
    DumpColumn("numbers", "string", "Statistical numbers that the text names"),
    DumpColumn("whole_number", "string", "yes: the whole statistical number is excluded"),
    DumpColumn("from", "date", "First day of the term. Empty: not known"),
    DumpColumn("to", "date", "Last day of the term. Empty: not known"),
    DumpColumn("status", "string", "Where the term stands"),
    DumpColumn("in_force", "string", "yes: it held on the day of the dump"),
    DumpColumn("authority", "string", "Citation of the notice"),
    DumpColumn("published_on", "date", "Day of the notice"),
    DumpColumn("dates_from", "string", "Where the dates come from"),
    DumpColumn("fictional", "string", "yes: made for the demonstration"),
    DumpColumn("text", "string", "The wording at the beginning of the term"),
)


def dump_tables(on: date) -> list[DumpTable]:
    """Return the tables; `on` is the day as of which exclusions are said to be in force."""

    def exclusions() -> Iterator[Sequence[Cell]]:
        for row in registry.export_rows(Exclusion.objects.all(), on=on):
            yield [row[column.name] for column in EXCLUSIONS]

    petitions = tuple(_of_petitions(name) for name in COLUMNS if name not in APART)
    return [
        DumpTable("petitions", "Every posted petition", ("reference",), petitions, _petitions),
        DumpTable("responses", "Every posted response with its reply", ("reference",), RESPONSES, _responses),
        DumpTable("questions", "What the agency asked filers", ("petition", "number"), QUESTIONS, _questions),
        DumpTable(
            "decisions",
            "Every decision, and those that were reopened",
            ("petition", "stands", "decided_on"),
            DECISIONS,
            _decisions,
        ),
        DumpTable(
            "exclusions", "Every term of each exclusion", ("reference", "heading", "from"), EXCLUSIONS, exclusions
        ),
    ]


def _text(value: Any) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None
