"""Tables out: CSV line by line, and XLSX in a temporary file on disk."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, count, islice
from typing import IO, Any

import xlsxwriter

# A cell that begins so is a formula to a spreadsheet program; a leading apostrophe makes it text again.
FORMULA_STARTS = frozenset("=+-@\t\r")
BELOW_ZERO = re.compile(r"-\d+(\.\d+)?", re.ASCII)  # a number, not a formula


Cell = str | int | date | None
AT_ONCE = 200  # rows that go out in one piece
ROWS_A_SHEET = 1_048_575  # besides the headings
LONGEST_CELL = 32_767
CUT = " … (goes on in the other files)"
LONGEST_CUT = LONGEST_CELL - len(CUT)


def _harmless(cell: str) -> str:
    """A text that begins as a formula does, made one that no program computes."""
    return cell if BELOW_ZERO.fullmatch(cell) else f"'{cell}"


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a CSV file in pieces, with a byte order mark so that spreadsheet programs read it as UTF-8.

    Days are YYYY-MM-DD; what is None is an empty cell.
    """
    piece = io.StringIO(newline="")
    writer = csv.writer(piece)
    yield "\ufeff"
    writer.writerow(columns)
    left = iter(rows)
    while text := piece.getvalue():
        yield text
        piece.seek(0)
        piece.truncate()
        writer.writerows(map(_harmless_row, islice(left, AT_ONCE)))


def _harmless_row(row: Sequence[Cell]) -> Sequence[Cell]:
    # Files have millions of cells, most of them empty: only a row with one that may be a formula is written anew.
    for cell in row:
        if cell and isinstance(cell, str) and cell[0] in FORMULA_STARTS:
            return [_harmless(cell) if isinstance(cell, str) and cell[:1] in FORMULA_STARTS else cell for cell in row]
    return row


def json_pieces(name: str, rows: Iterable[Any]) -> Iterator[str]:
    """Yield a JSON object with one list of that name, in pieces."""
    yield f'{{"{name}": ['
    comma = ""
    objects = (json.dumps(row, ensure_ascii=False) for row in rows)
    while piece := ", ".join(islice(objects, AT_ONCE)):
        yield comma + piece
        comma = ", "
    yield "]}"


def workbook_file(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> IO[bytes]:
    """Return an XLSX workbook as a temporary file, open at its beginning; it is gone when it is closed.

    Texts stay texts, so that no code loses its leading zero; days are dates and figures numbers. Rows that a sheet
    cannot hold go on in the next one; a text that a cell cannot hold ends with a note.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115 - who takes it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        left = iter(rows)
        for number in count(1):
            some = list(islice(left, 1))
            if number > 1 and not some:
                break
            page = book.add_worksheet(sheet if number == 1 else f"{sheet} {number}")
            page.freeze_panes(1, 0)
            page.write_row(0, 0, columns, bold)
            for line, row in enumerate(chain(some, islice(left, ROWS_A_SHEET - 1)), start=1):
                _write(page, line, row, day)
    file.seek(0)
    return file


def workbook_pieces(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield the workbook of `workbook_file` in pieces; made when the first is asked for."""
    with workbook_file(sheet, columns, rows) as file:
        yield from iter(lambda: file.read(1 << 16), b"")


def _write(page: Any, line: int, row: Sequence[Cell], day: Any) -> None:
    for place, cell in enumerate(row):
        if isinstance(cell, str):
            page.write_string(line, place, cell if len(cell) <= LONGEST_CELL else cell[:LONGEST_CUT] + CUT)
        elif isinstance(cell, date):
            page.write_datetime(line, place, cell, day)
        elif cell is not None:
            page.write_number(line, place, cell)


def workbook(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the whole of `workbook_file`."""
    with workbook_file(sheet, columns, rows) as file:
        return file.read()
