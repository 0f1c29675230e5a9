"""A row of an annex: one product under one heading, as plain facts that JSON keeps, and the order of rows in a note."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from exclusions.wording.named_numbers import is_whole_number, named_numbers

GRANT, EXTENSION, REINSTATEMENT, WITHDRAWAL, AMENDMENT = (
    "grant", "extension", "reinstatement", "withdrawal", "amendment",
)  # fmt: skip
# Kinds of rows that stand in the note as numbered paragraphs of their own.
PLACED = (GRANT, EXTENSION, REINSTATEMENT)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_PART = re.compile(r"([a-z]+)(?:\(([ivx]+)\))?")


@dataclass(frozen=True)
class AnnexRow:
    """What a notice does to one product. Headings are dotted, days ISO and inclusive, "" where there is none.

    `number` is the paragraph in the subdivision `note`, `printed` how the note prints it where that differs; `requests`
    counts the petitions that it answers. `text_before` are the words that an amendment deletes, `reason` is why.
    `ends_before` is the last day until now of a row whose place stays, as in an extension under the same heading.
    """

    kind: str
    list_code: str
    base_headings: tuple[str, ...]
    heading: str
    note: str
    number: int
    text: str
    starts_on: str = ""
    ends_on: str = ""
    exclusion: str = ""
    requests: int = 0
    printed: str = ""
    text_before: str = ""
    reason: str = ""
    status: str = ""
    ends_before: str = ""

    @property
    def whole_number(self) -> bool:
        """Whether the product is a whole statistical number, and no prepared description."""
        return is_whole_number(self.text)

    @property
    def is_new_paragraph(self) -> bool:
        """Whether the notice adds a paragraph to the note for it."""
        return self.kind in PLACED and not self.ends_before

    @property
    def item(self) -> str:
        """The paragraph as the note prints it: number in parentheses, and the words."""
        return f"({self.printed or self.number}) {self.text}"

    @property
    def last_day(self) -> date | None:
        """The last day, inclusive."""
        return date.fromisoformat(self.ends_on) if self.ends_on else None

    @property
    def first_day(self) -> date | None:
        """The first day."""
        return date.fromisoformat(self.starts_on) if self.starts_on else None


def rows_as_json(rows: Iterable[AnnexRow]) -> list[dict[str, Any]]:
    """Return the rows of an annex as JSON; `read_rows` reads them again."""
    return [{**asdict(row), "base_headings": list(row.base_headings)} for row in rows]


def read_rows(rows: Iterable[Mapping[str, Any]]) -> list[AnnexRow]:
    """Return the rows that `rows_as_json` gave."""
    return [AnnexRow(**{**row, "base_headings": tuple(row["base_headings"])}) for row in rows]


def in_code_order(text: str) -> tuple[bool, str, str]:
    """Return by what the products of a subdivision are sorted: whole numbers first, then by the first number named."""
    numbers = named_numbers(text)
    return (not is_whole_number(text), numbers[0].number if numbers else "", text.casefold())


def subdivision_order(note: str) -> tuple[int, str, int]:
    """Return by what subdivisions are sorted: (p) before (ll), (sss)(ii) before (sss)(iv)."""
    found = _PART.fullmatch(note)
    letters, part = (found[1], found[2] or "") if found else (note, "")
    return (len(letters), letters, _roman(part))


def in_order(rows: Iterable[AnnexRow]) -> list[AnnexRow]:
    """Return the rows by heading, subdivision and paragraph, as the schedule prints them."""
    return sorted(rows, key=lambda row: (row.heading, subdivision_order(row.note), row.number))


def numbered(rows: Iterable[AnnexRow], last: Mapping[tuple[str, str], int]) -> list[AnnexRow]:
    """Return the placed rows with their paragraphs: by heading, subdivision and code, on from the note's last ones.

    `last` gives the last paragraph taken, by dotted heading and subdivision. Other rows stay as they are.
    """
    rows = list(rows)
    placed = sorted(
        (row for row in rows if row.is_new_paragraph),
        key=lambda row: (row.heading, subdivision_order(row.note), *in_code_order(row.text)),
    )
    taken = dict(last)
    found = []
    for row in placed:
        place = (row.heading, row.note)
        taken[place] = taken.get(place, 0) + 1
        found.append(replace(row, number=taken[place]))
    return [*found, *(row for row in rows if not row.is_new_paragraph)]


def _roman(part: str) -> int:
    values = [_ROMAN[letter] for letter in part]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))
