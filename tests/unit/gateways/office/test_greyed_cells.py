"""A cell of a bulk sheet is grey exactly where its question does not apply, as LibreOffice reckons its formula."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from exclusions import questionnaires
from exclusions.gateways.bulk_sheets.greyed import greyed_if
from exclusions.gateways.bulk_sheets.layout import Column, Marks
from exclusions.gateways.bulk_sheets.template_file import FIRST, Filled, filled_workbook
from exclusions.queries.importer.bulk_templates import columns_of
from exclusions.questionnaires import Questionnaire
from tests.libreoffice import converted
from tests.unit.questionnaires.every_condition import tries

FORMS = [key for key in questionnaires.KEYS if not key.startswith(("response", "reply"))]


def greyed(form: Questionnaire) -> Iterator[tuple[int, str]]:
    """Yield the place and key of each column whose question does not always apply."""
    for place, column in enumerate(columns_of(form)):
        if column.shown_if is not None:
            yield place, column.heading.partition(".")[0]


def typed(columns: list[Column], answers: Mapping[str, Any], *, as_offered: bool) -> list[str]:
    """Return answers as a filer types them: as they are offered, in capitals; or as they are kept, with blanks."""
    texts = []
    for column in columns:
        value = answers.get(column.heading, "")
        text = "; ".join(value) if isinstance(value, list) else str(value)
        labels = dict(zip(column.values, column.choices, strict=True))
        texts.append(labels.get(text, text).upper() if as_offered else f" {text} " if text else "")
    return texts


@pytest.mark.parametrize("key", FORMS)
def test_a_cell_is_grey_where_its_question_does_not_apply(key: str, tmp_path: Path) -> None:
    form = questionnaires.get(key)
    columns = columns_of(form)
    book, wanted = Workbook(), list[tuple[str, bool]]()
    page = book.worksheets[0]
    for place, name in greyed(form):
        condition = form.question(name).shown_if
        assert condition is not None
        for answers in tries(form, condition.keys & {column.heading for column in columns}):
            for as_offered in (True, False):
                line = len(wanted) + 1
                formula = greyed_if(columns, place, line)
                texts = typed(columns, answers, as_offered=as_offered)
                page.append([*texts, formula or "=FALSE()"])
                apart = condition.keys - {column.heading for column in columns}  # what a sheet says once, for all rows
                applies = condition.verdict(answers, apart) is not False
                wanted.append((f"{columns[place].heading} of {answers}", not applies))
    out = io.BytesIO()
    book.save(out)
    read = converted({"book.xlsx": out.getvalue()}, "csv", tmp_path)["book"].decode()
    came = [row[-1] == "TRUE" for row in csv.reader(io.StringIO(read))]
    assert {grey for _, grey in wanted} == {True, False}
    assert [about for (about, grey), is_grey in zip(wanted, came, strict=True) if grey is not is_grey] == []


@pytest.mark.parametrize("key", FORMS)
def test_the_workbook_greys_each_of_them_for_all_rows(key: str) -> None:
    form = questionnaires.get(key)
    columns = columns_of(form)
    content = filled_workbook(Marks("a", "1", key, "b"), Filled(columns), {})
    rules = load_workbook(io.BytesIO(content))["Petitions"].conditional_formatting
    ranges = {str(rule.sqref).split(":", maxsplit=1)[0] for rule in rules}
    known = [place for place, _ in greyed(form) if greyed_if(columns, place, FIRST + 1)]
    assert known
    assert len(ranges) == len(known)
    assert all(start.endswith(str(FIRST + 1)) for start in ranges)


def test_of_a_column_that_the_sheet_does_not_have_nothing_is_known() -> None:
    shown = {"any_of": [{"is": {"key": "gone", "value": "yes"}}, {"answered": {"key": "there"}}]}
    columns = [Column("there", ""), Column("hangs", "", shown_if=shown)]
    assert greyed_if(columns, 1, 4) is None
    assert greyed_if([columns[0], Column("hangs", "", shown_if={"not": {"not": shown}})], 1, 4) is None
    both = Column("hangs", "", shown_if={"all_of": shown["any_of"]})
    assert greyed_if([columns[0], both], 1, 4) == '=NOT(AND(TRIM($A4)<>""))'
