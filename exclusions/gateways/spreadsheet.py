"""Tables out, as their rows come: CSV, JSON and XLSX."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from itertools import chain, count, islice, product
from string import ascii_uppercase
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

# A cell that begins so is a formula to a spreadsheet program; a leading apostrophe makes it text again.
FORMULA_STARTS = frozenset("=+-@\t\r")
BELOW_ZERO = re.compile(r"-\d+(\.\d+)?", re.ASCII)  # a number, not a formula


Cell = str | int | date | None
AT_ONCE = 200  # rows that go out in one piece
ROWS_A_SHEET = 1_048_575  # besides the headings
LARGEST_SHEET = 1 << 30  # bytes; at twice as many it would be a kind of zip that some programs do not read
LONGEST_CELL = 32_767
CUT = " … (goes on in the other files)"
LONGEST_CUT = LONGEST_CELL - len(CUT)

# Of a workbook (ECMA-376, part 1).
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET_BEGINS = (
    f'{XML}<worksheet xmlns="{SHEETS}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
BOLD, DAY = 1, 2  # styles of cells, by their places below
STYLES = (
    f'<styleSheet xmlns="{SHEETS}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/>'
    '</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill '
    'patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
    '</cellStyleXfs><cellXfs count="3"><xf/><xf fontId="1" applyFont="1"/><xf numFmtId="164" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
DAY_NOUGHT, FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)  # days before it no program counts rightly: they are text
# Signs that XML cannot hold, and what would be read as one of them.
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def _harmless(cell: str) -> str:
    """Return a text that begins as a formula does, made one that no program computes."""
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


def json_pieces(rows: Iterable[Any]) -> Iterator[str]:
    """Yield a JSON object whose `results` are the rows, in pieces."""
    yield '{"results": ['
    comma = ""
    objects = (json.dumps(row, ensure_ascii=False) for row in rows)
    while piece := ", ".join(islice(objects, AT_ONCE)):
        yield comma + piece
        comma = ", "
    yield "]}"


def workbook_pieces(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield an XLSX workbook in pieces, the first before a row is asked for; memory does not grow with it.

    Texts stay texts, so that no code loses its leading zero and no formula is computed; days are dates and figures
    numbers. Rows that a sheet cannot hold go on in the next one; a text that a cell cannot hold ends with a note.

    A workbook is a zip of XML files (ECMA-376). Its sheets go out as their rows come, and what names them at the end,
    which no writer of workbooks does: each makes the whole before it sends any of it.
    """
    sent, left, names = _Sent(), iter(rows), []
    with ZipFile(sent, "w", ZIP_DEFLATED) as book:
        for number in count(1):
            some = list(
                islice(left, number > 1)
            )  # of the first sheet none: something is sent before a row is asked for
            if number > 1 and not some:
                break
            names.append(sheet if number == 1 else f"{sheet} {number}")
            with book.open(f"xl/worksheets/sheet{number}.xml", "w") as page:
                for piece in _sheet_xml(columns, chain(some, islice(left, ROWS_A_SHEET - len(some)))):
                    page.write(piece)
                    yield sent.taken()
        for name, text in _parts(names).items():
            book.writestr(name, XML + text)
    yield sent.taken()


def workbook(sheet: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the whole of `workbook_pieces`."""
    return b"".join(workbook_pieces(sheet, columns, rows))


class _Sent(io.RawIOBase):
    """Where a zip is written that goes out as it grows; nobody goes back in it."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._waiting += piece
        return len(piece)

    def taken(self) -> bytes:
        """Return what was written since this was asked last."""
        found = bytes(self._waiting)
        self._waiting.clear()
        return found


def _sheet_xml(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a sheet in pieces of AT_ONCE rows: headings, which stay in sight, and as many rows as there is room for."""
    two = map("".join, product(ascii_uppercase, repeat=2))
    letters = list(islice(chain(ascii_uppercase, two), len(columns)))  # of the columns: A to Z, AA to ZZ
    numbered = (_row_xml(line, letters, row) for line, row in enumerate(rows, start=2))
    piece, room = (SHEET_BEGINS + _row_xml(1, letters, columns, style=BOLD)).encode(), LARGEST_SHEET
    while piece:
        yield piece
        room -= len(piece)
        piece = "".join(islice(numbered, AT_ONCE)).encode() if room > 0 else b""
    yield b"</sheetData></worksheet>"


def _row_xml(line: int, letters: Sequence[str], row: Sequence[Cell], *, style: int = 0) -> str:
    cells = (_cell_xml(f"{letter}{line}", cell, style) for letter, cell in zip(letters, row, strict=True))
    return f'<row r="{line}">{"".join(cells)}</row>'


def _cell_xml(place: str, cell: Cell, style: int) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, date) and cell >= FIRST_DAY:
        return f'<c r="{place}" s="{DAY}"><v>{(cell - DAY_NOUGHT).days}</v></c>'
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    text = str(cell)
    text = text if len(text) <= LONGEST_CELL else text[:LONGEST_CUT] + CUT
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_xml_text(text)}</t></is></c>'


def _xml_text(text: str) -> str:
    """Return a text as a cell holds it: a sign that XML cannot hold is written by its number, as _x000B_."""
    return escape(NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text))


def _parts(sheets: Sequence[str]) -> dict[str, str]:
    """Return the files of a workbook that say what is in it, by their names."""
    numbers = range(1, len(sheets) + 1)
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{MAIN}.worksheet+xml"/>' for n in numbers
    )
    named = zip(numbers, sheets, strict=True)
    listed = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in named)
    linked = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    last = len(sheets) + 1
    return {
        "xl/styles.xml": STYLES,
        "xl/workbook.xml": f'<workbook xmlns="{SHEETS}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{linked}'
        f'<Relationship Id="rId{last}" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}'
        f'<Override PartName="/xl/workbook.xml" ContentType="{MAIN}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{MAIN}.styles+xml"/></Types>',
    }
