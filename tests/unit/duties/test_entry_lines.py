"""Lines of entries as people bring them: every shape is read, every wrong cell is told."""

from datetime import date
from decimal import Decimal

import pytest

from exclusions.gateways.entry_lines import EntryTable, read_entry_lines, text_rows

TODAY = date(2026, 6, 9)
HEADING = "entry number,entry date,hts10,value,duty paid"
GOOD = "ABC-1234567-8,2019-11-04,8481.80.3090,12500.00,3125"


def read(text: str) -> EntryTable:
    return read_entry_lines(text_rows(text), "pasted lines", today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADING}\n{GOOD}\n",
        GOOD,
        f"\ufeff{HEADING.upper()}\r\n\r\n{GOOD}\r\n",
        "Entry No.;Date of entry;HTS;Entered value;Duty\nABC-1234567-8;11/04/2019;8481803090;12,500.00;$3,125.00",
        (
            "hts10\tvalue\tduty_paid\tentry_date\tentry_number\tnotes\n"
            "8481 80 3090\tUSD 12,500\t3125.\tNov 4, 2019\tABC-1234567-8\tnone"
        ),
    ],
)
def test_lines_are_read_however_they_are_divided(text: str) -> None:
    table = read(text)
    assert table.bad == []
    (line,) = table.lines
    assert (line.entry_number, line.entered_on, line.hts) == ("ABC-1234567-8", date(2019, 11, 4), "8481803090")
    assert (line.value, line.duty_paid) == (Decimal(12500), Decimal(3125))


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ("ABC-1,2019-02-30,8481803090,1,1", "entry date", "is not a day of the calendar"),
        ("ABC-1,30/06/2019,8481803090,1,1", "entry date", "month first"),
        ("ABC-1,43773,8481803090,1,1", "entry date", "2019-11-04?"),
        ("ABC-1,2030-01-01,8481803090,1,1", "entry date", "is after today"),
        ("ABC-1,1999-01-01,8481803090,1,1", "entry date", "is before 2018-07-06"),
        ("ABC-1,2019-11-04,848180309,1,1", "hts10", "has 9 digits"),
        ("ABC-1,2019-11-04,8.48E+09,1,1", "hts10", "scientific form"),
        ("ABC-1,2019-11-04,٨٤٨١٨٠٣٠٩٠,1,1", "hts10", "Use only the digits 0 to 9"),
        ("ABC-1,2019-11-04,8481803090,€100,1", "value", "is not in US dollars"),
        ("ABC-1,2019-11-04,8481803090,100 CNY,1", "value", "is not in US dollars"),
        ('ABC-1,2019-11-04,8481803090,"1.234,50",1', "value", "dollars and cents with a point"),
        ("ABC-1,2019-11-04,8481803090,-5,1", "value", "is below zero"),
        ("ABC-1,2019-11-04,8481803090,nan,1", "value", "is not an amount"),
        ("ABC-1,2019-11-04,8481803090,1,=D2*0.25", "duty paid", "is a formula"),
        (",2019-11-04,8481803090,1,1", "entry number", "Merged cells"),
        ("ABC-1,2019-11-04,8481803090,$12,500,1", "the row", "has 6 cells where there are 5 columns"),
        ("😀,2019-11-04,8481803090,1,1", "entry number", "is not an entry number"),
    ],
)
def test_a_wrong_cell_is_told_and_the_other_lines_are_read(cells: str, column: str, sentence: str) -> None:
    table = read(f"{HEADING}\n{cells}\n{GOOD}")
    (bad,) = table.bad
    assert (bad.line, bad.column) == (2, column)
    assert sentence in str(bad)
    assert len(table.lines) == 1


def test_every_wrong_cell_of_a_row_is_told() -> None:
    assert [bad.column for bad in read(f"{HEADING}\n,never,1,x,y").bad] == [
        "entry number", "entry date", "hts10", "value", "duty paid",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEADING, "There is no line below"),
        ("entry number,entry date\nABC-1,2019-01-01", "There is no column “hts10”, “value”, “duty paid”"),
        ("hello", "There is no column"),
    ],
)
def test_what_is_no_table_says_which_columns_are_needed(text: str, sentence: str) -> None:
    assert sentence in read(text).fault
