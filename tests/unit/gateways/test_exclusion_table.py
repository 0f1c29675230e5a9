"""The table of granted exclusions: windows, and sentences for what is wrong."""

from datetime import date
from pathlib import Path

import pytest

from exclusions.gateways.rows import UnreadableFile
from exclusions.gateways.tariff.exclusion_table import COLUMNS, read_exclusion_table

GOOD = {
    "chapter99_heading": "9903.88.06",
    "note20_subdivision": "i",
    "list": "1",
    "base_headings": "9903.88.01",
    "seq": "5",
    "item_no_printed": "5",
    "hts10": "8413.81.0040",
    "status": "expired",
    "effective_from": "",
    "effective_to": "",
    "effective_to_kind": "",
    "text": '"Breast pumps (described in statistical reporting number 8413.81.0040)"',
}


def table(tmp_path: Path, **changes: str) -> Path:
    path = tmp_path / "exclusions.csv"
    row = {**GOOD, **changes}
    path.write_text("\ufeff" + ",".join(COLUMNS) + "\n" + ",".join(row[name] for name in COLUMNS) + "\n")
    return path


def test_an_exclusive_end_becomes_the_last_day(tmp_path: Path) -> None:
    path = table(tmp_path, effective_from="2021-12-01", effective_to="2023-06-01", effective_to_kind="exclusive")
    ((item,), _, _) = read_exclusion_table(path)
    assert (item.valid_from, item.valid_to) == (date(2021, 12, 1), date(2023, 5, 31))
    assert (item.heading, item.released, item.list_code) == ("99038806", ("99038801",), "1")


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"list": "2"}, "base_headings", "not a heading of List 2"),
        ({"base_headings": "9903.88.77"}, "base_headings", "not a heading of List 1"),
        ({"hts10": "1901-10-05"}, "hts10", "is a date"),
        ({"hts10": "8413.81.0030"}, "hts10", "not named in the text"),
        ({"text": ""}, "text", "is empty"),
        ({"status": "gone"}, "status", "must be one of"),
        ({"seq": "five"}, "seq", "not a whole number"),
        ({"effective_from": "5/6/2020"}, "effective_from", "is not a date"),
        ({"effective_to": "2020-12-31"}, "effective_to_kind", "inclusive"),
        (
            {"effective_from": "2021-01-01", "effective_to": "2020-12-31", "effective_to_kind": "inclusive"},
            "effective_to",
            "before the start",
        ),
    ],
)
def test_a_bad_cell_says_where_and_why(tmp_path: Path, changes: dict[str, str], column: str, words: str) -> None:
    items, (bad,), rows = read_exclusion_table(table(tmp_path, **changes))
    assert (items, rows, bad.line, bad.column) == ([], 1, 2, column)
    assert words in str(bad)


def test_two_products_cannot_have_the_same_place(tmp_path: Path) -> None:
    path = table(tmp_path)
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    items, (bad,), _ = read_exclusion_table(path)
    assert len(items) == 1
    assert "already used in line 2" in str(bad)


def test_half_a_row_and_another_table_are_refused(tmp_path: Path) -> None:
    path = table(tmp_path)
    path.write_text(path.read_text() + "9903.88.06,i,1\n")
    _, (bad,), rows = read_exclusion_table(path)
    assert (bad.line, rows) == (3, 2)
    path.write_text("hts,chapter99_heading\n0101.21.00,9903.88.15\n")
    with pytest.raises(UnreadableFile, match="lacks the column"):
        read_exclusion_table(path)
