"""Tables of bulk sheets as they come back: workbooks, CSV in whatever coding and with whatever mark, and pastes."""

import csv
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from exclusions.gateways.bulk_sheets.layout import CHOICES, MARKS, SHEET, Marks, RawSheet, Row
from exclusions.gateways.documents.inspection import MAX_BYTES, FileRefused, safe_name
from exclusions.gateways.documents.parsing import lines_of
from exclusions.gateways.entries.decoding import NotText, decoded
from exclusions.gateways.rows import ZIP_MAGIC
from exclusions.gateways.spreadsheet import FORMULA_STARTS

MOST_ROWS = 20_000
MOST_COLUMNS = 250
_ABOVE = 2  # rows of a template below its headings: the questions in words, and the example
_DIVIDE = "Divide the sheet, and send the parts one by one."
TOO_MANY_ROWS = f"There are more than {MOST_ROWS:,} rows. {_DIVIDE}"
TOO_WIDE = f"There are more than {MOST_COLUMNS} columns. Remove columns of your own that no petition needs."
NOT_TEXT = "This file is no table that we can read. Save it as .xlsx, or as CSV UTF-8."
NOTHING = "There is no heading row. Begin with the headings of the template, each in its cell."


def read_file(name: str, file: BinaryIO) -> RawSheet:
    """Return the table of a file, told by its content. Raises FileRefused with a sentence before it is unpacked."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > MAX_BYTES:
        raise FileRefused(f"“{safe_name(name)}” is larger than {MAX_BYTES // 1_000_000} MB. {_DIVIDE}")
    begins = file.read(4)
    file.seek(0)
    if begins == ZIP_MAGIC:
        return _read_workbook(name, file)
    try:
        return read_text(decoded(file.read()))
    except NotText:
        raise FileRefused(NOT_TEXT) from None


def read_text(text: str) -> RawSheet:
    """Return the table of a CSV file or of a paste, whatever divides the cells: tab, semicolon or comma.

    Raises FileRefused.
    """
    found = RawSheet()
    for row in _text_rows(text):
        if not found.headings and row.cells[0].startswith("#"):
            found.marks = Marks.from_line(" ".join(row.cells))
        elif not found.headings:
            found.headings = _headings(row)
        else:
            formula = next((cell for cell in row.cells if cell.startswith("=")), "")
            if formula:
                raise FileRefused(
                    f"Line {row.number} has a formula: a cell begins with “=”. Paste the column as values. Then send "
                    "the table again."
                )
            _add(found, Row(row.number, [_plain(cell) for cell in row.cells]))
    return _bounded(found)


def _text_rows(text: str) -> Iterator[Row]:
    plain = text.lstrip("\ufeff")
    head = next((line for line in plain.splitlines() if line.strip() and not line.lstrip('"').startswith("#")), "")
    divided = max("\t;,", key=head.count)
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=divided)
    while True:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error:
            raise FileRefused(
                f"Line {line} cannot be read: a cell is too long, or its quote is left open. Correct it."
            ) from None
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield Row(line, cells)


def _plain(cell: str) -> str:
    """Return a text without the apostrophe that keeps spreadsheet programs from computing it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS else cell


def _read_workbook(name: str, file: BinaryIO) -> RawSheet:
    found, marks, first = RawSheet(), dict[str, str](), ""
    request = {"job": "workbook", "name": safe_name(name), "most": MOST_ROWS + _ABOVE + 2}
    for sheet, number, cells in map(json.loads, lines_of(name, file, request)):
        if sheet == MARKS:
            marks |= {cells[0]: cells[1]} if len(cells) > 1 else {}
        elif sheet == CHOICES:
            continue
        elif sheet == SHEET or first in ("", sheet):
            first = sheet
            if found.headings:
                _add(found, Row(number, cells))
            else:
                found.headings = _headings(Row(number, cells))
        else:
            found.tables.setdefault(sheet, []).append(Row(number, cells))
    found.marks = Marks.read(marks)
    return _bounded(found)


def _headings(row: Row) -> list[str]:
    return [" ".join(cell.split()) for cell in row.cells]


def _add(found: RawSheet, row: Row) -> None:
    if len(found.rows) >= MOST_ROWS + _ABOVE:
        raise FileRefused(TOO_MANY_ROWS)
    found.rows.append(row)


def _bounded(found: RawSheet) -> RawSheet:
    if not found.headings:
        raise FileRefused(NOTHING)
    tables = (row for rows in found.tables.values() for row in rows)
    widest = max((len(row.cells) for row in (*found.rows, *tables)), default=0)
    if max(len(found.headings), widest) > MOST_COLUMNS:
        raise FileRefused(TOO_WIDE)
    return found
