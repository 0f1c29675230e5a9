"""What a browser would send for a page: the values of its form's fields, and answers typed over them."""

from collections.abc import Mapping
from typing import Any

from exclusions.forms.questionnaire import StepForm
from exclusions.questionnaires.language.compounds import flatten
from exclusions.questionnaires.language.question import Kind


def typed(page: Any, answers: Mapping[str, Any] | None = None) -> dict[str, str]:
    """Return the POST fields of a step's page as shown, with these answers typed over what is shown."""
    form: StepForm = page.context["form"]
    values = {**form.stored, **(answers or {})}
    fields = {"revision": str(page.context["petition"].revision), "seen": page.context["seen"]}
    for key, field in form.fields.items():
        question = field.question  # type: ignore[attr-defined]
        value = values.get(key)
        if question.kind in (Kind.PURCHASES, Kind.REVENUE, Kind.QUANTITY):
            fields |= {f"{key}-{cell}": str(raw or "") for cell, raw in flatten(question, value or {}).items()}
        elif question.kind is Kind.ROWS:
            for index, row in enumerate(value or [{}]):
                fields |= {f"{key}-{index}-{column.key}": row.get(column.key, "") for column in question.columns}
        elif question.kind is not Kind.FILES and value is not None:
            fields[key] = str(value)
    return fields
