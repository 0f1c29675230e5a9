"""A mirror of the docket misses nothing, whoever commits when; its second visit fetches what changed alone."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from exclusions.actions.record.quarantine import take_down
from exclusions.models import DocketChange, DocketVersion, Petition, PublicPetition, User
from exclusions.models.public import PublicResponse
from exclusions.workflow.public_things import Ground
from exclusions.workflow.states import Stage, Status
from tests.factories.public import make_public

CHANGES = "/api/v1/docket/changes/"

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.both_databases("PostgreSQL takes the number under a lock, SQLite writes one after another."),
]


class Mirror:
    """A program that keeps a copy of the docket, as the API tells it to."""

    def __init__(self) -> None:
        self.copies: dict[str, Any] = {}
        self.number = 0
        self.client = Client()

    def visit(self, size: int = 200) -> list[str]:
        """Fetch what changed; return the references, in the order in which they came."""
        fetched, url = [], f"{CHANGES}?changed_since={self.number}&page_size={size}"
        while url:
            answer = self.client.get(url)
            assert answer.status_code == 200, answer.content
            page = answer.json()
            for row in page["results"]:
                assert row["number"] > self.number, "in the order of the numbers"
                self.number = row["number"]
                self.copies[row["reference"]] = row["petition"]
                fetched.append(row["reference"])
            url = page["next"]
        return fetched


@pytest.fixture(autouse=True)
def _no_throttle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.allow_request", lambda *_: True)


def change(*numbers: int, stage: Stage = Stage.GRANTED) -> None:
    """Write copies anew, in a transaction."""
    references = [f"USTR-2019-0005-{number:06}" for number in numbers]
    PublicPetition.objects.filter(reference__in=references).update(stage=stage)


def test_the_second_visit_fetches_what_changed_alone() -> None:
    for number in range(1, 8):
        make_public(number)
    mirror = Mirror()
    assert len(mirror.visit(size=3)) == 7, "page by page"
    assert mirror.visit() == []
    change(5, 2)
    assert sorted(mirror.visit()) == ["USTR-2019-0005-000002", "USTR-2019-0005-000005"]
    assert mirror.copies["USTR-2019-0005-000005"]["stage"] == Stage.GRANTED
    assert mirror.visit() == []


def test_a_copy_is_what_the_address_of_the_petition_gives() -> None:
    petition = make_public(1)
    PublicResponse.objects.create(
        reference=f"{petition.reference}-R001",
        petition=petition,
        organization_name="Granite Coast Surfaces",
        position="oppose",
        posted_at=timezone.now(),
    )
    mirror = Mirror()
    mirror.visit()
    assert mirror.copies[petition.reference] == Client().get(f"/api/v1/docket/{petition.reference}/").json()
    assert mirror.copies[petition.reference]["responses"]


def test_a_response_changes_its_petition() -> None:
    first, second = make_public(1), make_public(2)
    mirror = Mirror()
    mirror.visit()
    PublicResponse.objects.create(
        reference=f"{first.reference}-R001", petition=first, organization_name="x", position="support",
        posted_at=timezone.now(),
    )  # fmt: skip
    assert mirror.visit() == [first.reference]
    assert second.reference in mirror.copies


def test_what_was_taken_down_is_told_by_reference_and_number_alone(
    petition_in: Callable[[Status], Petition], intake: User
) -> None:
    posted = petition_in(Status.POSTED)
    mirror = Mirror()
    mirror.visit()
    assert mirror.copies[str(posted.reference)]
    take_down(posted, by=intake, at=timezone.now(), reason="It names a supplier.", ground=Ground.MISTAKE)
    before = mirror.number
    assert mirror.visit() == [posted.reference]
    rows = Client().get(CHANGES, {"changed_since": before}).json()["results"]
    assert rows == [{"number": mirror.number, "reference": posted.reference, "petition": None}]


def test_a_transaction_that_fails_leaves_no_number() -> None:
    make_public(1)
    mirror = Mirror()
    mirror.visit()
    with transaction.atomic():
        change(1)
        transaction.set_rollback(True)
    assert mirror.visit() == []


def test_a_cursor_of_another_query_is_refused_with_a_sentence() -> None:
    for number in range(1, 5):
        make_public(number)
    cursor = Client().get(CHANGES, {"page_size": 1}).json()["next"].partition("cursor=")[2].partition("&")[0]
    for address, asked in ((CHANGES, {"changed_since": 1}), ("/api/v1/docket/", {})):
        answer = Client().get(address, {**asked, "cursor": cursor})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "cursor")
        assert "did not give out this cursor for these filters" in answer.json()["detail"]


@pytest.mark.parametrize("number", ["-1", "x", "1.5", "9" * 19, "٣"])
def test_a_number_that_is_none_is_refused_with_a_sentence(number: str) -> None:
    answer = Client().get(CHANGES, {"changed_since": number})
    assert answer.status_code == 400
    assert "a whole number from 0" in answer.json()["detail"]


def test_who_has_the_docket_as_it_is_now_is_told_so_by_its_moment_too() -> None:
    make_public(1)
    DocketVersion.advance()
    DocketVersion.objects.update(changed_at=timezone.now() - timedelta(minutes=2))
    for address in ("/api/v1/docket/", CHANGES, "/docket.csv", "/docket/feed/"):
        moment = Client().get(address)["Last-Modified"]
        assert Client().get(address, headers={"if-modified-since": moment}).status_code == 304, address
        before = http_date(timezone.now().timestamp() - 600)
        assert Client().get(address, headers={"if-modified-since": before}).status_code == 200, address
    DocketVersion.advance()
    answer = Client().get("/api/v1/docket/")
    assert "Last-Modified" not in answer, "of a second that is not over nothing is said"


def beside(work: Callable[[], None]) -> threading.Thread:
    """Do work on a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.postgres
def test_what_was_written_first_and_commits_last_is_not_missed() -> None:
    for number in (1, 2):
        make_public(number)
    mirror, written, go = Mirror(), threading.Event(), threading.Event()
    mirror.visit()

    def slow() -> None:
        with transaction.atomic():
            change(1)
            written.set()
            assert go.wait(60)

    thread = beside(slow)
    assert written.wait(60)
    change(2)
    assert mirror.visit() == ["USTR-2019-0005-000002"], "the fast one waits for nobody"
    go.set()
    thread.join(60)
    assert mirror.visit() == ["USTR-2019-0005-000001"]


@pytest.mark.postgres
def test_beside_slow_and_fast_writers_a_mirror_misses_none() -> None:
    for number in range(1, 41):
        make_public(number)
    mirror, begin = Mirror(), threading.Barrier(5)
    mirror.visit()

    def write(place: int, size: int) -> Callable[[], None]:
        own = [number for number in range(1, 41) if number % 4 == place]

        def work() -> None:
            begin.wait(60)
            for turn in range(30):
                with transaction.atomic():
                    for number in (own * 2)[turn % 10 : turn % 10 + size]:
                        change(number, stage=list(Stage)[(turn + number) % len(Stage)])

        return work

    threads = [beside(write(place, size)) for place, size in enumerate((1, 1, 4, 9))]
    begin.wait(60)
    visits = 0
    while any(thread.is_alive() for thread in threads):
        mirror.visit()
        visits += 1
    mirror.visit()
    assert visits
    assert mirror.number == max(DocketChange.objects.values_list("number", flat=True))
    there = dict(PublicPetition.objects.values_list("reference", "stage"))
    assert {reference: copy["stage"] for reference, copy in mirror.copies.items()} == there
