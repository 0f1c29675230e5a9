"""What differs from case to case in a statement on many: named fields in its texts, and columns that answer a question.

A field is its name in braces. Its value comes from the public record of the case, or from a column that the writer gave
for it. Knows nothing of the cases: values in, answers out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from exclusions.questionnaires.language.compounds import gather, grid_cells
from exclusions.questionnaires.language.question import Kind, Question, Visibility
from exclusions.questionnaires.language.questionnaire import Questionnaire

REFERENCE, PRODUCT, NUMBER, ORGANIZATION = "reference", "product", "number", "organization"
# Of the public record, with what each is.
OF_RECORD = {
    REFERENCE: "the reference of the petition",
    PRODUCT: "the name of the product",
    NUMBER: "the number of the product in the HTSUS",
    ORGANIZATION: "who asks for the exclusion",
}
TEXTS = (Kind.TEXT, Kind.LONG_TEXT)
ONE_CELL = (*TEXTS, Kind.CHOICE, Kind.YES_NO, Kind.YES_NO_UNSURE)
SAME_FOR_ALL = ("position", "org_legal_name", "is_third_party", "third_party_type", "third_party_name")
_FIELD = re.compile(r"\{\s*([A-Za-z][^{}\n]{0,59}?)\s*\}")


def plain_name(name: str) -> str:
    """Return the name of a field or a column as it is compared: small letters, one space between words."""
    return " ".join(name.lower().split())


def may_differ(form: Questionnaire) -> Iterator[Question]:
    """Yield the questions that a column may answer for each case: public ones on the case, not on who writes."""
    for question in form.questions:
        on_case = question.visibility is Visibility.PUBLIC and question.key not in SAME_FOR_ALL
        if on_case and question.kind in (*ONE_CELL, Kind.QUANTITY):
            yield question


def columns_of(form: Questionnaire) -> dict[str, str]:
    """Return the columns that answer a question, each with its label: the question's key, of a figure `key.cell`."""
    found: dict[str, str] = {}
    for question in may_differ(form):
        if question.kind is Kind.QUANTITY:
            found |= {f"{question.key}.{cell.name}": cell.label for cell in grid_cells(question)}
        else:
            found[question.key] = question.label
    return found


def filled(form: Questionnaire, answers: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers for one case: columns in the place of answers, fields of public texts replaced once.

    `values` are by plain name. A value that holds braces is not read for fields again; an empty one changes no answer.
    """
    found = dict(answers)
    for question in may_differ(form):
        if question.kind is Kind.QUANTITY:
            cells = {cell.name: values.get(f"{question.key}.{cell.name}", "") for cell in grid_cells(question)}
            if any(cells.values()):
                found[question.key] = gather(question, cells)
        elif values.get(question.key):
            found[question.key] = values[question.key]
        elif question.kind in TEXTS and isinstance(found.get(question.key), str):
            found[question.key] = _FIELD.sub(lambda one: _value(one, values), found[question.key])
    return found


def _value(field: "re.Match[str]", values: Mapping[str, str]) -> str:
    return values.get(plain_name(field[1]), field[0])


def unknown_fields(form: Questionnaire, answers: Mapping[str, Any], names: Collection[str]) -> dict[str, list[str]]:
    """Return a sentence for each field of the texts that has no value, by question; `names` are the plain names."""
    found: dict[str, list[str]] = {}
    for question in may_differ(form):
        text = answers.get(question.key)
        if question.kind in TEXTS and isinstance(text, str):
            for name in dict.fromkeys(_FIELD.findall(text)):
                if plain_name(name) not in names:
                    found.setdefault(question.key, []).append(
                        f"There is no field “{{{name}}}”. Use one of those listed, add a column of this name to the "
                        "list of petitions, or write the words without braces."
                    )
    return found


def used_fields(form: Questionnaire, answers: Mapping[str, Any]) -> set[str]:
    """Return the plain names of the fields that the texts use."""
    texts = (answers.get(question.key) for question in may_differ(form) if question.kind in TEXTS)
    return {plain_name(name) for text in texts if isinstance(text, str) for name in _FIELD.findall(text)}


def filled_lines(template: str, text: str) -> list[str]:
    """Return the lines of a filled text that differ from case to case: those whose template has a field."""
    pairs = zip(template.splitlines(), text.splitlines(), strict=False)
    return [line for typed, line in pairs if _FIELD.search(typed)]
