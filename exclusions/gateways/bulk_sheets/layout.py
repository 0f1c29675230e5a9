"""What a template consists of, as plain data, and the marks by which a table says from which template it was made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

VERSION = "1"  # of the way in which templates are laid out
SHEET = "Petitions"
CHOICES, MARKS = "Choices", "Template"  # hidden sheets
ROW = "row"
ASKED, EXAMPLE = "question", "example"  # in the column of names: rows that are no rows of the filer's
LONGEST_SHEET_NAME = 31
_NOT_KEPT = re.compile("[\0\ud800-\udfff]")  # number nought, and half a pair of UTF-16
_MARK = re.compile(r"([a-z]+)=(\S+)")


@dataclass(frozen=True)
class Column:
    """One column: its heading, the question in words, what helps, what is offered, whether it is confidential, and an
    example.

    `values` are the offered answers as they are kept, in the same order; `shown_if` is the condition of the question,
    as JSON.
    """

    heading: str
    label: str
    help: str = ""
    choices: tuple[str, ...] = ()
    confidential: bool = False
    example: str = ""
    values: tuple[str, ...] = ()
    shown_if: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Marks:
    """Of which round's version and of which form a template is."""

    round: str
    version: str
    form: str
    digest: str
    template: str = VERSION

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As (name, value)."""
        return [
            ("template", self.template),
            ("round", self.round),
            ("version", self.version),
            ("form", self.form),
            ("digest", self.digest),
        ]

    @property
    def line(self) -> str:
        """As the first line of a CSV file has them: without a sign that could divide cells."""
        return f"# bulk-sheet {' '.join(f'{name}={value}' for name, value in self.pairs)}"

    @classmethod
    def read(cls, pairs: Mapping[str, str]) -> Self | None:
        """Return the marks of these pairs; None where one is missing."""
        names = [name for name, _ in cls("", "", "", "").pairs]
        if not all(pairs.get(name) for name in names):
            return None
        return cls(**{name: str(pairs[name]) for name in names})

    @classmethod
    def from_line(cls, line: str) -> Self | None:
        """Return the marks of a line."""
        return cls.read(dict(_MARK.findall(line)))


@dataclass(frozen=True)
class Template:
    """A template: its marks, the columns of the sheet, and the tables of answers of many rows, by their names."""

    marks: Marks
    columns: list[Column]
    tables: dict[str, list[Column]] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row as it came: its line, counted from 1, and its texts in the order of the headings."""

    number: int
    cells: list[str]


@dataclass
class RawSheet:
    """A table as it came: marks where it has any, headings, rows; and its other tables, each with a heading row."""

    marks: Marks | None = None
    headings: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    tables: dict[str, list[Row]] = field(default_factory=dict)


def sheet_name(table: str) -> str:
    """Return the name of a table as a workbook takes it."""
    return table[:LONGEST_SHEET_NAME]


def can_be_kept(text: str) -> bool:
    """Say whether the database keeps a text: JSON may escape signs in it that no database does."""
    return not _NOT_KEPT.search(text)
