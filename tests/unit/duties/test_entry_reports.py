"""Reports of entries as importers have them: layouts are read without a question, ten damaged ones told by cell."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from exclusions.gateways.entries.cells import Choices, Days
from exclusions.gateways.entries.decoding import NotText, decoded
from exclusions.gateways.entry_lines import EntryLine, EntryTable, read_entry_lines, text_rows
from tests.unit.duties.entry_reports import ENTRY, Columns, as_csv, es003, other_headings, report, worked

TODAY = date(2026, 11, 29)
NOTE = ["Entry Summary Line Tariff Details", "", ""]


def read(text: str, choices: Choices | None = None) -> EntryTable:
    return read_entry_lines(text_rows(text), "report.csv", today=TODAY, choices=choices or Choices())


def only(table: EntryTable) -> EntryLine:
    assert (table.fault, table.bad) == ("", [])
    (line,) = table.lines
    return line


# ---- Layouts ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("long", [False, True])
def test_worked_entry_a_is_read_from_es003(shared_data: Path, long: bool) -> None:
    """$3,543.00 under 9903.88.03; $7,086.00 under Section 232 and $410.99 of column 1 are not Section 301's."""
    columns = es003(shared_data, long=long)
    line = only(read(as_csv([NOTE, ["Run: 11/28/2026"], [], *report(columns, worked(shared_data, "A"))])))
    assert (line.entry_number, line.entered_on, line.hts) == (ENTRY, date(2026, 10, 5), "7326908688")
    assert (line.value, line.duty_paid) == (Decimal("14172.00"), Decimal("3543.00"))
    assert (line.only_301, line.headings, line.ieepa) == (True, ("99038803",), 0)


def test_worked_entry_b_is_read_from_es003(shared_data: Path) -> None:
    """Of 75% in three duties the 25% of List 1 alone are counted."""
    line = only(read(as_csv(report(es003(shared_data), worked(shared_data, "B")))))
    assert (line.hts, line.value, line.duty_paid) == ("8704230100", Decimal(10000), Decimal(2500))
    assert line.headings == ("99038801",)


def test_a_sheet_of_a_broker_is_read_whatever_its_order(shared_data: Path) -> None:
    columns = Columns({
        "hts_number": "HTS #", "duty": "301 Duty", "goods_value": "Entered Value (USD)", "entry_date": "Date of entry",
        "entry_number": "Entry No.", "description": "Product description", "client": "Kunde für Öl",
    })  # fmt: skip
    cells = {"hts_number": "8481.80.3090", "duty": "3,125.00", "goods_value": "12.500", "entry_date": "4-Nov-2019"}
    rows = report(columns, [{**cells, "goods_value": "12,500", "entry_number": "ABC1", "client": "Müller"}])
    line = only(read(decoded(as_csv(rows, mark=";").encode("cp1252"))))
    assert (line.hts, line.value, line.duty_paid, line.only_301) == ("8481803090", 12500, 3125, True)
    assert line.entered_on == date(2019, 11, 4)


def test_a_report_with_one_row_a_line_says_that_its_duty_is_any_duty(shared_data: Path) -> None:
    columns = replace(es003(shared_data))
    headings = {**columns.headings, "duty": other_headings(shared_data, "duty")[1]}
    goods = [{**row, "duty": "$4,500.00"} for row in worked(shared_data, "A") if row["tariff_ordinal"] == "4"]
    table = read(as_csv(report(Columns(headings), goods)))
    assert (only(table).duty_paid, only(table).only_301) == (4500, None)
    assert table.any_duty == "Line Duty Amount"


@pytest.mark.parametrize("column", ["entry_number", "hts_number", "goods_value", "duty"])
def test_every_other_spelling_of_a_needed_column_is_known(shared_data: Path, column: str) -> None:
    for spelling in other_headings(shared_data, column):
        columns = Columns({**es003(shared_data).headings, column: spelling})
        assert only(read(as_csv(report(columns, worked(shared_data, "A"))))).duty_paid == Decimal("3543.00")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"])
