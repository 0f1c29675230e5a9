"""Refunds: lines of entries in; what applied, what may come back and until when out: page, files and API."""

import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from exclusions.facts.on_file import register
from exclusions.gateways.entry_lines import read_entry_lines, text_rows
from exclusions.models import Notification, TariffAction
from exclusions.queries.lookup.refunds import refunds_found
from tests.factories.tariff import LIST_1, LIST_3, cover, exclude, make_lists

pytestmark = pytest.mark.django_db

VALVE, PUMP, CHAIR = "8481803090", "8413810040", "9401690031"
HEADING = "entry number,entry date,hts10,value,duty paid,description,liquidated on"
TEXT = "Ball valves of steel, hand operated"


@pytest.fixture(autouse=True)
def lists() -> dict[str, TariffAction]:
    """Put valves and pumps on List 1 and chairs on List 3; a text for valves, the whole number of pumps."""
    actions = make_lists()
    cover(actions["1"], VALVE[:8], "99038801", LIST_1)
    cover(actions["1"], PUMP[:8], "99038801", LIST_1)
    cover(actions["3"], CHAIR[:8], "99038803", LIST_3)
    exclude(actions["1"], VALVE, LIST_1, None, text=TEXT)
    exclude(actions["1"], PUMP, LIST_1, date(2019, 12, 28), text="8413.81.0040", whole_number=True)
    return actions


def entered(days_ago: int, today: date) -> str:
    return f"{today - timedelta(days=days_ago)}"


@pytest.fixture
def today() -> date:
    return date(2021, 7, 1)


def answer(*rows: str, today: date) -> Any:
    table = read_entry_lines(text_rows("\n".join((HEADING, *rows))), "pasted", today=today)
    assert (table.bad, table.fault) == ([], "")
    return refunds_found(table.lines, today)


def test_what_is_at_stake_is_the_duty_of_the_list_that_the_exclusion_frees(today: date) -> None:
    found = answer(
        f"A-1,2021-01-04,{VALVE},1000,250,,",
        f"A-2,2021-01-04,{VALVE},1000,250,Hand operated ball valve of steel,",
        f"A-3,2021-01-04,{VALVE},1000,250,Gate valve of brass,",
        f"A-4,2021-01-04,{VALVE},1000,60,,",
        f"A-5,2021-01-04,{CHAIR},1000,250,,",
        f"A-6,2019-12-28,{PUMP},1000,250,,",
        f"A-7,2019-12-29,{PUMP},1000,250,,",
        today=today,
    )
    assert [(one.line.entry_number, int(one.at_stake), int(one.sure)) for one in found.answers] == [
        ("A-1", 250, 0),
        ("A-2", 250, 250),
        ("A-3", 0, 0),  # another material: the text does not reach it
        ("A-4", 60, 0),  # never more than was paid
        ("A-5", 0, 0),  # on a list, but no exclusion names it
        ("A-6", 250, 250),  # the last day of the whole number
        ("A-7", 0, 0),
    ]
    assert (int(found.open), int(found.lost)) == (560, 250)
    assert [one.line.entry_number for one in found.at_stake] == ["A-1", "A-2", "A-4", "A-6"]


def test_the_rate_is_that_of_the_day_of_entry(lists: dict[str, TariffAction], today: date) -> None:
    exclude(lists["3"], CHAIR, LIST_3, None, text="Chairs, as described")
    found = answer(f"B-1,2019-05-09,{CHAIR},1000,999,,", f"B-2,2019-05-10,{CHAIR},1000,999,,", today=today)
    assert [int(one.at_stake) for one in found.answers] == [100, 250]
    assert "List 3 10%" in found.answers[0].owed


def test_statements_do_not_grow_with_lines(django_assert_num_queries: Callable[..., Any], today: date) -> None:
    register()  # of all numbers, until the tariff changes
    for count in (1, 200):
        with django_assert_num_queries(5):
            answer(*(f"C-{n},2021-01-{n % 28 + 1:02},{VALVE},{n + 1},{n},," for n in range(count)), today=today)


