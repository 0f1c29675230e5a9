"""What filing asks of the database: a bounded number of statements, and none more with more rows."""

from collections.abc import Callable
from datetime import timedelta
from itertools import takewhile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.review.screenings import let_through
from exclusions.models import Petition, Response, Screening, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED, RESPONSE_ANSWERS
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]
NewJourney = Callable[..., Journey]
# One of a submission looks for files that an older reader read.
SUBMISSION, RESPONSE, REPLY, POSTING, FINDING = 21, 4, 17, 33, 15


def counted(client: Client, address: str, sent: dict[str, Any], code: int) -> list[str]:
    """Return the statements until a POST is answered, with this status; its mail goes out after the answer."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(address, sent)
    assert answer.status_code == code, answer.content.decode()[-2000:]
    asked = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    return list(takewhile(lambda sql: 'FROM "exclusions_notification"' not in sql, asked))


def posted_response(petition: Petition, intake: User, clock: Clock) -> Response:
    """Return a posted response to the petition."""
    given = respond(reference=str(petition.reference), answers=RESPONSE_ANSWERS, by=None, at=clock.now)
    return post_response(confirm_response(token=token_of(given), at=clock.now), by=intake, at=clock.now)


def told(statements: list[str]) -> str:
    """Return them one a line, for whoever reads that they are too many."""
    return "\n".join(f"{place}: {sql[:150]}" for place, sql in enumerate(statements, 1))


def test_a_submission_takes_few_statements_however_many_petitions_there_are(
    journey: NewJourney, client_of: ClientOf, importer: User, clock: Clock
) -> None:
    def submit() -> list[str]:
        petition = journey().petition
        address = f"/petitions/{petition.pk}/certify/"
        return counted(client_of(importer), address, {**CERTIFIED, "revision": str(petition.revision)}, 302)

    submit()
    first = submit()
    assert len(first) <= SUBMISSION, told(first)
    assert sum('"exclusions_membership"' in sql for sql in first) <= 2, "once for the page, once under the lock"
    for _ in range(3):
        submit()
    assert len(submit()) == len(first)


def test_a_response_takes_few_statements_however_many_there_are(
    petition_in: Callable[[Status], Petition], client_of: ClientOf, clock: Clock
) -> None:
    petition = petition_in(Status.POSTED)
    assert petition.posted_at
    clock.move_to(petition.posted_at + timedelta(hours=1))
    address = f"/docket/{petition.reference}/respond/"
    client = client_of(None)
    client.post(address, RESPONSE_ANSWERS)
    first = counted(client, address, RESPONSE_ANSWERS, 302)
    assert len(first) <= RESPONSE, told(first)
    for _ in range(3):
        client.post(address, RESPONSE_ANSWERS)
    assert len(counted(client, address, RESPONSE_ANSWERS, 302)) == len(first)


def test_a_reply_takes_few_statements_however_many_responses_there_are(
    petition_in: Callable[[Status], Petition], client_of: ClientOf, importer: User, intake: User, clock: Clock
) -> None:
    petition = petition_in(Status.POSTED)
    assert petition.posted_at
    clock.move_to(petition.posted_at + timedelta(hours=1))

    def reply() -> list[str]:
        response = posted_response(petition, intake, clock)
        sent = {"text": "They make no slab of this size.", "certify_complete": "yes"}
        return counted(client_of(importer), f"/docket/{petition.reference}/reply/{response.reference}/", sent, 302)

    reply()
    first = reply()
    assert len(first) <= REPLY, told(first)
    for _ in range(2):
        reply()
    assert len(reply()) == len(first)


def test_a_finding_takes_few_statements_however_many_there_are(
    level1_once: Journey, client_of: ClientOf, reviewer1: User, clock: Clock
) -> None:
    petition = level1_once.petition
    address = f"/review/{petition.reference}/findings/availability/"
    sent = {"result": "supports", "reasons": "No other source is shown.", "citations": ["answer:available_us"]}
    client = client_of(reviewer1)
    client.post(address, sent)
    first = counted(client, address, sent, 302)
    assert len(first) <= FINDING, told(first)
    for _ in range(3):
        client.post(address, sent)
    assert len(counted(client, address, sent, 302)) == len(first)


def test_posting_a_reply_takes_few_statements_and_rewrites_nothing_of_the_petition(
    petition_in: Callable[[Status], Petition], client_of: ClientOf, importer: User, intake: User, clock: Clock
) -> None:
    petition = petition_in(Status.POSTED)
    assert petition.posted_at
    clock.move_to(petition.posted_at + timedelta(hours=1))

    def post() -> list[str]:
        response = posted_response(petition, intake, clock)
        sent = {"text": "They make no slab of this size.", "certify_complete": "yes"}
        client_of(importer).post(f"/docket/{petition.reference}/reply/{response.reference}/", sent)
        waits = Screening.objects.get(reply__response=response)
        with CaptureQueriesContext(connection) as captured:
            let_through(waits, by=intake, at=clock.now)
        return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]

    post()
    first = post()
    assert len(first) <= POSTING, told(first)
    [written] = [sql for sql in first if sql.startswith('UPDATE "exclusions_publicpetition"')]
    for column in ("answers", "search_text", "rationale", "organization_name"):
        assert f'"{column}"' not in written
    for _ in range(2):
        post()
    assert len(post()) == len(first)
