"""Templates of bulk sheets: what the form of a round asks, as the columns of a table."""

from collections.abc import Mapping

from exclusions.facts.forms import petition_form
from exclusions.gateways.bulk_sheets.layout import Column, Marks, Template
from exclusions.models import Round
from exclusions.questionnaires import Kind, Questionnaire
from exclusions.questionnaires.language.places import COUNTRIES, STATES
from exclusions.questionnaires.language.question import Choice, Question
from exclusions.questionnaires.language.question import Column as RowColumn
from exclusions.questionnaires.samples import sample_answers, sample_cell
from exclusions.questionnaires.sheet_columns import Heading, form_digest, headings, tables

_YES_NO = {"yes": "Yes", "no": "No"}
_OFFERED: Mapping[Kind, Mapping[str, str]] = {
    Kind.YES_NO: _YES_NO,
    Kind.YES_NO_UNSURE: {**_YES_NO, "unsure": "Not sure"},
    Kind.COUNTRY: COUNTRIES,
    Kind.STATE: STATES,
}
_OF_FILES = "Names of files, joined by “;”. Send the files in ZIPs, on the page of the sheet."
_EXAMPLES = {
    Kind.MONEY: "2100000",
    Kind.NUMBER: "1200",
    Kind.PERCENT: "41",
    Kind.EMAIL: "name@example.com",
    Kind.PHONE: "+1 202-555-0143",
    Kind.ZIP: "55802",
    Kind.NAICS: "339112",
    Kind.CAS: "108-77-0",
}


def marks_of(round: Round) -> Marks:
    """Return the marks of the template that a round has now."""
    digest = form_digest(petition_form(round))
    return Marks(round.slug, str(round.version), round.questionnaire, digest)


def template_of(round: Round) -> Template:
    """Return the template of a round: a column a question that each petition answers for itself, or a cell of it."""
    form = petition_form(round)
    return Template(
        marks_of(round),
        columns_of(form),
        {question.key: [_of_rows(question, column) for column in question.columns] for question in tables(form)},
    )


def columns_of(form: Questionnaire) -> list[Column]:
    """Return a column a question that a row answers for itself, or a cell of it, in the order of the form."""
    answered = form.applicable(form.cleaned(sample_answers(form)))
    shown = {question.key for question in answered}
    return [_column(heading, heading.question.key in shown, form.labels) for heading in headings(form)]


def _column(heading: Heading, in_example: bool, labels: Mapping[str, str]) -> Column:
    question, condition = heading.question, heading.question.shown_if
    values = _offered(heading.kind, heading.choices)
    offered = tuple(values.values())
    applies = f"This applies only if {condition.clause(labels)}. It is grey where it does not." if condition else ""
    is_files = heading.kind is Kind.FILES
    help_text = " ".join(filter(None, [applies, _OF_FILES if is_files else "", question.help]))
    example = (sample_cell(question.key, heading.cell) or _example(heading.kind, offered)) if in_example else ""
    if is_files and question.is_public:
        name = question.key.removesuffix("_documents")
        example = f"{name}-1.pdf; {name}-2.jpg"
    shown_if = condition.schema() if condition else None
    secret = not question.is_public
    return Column(heading.name, heading.label, help_text, offered, secret, example, tuple(values), shown_if)


def _of_rows(question: Question, column: RowColumn) -> Column:
    visibility = column.visibility or question.visibility
    offered = tuple(_offered(column.kind, column.choices).values())
    label = f"{question.label}: {column.label}"
    return Column(column.key, label, column.help, offered, visibility.value != "public", _example(column.kind, offered))


def _offered(kind: Kind, choices: tuple[Choice, ...]) -> Mapping[str, str]:
    """Return what is offered, {as it is kept: as it is read}."""
    return {choice.value: choice.label for choice in choices} or _OFFERED.get(kind, {})


def _example(kind: Kind, offered: tuple[str, ...]) -> str:
    if kind in (Kind.YES_NO, Kind.YES_NO_UNSURE):
        return "No"
    return _EXAMPLES.get(kind) or (offered[0] if offered else "")