# ---- The page --------------------------------------------------------------------------------------------------------
def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def line(days_ago: int, today: date | None = None) -> str:
    return f"ABC-1234567-8,{entered(days_ago, today or date.today())},{VALVE},1000,250"  # noqa: DTZ011


def test_pasted_lines_are_answered_and_given_back(client: Client) -> None:
    response = client.post("/refunds/", {"lines": f"{line(100)}\n{line(900)}", "answer_as": "page"})
    page = text_of(response)
    assert response.status_code == 200
    assert "<strong>$250</strong> may still come back" in page
    assert "$250 is lost" in page
    assert "Post summary correction" in page
    assert line(100) in page
    assert Notification.objects.count() == 0


def test_wrong_cells_are_told_beside_the_lines_that_are_answered(client: Client) -> None:
    typed = f"{line(100)}\nABC-1,2019-02-30,{VALVE},€5,1"
    response = client.post("/refunds/", {"lines": typed})
    page = text_of(response)
    assert "2 cells to correct" in page
    assert "Is not a day of the calendar" in page
    assert "Is not in US dollars" in page
    assert "may still come back" in page
    assert "2019-02-30" in page
    alone = client.post("/refunds/", {"lines": "ABC-1,2019-02-30,84,x,y"})
    assert alone.status_code == 422
    assert "We could not answer any line" in text_of(alone)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Paste the lines of your entries"),
        ({"lines": "hello & welcome"}, "There is no column"),
        ({"file": SimpleUploadedFile("lines.csv", b"")}, "Paste the lines of your entries"),
        ({"file": SimpleUploadedFile("lines.xlsx", b"PK\x03\x04 and no more")}, "cannot be read as a spreadsheet"),
        ({"file": SimpleUploadedFile("lines.pdf", b"%PDF-1.7 \xff\xfe\x00")}, "neither a spreadsheet nor text"),
    ],
)
def test_what_cannot_be_read_says_why_and_loses_nothing(client: Client, sent: dict[str, Any], sentence: str) -> None:
    response = client.post("/refunds/", sent)
    page = text_of(response)
    assert response.status_code == 422
    assert sentence in page
    assert "hello &amp; welcome" in page or "lines" not in sent


def test_many_lines_are_answered_piece_by_piece(client: Client) -> None:
    many = "\n".join(line(100) for _ in range(5001))
    response = client.post("/refunds/", {"lines": many})
    assert response.streaming
    pieces = [piece.decode() for piece in response.streaming_content]  # type: ignore[attr-defined]
    assert "We read 5,001 lines" in pieces[0]
    assert "5,000 of 5,001 lines are answered" in pieces[1]
    assert "<strong>$1,250,250</strong> may still come back" in " ".join("".join(pieces).split())
    assert "".join(pieces).count("</main>") == 1


