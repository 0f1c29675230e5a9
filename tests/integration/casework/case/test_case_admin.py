"""Django admin: cases are read only there, and no transition is taken."""

from collections.abc import Callable

import pytest
from django.test import Client

from exclusions.models import AccessLog, Petition, User
from exclusions.workflow.states import Status
from tests.factories.answers import SECRETS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]
ClientOf = Callable[[User | None], Client]
LIST = "/admin/exclusions/petition/"


def test_the_status_and_the_answers_cannot_be_reached(level1_once: Journey, admin: User, client_of: ClientOf) -> None:
    petition = level1_once.petition
    client = client_of(admin)
    for url in (LIST, f"{LIST}{petition.pk}/change/"):
        page = client.get(url)
        assert page.status_code == 200
        text = page.content.decode()
        assert 'name="status"' not in text
        assert not [secret for secret in SECRETS if secret in text]
    client.post(f"{LIST}{petition.pk}/change/", {"status": "granted"})
    assert client.post(f"{LIST}{petition.pk}/delete/").status_code == 403
    petition.refresh_from_db()
    assert petition.status == Status.LEVEL1


def test_drafts_are_not_listed(journey: Callable[..., Journey], admin: User, client_of: ClientOf) -> None:
    assert journey().petition.product_name not in client_of(admin).get(LIST).content.decode()


def test_no_transition_is_taken_there(petition_in: Bring, admin: User, client_of: ClientOf) -> None:
    petition = petition_in(Status.SIGNATURE)
    client = client_of(admin)
    assert "transition_" not in client.get(LIST).content.decode()
    client.post(
        LIST, {"action": "transition_grant", "_selected_action": [str(petition.pk)], "reason": "The record shows it."}
    )
    petition.refresh_from_db()
    assert petition.status == Status.SIGNATURE


@pytest.mark.parametrize(
    "noun",
    ["user", "organization", "authorization", "petition", "decision", "letter", "event", "accesslog", "notification"],
)
def test_every_list_and_page_opens(noun: str, denied_once: Journey, admin: User, client_of: ClientOf) -> None:
    petition = denied_once.petition
    AccessLog.objects.create(
        subject=f"petition:{petition.pk}", what="case file", by=admin, role="x", at=petition.created_at
    )
    client = client_of(admin)
    page = client.get(f"/admin/exclusions/{noun}/")
    assert page.status_code == 200
    link = page.content.decode().partition(f'href="/admin/exclusions/{noun}/')[2].partition('"')[0]
    if "/change/" in link:
        assert client.get(f"/admin/exclusions/{noun}/{link}").status_code == 200


@pytest.mark.parametrize("noun", ["decision", "letter", "event", "accesslog", "notification", "petition"])
def test_the_record_cannot_be_added_to_or_deleted(noun: str, admin: User, client_of: ClientOf) -> None:
    assert client_of(admin).get(f"/admin/exclusions/{noun}/add/").status_code == 403
