"""What a parser does with one file: told what it is, cleaned, read. Runs in a child process only; see `parsing`."""

import json
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from exclusions.gateways.cells import cell_text
from exclusions.gateways.documents.cleaning import CannotClean, clean_into
from exclusions.gateways.documents.inspection import FileRefused, inspect_file
from exclusions.gateways.documents.reading import Reading, read_content
from exclusions.gateways.documents.reading_result import named_parts
from exclusions.gateways.documents.removing import CannotRemove, write_without
from exclusions.gateways.documents.showing import CannotShow, shown_text
from exclusions.gateways.documents.text_parts import joined
from exclusions.gateways.documents.thumbnails import write_thumbnail
from exclusions.gateways.documents.workbooks import workbook
from exclusions.gateways.documents.zips.listing import zip_listing


def take_in(*, name: str, public: bool, source: BinaryIO, clean: BinaryIO, text: BinaryIO) -> dict[str, Any]:
    """Inspect an upload; of a public one, write what may be published and the text of that. Return what is known.

    `clean` stays empty where the file has no metadata and is published as it is; so does `text` then.
    """
    try:
        inspected = inspect_file(name, source)
    except FileRefused as refused:
        return {"refused": str(refused)}
    told: dict[str, Any] = {"name": inspected.name, "content_type": inspected.content_type}
    if not public:
        return told
    try:
        changed = clean_into(inspected.content_type, source, clean)
    except CannotClean:
        return {"damaged": inspected.name}
    if not changed:
        return {**told, "plain": True, "whole": True}
    return {**told, **_written(read_content(inspected.content_type, clean), text)}


def take_in_without(
    *, part: str, name: str, public: bool, source: BinaryIO, clean: BinaryIO, text: BinaryIO
) -> dict[str, Any]:
    """Do the same with the file as it is without one of its parts."""
    with tempfile.TemporaryFile() as less:
        try:
            write_without(source, less, part)
        except CannotRemove as refused:
            return {"refused": str(refused)}
        less.flush()
        return take_in(name=name, public=public, source=less, clean=clean, text=text)


def part(*, part: str, source: BinaryIO, clean: BinaryIO, text: BinaryIO) -> dict[str, Any]:
    """Write what one part of a stored file says, for a person to read; say where nobody can."""
    try:
        text.write(shown_text(source, part).encode())
    except CannotShow as refused:
        return {"refused": str(refused)}
    return {}


def read(*, content_type: str, source: BinaryIO, clean: BinaryIO, text: BinaryIO) -> dict[str, Any]:
    """Write the text and metadata of a stored file; return whether that is all of it, and what is not."""
    return _written(read_content(content_type, source), text)


def sheet(*, most: int, prefer: str = "", source: BinaryIO, clean: BinaryIO, text: BinaryIO) -> dict[str, Any]:
    """Write a sheet of a workbook, a row of texts in JSON a line, at most so many rows; say if it is none.

    It is the first sheet, or the one of the name to `prefer`. Days are written as year-month-day, as a CSV file would
    have them; blank rows are empty lists. A cell below the first of merged ones has under `merged` what the first says.
    """
    source.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(source)
        page = book.get_sheet_by_name(prefer) if prefer in book.sheet_names else book.get_sheet_by_index(0)
        for words in islice(_rows(page), most):
            said = any(isinstance(word, str) and word for word in words)
            text.write(json.dumps(words if said else []).encode() + b"\n")
    except (CalamineError, OSError, IndexError) as error:
        return {"refused": str(error)[:200]}
    return {}


def thumbnail(*, source: BinaryIO, clean: BinaryIO, text: BinaryIO) -> dict[str, Any]:
    """Write the small picture of a photograph where its clean copy would go; return its size, of none 0 by 0."""
    width, height = write_thumbnail(source, clean) or (0, 0)
    return {"width": width, "height": height}


def _rows(page: CalamineSheet) -> Iterator[list[str | dict[str, str]]]:
    """Yield each row; below the first of merged cells stands what the first says, as `merged`."""
    beside = page.start[1] if page.start else 0
    begun: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in page.merged_cell_ranges or ():
        begun.setdefault(top, []).append((left - beside, bottom))
    going: dict[int, tuple[str, int]] = {}
    for number, cells in enumerate(page.iter_rows()):
        plain = [cell_text(cell) for cell in cells]
        words: list[str | dict[str, str]] = [*plain]
        going = {place: merge for place, merge in going.items() if number <= merge[1]}
        for place, (says, _) in going.items():
            words[place] = {"merged": says}
        going |= {
            place: (plain[place], last)
            for place, last in begun.get(number, ())
            if 0 <= place < len(plain) and plain[place]
        }
        yield words


def _written(reading: Reading, text: BinaryIO) -> dict[str, Any]:
    """Write what a file says, by where, its metadata last; return what is known of it."""
    parts = [*reading.parts.items(), ("metadata", "\n".join(reading.metadata.values()))]
    text.write(joined(parts).encode("utf-8", "replace"))
    whole = reading.whole or reading.is_named
    return {"whole": whole, "pictures": reading.pictures, "unknown": named_parts(reading.unknown)}


JOBS: dict[str, Callable[..., dict[str, Any]]] = {
    "take_in": take_in,
    "take_in_without": take_in_without,
    "part": part,
    "read": read,
    "sheet": sheet,
    "thumbnail": thumbnail,
    "workbook": workbook,
    "zip_listing": zip_listing,
}
