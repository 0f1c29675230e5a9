"""Lines of entry summaries as people bring them: pasted, or as CSV or XLSX, also straight from ACE.

A sentence for each cell that is wrong; a column that is not known is asked for, once a file.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice

from exclusions.gateways.cells import cell_text
from exclusions.gateways.entries.cells import AS_IT_STANDS, Choices
from exclusions.gateways.entries.columns import LABELS, LOOKED, NEEDED, lay_out
from exclusions.gateways.entries.line import FIELDS, EntryLine, EntryTable, read_cells
from exclusions.gateways.entries.reading import Reading, TooMuch
from exclusions.gateways.entries.tariff_rows import joined

__all__ = [
    "FIELDS",
    "LABELS",
    "MOST",
    "MOST_ROWS",
    "NEEDED",
    "EntryLine",
    "EntryTable",
    "read_cells",
    "read_entry_lines",
    "text_rows",
]

MOST = 50_000
MOST_ROWS = 4 * MOST  # a line of an entry may have a row for each of its tariff numbers
MOST_CELLS = 1000  # of a row
TOO_LONG = f"There are more than {MOST:,} lines. Divide them, and send the parts one by one."
TOO_WIDE = f"A row has more than {MOST_CELLS:,} cells. Send the columns of your entries alone."
NOTHING = "There is no line below the heading row. Paste the lines of your entries, or choose a file of them."


def text_rows(text: str) -> Iterator[tuple[int, list[object]]]:
    """Yield the rows of pasted text or of a CSV file, whatever divides the cells: tab, semicolon, bar or comma."""
    plain = text.lstrip("\ufeff")
    first = plain.lstrip(" \r\n").split("\n", 1)[0]
    top = [line for line in plain.split("\n", LOOKED)[:LOOKED] if line.strip()]
    many = (mark for mark in "\t;|" if any(line.count(mark) + 1 >= len(NEEDED) for line in top))
    divided = next(many, next((mark for mark in ("\t", ";") if mark in first), ","))
    reader = csv.reader(io.StringIO(plain), delimiter=divided, skipinitialspace=divided != "\t")
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            continue
        if any(cell.strip() for cell in cells):
            yield line, list(cells)


def read_entry_lines(
    rows: Iterable[tuple[int, Sequence[object]]], name: str, *, today: date, choices: Choices = AS_IT_STANDS
) -> EntryTable:
    """Return the lines of a table, its heading row wherever it stands, or without one in the order of NEEDED.

    Stops at MOST lines, at MOST_ROWS rows of any kind and at a row of more than MOST_CELLS cells. Every wrong cell is
    told by row and column; the other rows are answered all the same, unless most of the table seems to be wrong
    (`Reading`). Rows of one line, one for each tariff number as ACE writes them, are one line of the answer.
    """
    whole = iter(rows)
    top = list(islice(whole, LOOKED))
    if any(len(cells) > MOST_CELLS for _, cells in top):
        return EntryTable(fault=TOO_WIDE)
    words = [[cell_text(cell) for cell in cells] for _, cells in top]
    layout = lay_out(words, {})
    if choices.columns and choices.columns_of in ("", layout.mark):
        layout = lay_out(words, choices.columns)
    table = EntryTable(layout=layout)
    if not top:
        table.fault = NOTHING
        return table
    if layout.missing:
        table.fault = _no_columns([LABELS[name] for name in layout.missing])
        return table
    reading = Reading(table, layout, name, today, choices)
    try:
        _take(reading, chain(top[layout.first :], whole))
    except TooMuch as refused:
        table.lines.clear()
        table.fault = str(refused)
        return table
    if len(table.lines) > MOST:
        table.lines.clear()
        table.fault = TOO_LONG
    elif not table.lines and not table.bad and not table.elsewhere:
        table.fault = NOTHING
    return table


def _take(reading: Reading, rows: Iterable[tuple[int, Sequence[object]]]) -> None:
    """Read the rows below the heading as lines. Raises TooMuch."""
    kept = list(reading.rows(_bounded(rows)))
    if any(row.special for row in kept):
        numbered, reading.table.joined = "line_number" in reading.layout.columns, True
        for line in joined(kept, numbered=numbered):
            reading.take_joined(line)
    else:
        for row in kept:
            reading.take(row)


def _bounded(rows: Iterable[tuple[int, Sequence[object]]]) -> Iterator[tuple[int, Sequence[object]]]:
    """Yield the rows as far as one table may go. Raises TooMuch."""
    for count, (line, cells) in enumerate(rows):
        if count >= MOST_ROWS:
            raise TooMuch(TOO_LONG)
        if len(cells) > MOST_CELLS:
            raise TooMuch(TOO_WIDE)
        yield line, cells


def _no_columns(missing: Sequence[str]) -> str:
    columns = ", ".join(f"“{name}”" for name in missing)
    needed = ", ".join(LABELS[name] for name in NEEDED)
    return (
        f"There is no column {columns}. Give the columns {needed}, with a heading row or in this order. You may add "
        "a column description and a column liquidated on."
    )
