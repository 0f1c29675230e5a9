"""Reports of entries through the page: workbooks of ACE, columns that are asked for, many lines, overpaid duty."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exclusions.gateways.entry_lines import read_entry_lines, text_rows
from exclusions.queries.lookup.refunds import LineAnswer, refunds_found
from tests.factories.tariff import LIST_1, cover, make_edition, make_lists
from tests.unit.duties.entry_reports import as_book, as_csv, es003, report, worked

TODAY = date(2026, 11, 29)
HEADING = "entry number,entry date,hts10,value,duty paid"

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def answers(*rows: str) -> list[LineAnswer]:
    table = read_entry_lines(text_rows("\n".join((HEADING, *rows))), "pasted", today=TODAY)
    assert (table.bad, table.fault) == ([], "")
    return refunds_found(table.lines, TODAY).answers


# ---- Overpaid, under way, other laws -------------------------------------------------------------------------------
@pytest.mark.usefixtures("shipped")
def test_a_rate_that_was_too_high_is_found() -> None:
    """15% paid on a line of List 4A at 7.5%: $3,750, by a post summary correction until 2026-12-25."""
    (one,) = answers("R10,2026-03-01,6109.10.0012,50000,7500")
    assert (one.at_stake, one.sure, one.window.act_by) == (Decimal("3750.00"), Decimal("3750.00"), date(2026, 12, 25))
    assert "the rate of List 4A until February 13, 2020" in one.notes[0]
    assert "$3,750.00 too much" in one.notes[0]


@pytest.mark.usefixtures("shipped")
def test_goods_under_way_when_a_rate_rose_may_owe_the_old_one() -> None:
    """25% of List 3 paid in the weeks of 9903.88.09: $15,000 of 100,000 if exported before 2019-05-10."""
    within, after, paid_less = answers(
        "R9,2019-05-20,7301.20.5000,100000,25000",
        "R9,2019-06-15,7301.20.5000,100000,25000",
        "R9,2019-05-20,7301.20.5000,100000,10000",
    )
    assert (within.at_stake, within.sure) == (Decimal("15000.00"), 0)
    assert "9903.88.09" in within.notes[0]
    assert (after.at_stake, after.notes) == (0, [])
    assert paid_less.at_stake == 0, "who paid 10% has nothing to ask"


@pytest.mark.usefixtures("shipped")
def test_ieepa_duty_is_named_and_not_counted() -> None:
    """$55,000 of 100,000: 25% of List 3, 20% and 10% under IEEPA."""
    (one,) = answers("R11,2025-06-01,7301.20.5000,100000,55000")
    assert one.at_stake == 0
    assert one.stake.beyond == 30000
    assert "Learning Resources" in one.notes[0]
    assert "9903.01.24" in one.notes[0]
    assert "$30,000.00 is more than the Section 301 duty" in one.notes[0]


@pytest.mark.usefixtures("shipped")
def test_duty_declared_under_a_list_that_does_not_cover_the_number_is_found(shared_data: Path) -> None:
    rows = worked(shared_data, "A")
    rows[3]["hts_number"] = "8471300100"  # of List 4B, which never took effect
    table = read_entry_lines(text_rows(as_csv(report(es003(shared_data), rows))), "r.csv", today=TODAY)
    (one,) = refunds_found(table.lines, TODAY).answers
    assert one.at_stake == Decimal("3543.00")
    assert "no Section 301 list covered this number that day" in one.notes[0]


@pytest.mark.usefixtures("shipped")
def test_the_worked_entries_owe_what_was_paid(shared_data: Path) -> None:
    """A: List 3 at 25% of 14,172.00 is the $3,543.00 that was paid; B: List 1 at 25%."""
    for example, owed in (("A", "List 3 25%"), ("B", "List 1 25%")):
        text = as_csv(report(es003(shared_data), worked(shared_data, example)))
        (one,) = refunds_found(read_entry_lines(text_rows(text), "r.csv", today=TODAY).lines, TODAY).answers
        assert owed in one.owed
        assert one.stake.too_high == 0


@pytest.mark.usefixtures("shipped")
def test_duty_on_a_number_that_left_with_its_list_is_not_called_too_high() -> None:
    """8708.29.50 left with HS 2022: which number the goods took, and its list, is not known here."""
    (one,) = answers("R12,2024-01-09,8708.29.5060,20000,5000")
    assert one.at_stake == 0
    assert "8708.29.5060 left the HTSUS" in one.doubt
    assert one.nothing == "Check the number"


def test_a_number_that_may_not_have_existed_says_so(client: Client) -> None:
    """As the number page does: on one day no edition speaks, on the other one does that does not have the number."""
    make_lists()
    make_edition(date(2025, 1, 1), ("87083050", "Brakes"), ("8708305060", "Brakes: Other"))
    page = text_of(
        client.post("/refunds/", {"lines": "R1,2024-01-09,8708.30.5060,100,10\nR2,2025-02-01,8708305061,1,0"})
    )
    assert "we cannot tell whether all the digits exist" in page
    assert "8708.30.5061 is not in the HTSUS of that day" in page
    assert page.count("Check the number") >= 2


# ---- Workbooks -------------------------------------------------------------------------------------------------------
def test_a_workbook_with_titles_and_merged_cells_is_read_without_a_question(client: Client, shared_data: Path) -> None:
    cover(make_lists()["3"], "73269086", "99038803", date(2018, 9, 24))
    columns = es003(shared_data)
    rows = [["Entry Summary Line Tariff Details"], ["Run 11/28/2026"], []]
    rows += report(columns, worked(shared_data, "A"))
    names = list(columns.headings)
    merged = [(4, 7, names.index(name)) for name in ("entry_number", "line_number", "entry_date", "country_of_origin")]
    file = SimpleUploadedFile("es003.xlsx", as_book(rows, merged=merged, sheet="Main Report"))
    page = text_of(client.post("/refunds/", {"file": file}))
    assert "1 line as of" in page
    assert "cell to correct" not in page
    assert "We put the rows of each line together" in page
    again = re.search(r'name="lines"[^>]*>\n(.*?)</textarea>', client.post(
        "/refunds/", {"file": SimpleUploadedFile("es003.xlsx", as_book(rows, merged=merged, sheet="Main Report"))}
    ).content.decode(), re.DOTALL)  # fmt: skip
    assert again is not None
    assert "1 line as of" in text_of(client.post("/refunds/", {"lines": again.group(1)})), "what the page gives back"


def test_utf_16_and_windows_text_files_are_read(client: Client) -> None:
    make_lists()
    for coding in ("utf-16", "cp1252"):
        text = f"{HEADING},description\nABC-1,2019-11-04,8481.80.3090,100,25,Hähne"
        page = text_of(client.post("/refunds/", {"file": SimpleUploadedFile("l.csv", text.encode(coding))}))
        assert "1 line as of" in page


# ---- What is asked once a file ---------------------------------------------------------------------------------------
UNKNOWN = "Ref,Day,Code,Worth,Levy\nABC-1,2019-11-04,8481.80.3090,12500,3125"


def chosen(page: str, **places: int) -> dict[str, Any]:
    """Return what a person sends who chose these columns: all that stands on the page goes along."""
    mark = re.search(r'name="columns_of" value="(\w+)"', page)
    lines = re.search(r'name="lines"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert mark
    assert lines
    return {"columns_of": mark.group(1), "lines": lines.group(1), **{f"column_{n}": p for n, p in places.items()}}


ALL = {"entry_number": 0, "entry_date": 1, "hts10": 2, "value": 3, "duty_paid": 4}


@pytest.mark.parametrize("kind", ["lines", "file"])
def test_columns_that_are_not_known_are_asked_for_once(client: Client, kind: str) -> None:
    cover(make_lists()["1"], "84818030", "99038801", LIST_1)
    sent = UNKNOWN if kind == "lines" else SimpleUploadedFile("x.csv", UNKNOWN.encode())
    response = client.post("/refunds/", {kind: sent})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Which column is which?" in page
    assert "C: Code" in page
    assert "8481.80.3090" in page
    answer = client.post("/refunds/", chosen(page, **ALL))
    assert "1 line as of" in text_of(answer)
    assert 'name="column_duty_paid" value="4"' in answer.content.decode(), "the next answer needs no choice"


@pytest.mark.parametrize(
    ("places", "sentence"),
    [
        ({**ALL, "value": 4}, "You chose the same column for"),
        ({"entry_number": 0}, "Which column is which?"),
        ({**ALL, "value": -1}, "greater than or equal to 0"),
        ({**ALL, "hts10": 77}, "hts10"),
    ],
)
def test_a_choice_that_cannot_be_loses_nothing(client: Client, places: dict[str, int], sentence: str) -> None:
    make_lists()
    page = client.post("/refunds/", {"lines": UNKNOWN}).content.decode()
    response = client.post("/refunds/", chosen(page, **places))
    assert response.status_code in (200, 422)
    assert sentence in text_of(response)
    assert "ABC-1,2019-11-04" in response.content.decode()


def test_a_lost_zero_is_put_back_when_that_is_said(client: Client) -> None:
    make_lists()
    lines = f"{HEADING}\nABC-1,2019-11-04,101290010,1,1"
    asked = text_of(client.post("/refunds/", {"lines": lines}))
    assert "Put back the first zero" in asked
    assert "1 line as of" in text_of(client.post("/refunds/", {"lines": lines, "zeros": "on"}))


# ---- Many lines ------------------------------------------------------------------------------------------------------
def test_many_lines_are_shown_fifty_at_a_time_the_answer_first(client: Client) -> None:
    cover(make_lists()["1"], "84818030", "99038801", LIST_1)
    lines = "\n".join(f"ABC-{n:03},2019-11-04,8481803090,{100 + n},25" for n in range(120))
    seen: list[str] = []
    for start, said in (
        ("", "Lines 1 to 50"),
        ("50", "Lines 51 to 100"),
        ("100", "Lines 101 to 120"),
        ("999", "Lines 1"),
    ):
        page = client.post("/refunds/", {"lines": lines, "start": start}).content.decode()
        body = page[: page.index('id="entries"')]
        assert said in " ".join(body.split())
        assert body.index('id="answer"') < body.index('id="each"')
        seen += re.findall(r"ABC-\d{3}<br>", body)
    assert len(seen) == 50 + 50 + 20 + 50
    assert len(set(seen[:120])) == 120


@time_machine.travel("2026-11-29T12:00:00-05:00", tick=False)
@pytest.mark.usefixtures("shipped")
def test_the_page_and_the_api_say_the_same(client: Client) -> None:
    page = text_of(client.post("/refunds/", {"lines": "R10,2026-03-01,6109.10.0012,50000,7500"}))
    assert "<strong>$3,750</strong> may still come back" in page
    assert "Possible refund" in page
    assert "Section 301 duty only" in page
    line = {"entry_number": "R10", "entry_date": "2026-03-01", "hts10": "6109100012", "value": 50000, "duty_paid": 7500}
    found = client.post("/api/v1/refunds/", {"lines": [line]}, content_type="application/json").json()["results"][0]
    assert (found["duty_at_stake"], found["act_by"]) == ("3750.00", "2026-12-25")
    assert "too much" in found["notes"][0]