def workbook() -> SimpleUploadedFile:
    """Make a sheet with a day as a day, one as text, a merged cell and a number that lost its zero."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Entry number", "Entry date", "HTS", "Value", "Duty paid"])
        sheet.write_row(1, 0, ["ABC-1", None, 8481803090, 1000, 250])
        sheet.write_datetime(1, 1, date.today() - timedelta(days=30), book.add_format({"num_format": "m/d/yy"}))  # noqa: DTZ011
        sheet.write_row(2, 0, ["ABC-2", f"{date.today() - timedelta(days=30):%m/%d/%Y}", VALVE, "1,000.00", 250.0])  # noqa: DTZ011
        sheet.merge_range(3, 0, 4, 0, "ABC-3")
        sheet.write_row(3, 1, ["2020-01-02", VALVE, 1])
        sheet.write_row(4, 1, ["2020-01-02", 101290010, 1])
        sheet.merge_range(3, 4, 4, 4, 1)
    return SimpleUploadedFile("my lines.xlsx", content.getvalue())


def test_a_workbook_is_read_with_its_days_and_each_damaged_cell_told(client: Client) -> None:
    page = text_of(client.post("/refunds/", {"file": workbook()}))
    assert "$500</strong> may still come back" in page
    assert "2 cells to correct" in page, "the merged duty and the number; the merged entry number is read"
    assert "Merged cells hold their value in the first of them" in page
    assert "If a leading zero was lost, it is 0101.29.0010" in page


def test_the_sheet_has_every_line_and_the_calendar_every_last_day(client: Client) -> None:
    lines = "\n".join([line(100), line(100), line(330), line(2000), f"X-1,{entered(50, date.today())},{CHAIR},=,1"])  # noqa: DTZ011
    book = client.post("/refunds/", {"lines": lines, "answer_as": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 6
    assert rows[1][rows[0].index("What to do")] == "Post summary correction"
    text = b"".join(client.post("/refunds/", {"lines": lines, "answer_as": "csv"})).decode()  # type: ignore[arg-type]
    assert text.count("\r\n") == 6
    wrong = dict(zip(rows[0], rows[-1], strict=True))
    assert (wrong["Line"], wrong["What to do"]) == ("Row 5", "Not answered: correct the row and send it again")
    assert wrong["Notes"].startswith("value “=”: is a formula")
    assert rows[1][rows[0].index("Last day if liquidated by law")]
    events = Calendar.from_ical(client.post("/refunds/", {"lines": lines, "answer_as": "ics"}).content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "Last day: Protest (1 entry)",
        "Last day: Post summary correction (1 entry)",
    ]
    assert "1000" not in "".join(str(event["description"]) for event in events), (
        "no amount in a calendar that is shared"
    )


# ---- The API ---------------------------------------------------------------------------------------------------------
def send(client: Client, body: Any) -> Any:
    return client.post("/api/v1/refunds/", json.dumps(body), content_type="application/json")


def one(**more: Any) -> dict[str, Any]:
    return {
        "entry_number": "ABC-1234567-8",
        "entry_date": "2021-01-04",
        "hts10": "8481.80.3090",
        "value": 1000,
        "duty_paid": 250.5,
        **more,
    }


def test_an_amount_is_taken_as_text_to_the_cent(client: Client) -> None:
    asked = one(value="90071992547409.93"[-11:], duty_paid="2251799.81")
    (found,) = send(client, {"lines": [asked]}).json()["results"]
    assert found["duty_at_stake"] == "2251799.81"


def test_the_api_answers_each_line(client: Client) -> None:
    response = send(client, {"lines": [one(), one(liquidated_on="2021-11-14", description="Steel ball valves")]})
    assert response.status_code == 200, response.content
    body = response.json()
    first, second = body["results"]
    assert (first["duty_at_stake"], first["owed"], first["hts10"]) == ("250.00", "List 1 25%", "8481.80.3090")
    assert (first["correction_by"], first["liquidation_on"], first["protest_by"]) == (
        "2021-10-30",
        "2021-11-14",
        "2022-05-13",
    )
    assert [one["fits"] for one in first["exclusions"]] == ["ask"]
    assert (first["estimated"], second["estimated"]) == (True, False)
    assert body["lost"] == "500.00"
    assert (first["sure"], body["totals"][0]["duty_at_stake"]) == ("0.00", "500.00")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "lines"),
        ({"lines": []}, "lines"),
        ({"lines": "all"}, "lines"),
        ({"lines": [1]}, "lines.0"),
        ({"lines": [one(), one(hts10="84")]}, "lines.1.hts10"),
        ({"lines": [one(value="1,000")]}, "lines.0.value"),
        ({"lines": [one(value="1000.001")]}, "lines.0.value"),
        ({"lines": [one(value="-1")]}, "lines.0.value"),
        ({"lines": [one(value=-1)]}, "lines.0.value"),
        ({"lines": [one(entry_date=20210104)]}, "lines.0.entry_date"),
        ({"lines": [one(duty_paid=True)]}, "lines.0.duty_paid"),
        ({"lines": [one(liquidated_on="2020-01-01")]}, "lines.0.liquidated_on"),
    ],
)
def test_the_api_names_the_line_and_field_that_is_wrong(client: Client, body: Any, field: str) -> None:
    response = send(client, body)
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]
