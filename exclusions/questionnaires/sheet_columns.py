"""The columns of a bulk sheet and the answers of one of its rows: made of the form, as the form's own pages are.

A column is headed by the key of its question; a cell of a table of figures by `key.cell`, as the page names its input.
The first step, which tells who files, is answered once a sheet. Certifications have no column: they are given on the
drafts. Documents stand in the column of their question, public or confidential as that is, by the names of their files.
Answers of many rows stand in tables of their own, which name the row that they belong to.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from exclusions import hts
from exclusions.questionnaires.language.compounds import gather, grid_cells
from exclusions.questionnaires.language.condition import Answers
from exclusions.questionnaires.language.question import Choice, Kind, Problem, Question
from exclusions.questionnaires.language.questionnaire import Questionnaire

ROW = "row"  # the column in which a filer names a row, so that tables can name it too
GRIDS = (Kind.PURCHASES, Kind.REVENUE, Kind.QUANTITY)
FILES_DIVIDED = ";"  # between names of files in a cell
_FIGURES = (Kind.MONEY, Kind.NUMBER)
_NINE_DIGITS = re.compile(r"[1-9][0-9]{8}")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_NOUGHT = date(1899, 12, 30)  # of a spreadsheet program's count of days


@dataclass(frozen=True)
class Heading:
    """One column: its name, the question it answers, the cell within the answer ("": all of it), and its kind."""

    name: str
    question: Question
    label: str
    kind: Kind
    cell: str = ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The answers that are offered, where the question offers some."""
        return () if self.cell else self.question.choices


@dataclass(frozen=True)
class Mended:
    """What is wrong with a cell that a spreadsheet program changed, and what was most likely typed ("": unknown)."""

    message: str
    remedy: str
    proposal: str


def company_step(form: Questionnaire) -> str:
    """Return the key of the step that is answered once for all rows of a sheet."""
    return form.steps[0].key


def of_rows(form: Questionnaire) -> list[Question]:
    """Return the questions that each row of a sheet answers for itself, in the order of the form."""
    first = company_step(form)
    return [question for question in form.questions if question.step != first and question.kind is not Kind.CERTIFY]


def of_files(form: Questionnaire) -> list[Question]:
    """Return those of them that are answered by documents."""
    return [question for question in of_rows(form) if question.kind is Kind.FILES]


def headings(form: Questionnaire) -> list[Heading]:
    """Return the columns of a sheet in the order of the form; answers of many rows have tables instead."""
    found = []
    for question in of_rows(form):
        if question.kind in GRIDS:
            found += [
                Heading(f"{question.key}.{cell.name}", question, cell.label, cell.kind, cell.name)
                for cell in grid_cells(question)
            ]
        elif question.kind is not Kind.ROWS:
            found.append(Heading(question.key, question, question.label, question.kind))
    return found


def tables(form: Questionnaire) -> list[Question]:
    """Return the questions whose answers have many rows."""
    return [question for question in of_rows(form) if question.kind is Kind.ROWS]


def form_digest(form: Questionnaire) -> str:
    """Return what stands for all that a form asks: another digest, another template."""
    described = json.dumps([form.schema(), [heading.name for heading in headings(form)]], sort_keys=True)
    return hashlib.sha256(described.encode()).hexdigest()[:16]


def row_answers(
    form: Questionnaire, cells: Mapping[str, str], many: Mapping[str, list[dict[str, str]]]
) -> dict[str, Any]:
    """Return the answers of a row as typed, {key: raw value}; `many` are its answers of many rows.

    Documents are answered by the names of their files. Empty answers are left out.
    """
    found: dict[str, Any] = {}
    for question in of_rows(form):
        if question.kind is Kind.ROWS:
            value: Any = many.get(question.key) or []
        elif question.kind in GRIDS:
            names = ((cell.name, f"{question.key}.{cell.name}") for cell in grid_cells(question))
            value = gather(question, {cell: cells.get(name, "") for cell, name in names})
        elif question.kind is Kind.FILES:
            value = [name for name in cells.get(question.key, "").split(FILES_DIVIDED) if name.strip()]
        else:
            value = cells.get(question.key, "")
        if value:
            found[question.key] = value
    return found


def misplaced(form: Questionnaire, answers: Answers, given: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each of the `given` keys whose question does not apply to these answers: none is dropped."""
    shown = {question.key for question in form.applicable(form.cleaned(answers))}
    for key in given:
        question = form.question(key)
        if key not in shown and question.shown_if is not None:
            clause = question.shown_if.clause(form.labels)
            yield Problem(
                key,
                "",
                f'"{question.label}" does not apply to this row.',
                f"Empty it. Or correct the other answers: it applies only if {clause}.",
            )


def mended(heading: Heading, text: str) -> Mended | None:
    """Return what a spreadsheet program did to a cell of digits, with the number to confirm; None where it did not."""
    if heading.kind is Kind.HTS10:
        digits = hts.undotted(text)
        if _NINE_DIGITS.fullmatch(digits):
            proposal = hts.dotted(f"0{digits}")
            return Mended(
                f'"{heading.label}": {text} has nine digits. A spreadsheet program drops a leading zero.',
                f"If {proposal} is meant, confirm it. Or type all ten digits, in a column formatted as text.",
                proposal,
            )
        return _of_day(heading, text, "") if _ISO_DAY.fullmatch(text) else None
    day = _ISO_DAY.fullmatch(text) if heading.kind in _FIGURES else None
    return _of_day(heading, text, _counted(*map(int, day.groups()))) if day else None


def _of_day(heading: Heading, text: str, proposal: str) -> Mended:
    """Return the refusal of a day where a number belongs."""
    confirm = f"If {proposal} is meant, confirm it. Or type" if proposal else "Type"
    return Mended(
        f'"{heading.label}": {text} is a date. A spreadsheet program makes dates of some numbers.',
        f"{confirm} the number again, in a column formatted as text.",
        proposal,
    )


def _counted(year: int, month: int, day: int) -> str:
    """Return the number that a spreadsheet program shows as a day; "" where there is no such day."""
    try:
        count = (date(year, month, day) - _DAY_NOUGHT).days
    except ValueError:
        return ""
    return str(count) if count > 0 else ""
