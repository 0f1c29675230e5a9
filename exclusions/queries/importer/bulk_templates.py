"""Templates of bulk sheets: what the form of a round asks, as the columns of a table."""

from exclusions.facts.forms import petition_form
from exclusions.gateways.bulk_sheets.layout import Column, Marks, Template
from exclusions.models import Round
from exclusions.questionnaires import Kind
from exclusions.questionnaires.language.places import COUNTRIES, STATES
from exclusions.questionnaires.language.question import Choice, Question
from exclusions.questionnaires.language.question import Column as RowColumn
from exclusions.questionnaires.samples import sample_answers, sample_cell
from exclusions.questionnaires.sheet_columns import Heading, form_digest, headings, tables

_YES_NO = ("Yes", "No")
_OFFERED = {
    Kind.YES_NO: _YES_NO,
    Kind.YES_NO_UNSURE: (*_YES_NO, "Not sure"),
    Kind.COUNTRY: tuple(COUNTRIES.values()),
    Kind.STATE: tuple(STATES.values()),
}
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
    answered = form.applicable(form.cleaned(sample_answers(form)))
    shown = {question.key for question in answered}
    return Template(
        marks_of(round),
        [_column(heading, heading.question.key in shown) for heading in headings(form)],
        {question.key: [_of_rows(question, column) for column in question.columns] for question in tables(form)},
    )


def _column(heading: Heading, in_example: bool) -> Column:
    question = heading.question
    offered = _offered(heading.kind, heading.choices)
    applies = "" if question.shown_if is None else "This does not apply to every petition."
    help_text = " ".join(filter(None, [applies, question.help]))
    example = (sample_cell(question.key, heading.cell) or _example(heading.kind, offered)) if in_example else ""
    return Column(heading.name, heading.label, help_text, offered, not question.is_public, example)


def _of_rows(question: Question, column: RowColumn) -> Column:
    visibility = column.visibility or question.visibility
    offered = _offered(column.kind, column.choices)
    label = f"{question.label}: {column.label}"
    return Column(column.key, label, column.help, offered, visibility.value != "public", _example(column.kind, offered))


def _offered(kind: Kind, choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.label for choice in choices) or _OFFERED.get(kind, ())


def _example(kind: Kind, offered: tuple[str, ...]) -> str:
    if kind in (Kind.YES_NO, Kind.YES_NO_UNSURE):
        return "No"
    return _EXAMPLES.get(kind) or (offered[0] if offered else "")
