"""All sheets of a workbook that is to be taken in as a table of texts. Runs in a child process only; see `parsing`."""

import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from exclusions.gateways.cells import cell_text
from exclusions.gateways.documents.inspection import XLSX, FileRefused, inspect_file

_PIECE, _OVERLAP = 1 << 20, 1 << 13
_FORMULA = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\sref="([A-Z0-9:]+)"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def workbook(*, name: str, most: int, source: BinaryIO, clean: BinaryIO, text: BinaryIO) -> dict[str, Any]:
    """Write each row of each sheet, as [sheet, line, cells] in JSON a line; say why where it cannot be a table.

    What it is, how large it is and how far it unpacks is looked at before anything is unpacked. At most `most` rows of
    a sheet with anything in them are written. Formulas and merged cells are refused: neither says what was meant.
    """
    try:
        if inspect_file(name, source).content_type != XLSX.content_type:
            return {"refused": f"“{name}” is no workbook and no table of texts. Save it as .xlsx, or as CSV UTF-8."}
        if said := _not_plain(name, source):
            return {"refused": said}
        source.seek(0)
        book = CalamineWorkbook.from_filelike(source)
        for sheet in book.sheet_names:
            for line, cells in _rows(book.get_sheet_by_name(sheet), most):
                text.write(json.dumps([sheet, line, cells]).encode() + b"\n")
    except FileRefused as refused:
        return {"refused": str(refused)}
    except (CalamineError, OSError, IndexError, zipfile.BadZipFile):
        return {"refused": f"“{name}” cannot be read as a workbook. Save it as .xlsx without a password, or as CSV."}
    return {}


def _rows(page: CalamineSheet, most: int) -> Iterator[tuple[int, list[str]]]:
    beside = [""] * (page.start[1] if page.start else 0)
    for line, cells in enumerate(page.iter_rows(), start=1):
        words = [*beside, *map(cell_text, cells)]
        while words and not words[-1]:
            words.pop()
        if words:
            yield line, words
            most -= 1
        if most <= 0:
            return


def _not_plain(name: str, source: BinaryIO) -> str:
    """Return why the cells of a workbook are not all typed ones, naming the first that is not; or ""."""
    source.seek(0)
    with zipfile.ZipFile(source) as archive:
        for part in filter(_SHEET.fullmatch, archive.namelist()):
            with archive.open(part) as stream:
                before = b""
                while piece := stream.read(_PIECE):
                    before += piece
                    if found := _FORMULA.search(before):
                        return (
                            f"“{name}” has a formula in cell {found[1].decode()}. Copy the column and paste it back as "
                            "values. Then send the file again."
                        )
                    if found := _MERGED.search(before):
                        return (
                            f"“{name}” has merged cells: {found[1].decode()}. Undo the merge and fill each cell. Then "
                            "send the file again."
                        )
                    before = before[-_OVERLAP:]
    return ""
