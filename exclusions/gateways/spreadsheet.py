"""Tables out: CSV line by line, and XLSX in a temporary file on disk."""

import csv
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter

# A cell that begins so is a formula to a spreadsheet program; a leading apostrophe makes it text again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BELOW_ZERO = re.compile(r"-\d+(\.\d+)?", re.ASCII)  # a number, not a formula


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """Return the text."""
        return text


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and not BELOW_ZERO.fullmatch(cell) else cell


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a CSV file line by line, with a byte order mark so that spreadsheet programs read it as UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield str(writer.writerow(columns))
    for row in rows:
        yield str(writer.writerow([_harmless(cell) for cell in row]))


def workbook(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an XLSX workbook with one sheet; every cell is text, so that no code loses its leading zero."""
    with tempfile.TemporaryFile() as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(file, options) as book:
            page = book.add_worksheet(sheet)
            page.freeze_panes(1, 0)
            page.write_row(0, 0, columns, book.add_format({"bold": True}))
            for number, row in enumerate(rows, start=1):
                for place, cell in enumerate(row):
                    page.write_string(number, place, cell)
        file.seek(0)
        return file.read()
