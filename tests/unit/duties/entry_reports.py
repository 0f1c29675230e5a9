"""Reports of entries as importers have them, made of the columns of ACE's ES-003 and of worked lines.

Columns and worked lines are the public files of `ace/` in the shared data; nothing of them ships.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

ENTRY, ENTERED = "ABC-1234567-8", "10/05/2026"
# The columns of a line that only the longer layout has.
LONG = ("importation_date", "filer_name", "primary_rate", "line_psc")
NOT_BUILT_IN = ("liquidation_status", "liquidation_date", "liquidated_duty", "protest_number")


@dataclass(frozen=True)
class Columns:
    """The headings of a report, by the name that the shared file gives them."""

    headings: dict[str, str]

    def row(self, **cells: object) -> list[object]:
        """Return a row with these cells, "" elsewhere."""
        return [cells.get(name, "") for name in self.headings]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def es003(shared: Path, *, long: bool = False) -> Columns:
    """Return the columns of ES-003, in the order of the shared file."""
    named = {row["canonical"]: row["es003_heading"] for row in _rows(shared / "ace" / "ace_report_columns.csv")}
    return Columns(
        {name: said for name, said in named.items() if name not in NOT_BUILT_IN and (long or name not in LONG)}
    )


def other_headings(shared: Path, name: str) -> list[str]:
    """Return the other spellings of a column that were met."""
    rows = {row["canonical"]: row for row in _rows(shared / "ace" / "ace_report_columns.csv")}
    return [one.strip() for one in rows[name]["other_headings_seen"].split(";") if one.strip()]


def worked(shared: Path, example: str) -> list[dict[str, object]]:
    """Return the rows of a worked line by the names of the columns, numbers and amounts as ACE writes them."""
    rows = [row for row in _rows(shared / "ace" / "worked_entries.csv") if row["example"] == example]
    value = next((row["entered_value_usd"] for row in rows if row["entered_value_usd"]), "10000.00")
    return [
        {
            "entry_number": ENTRY,
            "line_number": "1",
            "tariff_ordinal": row["ordinal"],
            "hts_number": row["hts_number"].replace(".", ""),
            "goods_value": f"${float(value):,.2f}" if row is rows[-1] else "$0.00",
            "duty": f"${float(row['duty_usd'] or float(value) * float(row['rate_pct']) / 100):,.2f}",
            "entry_date": ENTERED,
            "entry_summary_date": "10/15/2026",
            "country_of_origin": row["origin"],
        }
        for row in rows
    ]


def as_csv(rows: Iterable[Sequence[object]], *, mark: str = ",") -> str:
    """Return rows as a CSV file has them, quoted where needed."""
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    return text.getvalue()


def report(columns: Columns, lines: Iterable[dict[str, object]]) -> list[list[object]]:
    """Return the heading row and the rows of a report."""
    return [list(columns.headings.values()), *(columns.row(**line) for line in lines)]


def as_book(rows: Sequence[Sequence[object]], *, merged: Iterable[tuple[int, int, int]] = (), sheet: str = "") -> bytes:
    """Return rows as a workbook; cells of a column (first row, last row, column, from 0) are merged."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        if sheet:
            book.add_worksheet("Prompts").write(0, 0, "Entry Date between 01/01/2026 and 12/31/2026")
        page = book.add_worksheet(sheet or None)
        for place, cells in enumerate(rows):
            page.write_row(place, 0, cells)
        for first, last, column in merged:
            page.merge_range(first, column, last, column, rows[first][column])
    return content.getvalue()
