"""Who signs says that no contact is missing from the log: on the page that asks once more, and at every other door."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from exclusions.actions import transitions
from exclusions.actions.decision import decisions
from exclusions.errors import Incomplete
from exclusions.models import Decision, Event, User
from exclusions.permissions.gates import STATE_CONTACTS
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import TO_SIGNATURE
from tests.factories.petitions import TEXT, Journey

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def to_sign(journey: Callable[..., Journey]) -> Journey:
    """Return a journey whose petition awaits the signature."""
    trip = journey()
    trip.take(*TO_SIGNATURE)
    return trip


def test_a_signature_on_the_page_decides(to_sign: Journey, signatory: User, client_of: ClientOf, clock: Clock) -> None:
    petition = to_sign.petition
    clock.move_to(to_sign.at)
    client = client_of(signatory)
    page = client.get(f"/sign/{petition.reference}/").content.decode()
    assert TEXT in page
    assert "A grant makes a new exclusion." in page
    sent = {"transition": "grant", "grant-rationale": "No other source."}
    asked = client.post(f"/sign/{petition.reference}/", sent)
    assert (asked.status_code, Decision.objects.count()) == (200, 0)
    assert "Nothing is signed yet." in asked.content.decode()
    assert f'href="/review/{petition.reference}/record/contact/"' in asked.content.decode()
    changed = client.post(f"/sign/{petition.reference}/", {**sent, "change": "1"}).content.decode()
    assert "No other source.</textarea>" in changed
    unsaid = client.post(f"/sign/{petition.reference}/", {**sent, "grant-confirmed": "on"})
    assert (unsaid.status_code, Decision.objects.count()) == (422, 0)
    assert STATE_CONTACTS in unescape(unsaid.content.decode())
    assert "grant-confirmed" not in unsaid.content.decode(), "it is asked once more"
    signed = {**sent, "grant-confirmed": "on", "contacts": "none"}
    assert client.post(f"/sign/{petition.reference}/", signed).status_code == 302
    event = Event.objects.filter(subject=f"petition:{petition.pk}", kind="grant").get()
    assert event.data["contacts"] == "none"
    petition.refresh_from_db()
    assert petition.status == Status.GRANTED


def test_who_signs_says_that_no_contact_is_missing_from_the_log(to_sign: Journey, signatory: User) -> None:
    for contacts in ("", "some"):
        with pytest.raises(Incomplete, match=STATE_CONTACTS):
            decisions.grant(
                to_sign.petition, rationale="No other source.", contacts=contacts, by=signatory, at=to_sign.at
            )
    said = {"rationale": "No other source."}
    with pytest.raises(Incomplete, match=STATE_CONTACTS):
        transitions.take(to_sign.petition, "grant", by=signatory, at=to_sign.at, data=said)
    decisions.look_over(to_sign.petition, "grant", said, by=signatory, at=to_sign.at)
    assert not Decision.objects.exists()