def test_the_coding_of_a_file_is_told_by_its_bytes(shared_data: Path, coding: str) -> None:
    lines = [{**row, "importer_name": "Müller & Söhne"} for row in worked(shared_data, "A")]
    text = as_csv(report(es003(shared_data), lines))
    assert decoded(text.encode(coding)) == text.replace("\r\n", "\n")
    assert only(read(decoded(text.encode(coding)))).duty_paid == Decimal("3543.00")


@pytest.mark.parametrize("content", [b"%PDF-1.7 \xff\xfe\x00", b"\xd0\xcf\x11\xe0" + bytes(600), b"\x89PNG\r\n\x1a\n"])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(NotText):
        decoded(content)


def test_totals_headings_again_blank_rows_and_other_countries_are_no_lines(shared_data: Path) -> None:
    columns = es003(shared_data)
    rows = report(columns, worked(shared_data, "A"))
    again = [{**row, "line_number": "002", "country_of_origin": "CN"} for row in worked(shared_data, "A")]
    german = [{**row, "line_number": "3", "country_of_origin": "DE"} for row in worked(shared_data, "A")[3:]]
    total = columns.row(entry_number="Grand Total", goods_value="$28,344.00", duty="$11,039.99")
    table = read(as_csv([*rows, [], list(columns.headings.values()), *report(columns, again)[1:],
                         *report(columns, german)[1:], total]))  # fmt: skip
    assert [line.duty_paid for line in table.lines] == [Decimal("3543.00")] * 2
    assert (table.bad, table.elsewhere, len(table.passed)) == ([], 1, 2)


def test_without_numbers_of_lines_the_rows_of_chapter_99_belong_to_the_goods_behind_or_before_them() -> None:
    ninety, goods = "E1,2026-10-05,9903.88.03,0,{}", "E1,2026-10-05,8481.80.3090,{},9"
    heading = "entry number,entry date,hts number,value,duty paid"
    before = [heading, ninety.format(25), goods.format(100), ninety.format(50), goods.format(200)]
    behind = [heading, goods.format(100), ninety.format(25), goods.format(200), ninety.format(50)]
    for rows in (before, behind):
        lines = read("\n".join(rows)).lines
        assert [(line.value, line.duty_paid) for line in lines] == [(100, 25), (200, 50)]


def test_ieepa_duty_is_kept_apart(shared_data: Path) -> None:
    rows = worked(shared_data, "A")
    rows[1] = {**rows[1], "hts_number": "99030124", "duty": "$1,417.20"}
    line = only(read(as_csv(report(es003(shared_data), rows))))
    assert (line.duty_paid, line.ieepa) == (Decimal("3543.00"), Decimal("1417.20"))


def test_a_duty_that_each_row_repeats_is_the_duty_of_the_line(shared_data: Path) -> None:
    rows = [{**row, "duty": "$11,039.99"} for row in worked(shared_data, "A")]
    line = only(read(as_csv(report(es003(shared_data), rows))))
    assert (line.duty_paid, line.only_301) == (Decimal("11039.99"), None)


# ---- What is asked once a file ---------------------------------------------------------------------------------------
UNKNOWN = "Ref,Day,Code,Worth,Levy\nABC-1,2019-11-04,8481.80.3090,12500,3125"


def test_columns_that_are_not_known_are_asked_for_with_their_values() -> None:
    table = read(UNKNOWN)
    assert table.asks
    assert table.layout is not None
    assert [(seen.letter, seen.heading, seen.samples) for seen in table.layout.seen][2] == (
        "C", "Code", ("8481.80.3090",),
    )  # fmt: skip
    names = ("entry_number", "entry_date", "hts10", "value", "duty_paid")
    chosen = Choices({name: place for place, name in enumerate(names)}, table.layout.mark)
    assert only(read(UNKNOWN, chosen)).duty_paid == 3125
    assert read(UNKNOWN.replace("Levy", "Tax"), chosen).asks, "what was chosen for one table is not taken for another"


