"""Tables of covered subheadings: every known shape, spreadsheet damage, and sentences for what is wrong."""

import gzip
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from exclusions.gateways.rows import UnreadableFile
from exclusions.gateways.tariff.list_table import ListLine, read_list_table

HEADINGS = "hts8,list,chapter99_heading,additional_duty_pct,effective_date,notes\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def _write(text: str, name: str = "lists.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text.encode())
        return path

    return _write


def test_a_usitc_row_names_a_number_and_its_list(write: Callable[..., Path]) -> None:
    table = read_list_table(write("hts,chapter99_heading\n0101.21.00,9903.88.15\n8517.62.0010,9903.88.04\n"))
    assert table.read == 2
    assert [(line.list_code, line.number, line.heading) for line in table.lines] == [
        ("4A", "01012100", "99038815"),
        ("3", "8517620010", "99038804"),
    ]
    assert all(line.valid_from is None for line in table.lines), "the table says nothing of the first day"


def test_partial_coverage_takes_numbers_in_and_carves_others_out(write: Callable[..., Path]) -> None:
    notes = (
        "listed 2020-01-01 and 2026 Rev 6; partial in 2020: only 8517.62.0010 8517.62.0020; "
        "partial in 2026: all but 8517.62.0090"
    )
    table = read_list_table(write(f"{HEADINGS}8517.62.00,3,9903.88.04,25,2018-09-24,{notes}\n"))
    assert {(line.number, line.included) for line in table.lines} == {
        ("85176200", True),
        ("8517620010", True),
        ("8517620020", True),
        ("8517620090", False),
    }
    assert {line.valid_from for line in table.lines} == {date(2018, 9, 24)}


def test_a_line_moved_by_the_2024_review_ends_on_the_eve(write: Callable[..., Path]) -> None:
    notes = "listed 2020-01-01, not in 2026 Rev 6; 2024 review: 9903.91.01 25% from 2024-09-27"
    (line,) = read_list_table(write(f'{HEADINGS}7206.10.00,4A,9903.88.15,7.5,2019-09-01,"{notes}"\n')).lines
    assert line.valid_to == date(2024, 9, 26)


def test_a_number_that_left_a_full_line_ends_on_its_own_first_move(write: Callable[..., Path]) -> None:
    notes = (
        "listed 2020-01-01 and 2026 Rev 6; partial in 2026: all but 6307.90.9842 6307.90.9870; full line in 2020; "
        "6307.90.9870: 9903.91.04 25% from 2025-01-01 until 2026-01-01 (exclusive); "
        "6307.90.9842: 9903.91.07 50% from 2026-01-01; 6307.90.9870: 9903.91.07 50% from 2026-01-01"
    )
    table = read_list_table(write(f"{HEADINGS}6307.90.98,4A,9903.88.15,7.5,2019-09-01,{notes}\n"))
    carved = {line.number: line.at_earliest for line in table.lines if not line.included}
    assert carved == {"6307909842": date(2026, 1, 1), "6307909870": date(2025, 1, 1)}


def test_a_line_of_unknown_date_is_not_put_before_the_table_that_lacks_it(write: Callable[..., Path]) -> None:
    notes = "listed in 2026 Rev 6, not 2020-01-01"
    (line,) = read_list_table(write(f'{HEADINGS}2845.20.00,1,9903.88.01,25,,"{notes}"\n')).lines
    assert line.valid_from is None
    assert line.at_earliest == date(2020, 1, 2)


def test_rates_end_inclusive_or_exclusive(write: Callable[..., Path]) -> None:
    columns = "list,chapter99_heading,additional_duty_pct,effective_from,effective_to,effective_to_kind,source\n"
    table = read_list_table(
        write(
            f"{columns}3,9903.88.09,10,2019-05-10,2019-06-15,exclusive,heading\n"
            "4A,9903.88.15,7.5,2020-02-14,,,note\n4B,9903.88.16,15,,,,note\n"
        )
    )
    assert [(rate.kind, rate.pct, rate.valid_to) for rate in table.rates] == [
        ("in_transit", Decimal(10), date(2019, 6, 14)),
        ("whole", Decimal("7.5"), None),
        ("suspended", Decimal(15), None),
    ]


