"""Answers as a person reads them: for the preview of the public version, the printed record and the letter."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from exclusions import hts
from exclusions.questionnaires.language.places import COUNTRIES, STATES
from exclusions.questionnaires.language.question import Choice, Kind, PrintedRow, Question
from exclusions.questionnaires.language.scalars import MAX_DIGITS

_COUNTED = {"number": "units"}
_WORDS = {"yes": "Yes", "no": "No", "unsure": "Not sure"}


def printed_value(kind: Kind, value: str, choices: tuple[Choice, ...] = ()) -> str:
    """One stored value as shown: "$2,100,000", "41%", "8413.81.0040", "Yes", the label of a choice.

    A value that is not of its kind (a draft may hold one) is shown as it was typed.
    """
    printing = _PRINTING.get(kind)
    return printing(value, choices) if printing else value


def _is_figure(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS


def _money(value: str, _: tuple[Choice, ...]) -> str:
    return f"${int(value):,}" if _is_figure(value) else value


def _number(value: str, _: tuple[Choice, ...]) -> str:
    return f"{int(value):,}" if _is_figure(value) else value


def _percent(value: str, _: tuple[Choice, ...]) -> str:
    return f"{value}%" if value.replace(".", "", 1).isdigit() else value


def _hts10(value: str, _: tuple[Choice, ...]) -> str:
    return hts.dotted(value) if len(value) == 10 and value.isascii() and value.isdigit() else value


def _choice(value: str, choices: tuple[Choice, ...]) -> str:
    return next((choice.label for choice in choices if choice.value == value), value)


# The kinds that are not shown as they are kept; asked for by the hundred, on a page of a case.
_PRINTING: dict[Kind, Callable[[str, tuple[Choice, ...]], str]] = {
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
    Kind.HTS10: _hts10,
    Kind.YES_NO: lambda value, _: _WORDS.get(value, value),
    Kind.YES_NO_UNSURE: lambda value, _: _WORDS.get(value, value),
    Kind.CERTIFY: lambda value, _: "Certified" if value == "yes" else value,
    Kind.COUNTRY: lambda value, _: COUNTRIES.get(value, value),
    Kind.STATE: lambda value, _: STATES.get(value, value),
    Kind.CHOICE: _choice,
}


# What is printed for a file whose name is not given: its name may be what is wrong with it.
UNNAMED = "A file that is being checked. It is not public."


def printed_rows(question: Question, answer: Any, document_names: Mapping[str, str]) -> Iterator[PrintedRow]:
    """Yield the lines of one answer: one for a single value, one a period and origin, one an item of a list."""
    for label, value in printed_lines(question, answer, document_names):
        yield PrintedRow(question.step, question.key, label, value, question.visibility)


def printed_lines(question: Question, answer: Any, document_names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Return the same as (label, value) alone."""
    if question.kind is Kind.FILES:
        return ((question.label, "\n".join(document_names.get(document, UNNAMED) for document in answer)),)
    compound = _COMPOUND.get(question.kind)
    if compound:
        return compound(question, answer)
    return ((question.label, printed_value(question.kind, answer, question.choices)),)


def _rows(question: Question, answer: Any) -> Iterator[tuple[str, str]]:
    for index, row in enumerate(answer, 1):
        cells = (
            f"{column.label}: {printed_value(column.kind, row[column.key], column.choices)}"
            for column in question.columns
            if row.get(column.key)
        )
        yield f"{question.label} ({index})", "; ".join(cells)


def _revenue(question: Question, answer: Any) -> Iterator[tuple[str, str]]:
    for period in question.periods:
        if answer.get(period.key):
            yield f"{question.label}, {period.label}", printed_value(Kind.MONEY, answer[period.key])


def _quantity(question: Question, answer: Any) -> Iterator[tuple[str, str]]:
    yield question.label, _counted(answer.get("quantity", ""), answer.get("unit", ""))


def _purchases(question: Question, answer: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(answer, Mapping):
        return
    unit = str(answer.get("unit") or "")
    for origin in question.origins:
        by_period = answer.get(origin.key)
        if not isinstance(by_period, Mapping):
            continue
        for period in question.periods:
            pair = by_period.get(period.key)
            value, quantity = (pair.get("value"), pair.get("quantity")) if isinstance(pair, Mapping) else (None, None)
            if value or quantity:
                yield f"{origin.label}, {period.label}", _figure(value, quantity, unit)


_COMPOUND: dict[Kind, Callable[[Question, Any], Iterable[tuple[str, str]]]] = {
    Kind.ROWS: _rows,
    Kind.PURCHASES: _purchases,
    Kind.REVENUE: _revenue,
    Kind.QUANTITY: _quantity,
}


def _figure(value: str | None, quantity: str | None, unit: str) -> str:
    parts = [printed_value(Kind.MONEY, value)] if value else []
    if quantity:
        parts.append(_counted(quantity, unit))
    return "; ".join(parts)


def _counted(quantity: str, unit: str) -> str:
    """Return a quantity with its unit; what the schedule counts by number has none, and nobody says "200 number"."""
    return f"{printed_value(Kind.NUMBER, quantity)} {_COUNTED.get(unit, unit)}".strip()
