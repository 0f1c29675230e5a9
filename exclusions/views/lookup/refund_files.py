"""The lines of entries that a request brings, as rows, and as text that the page can give back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from exclusions.gateways.cells import BadCell, Merged
from exclusions.gateways.documents.inspection import FileRefused
from exclusions.gateways.documents.parsing import sheet_rows
from exclusions.gateways.entries.cells import money
from exclusions.gateways.entries.decoding import NotText, decoded
from exclusions.gateways.entry_lines import MOST_ROWS, EntryTable, text_rows
from exclusions.gateways.rows import ZIP_MAGIC

SHEET = "Main Report"  # where ACE puts the rows of a report
NOT_TEXT = "This file is neither a spreadsheet nor text. Save it as .xlsx, or choose “Save as: CSV UTF-8”."
AMOUNTS = ("duty_paid", "value")


@dataclass(frozen=True)
class Given:
    """What was brought: text as it was pasted or decoded, "" of a workbook, and rows with their numbers."""

    text: str
    rows: Iterable[tuple[int, Sequence[object]]]

    def as_text(self, table: EntryTable) -> str:
        """Return the lines as text that is read again alike: of a workbook its rows, on the lines where they stood.

        An amount is not repeated where a merged cell goes on, for it would count twice.
        """
        if self.text or not isinstance(self.rows, list):
            return self.text
        names = {place: name for name, place in table.layout.columns.items()} if table.layout else {}
        lines: list[str] = []
        for number, cells in self.rows:
            lines += [""] * (number - 1 - len(lines))
            lines.append("\t".join(_again(cell, names.get(place), table) for place, cell in enumerate(cells)))
        return "\n".join(lines)


def _again(cell: object, name: str | None, table: EntryTable) -> str:
    text = " ".join(str(cell).split())
    if not isinstance(cell, Merged) or name == "line_number" or (name == "value" and table.joined):
        return text
    if name is None:
        try:
            money(text)
        except BadCell:
            return text
        return ""
    return "" if name in AMOUNTS else text


def given_lines(pasted: str, file: BinaryIO | None) -> Given:
    """Return the lines of a file, or without one those that were pasted. Raises FileRefused."""
    if file is None:
        return Given(pasted, text_rows(pasted))
    begins = file.read(4)
    file.seek(0)
    if begins == ZIP_MAGIC:
        name = str(getattr(file, "name", "file"))
        return Given("", sheet_rows(name, file, most=MOST_ROWS + 1, prefer=SHEET))
    try:
        text = decoded(file.read())
    except NotText:
        raise FileRefused(NOT_TEXT) from None
    return Given(text, text_rows(text))
