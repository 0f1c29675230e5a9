"""A list's lines come in by file: looked at with every wrong cell, proposed, confirmed by another, on record, told."""

import io
from hashlib import sha256
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from exclusions.actions.people.proposals import confirm
from exclusions.gateways.spreadsheet import workbook
from exclusions.models import CoveredLine, Event, Notification, Proposal, Round, TariffAction, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.cast import SignedIn
from tests.factories.facts import make_action

pytestmark = pytest.mark.django_db
PAGE = "/staff/lists/3/"
GOOD = "hts,effective_date\n8413.81.00,2018-09-24\n68109900,\n8413.81.0040,2019-05-10\n"
BAD = "hts,chapter99_heading,included\n8413.81,9903.88.03,yes\n84138100,9903.88.99,yes\n84138200,,perhaps\n"


@pytest.fixture
def list3_action(db: None) -> TariffAction:
    return make_action()


def send(admin: User, content: bytes, name: str = "lines.csv") -> Any:
    file = SimpleUploadedFile(name, content)
    return SignedIn(admin).post(PAGE, {"source": "84 FR 43304, Annex A", "file": file})


def proposed(admin: User, page: Any, reason: str = "84 FR 43304, Annex A.") -> Any:
    return SignedIn(admin).post(PAGE, {"confirmed": page.context["confirmed"], "reason": reason}, follow=True)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_would_be_added_is_shown_proposed_and_added_once_another_confirms_it(
    kind: str, admin: User, second_admin: User, list3_action: TariffAction, clock: Clock
) -> None:
    rows = [line.split(",") for line in GOOD.strip().split("\n")]
    content = GOOD.encode() if kind == "csv" else workbook("Lines", rows[0], rows[1:])
    page = send(admin, content, f"lines.{kind}")
    assert page.status_code == 200
    assert CoveredLine.objects.count() == 1, "nothing is written by looking"
    body = page.content.decode()
    assert "8413.81.0040" in body
    assert "2 new lines. 1 already on the list" in " ".join(body.split())
    shown = proposed(admin, page).content.decode()
    assert "List 3: put 2 lines on it, under 9903.88.03" in shown
    assert "nothing beside the base rate" in shown
    assert CoveredLine.objects.count() == 1, "nothing is written by one person"
    again = proposed(admin, page)
    assert again.status_code == 409
    assert "Someone already proposed this" in again.content.decode()
    made = Proposal.objects.get()
    answer = SignedIn(second_admin).post(reverse("proposal", args=[made.pk]), {"answer": "confirm"}, follow=True)
    assert answer.status_code == 200
    added = CoveredLine.objects.get(number="8413810040")
    assert (added.heading, f"{added.valid_from}", added.source) == ("99038803", "2019-05-10", "84 FR 43304, Annex A")
    assert added.history.first().history_user == second_admin
    event = Event.objects.get(subject=f"list:{list3_action.pk}", kind="change_list")
    assert (event.by, event.data["rows"], event.data["sha256"]) == (second_admin, 2, sha256(content).hexdigest())
    assert list(breaks()) == []


def test_lines_without_a_reason_are_not_proposed_and_stay(admin: User, list3_action: TariffAction) -> None:
    page = proposed(admin, send(admin, GOOD.encode()), reason=" ")
    assert page.status_code == 422
    assert "Say why" in page.content.decode()
    assert page.context["confirmed"]
    assert not Proposal.objects.exists()


def test_each_wrong_cell_is_named_and_nothing_can_be_confirmed(admin: User, list3_action: TariffAction) -> None:
    page = send(admin, BAD.encode())
    assert page.status_code == 422
    assert "confirmed" not in page.context
    assert [(bad.line, bad.column) for bad in page.context["found"].bad] == [
        (2, "hts"),
        (3, "chapter99_heading"),
        (4, "included"),
    ]
    assert "84 FR 43304, Annex A" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"number\n8413.81.00\n", "has no column"), (b"", "empty"), (b"hts\n", "holds no rows"),
     (b"hts\n8413.81.00\n8413.81.00\n", "is in this file twice"), (b"\xff\xfe\x00", "UTF-16 text"),
     (b"\xfa\xfb\x00", "is not UTF-8 text")],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_the_remedy(
    admin: User, list3_action: TariffAction, content: bytes, says: str
) -> None:
    page = send(admin, content)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert CoveredLine.objects.count() == 1


def test_a_confirmation_of_another_list_or_a_forged_one_adds_nothing(admin: User, list3_action: TariffAction) -> None:
    make_action("1", heading="99038801", number="84138200")
    signed = send(admin, GOOD.encode()).context["confirmed"]
    client = SignedIn(admin)
    assert client.post("/staff/lists/1/", {"confirmed": signed, "reason": "x"}).status_code == 302
    assert client.post(PAGE, {"confirmed": f"{signed}x", "reason": "x"}).status_code == 302
    assert not Proposal.objects.exists()


def test_who_has_a_petition_open_under_the_list_is_told(
    petition_in: Any, admin: User, second_admin: User, list3: Round
) -> None:
    petition = petition_in(Status.SUBMITTED)
    proposed(admin, send(admin, GOOD.encode()))
    confirm(Proposal.objects.get(), by=second_admin, at=timezone.now())
    told = Notification.objects.get(template="round_changed", to=petition.filed_by.email)
    assert "List 3 was changed by two administrators" in str(told.context)


def test_a_list_without_rates_says_what_is_missing(admin: User, list3_action: TariffAction) -> None:
    TariffAction.objects.create(code="9", name="List 9", citation="90 FR 1")
    page = SignedIn(admin).post("/staff/lists/9/", {"source": "x", "file": io.BytesIO(GOOD.encode())})
    assert "Enter its rates first" in page.content.decode()
    assert reverse("staff-list", args=["9"]) == "/staff/lists/9/"
