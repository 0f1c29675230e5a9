"""Rows of a table become lines: what is no line is passed over, what is wrong is told by row and column."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from exclusions.gateways.cells import BadCell, Merged, cell_text
from exclusions.gateways.entries import cells as read
from exclusions.gateways.entries.cells import Choices
from exclusions.gateways.entries.columns import OF_301, OF_ANY, Layout
from exclusions.gateways.entries.line import MERGED, EntryTable, read_cells
from exclusions.gateways.entries.tariff_rows import OneLine, Row, duties, repeats
from exclusions.gateways.rows import BadRow

MOST_BAD = 1000  # cells that are told of one by one
MOST_WRONG = 10_000  # after so many it is not the cells that are wrong
MOST_NUMBERS = 100  # of chapter 99 on one line of an entry
# Of "$12,500" without quotes the comma would divide, and 12 dollars be counted.
_TOO_MANY = (
    "has {} cells where there are {} columns. Put an amount with a comma in quotes, or leave the comma out. Give every "
    "further column a heading."
)
_NO_GOODS = "is on a line without goods. Add the row of the line’s own number, of chapters 1 to 97."
_TWO_GOODS = "is a second number of goods on one line. Give each number of goods a line number of its own."
_TWICE = "is on this line twice, so its duty would count double. Delete one of the two rows."
_TOTAL = re.compile(
    r"(?:grand |sub-? ?|report |overall )?totals?\b|sum\b|count\b|average\b|end of report", re.IGNORECASE
)
_CHINA = ("CN", "CHN", "CHINA", "PRC", "PEOPLES REPUBLIC OF CHINA", "CHINA PEOPLES REPUBLIC OF", "CHINA MAINLAND")
_NO_TABLE = (
    f"More than {MOST_WRONG:,} cells are wrong, so we stopped reading. Check that these are lines of entries, that the "
    "columns are the right ones and how dates are written. Then send them again."
)
_CROWDED = f"is on a line with more than {MOST_NUMBERS} numbers of chapter 99. Give each line of the entry its number."
_NOTHING = Decimal(0)
_NONE: frozenset[str] = frozenset()


class TooMuch(ValueError):
    """More than is read of one table; the sentence says what to do."""


class Reading:
    """Puts rows into a table as lines, or as cells that are wrong. Raises TooMuch after MOST_WRONG of these."""

    def __init__(self, table: EntryTable, layout: Layout, name: str, today: date, choices: Choices) -> None:
        self.table, self.layout, self.name, self.today, self.choices = table, layout, name, today, choices
        self._heading = [word.casefold() for word in layout.headings]
        self._width = len(layout.headings) or len(layout.columns)
        word = layout.duty_word
        self._wrong_cells = 0
        self._only_301 = None if word in OF_ANY else word in OF_301

    def rows(self, raw: Iterable[tuple[int, Sequence[object]]]) -> Iterator[Row]:
        """Yield the rows that may be lines; totals and headings again are passed over, a row too wide is told."""
        places = list(self.layout.columns.items())
        chosen = not self.layout.headings and bool(self.choices.columns)
        for line, cells in raw:
            words = [cell_text(cell) for cell in cells]
            if self._is_heading(words) or self._is_total(words):
                self.table.passed.append(line)
                continue
            if not chosen and any(words[self._width :]):
                reason = _TOO_MANY.format(len(words), self._width)
                self._tell(BadRow(self.name, line, "the row", ", ".join(words), reason))
                continue
            merged = _NONE
            if Merged in map(type, cells):
                merged = frozenset(
                    name for name, place in places if place < len(cells) and isinstance(cells[place], Merged)
                )
            yield Row(line, {name: words[place] for name, place in places if place < len(words)}, merged)

    def take(self, row: Row) -> None:
        """Read a row that is a line by itself."""
        cells = row.cells
        if self._elsewhere(cells):
            return
        if row.merged:
            merged = row.merged & {"hts10", "value", "duty_paid"}
            cells = {name: "" if name in merged else word for name, word in cells.items()}
        one, bad = read_cells(row.line, cells, self.today, self.choices)
        if one is not None:
            self.table.lines.append(one if self._only_301 is False else replace(one, only_301=self._only_301))
        for cell in bad:
            self._wrong(row, cell)

    def take_joined(self, line: OneLine) -> None:
        """Read the rows of one line: goods and value from one of them, the duty from those of chapter 99."""
        if len(line.special) > MOST_NUMBERS or len(line.goods) > MOST_NUMBERS:
            row = (line.special or line.goods)[0]
            self._wrong(row, BadCell("hts10", row.cells.get("hts10", ""), _CROWDED))
            return
        bad = list(self._disjoint(line))
        amounts = [(row, self._special(row, bad)) for row in line.special]
        for row in line.goods[:1]:
            if self._elsewhere(row.cells):
                return
            cells = {**row.cells, "duty_paid": "0"}
            one, wrong = read_cells(row.line, cells, self.today, self.choices)
            bad += [(row, cell) for cell in wrong]
            if "line_number" in self.layout.columns and not cells.get("line_number"):
                bad.append((row, BadCell("line_number", "", MERGED)))
            if one is not None and not bad:
                paid = duties([(each.number, amount) for each, amount in amounts])
                every = [amount for _, amount in amounts]
                own = read.money(row.cells["duty_paid"]) if repeats([*every, *self._own(row)]) else None
                self.table.lines.append(
                    replace(
                        one,
                        duty_paid=paid.of_lists if own is None else own,
                        only_301=True if own is None else None,
                        headings=paid.headings,
                        ieepa=paid.of_ieepa if own is None else _NOTHING,
                    )
                )
        for row, cell in bad:
            self._wrong(row, cell)

    def _disjoint(self, line: OneLine) -> Iterator[tuple[Row, BadCell]]:
        """Yield why the rows of a line cannot be joined."""
        if not line.goods:
            yield line.special[0], BadCell("hts10", line.special[0].cells.get("hts10", ""), _NO_GOODS)
        for row in line.goods[1:]:
            yield row, BadCell("hts10", row.cells.get("hts10", ""), _TWO_GOODS)
        numbers = [row.number[:8] for row in line.special]
        for place, row in enumerate(line.special):
            if row.number[:8] in numbers[:place]:
                yield row, BadCell("hts10", row.cells.get("hts10", ""), _TWICE)

    def _special(self, row: Row, bad: list[tuple[Row, BadCell]]) -> Decimal:
        """Return the duty of a row of chapter 99; what is wrong with the row goes to `bad`."""
        text = "" if "duty_paid" in row.merged else row.cells.get("duty_paid", "")
        try:
            for name in ("entry_number", *(["line_number"] if "line_number" in self.layout.columns else [])):
                if not row.cells.get(name, ""):
                    bad.append((row, BadCell(name, "", MERGED)))
            if not text:
                raise BadCell("duty_paid", "", MERGED)
            return read.money(text)
        except BadCell as refused:
            bad.append((row, BadCell("duty_paid", refused.value or text, refused.reason)))
        return _NOTHING

    def _own(self, row: Row) -> list[Decimal]:
        try:
            return [read.money(row.cells.get("duty_paid", ""))]
        except BadCell:
            return []

    def _elsewhere(self, cells: dict[str, str]) -> bool:
        """Count a line whose goods are not of China, of which no Section 301 duty is owed."""
        if not cells.get("origin"):
            return False
        origin = re.sub(r"[^A-Z ]", "", cells.get("origin", "").upper()).strip()
        if not origin or origin in _CHINA:
            return False
        self.table.elsewhere += 1
        return True

    def _is_heading(self, words: Sequence[str]) -> bool:
        if not self._heading or not words or words[0].casefold() != self._heading[0]:
            return False
        return [word.casefold() for word in words[: len(self._heading)]] == self._heading

    def _is_total(self, words: Sequence[str]) -> bool:
        """Whether a row is a total: it says so in its first cell, and names no number of the schedule."""
        place = self.layout.columns["hts10"]
        if place < len(words) and words[place].strip(" -"):
            return False
        return bool(_TOTAL.match(next(filter(None, words), "")))

    def _wrong(self, row: Row, cell: BadCell) -> None:
        if cell.column == "hts10" and read.lost_zero(cell.value):
            self.table.zeros += 1
        elif cell.column in ("entry_date", "liquidated_on"):
            self.table.days = self.table.days or read.day_in_doubt(cell.value)
        self._tell(BadRow(self.name, row.line, self.layout.label(cell.column), cell.value, cell.reason))

    def _tell(self, row: BadRow) -> None:
        self._wrong_cells += 1
        if self._wrong_cells > MOST_WRONG:
            raise TooMuch(_NO_TABLE)
        if len(self.table.bad) >= MOST_BAD:
            self.table.more = True
        else:
            self.table.bad.append(row)
