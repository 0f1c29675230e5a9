"""Answers as a person reads them: for the preview of the public version, the printed record and the letter."""

from collections.abc import Iterator, Mapping
from typing import Any

from exclusions import hts
from exclusions.questionnaires.language.compounds import flatten
from exclusions.questionnaires.language.places import COUNTRIES, STATES
from exclusions.questionnaires.language.question import Choice, Kind, PrintedRow, Question
from exclusions.questionnaires.language.scalars import MAX_DIGITS

_COUNTED = {"number": "units"}
_WORDS = {"yes": "Yes", "no": "No", "unsure": "Not sure"}


def printed_value(kind: Kind, value: str, choices: tuple[Choice, ...] = ()) -> str:
    """One stored value as shown: "$2,100,000", "41%", "8413.81.0040", "Yes", the label of a choice.

    A value that is not of its kind (a draft may hold one) is shown as it was typed.
    """
    if kind in (Kind.MONEY, Kind.NUMBER) and value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS:
        return f"${int(value):,}" if kind is Kind.MONEY else f"{int(value):,}"
    if kind is Kind.PERCENT and value.replace(".", "", 1).isdigit():
        return f"{value}%"
    if kind is Kind.HTS10 and len(value) == 10 and value.isascii() and value.isdigit():
        return hts.dotted(value)
    if kind in (Kind.YES_NO, Kind.YES_NO_UNSURE):
        return _WORDS.get(value, value)
    if kind is Kind.CERTIFY:
        return "Certified" if value == "yes" else value
    if kind is Kind.COUNTRY:
        return COUNTRIES.get(value, value)
    if kind is Kind.STATE:
        return STATES.get(value, value)
    if kind is Kind.CHOICE:
        return next((choice.label for choice in choices if choice.value == value), value)
    return value


def printed_rows(question: Question, answer: Any, document_names: Mapping[str, str]) -> Iterator[PrintedRow]:
    """The lines of one answer: one for a single value, one a period and origin, one an item of a list."""
    for label, value in _lines(question, answer, document_names):
        yield PrintedRow(question.step, question.key, label, value, question.visibility)


def _lines(question: Question, answer: Any, document_names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if question.kind is Kind.FILES:
        yield question.label, "\n".join(document_names.get(document, document) for document in answer)
    elif question.kind is Kind.ROWS:
        for index, row in enumerate(answer, 1):
            cells = (
                f"{column.label}: {printed_value(column.kind, row[column.key], column.choices)}"
                for column in question.columns
                if row.get(column.key)
            )
            yield f"{question.label} ({index})", "; ".join(cells)
    elif question.kind is Kind.PURCHASES:
        yield from _purchases(question, answer)
    elif question.kind is Kind.REVENUE:
        for period in question.periods:
            if answer.get(period.key):
                yield f"{question.label}, {period.label}", printed_value(Kind.MONEY, answer[period.key])
    elif question.kind is Kind.QUANTITY:
        yield (
            question.label,
            _counted(answer.get("quantity", ""), answer.get("unit", "")),
        )
    else:
        yield question.label, printed_value(question.kind, answer, question.choices)


def _purchases(question: Question, answer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    flat = flatten(question, answer)
    for origin in question.origins:
        for period in question.periods:
            value, quantity = (flat.get(f"{origin.key}-{period.key}-{part}") for part in ("value", "quantity"))
            if value or quantity:
                yield f"{origin.label}, {period.label}", _figure(value, quantity, str(flat.get("unit") or ""))


def _figure(value: str | None, quantity: str | None, unit: str) -> str:
    parts = [printed_value(Kind.MONEY, value)] if value else []
    if quantity:
        parts.append(_counted(quantity, unit))
    return "; ".join(parts)


def _counted(quantity: str, unit: str) -> str:
    """A quantity with its unit; what the schedule counts by number has none, and nobody says "200 number"."""
    return f"{printed_value(Kind.NUMBER, quantity)} {_COUNTED.get(unit, unit)}".strip()