def test_codes_that_a_spreadsheet_damaged_are_recovered(tmp_path: Path) -> None:
    path = tmp_path / "damaged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write(0, 0, "This table lists what is covered.")
        sheet.write_row(1, 0, ["Harmonized Tariff Schedule 8-digit Subheading", "Applicable heading"])
        sheet.write_datetime(2, 0, date(1901, 10, 5), day)
        sheet.write(2, 1, "9903.88.15")
        sheet.write_row(3, 0, ["Harmonized Tariff Schedule 10-digit Number", "Applicable heading"])
        sheet.write_row(4, 0, [1012100, "9903.88.15"])
        sheet.write(5, 0, "A note across the page")
    table = read_list_table(path)
    assert [line.number for line in table.lines] == ["19011005", "01012100"]
    assert len(table.notices) == 2
    assert not table.bad


def test_the_wider_table_may_come_as_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "wide.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS.strip().split(","))
        sheet.write_row(1, 0, ["8413.81.00", 1, "9903.88.01", 25, "2018-07-06", "listed 2020-01-01 and 2026 Rev 6"])
    (line,) = read_list_table(path).lines
    assert (line.list_code, line.number, line.valid_from) == ("1", "84138100", date(2018, 7, 6))


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("1901-10-05,9903.88.15", "hts", "is a date"),
        ("1012100,9903.88.15", "hts", "leading zero"),
        ("0101.21.00,9903.88.99", "chapter99_heading", "not a heading that puts a Section 301 duty"),
        ("0101.21.00", "", "has 1 cells where the heading row has 2"),
    ],
)
def test_a_bad_row_says_where_and_why(write: Callable[..., Path], row: str, column: str, words: str) -> None:
    table = read_list_table(write(f"hts,chapter99_heading\n0101.29.00,9903.88.15\n{row}\n"))
    (bad,) = table.bad
    assert (bad.file, bad.line, bad.column) == ("lists.csv", 3, column)
    assert words in str(bad)
    assert len(table.lines) == 1, "the good row is there for --skip-bad"
    assert table.read == 2


def test_a_list_that_does_not_go_with_its_heading_is_refused(write: Callable[..., Path]) -> None:
    table = read_list_table(write(f"{HEADINGS}8413.81.00,2,9903.88.01,25,2018-07-06,listed\n"))
    assert "which is List 1" in str(table.bad[0])


def test_byte_order_mark_and_gzip_make_no_difference(tmp_path: Path) -> None:
    plain = "hts,chapter99_heading\r\n0101.21.00,9903.88.15\r\n"
    path = tmp_path / "lists.csv.gz"
    path.write_bytes(gzip.compress(("\ufeff" + plain).encode()))
    assert [line.number for line in read_list_table(path).lines] == ["01012100"]


def test_another_table_is_refused_as_a_whole(write: Callable[..., Path]) -> None:
    with pytest.raises(UnreadableFile, match="not a table of covered subheadings"):
        read_list_table(write("name,age\nx,1\n"))
    with pytest.raises(UnreadableFile, match="no rows"):
        read_list_table(write("hts,chapter99_heading\n"))


def test_the_damaged_spreadsheet_gives_what_the_table_gives(shared_data: Path) -> None:
    whole = read_list_table(shared_data / "lists/usitc_china_tariffs_2020-01-01.csv")
    damaged = read_list_table(shared_data / "lists/usitc_china_tariffs_2020-01-01_excel_damaged.xlsx")
    assert whole.read == damaged.read == 10_697
    assert set(whole.lines) == set(damaged.lines)
    assert damaged.notices == ["375 codes that a spreadsheet had turned into dates were recovered."]
    assert not whole.bad
    assert not damaged.bad


@pytest.mark.parametrize(
    ("code", "heading", "full", "parts"),
    [("1", "01", 818, 0), ("2", "02", 279, 0), ("3", "03", 5759, 0), ("3", "04", 0, 43), ("4A", "15", 3229, 14),
     ("4B", "16", 542, 13)],
)  # fmt: skip
def test_the_table_of_2020_has_the_known_counts(
    shared_data: Path, code: str, heading: str, full: int, parts: int
) -> None:
    lines = read_list_table(shared_data / "lists/usitc_china_tariffs_2020-01-01.csv").lines
    on_list = [line for line in lines if (line.list_code, line.heading) == (code, f"990388{heading}")]
    assert (sum(len(line.number) == 8 for line in on_list), sum(len(line.number) == 10 for line in on_list)) == (
        full,
        parts,
    )


def test_the_line_is_plain_data() -> None:
    assert ListLine("1", "84138100", "99038801") == ListLine("1", "84138100", "99038801")
