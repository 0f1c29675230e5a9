"""Values planted by openpyxl, which the product does not use, and by python-docx."""

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import NamedStyle
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table


def _book(plant: Callable[[Any, Any, str], object]) -> Callable[[str], bytes]:
    def made(value: str) -> bytes:
        book, out = Workbook(), io.BytesIO()
        sheet = book.active
        assert sheet is not None
        sheet["A1"], sheet["A2"] = "Tons", 7
        plant(book, sheet, value)
        book.save(out)
        return out.getvalue()

    return made


def _document(plant: Callable[[Document, str], object]) -> Callable[[str], bytes]:
    def made(value: str) -> bytes:
        document, out = docx.Document(), io.BytesIO()
        document.add_paragraph("slabs")
        plant(document, value)
        document.save(out)
        return out.getvalue()

    return made


def _hidden_sheet(book: Any, sheet: Any, value: str) -> None:
    hidden = book.create_sheet("Hidden")
    hidden["A1"], hidden.sheet_state = int(value), "veryHidden"


def _hidden_column(book: Any, sheet: Any, value: str) -> None:
    sheet["D1"] = value
    sheet.column_dimensions["D"].hidden = True


def _filter(book: Any, sheet: Any, value: str) -> None:
    sheet.auto_filter.ref = "A1:A9"
    sheet.auto_filter.add_filter_column(0, [value])


def _input(book: Any, sheet: Any, value: str) -> None:
    rule = DataValidation(type="list", formula1=f'"1,{value}"')
    rule.add("A1")
    sheet.add_data_validation(rule)


def _chart(book: Any, sheet: Any, value: str) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2), titles_from_data=True)
    chart.title = value
    sheet.add_chart(chart, "C3")


def _end_of_axis(book: Any, sheet: Any, value: str) -> None:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2), titles_from_data=True)
    chart.y_axis.scaling.max = float(value)
    sheet.add_chart(chart, "C3")


def _table(book: Any, sheet: Any, value: str) -> None:
    sheet["A1"] = f"sum {value}"
    sheet.add_table(Table(displayName="Tons", ref="A1:A2"))


def _style(book: Any, sheet: Any, value: str) -> None:
    book.add_named_style(NamedStyle(name=f"style {value}"))


IN_EXCEL: dict[str, Callable[[str], bytes]] = {
    "cell (openpyxl)": _book(lambda book, sheet, value: sheet.append([int(value)])),
    "formula (openpyxl)": _book(lambda book, sheet, value: sheet.append([f"=A2+{value}"])),
    "comment (openpyxl)": _book(lambda book, sheet, value: setattr(sheet["A1"], "comment", Comment(value, "x"))),
    "very hidden sheet (openpyxl)": _book(_hidden_sheet),
    "hidden column (openpyxl)": _book(_hidden_column),
    "filter (openpyxl)": _book(_filter),
    "list of an input (openpyxl)": _book(_input),
    "title of a chart (openpyxl)": _book(_chart),
    "end of an axis (openpyxl)": _book(_end_of_axis),
    "head of a table (openpyxl)": _book(_table),
    "name of a style (openpyxl)": _book(_style),
    "defined name (openpyxl)": _book(
        lambda book, sheet, value: book.defined_names.add(DefinedName("tons", attr_text=value))
    ),
    "footer (openpyxl)": _book(lambda book, sheet, value: setattr(sheet.oddFooter.center, "text", value)),
    "form of a number (openpyxl)": _book(
        lambda book, sheet, value: setattr(sheet["A2"], "number_format", f'0"{value}"')
    ),
    "author (openpyxl)": _book(lambda book, sheet, value: setattr(book.properties, "creator", value)),
    "custom property (openpyxl)": _book(
        lambda book, sheet, value: book.custom_doc_props.append(StringProperty(name="x", value=value))
    ),
}
IN_WORD: dict[str, Callable[[str], bytes]] = {
    "table (python-docx)": _document(
        lambda document, value: setattr(document.add_table(1, 1).cell(0, 0), "text", value)
    ),
    "comment (python-docx)": _document(
        lambda document, value: document.add_comment(document.paragraphs[0].runs, text=value, author="x", initials="x")
    ),
    "header (python-docx)": _document(
        lambda document, value: setattr(document.sections[0].header.paragraphs[0], "text", value)
    ),
    "keywords (python-docx)": _document(lambda document, value: setattr(document.core_properties, "keywords", value)),
}
