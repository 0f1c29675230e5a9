"""All deadlines of a person's petitions in one calendar, and the petitions as files."""

import csv
import json
from collections.abc import Callable
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar
from openpyxl import load_workbook

from exclusions.models import AccessLog, BulkSheet, Petition, Round, User
from exclusions.queries.importer.own_files import MARK, OWN
from exclusions.queries.public.docket_columns import COLUMNS
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.importer.bulk_sheets import make_sheet, table_of, taken_in, worked_on
from tests.factories.petitions import PATHS, Journey

SignIn = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
SECRET = "wanda.whisper@example.test"


@pytest.fixture
def mine(cast: dict[str, User], list3: Round, clock: Clock) -> list[Petition]:
    """Return a draft, a returned petition and a posted one."""
    found = []
    for status in (Status.DRAFT, Status.RETURNED, Status.POSTED):
        trip = Journey(cast, list3, clock.now)
        trip.take(*PATHS[status])
        clock.move_to(max(clock.now, trip.at))
        found.append(trip.petition)
    return found


def body(answer: HttpResponse) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def file_of(client: Client, kind: str, **asked: str) -> HttpResponse:
    found: HttpResponse = client.get(reverse("petitions-export", args=[kind]), asked)
    assert found.status_code == 200
    return found


def test_all_deadlines_stand_on_one_page_and_in_one_file(
    mine: list[Petition], importer: User, rival: User, client_of: SignIn
) -> None:
    client = client_of(importer)
    page = client.get(reverse("petitions-calendar")).content.decode()
    places = [page.index(words) for words in ("Last day to correct", "Filing window closes")]
    assert all(places)
    assert reverse("petitions-calendar-file") in page
    answer = client.get(reverse("petitions-calendar-file"))
    assert "no-store" in answer["Cache-Control"]
    events = [event for event in Calendar.from_ical(body(answer)).walk("VEVENT")]
    assert len({str(event["uid"]) for event in events}) == len(events) == 3
    assert "quartz" not in body(answer).decode().lower()  # no word of what is in a petition
    assert "Nothing is due" in client_of(rival).get(reverse("petitions-calendar")).content.decode()


def test_the_file_has_the_columns_of_the_docket_and_the_owners_own(
    mine: list[Petition], importer: User, client_of: SignIn
) -> None:
    answer = file_of(client_of(importer), "csv")
    assert "no-store" in answer["Cache-Control"]
    text = body(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    assert list(rows[0]) == [*(column.heading for column in COLUMNS.values()), *OWN.values()]
    assert {row["Own Status"] for row in rows} == {one.get_status_display() for one in mine}
    posted = next(row for row in rows if row["Request Doc-ID"] == mine[2].reference)
    assert posted["Stages"]
    assert posted["Public Answers"]
    assert SECRET not in text
    assert AccessLog.objects.filter(by=importer).count() == 0
    sheet = load_workbook(BytesIO(body(file_of(client_of(importer), "xlsx")))).active
    assert sheet.max_row == 4


def test_confidential_answers_are_there_only_where_they_are_asked_for_marked_and_noted(
    mine: list[Petition], importer: User, client_of: SignIn
) -> None:
    answer = file_of(client_of(importer), "json", confidential="1")
    assert "BUSINESS-CONFIDENTIAL" in answer["Content-Disposition"]
    rows = json.loads(body(answer))["results"]
    assert all(SECRET in row["business_confidential"].values() for row in rows)
    noted = AccessLog.objects.filter(by=importer, what="export of own petitions")
    assert sorted(noted.values_list("subject", flat=True)) == sorted(f"petition:{one.pk}" for one in mine[1:])
    assert set(noted.values_list("role", flat=True)) == {"requester"}
    assert MARK in body(file_of(client_of(importer), "csv", confidential="1")).decode().splitlines()[0]


def test_list_and_file_narrow_by_state_and_sheet_and_nobody_gets_another_s(
    mine: list[Petition], importer: User, rival: User, list3: Round, clock: Clock, client_of: SignIn
) -> None:
    sheet: BulkSheet = make_sheet(list3, mine[0].organization, importer, clock.now)
    taken_in(sheet, table_of(list3, {"product_name": "Of the sheet"}), importer, clock.now)
    row = sheet.rows.get()
    row.petition, row.drafted_at = mine[0], clock.now
    row.save()
    worked_on(sheet, clock.now)
    client = client_of(importer)
    rows = json.loads(body(file_of(client, "json", sheet=str(sheet.pk))))["results"]
    assert [row["own_status"] for row in rows] == ["Draft"]
    assert len(json.loads(body(file_of(client, "json", state="closed")))["results"]) == 0
    page = client.get(reverse("petitions"), {"sheet": str(sheet.pk)}).content.decode()
    assert f"/petitions/{mine[0].pk}/" in page
    assert f'value="{sheet.pk}"' in page  # kept as the list is narrowed further
    assert ">Sheet" not in client.get(reverse("petitions")).content.decode()  # a hidden input has no label
    assert json.loads(body(file_of(client_of(rival), "json", sheet=str(sheet.pk))))["results"] == []
    assert client.get(reverse("petitions-export", args=["pdf"])).status_code == 404
    assert client.get(reverse("petitions-export", args=["csv"]), {"sheet": "x"}).status_code == 400


def test_the_file_takes_as_many_statements_for_three_as_for_one(
    mine: list[Petition], importer: User, client_of: SignIn
) -> None:
    client, counted = client_of(importer), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            body(file_of(client, "csv"))
        counted.append(len(captured))
        Petition.objects.filter(pk=mine[1].pk).update(status=Status.LAPSED)
    assert counted[0] == counted[1]
