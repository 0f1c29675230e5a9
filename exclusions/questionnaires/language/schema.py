"""A questionnaire described as JSON, for `GET /api/v1/questionnaires/{key}/` and programs that file in bulk."""

from typing import Any

from exclusions.questionnaires.language.condition import Condition
from exclusions.questionnaires.language.question import Choice, Column, Question


def question_schema(question: Question) -> dict[str, Any]:
    """One question: always key, label, kind, visibility, step, required; the rest only where the question has it.

    `required` is true, false, or absent in favour of `required_if`; conditions are in the shape of `Condition.schema`.
    """
    described: dict[str, Any] = {
        "key": question.key,
        "number": question.number,
        "label": question.label,
        "help": question.help,
        "kind": question.kind.value,
        "visibility": question.visibility.value,
        "step": question.step,
    }
    described |= _required(question.required)
    if question.shown_if is not None:
        described["shown_if"] = question.shown_if.schema()
    if question.choices:
        described["choices"] = [_choice(choice) for choice in question.choices]
    if question.kind.value in ("text", "long_text"):
        described["max_length"] = question.max_length
    if question.min_length:
        described["min_length"] = question.min_length
    if question.unit:
        described["unit"] = question.unit
    if question.columns:
        described["columns"] = [_column(question, column) for column in question.columns]
    if question.origins:
        described["origins"] = [{"key": o.key, "label": o.label, "required": o.required} for o in question.origins]
    if question.periods:
        described["periods"] = [{"key": period.key, "label": period.label} for period in question.periods]
    if question.summary_key:
        described["summary_key"] = question.summary_key
    return described


def _required(required: bool | Condition) -> dict[str, Any]:
    return {"required": required} if isinstance(required, bool) else {"required_if": required.schema()}


def _choice(choice: Choice) -> dict[str, Any]:
    described: dict[str, Any] = {"value": choice.value, "label": choice.label}
    if choice.shown_if is not None:
        described["shown_if"] = choice.shown_if.schema()
    return described


def _column(question: Question, column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "key": column.key,
        "label": column.label,
        "help": column.help,
        "kind": column.kind.value,
        "visibility": (column.visibility or question.visibility).value,
    }
    described |= _required(column.required)
    if column.choices:
        described["choices"] = [_choice(choice) for choice in column.choices]
    if column.unit:
        described["unit"] = column.unit
    return described
