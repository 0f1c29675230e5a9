"""What the pages of a case ask of the database: at most 20 statements, whatever is on record, whoever reads."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.review.screenings import let_through
from exclusions.gateways.shared_cache import remembered
from exclusions.models import Decision, Event, Petition, User
from exclusions.queries.casework.case.case_rows import (
    ENTRIES,
    decisions_of,
    events_of,
    letters_of,
    read_entries,
    with_marks,
)
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
ClientOf = Callable[[User | None], Client]
AT_MOST = 20
READERS = ["intake", "reviewer1", "reviewer2", "legal", "drafter", "committee", "signatory", "publisher", "auditor"]


def answered_response(trip: Journey) -> None:
    """Post a response to the case and the reply to it."""
    cast, reference = trip.cast, str(trip.petition.reference)
    given = respond(reference=reference, answers=RESPONSE_ANSWERS, by=None, at=trip.at)
    confirm_response(token=token_of(given), at=trip.at)
    posted = post_response(given, by=cast["intake"], at=trip.at)
    said = reply(posted, answers={"text": "It is another.", "certify_complete": "yes"}, by=cast["importer"], at=trip.at)
    let_through(said.screening, by=cast["intake"], at=trip.at)


def test_a_case_takes_at_most_20_statements_in_every_state_for_every_reader_whatever_is_on_record(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    def statements(trip: Journey) -> dict[tuple[str, str], int]:
        pages = [(who, "case") for who in READERS] + [("signatory", "sign-case")]
        found = {}
        for who, page in pages:
            clock.move_to(trip.at)
            client = client_of(cast[who])
            remembered.clear()  # what the tariff says of the number is asked anew, as on the first visit
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse(page, args=[trip.petition.reference])).status_code in {200, 404}
            found[who, page] = len(captured)
        return found

    assert connection.features.supports_json_field  # Django asks SQLite once a process, with three statements
    few, many = journey(), journey()
    for name in PATHS[Status.PUBLISHED]:
        if name == "close_responses":
            for _ in range(3):
                answered_response(many)
            answered_response(few)
        if name == "concur":
            for _ in range(3):
                many.find_on_everything("reviewer2")
            many.prepare("concur")
        if name == "send_to_customs":
            many.prepare("send_to_customs")
        many.take(name)
        counted = statements(many)
        assert max(counted.values()) <= AT_MOST, (many.petition.status, counted)
        if name != "publish":
            few.take(name)
            assert counted == statements(few), many.petition.status


def test_what_is_read_of_a_case_is_what_its_tables_hold(published_once: Journey) -> None:
    trip = published_once
    plain = Petition.objects.get(pk=trip.petition.pk)
    read = with_marks(Petition.objects.filter(pk=plain.pk)).get()

    def values(rows: Any) -> list[dict[str, Any]]:
        rows = sorted(rows, key=lambda row: row.pk)
        return [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]

    with CaptureQueriesContext(connection) as captured:
        read_entries(read, ENTRIES)
    assert not any("confidentialityrefusal" in asked["sql"] for asked in captured[1:]), "there are none"
    with CaptureQueriesContext(connection) as captured:
        found = {name: list(getattr(read, name).all()) for name in ENTRIES}
        assert [str(finding.made_by) for finding in found["findings"]]
        [draft] = found["drafts"]
        opinions, screening = list(draft.opinions.all()), getattr(draft, "screening", None)
        read_entries(read, ENTRIES)
    assert len(captured) == 0
    for name in ENTRIES:
        assert values(found[name]) == values(getattr(plain, name).all()), name
    assert values(opinions) == values(plain.drafts.get().opinions.all())
    assert screening == getattr(plain.drafts.get(), "screening", None)
    assert {name for name, rows in found.items() if rows} >= {"findings", "versions", "legal_reviews"}
    assert values(events_of(read)) == values(Event.objects.filter(subject=f"petition:{plain.pk}"))
    assert values(letters_of(read)) == values(plain.letters.all())
    assert values(decisions_of(read)) == values(Decision.versions.filter(petition=plain))
    assert [decision.exclusion for decision in decisions_of(read)] == [Decision.objects.get(petition=plain).exclusion]


def test_what_level_1_put_on_record_is_left_out_where_it_is_hidden(journey: Callable[..., Journey]) -> None:
    trip = journey()
    trip.take(*PATHS[Status.LEGAL])
    read = Petition.objects.get(pk=trip.petition.pk)
    read_entries(read, ("findings", "recommendations"), level1=False)
    assert {row.level for row in read.recommendations.all()} == {2}
    assert {row.level for row in read.findings.all()} <= {2}
    assert "reviewer1" not in {event.role for event in events_of(read, level1=False)}
    assert "reviewer1" in {event.role for event in events_of(read)}
