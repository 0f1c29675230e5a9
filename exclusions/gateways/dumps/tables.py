"""What a dump is made of: tables of columns, and rows that are read once."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

Cell = str | int | date | None
Kind = Literal["string", "integer", "date", "dateTime", "json"]
FORMATS: Final = ("csv", "xlsx", "jsonl", "sqlite")


class DumpColumn(NamedTuple):
    """A column: its name, what its cells are (as CSVW calls it), and what it says, in a sentence without its stop."""

    name: str
    kind: Kind
    about: str


class DumpTable(NamedTuple):
    """A table: `key` are the columns that tell its rows apart; `rows` reads them, the cells in the columns' order."""

    name: str
    about: str
    key: Sequence[str]
    columns: Sequence[DumpColumn]
    rows: Callable[[], Iterator[Sequence[Cell]]]

    @property
    def headings(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]


class Written(NamedTuple):
    """A file that was written, and how many rows it holds; None: not of rows."""

    name: str
    rows: int | None
