"""A sheet marked for its owner: the rows as they were typed, in the filer's own columns, each fault at its cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from exclusions.gateways.bulk_sheets.layout import ROW, Column
from exclusions.gateways.bulk_sheets.template_file import Filled, Noted, filled_workbook
from exclusions.models import BulkRow, BulkSheet
from exclusions.queries.importer.bulk_templates import template_of

_ROW = Column(ROW, "Your name for the row")
Places = dict[tuple[int, int], list[tuple[str, bool]]]


@dataclass
class _Page:
    columns: list[Column]
    rows: list[list[str]] = field(default_factory=list)
    said: Places = field(default_factory=dict)

    def place(self, heading: str) -> int | None:
        """Return where a heading stands."""
        return next((at for at, column in enumerate(self.columns) if column.heading == heading), None)

    def note(self, row: int, place: int, sentence: str, is_error: bool) -> None:
        """Note something of a cell."""
        self.said.setdefault((row, place), []).append((sentence, is_error))

    def filled(self) -> Filled:
        """Return the page as it is written."""
        notes = {
            at: Noted("\n".join(sentence for sentence, _ in said), any(is_error for _, is_error in said))
            for at, said in self.said.items()
        }
        return Filled(self.columns, self.rows, notes)


def marked_workbook(sheet: BulkSheet) -> bytes:
    """Return the rows that are no drafts yet as a workbook of the template's layout, which can be sent again.

    It is written anew from what was kept: nothing of the file that was sent is in it. What concerns no column of the
    table is noted at the filer's name of the row.
    """
    template = template_of(sheet.round)
    known = {column.heading: column for column in (_ROW, *template.columns)}
    main = _Page([known.get(name) or Column(name, "") for name in sheet.headings])
    tables = {name: _Page([_ROW, *columns]) for name, columns in template.tables.items() if name not in sheet.headings}
    for row in sheet.rows.filter(drafted_at__isnull=True).order_by("number"):
        _add(main, tables, row)
    return filled_workbook(template.marks, main.filled(), {name: page.filled() for name, page in tables.items()})


def _add(main: _Page, tables: dict[str, _Page], row: BulkRow) -> None:
    number, named = len(main.rows), main.place(ROW) or 0
    main.rows.append([str(text) for text in row.cells])
    first: dict[str, int] = {}
    for key, answers in row.tables.items():
        if key in tables:
            first[key] = len(tables[key].rows)
            tables[key].rows += [_cells(tables[key].columns, _name(row, named), answer) for answer in answers]
    for fault in row.faults:
        sentence, is_error = f"{fault['message']} {fault['remedy']}".strip(), fault["level"] == "error"
        key, _, cell = fault["heading"].partition(".")
        index, _, column = cell.partition("-")
        place = main.place(fault["heading"])
        if place is None:
            place = main.place(key)
        if key in first and index.isdecimal():
            page = tables[key]
            page.note(first[key] + int(index), page.place(column) or 0, sentence, is_error)
        else:
            main.note(number, named if place is None else place, sentence, is_error)


def _name(row: BulkRow, place: int) -> str:
    return str(row.cells[place]) if place < len(row.cells) else ""


def _cells(columns: Sequence[Column], name: str, answer: dict[str, str]) -> list[str]:
    return [name, *(str(answer.get(column.heading, "")) for column in columns[1:])]
