"""Docket spreadsheets: both shapes, repeats, and sentences for what is wrong."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from exclusions.gateways.docket_table import COMPILED, PORTAL, read_docket_table
from exclusions.gateways.rows import UnreadableFile

DOCKET = "USTR-2019-0005"
ROW = 'USTR-2019-0005-0064,"Sea Eagle Boats, Inc",Granted,8903100060,Kayak,"Jun 30, 2019","Jul 14, 2019"'


def portal(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "docket.csv"
    path.write_text("\r\n".join([",".join(PORTAL), *rows, ""]), encoding="utf-8", newline="")
    return path


def test_a_row_of_the_portal(tmp_path: Path) -> None:
    (row,) = read_docket_table(portal(tmp_path, ROW), DOCKET).rows
    assert (row.organization, row.stage, row.hts10) == ("Sea Eagle Boats, Inc", "granted", "8903100060")
    assert (row.posted_on, row.response_closes_on) == (date(2019, 6, 30), date(2019, 7, 14))


def test_a_row_of_the_compilation(tmp_path: Path) -> None:
    path = tmp_path / "list2.csv"
    path.write_text(",".join(COMPILED) + "\nUSTR-2018-0032-0004,8536507000,HomeSeer,switch,0,1,0,2018-09-24\n")
    (row,) = read_docket_table(path, "USTR-2018-0032").rows
    assert (row.stage, row.posted_on, row.response_closes_on) == ("denied", date(2018, 9, 24), None)


def test_a_spreadsheet_may_hold_real_dates_and_numbers(tmp_path: Path) -> None:
    path = tmp_path / "docket.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, PORTAL)
        sheet.write_row(1, 0, ["USTR-2019-0005-0064", "Sea Eagle", "Denied", 8903100060, "Kayak"])
        sheet.write_datetime(1, 5, date(2019, 6, 30), day)
        sheet.write_datetime(1, 6, date(2019, 7, 14), day)
    (row,) = read_docket_table(path, DOCKET).rows
    assert (row.hts10, row.posted_on) == ("8903100060", date(2019, 6, 30))


def test_a_repeat_is_counted_and_a_contradiction_refused(tmp_path: Path) -> None:
    table = read_docket_table(portal(tmp_path, ROW, ROW, ROW.replace("Granted", "Denied")), DOCKET)
    assert (table.read, len(table.rows), table.repeated) == (3, 1, 1)
    assert "says something else than line 2" in str(table.bad[0])


@pytest.mark.parametrize(
    ("old", "new", "column", "words"),
    [
        ("USTR-2019-0005-0064", "USTR-2018-0025-0064", "", "not a petition of docket"),
        ("Granted", "Perhaps", "Stage", "not a public stage"),
        ("8903100060", "890310", "HTSUS code", "has 6 digits"),
        ("8903100060", "8.9E+09", "HTSUS code", "scientific form"),
        ("Kayak", "K" * 301, "Product", "longer than 300"),
        ('"Jun 30, 2019"', "", "Date Posted", "is empty"),
        ('"Jun 30, 2019"', "30/06/19", "Date Posted", "is not a date"),
        ('"Jul 14, 2019"', "2019-06-01", "Response Closes", "before the posting"),
    ],
)
def test_a_bad_cell_says_where_and_why(tmp_path: Path, old: str, new: str, column: str, words: str) -> None:
    table = read_docket_table(portal(tmp_path, ROW.replace(old, new)), DOCKET)
    (bad,) = table.bad
    assert (table.rows, bad.line, bad.column) == ([], 2, column)
    assert words in str(bad)


def test_a_row_may_leave_name_and_product_blank(tmp_path: Path) -> None:
    blank = ROW.replace("Kayak", " ").replace('"Sea Eagle Boats, Inc"', "")
    (row,) = read_docket_table(portal(tmp_path, blank), DOCKET).rows
    assert (row.organization, row.product) == ("", "")


def test_contradicting_flags_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "list2.csv"
    path.write_text(",".join(COMPILED) + "\nUSTR-2018-0032-0004,8536507000,HomeSeer,switch,1,1,0,2018-09-24\n")
    assert "exactly one of" in str(read_docket_table(path, "USTR-2018-0032").bad[0])


def test_another_table_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UnreadableFile, match="not a docket spreadsheet"):
        read_docket_table(path, DOCKET)
    path.write_text(",".join(PORTAL) + "\n")
    with pytest.raises(UnreadableFile, match="no rows"):
        read_docket_table(path, DOCKET)


def test_the_real_dockets_are_read_without_a_refusal(shared_data: Path) -> None:
    three = read_docket_table(shared_data / "petitions/ustr_2019_0005_list3_requests.csv.gz", DOCKET)
    assert (three.read, len(three.rows), three.repeated, three.bad) == (30_283, 30_083, 200, [])
    two = read_docket_table(shared_data / "petitions/ustr_2018_0032_list2_requests.csv.gz", "USTR-2018-0032")
    assert (two.read, len(two.rows), two.repeated, two.bad) == (2_869, 2_869, 0, [])
    assert sum(row.stage == "granted" for row in two.rows) == 1_074
