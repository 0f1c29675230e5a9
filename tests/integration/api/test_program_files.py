"""A program files petitions with documents from a CSV, follows them by webhook, answers a question, fetches letters.

It knows the typed client alone, which a tool makes of the schema.
"""

import csv
import inspect
import io
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import httpx
import pytest

from exclusions.actions.casework.letters_to_set import set_letters
from exclusions.actions.people.tokens import make_token
from exclusions.actions.review import inquiries
from exclusions.actions.telling_watchers import tell_watchers
from exclusions.actions.webhooks import post_webhooks
from exclusions.models import Document, InquiryAnswer, Organization, Petition, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, petition_answers
from tests.factories.asking.receiver import Receiver
from tests.factories.casework.inquiries import QUESTION
from tests.factories.casework.ways import PATHS
from tests.factories.files import pdf
from tests.factories.petitions import Journey
from tests.factories.programs import counsel
from tests.factories.programs.counsel import Counsel
from tests.integration.api.test_webhooks import certificate, receiver

__all__ = ["certificate", "receiver"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_throttle")]
SHEET = "product_name,drawing\n" + "".join(
    f"Quartz slab of {number} mm,slab-{number}.pdf\n" for number in range(20, 320)
)
ANSWERS = {key: value for key, value in petition_answers().items() if key not in CERTIFIED}
SCOPES = ("petitions:read", "petitions:write", "petitions:certify", "questions:answer", "subscriptions:write")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def program(
    package: str, in_process: httpx.WSGITransport, importer: User, meadowlark: Organization, list3: Any, clock: Clock
) -> Counsel:
    """Return the program with a token of its person; the round of List 3 is open."""
    client = import_module(package).AuthenticatedClient(
        base_url="http://testserver",
        token=make_token(importer, scopes=SCOPES, at=clock.now),
        raise_on_unexpected_status=True,
        httpx_args={"transport": in_process},
    )
    return Counsel(client, package, round=list3.slug, organization=str(meadowlark.pk), answers=ANSWERS)


def test_a_program_files_a_petition_a_row_follows_them_answers_and_fetches_the_letters(
    program: Counsel, receiver: Receiver, journey: Callable[..., Journey], clock: Clock
) -> None:
    rows = list(csv.DictReader(io.StringIO(SHEET)))
    drawings = {row["drawing"]: pdf(row["product_name"]) for row in rows}
    program.watch(f"{receiver.url}/taken")
    receipts = program.file(rows, drawings)
    filed = list(Petition.objects.order_by("reference"))
    assert [petition.reference for petition in filed] == sorted(receipts)
    assert {petition.status for petition in filed} == {Status.SUBMITTED}
    assert [petition.product_name for petition in filed] == [row["product_name"] for row in rows]
    assert all(paper.startswith(b"%PDF-") for paper in receipts.values())
    assert Document.objects.count() == len(rows)
    assert sorted(program.file(rows, drawings)) == sorted(receipts), "sent again, nothing is filed twice"
    assert Petition.objects.count() == len(rows)

    def go_on(at: Any) -> None:
        """Let the site's clock come to the moment; what it posts until then is heard."""
        clock.move_to(at)
        tell_watchers(at=at)
        while post_webhooks(at=at).more:
            pass
        for _, headers, body in receiver.got:
            program.hear(headers, body)
        receiver.got.clear()
        set_letters()
        program.fetch_letters()

    go_on(clock.now + MINUTE)
    assert program.heard == {reference: ["submit"] for reference in receipts}
    trip = journey("deny")
    trip.petition, trip.at = filed[0], clock.now
    trip.take(*PATHS[Status.LEVEL1][1:])
    last_day = (trip.at + timedelta(days=10)).date()
    inquiries.ask(trip.petition, question=QUESTION, last_day=last_day, by=trip.cast["reviewer1"], at=trip.at)
    clock.move_to(trip.at)
    assert ("question", trip.petition.reference) in program.due()
    go_on(trip.at + MINUTE)
    assert InquiryAnswer.objects.get().text == counsel.ANSWER
    assert {kind for kind, _ in program.due()} <= {"window"}, "what is left is a draft of somebody else's hand"
    trip.at = clock.now + MINUTE
    trip.take(*PATHS[Status.DENIED][len(PATHS[Status.LEVEL1]) :])
    go_on(trip.at + MINUTE)
    assert set(program.heard[trip.petition.reference]) >= {"submit", "post", "inquiry", "answer_inquiry", "deny"}
    letters = {letter.kind: letter.code for letter in trip.petition.letters.all()}
    assert letters["denial"] in program.letters
    assert program.letters[letters["denial"]].startswith(b"%PDF-")
    assert list(breaks()) == []


def test_the_program_has_at_most_120_lines() -> None:
    assert len(inspect.getsource(counsel).splitlines()) <= 120
