"""Reports with one row a tariff number: the rows of one line of an entry are put together again.

ACE writes a row for each number that is declared on a line (CSMS 18-000657): those of chapters 98 and 99 first, that of
the goods last. The value stands on the row of the goods, each duty on the row of its own number. What 9903.88, 9903.91
and 9903.92 carry is duty of the Section 301 lists; the other rows are duty under other laws.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

SPECIAL = re.compile(r"9[89]\d{6}(?:\d{2})?")
OF_LISTS = ("990388", "990391", "990392")
OF_IEEPA = ("990301", "990302")


@dataclass(slots=True)
class Row:
    """A row as it stands: its number in the file, its cells by column, and the columns that go on from a merge."""

    line: int
    cells: dict[str, str]
    merged: frozenset[str] = frozenset()

    @property
    def number(self) -> str:
        """The digits of the tariff number."""
        return re.sub(r"[\s.]", "", self.cells.get("hts10", ""))

    @property
    def special(self) -> bool:
        """Whether it is a number of chapters 98 or 99, not one of goods."""
        return self.cells.get("hts10", "")[:2] in ("98", "99") and bool(SPECIAL.fullmatch(self.number))


@dataclass(slots=True)
class OneLine:
    """The rows of one line of an entry; `goods` is empty, or more than one, where the rows cannot be joined."""

    special: list[Row] = field(default_factory=list)
    goods: list[Row] = field(default_factory=list)

    def add(self, row: Row) -> None:
        """Put a row where it belongs."""
        (self.special if row.special else self.goods).append(row)


@dataclass(frozen=True, slots=True)
class Duties:
    """What the rows of chapter 99 carry, in US dollars, and the plain headings of the lists among them."""

    of_lists: Decimal = Decimal(0)
    of_ieepa: Decimal = Decimal(0)
    headings: tuple[str, ...] = ()


def joined(rows: Sequence[Row], *, numbered: bool) -> Iterator[OneLine]:
    """Yield the lines that rows make: by entry and number of the line, else by the order in which they stand.

    Without numbers the rows of chapter 99 stand before their goods, as ACE writes them, or all behind theirs.
    """
    if numbered:
        yield from _by_number(rows)
        return
    before = rows[0].special
    line = OneLine()
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        line.add(row)
        if following is None or _ends(row, following, before=before):
            yield line
            line = OneLine()


def _by_number(rows: Sequence[Row]) -> Iterator[OneLine]:
    """Yield lines by entry and number. A row that lacks one holds back the line beside it: it may belong there."""
    lines: dict[tuple[str, str], OneLine] = {}
    keys = [_key(row) for row in rows]
    following = ("", "")
    for place in reversed(range(len(rows))):
        if not all(keys[place]) and rows[place].special:
            keys[place] = following
        following = keys[place]
    before = ("", "")
    for row, key in zip(rows, keys, strict=True):
        before = key if all(key) else before
        lines.setdefault(before, OneLine()).add(row)
    yield from lines.values()


def _ends(row: Row, following: Row, *, before: bool) -> bool:
    """Whether a line ends between two rows: at another entry, behind the goods, or before those of the next line."""
    return _entry(row) != _entry(following) or (not row.special if before else not following.special)


def _entry(row: Row) -> str:
    return re.sub(r"[^A-Z0-9]", "", row.cells.get("entry_number", "").upper())


def _key(row: Row) -> tuple[str, str]:
    number = row.cells.get("line_number", "").strip()
    return _entry(row), number.lstrip("0") or number


def duties(amounts: Sequence[tuple[str, Decimal]]) -> Duties:
    """Add up what the rows of chapter 99 carry, given as plain number and US dollars."""
    return Duties(
        sum((paid for number, paid in amounts if number.startswith(OF_LISTS)), Decimal(0)),
        sum((paid for number, paid in amounts if number.startswith(OF_IEEPA)), Decimal(0)),
        tuple(dict.fromkeys(number[:8] for number, _ in amounts if number.startswith(OF_LISTS))),
    )


def repeats(amounts: Sequence[Decimal]) -> bool:
    """Whether each row carries the same duty, that of the whole line, so that none is the duty of its own number."""
    return len(amounts) > 1 and amounts[0] > 0 and len(set(amounts)) == 1
