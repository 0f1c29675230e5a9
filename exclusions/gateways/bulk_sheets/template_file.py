"""Templates of bulk sheets as files: a workbook with lists to choose from, and CSV."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from exclusions.gateways.bulk_sheets.greyed import greyed_if
from exclusions.gateways.bulk_sheets.layout import ASKED, CHOICES, EXAMPLE, MARKS, ROW, SHEET, Column, Marks, Template
from exclusions.gateways.bulk_sheets.layout import sheet_name as named
from exclusions.gateways.bulk_sheets.reading import MOST_COLUMNS
from exclusions.gateways.spreadsheet import FORMULA_STARTS, LONGEST_CELL

FIRST = 3  # the line of the first row of the filer's, counted from 0
_LAST_ROW = 20_999
_TEXT = 49  # the number of the format of texts (ECMA-376, part 1, 18.8.30)
_WIDTH, _MOST_WIDTH = 14, 40
_LONGEST_NOTE = 1_000
_ROW = Column(ROW, "Your name for the row", "A name or number of your own. Other tables name the row by it.")
_ALLOWED = {
    name: True
    for name in (
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_columns",
        "insert_rows",
        "delete_rows",
        "sort",
        "autofilter",
    )
}
# Texts stay what they are: no number, day, link or formula is made of them.
_AS_TEXTS: dict[str, Any] = {
    "in_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def template_workbook(template: Template) -> bytes:
    """Return a template as XLSX: locked headings with notes, lists on a hidden sheet, an example, marks."""
    tables = {name: Filled([_ROW, *columns]) for name, columns in template.tables.items()}
    return filled_workbook(template.marks, Filled([_ROW, *template.columns]), tables)


@dataclass
class Filled:
    """A sheet of a workbook: its columns, its rows as texts, and what is noted of cells, by (row from 0, column)."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]] = ()
    notes: Mapping[tuple[int, int], "Noted"] = field(default_factory=dict)


@dataclass(frozen=True)
class Noted:
    """What is noted of a cell, and whether it is an error."""

    text: str
    is_error: bool


def filled_workbook(marks: Marks, main: Filled, tables: Mapping[str, Filled]) -> bytes:
    """Return a workbook laid out as a template is, with rows as texts below the example, noted cells marked."""
    out = io.BytesIO()
    with Workbook(out, _AS_TEXTS) as book:
        offered = _Offered(book)
        pages = [(SHEET, main), *((named(name), table) for name, table in tables.items())]
        for sheet, page in [(book.add_worksheet(name), page) for name, page in pages]:
            _head(book, sheet, page.columns, offered)
            _fill(book, sheet, page)
        offered.write()
        marked = book.add_worksheet(MARKS)
        marked.hide()
        for place, pair in enumerate(marks.pairs):
            marked.write_row(place, 0, pair)
    return out.getvalue()


def template_csv(template: Template) -> bytes:
    """Return a template as CSV (UTF-8, marked as such); its first line has the marks of the template.

    Answers of many rows have a column each, which takes them as JSON.
    """
    many = [
        Column(
            name,
            "Answers of many rows, as JSON",
            example=json.dumps([{column.heading: column.example for column in columns}]),
        )
        for name, columns in template.tables.items()
    ]
    columns = [_ROW, *template.columns, *many]
    piece = io.StringIO(newline="")
    writer = csv.writer(piece)
    writer.writerow([template.marks.line])
    writer.writerow([column.heading for column in columns])
    for row in _rows_above(columns):
        writer.writerow([_harmless(cell) for cell in row])
    return piece.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell[:1] in FORMULA_STARTS and cell else cell


def _rows_above(columns: Sequence[Column]) -> Iterable[list[str]]:
    """Return the row of the questions in words and the example, each named so that it is no row of the filer's."""
    return [
        [ASKED if column.heading == ROW else column.label for column in columns],
        [EXAMPLE if column.heading == ROW else column.example for column in columns],
    ]


class _Offered:
    """The lists to choose from, each once, on a sheet that is hidden."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._lists: dict[tuple[str, ...], int] = {}

    def source(self, choices: tuple[str, ...]) -> str:
        """Return where a list will stand."""
        letter = xl_col_to_name(self._lists.setdefault(choices, len(self._lists)))
        return f"='{CHOICES}'!${letter}$1:${letter}${len(choices)}"

    def write(self) -> None:
        """Write the lists that were asked for."""
        sheet = self._book.add_worksheet(CHOICES)
        sheet.hide()
        for choices, place in self._lists.items():
            sheet.write_column(0, place, choices)


def _head(book: Workbook, sheet: Worksheet, columns: Sequence[Column], offered: _Offered) -> None:
    """Write what stands above the rows, and what helps to fill them in."""
    typed = book.add_format({"num_format": _TEXT, "locked": False, "valign": "top"})
    head = book.add_format({"bold": True, "locked": True, "bg_color": "#dfe1e2"})
    secret = book.add_format({"bold": True, "locked": True, "bg_color": "#face00"})
    greyed = book.add_format({"bg_color": "#dfe1e2"})
    above = book.add_format({"italic": True, "locked": True, "num_format": _TEXT, "font_color": "#565c65"})
    # Not more than can come back: the writer goes through every column of a format for each row.
    sheet.set_column(0, MOST_COLUMNS - 1, _WIDTH, typed)
    for place, column in enumerate(columns):
        width = min(max(len(column.heading) + 2, _WIDTH), _MOST_WIDTH)
        sheet.set_column(place, place, width, typed)
        sheet.write_string(0, place, column.heading, secret if column.confidential else head)
        note = "\n".join(filter(None, [column.label, "Confidential." if column.confidential else "", column.help]))
        sheet.write_comment(0, place, note[:_LONGEST_NOTE], {"x_scale": 2, "y_scale": 2})
        if column.choices:
            sheet.data_validation(
                FIRST, place, _LAST_ROW, place, {"validate": "list", "source": offered.source(column.choices)}
            )
        if formula := greyed_if(columns, place, FIRST + 1):
            rule = {"type": "formula", "criteria": formula, "format": greyed}
            sheet.conditional_format(FIRST, place, _LAST_ROW, place, rule)
    for line, row in enumerate(_rows_above(columns), start=1):
        for place, text in enumerate(row):
            sheet.write_string(line, place, text, above)
    sheet.freeze_panes(1, 1)
    sheet.protect("", _ALLOWED)


def _fill(book: Workbook, sheet: Worksheet, page: Filled) -> None:
    """Write the rows as texts, and mark the cells of which something is noted."""
    shape = {"num_format": _TEXT, "locked": False, "valign": "top"}
    formats = {
        None: book.add_format(shape),
        True: book.add_format({**shape, "bg_color": "#f8dfe2", "font_color": "#8b0a03"}),
        False: book.add_format({**shape, "bg_color": "#faf3d1"}),
    }
    for number, row in enumerate(page.rows):
        for place in range(len(page.columns)):
            text = row[place] if place < len(row) else ""
            noted = page.notes.get((number, place))
            if text or noted:
                cell = formats[noted.is_error if noted else None]
                write = sheet.write_string if text else sheet.write_blank
                write(number + FIRST, place, text[:LONGEST_CELL], cell)
            if noted:
                sheet.write_comment(number + FIRST, place, noted.text[:_LONGEST_NOTE], {"x_scale": 2, "y_scale": 2})
