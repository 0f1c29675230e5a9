"""The case on one screen: its tabs, what stands above them, and what each asks of the database."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.models import User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.petitions import PATHS, Journey
from tests.integration.importer.test_case_statements import READERS, answered_response

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]
TABS = ["case", "case-evidence", "case-like", "case-text", "case-events"]
AT_MOST = 15


def page_of(client: Client, name: str, trip: Journey) -> str:
    """Return the text of a tab of the case."""
    return client.get(reverse(name, args=[trip.petition.reference])).content.decode()


def test_a_tab_takes_at_most_15_statements_for_every_reader_whatever_is_on_record(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    def statements(trip: Journey) -> dict[tuple[str, str], int]:
        found = {}
        clock.move_to(trip.at)
        for who in READERS:
            client = client_of(cast[who])
            for page in TABS:
                cache.clear()  # what the tariff says of the number is asked anew, as on the first visit
                with CaptureQueriesContext(connection) as captured:
                    assert client.get(reverse(page, args=[trip.petition.reference])).status_code in {200, 404}
                found[who, page] = len(captured)
        return found

    few, many = journey(), journey()
    for name in PATHS[Status.PUBLISHED]:
        if name == "close_responses":
            for _ in range(3):
                answered_response(many)
            answered_response(few)
        if name == "concur":
            for _ in range(3):
                many.find_on_everything("reviewer2")
        many.take(name)
        few.take(name) if name != "publish" else None
        if name in {"post", "begin_review", "recommend", "clear_for_drafting", "grant"}:
            counted = statements(many)
            assert {who: number for who, number in counted.items() if number > AT_MOST} == {}, many.petition.status
            assert counted == statements(few), many.petition.status