@pytest.mark.parametrize(("days", "text"), [(Days.DAY_FIRST, "30/11/2019"), (Days.COUNTED, "43799")])
def test_days_written_otherwise_are_told_until_it_is_said_once(days: Days, text: str) -> None:
    rows = f"entry number,entry date,hts10,value,duty paid\nABC-1,{text},8481803090,1,1"
    table = read(rows)
    assert (len(table.bad), table.days) == (1, days)
    assert only(read(rows, Choices(days=days))).entered_on == date(2019, 11, 30)


def test_a_lost_zero_is_told_and_put_back_only_when_that_is_said() -> None:
    rows = "entry number,entry date,hts10,value,duty paid\nABC-1,2019-11-04,101290010,1,1"
    table = read(rows)
    assert (len(table.bad), table.zeros) == (1, 1)
    assert only(read(rows, Choices(zeros=True))).hts == "0101290010"


@pytest.mark.parametrize("text", ["2019-11-04", "11/04/2019", "11/4/19", "2019/11/04", "20191104", "Nov 4, 2019",
                                  "4-Nov-2019", "04 November 2019", "2019-11-04T00:00:00", "11/04/2019 12:00 AM",
                                  "2019.11.04", "04NOV2019"])  # fmt: skip
def test_days_of_reports_are_read(text: str) -> None:
    assert only(read(f"ABC-1\t{text}\t8481803090\t1\t1")).entered_on == date(2019, 11, 4)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("$10,000.00", 10000), ("USD 12", 12), (" $ -   ", 0), ("($0.00)", 0), ("-", 0), ("1234.50", Decimal("1234.5"))],
)
def test_amounts_of_reports_are_read(text: str, amount: Decimal) -> None:
    assert only(read(f"ABC-1\t2019-11-04\t8481803090\t{text}\t0")).value == amount


# ---- Damaged ---------------------------------------------------------------------------------------------------------
DAMAGES = {
    "a day that is none": ("entry_date", 3, "02/30/2026", "is not a day of the calendar"),
    "another currency": ("goods_value", 3, "€14,172.00", "is not in US dollars"),
    "minus in parentheses": ("duty", 0, "($3,543.00)", "is below zero"),
    "words for an amount": ("duty", 1, "see 7501", "is not an amount"),
    "a formula": ("goods_value", 3, "=SUM(F2:F4)", "is a formula"),
    "a number in scientific form": ("hts_number", 3, "7.33E+09", "scientific form"),
    "a digit too few": ("hts_number", 3, "732690868", "has 9 digits"),
    "no entry number": ("entry_number", 0, "", "Merged cells"),
    "an entry of next year": ("entry_date", 3, "10/05/2027", "is after today"),
    "one number twice": ("hts_number", 1, "99038803", "is on this line twice"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_report_is_told_by_cell_and_the_rest_is_answered(shared_data: Path, damage: str) -> None:
    column, ordinal, text, remedy = DAMAGES[damage]
    columns, whole = es003(shared_data), worked(shared_data, "B")
    hurt = [{**row, "entry_number": "XYZ-7654321-0"} for row in worked(shared_data, "A")]
    hurt[ordinal] = {**hurt[ordinal], column: text}
    table = read(as_csv([NOTE, *report(columns, [*hurt, *whole])]))
    told = [bad for bad in table.bad if bad.column == columns.headings[column]]
    assert [(bad.line, bad.value) for bad in told] == [(3 + ordinal, text)]
    assert remedy in told[0].reason
    assert told[0].reason.count(".") >= 1, "and says what to do"
    assert [line.hts for line in table.lines] == ["8704230100"], "the other line is answered"


def test_ten_damages_are_tried() -> None:
    assert len(DAMAGES) == 10
