"""Django admin: cases are read only there, and transitions meet the same refusals as everywhere."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from exclusions.models import AccessLog, Petition, User
from exclusions.workflow.states import Status
from tests.factories.answers import SECRETS
from tests.factories.petitions import TO_LEGAL, Journey

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]
ClientOf = Callable[[User | None], Client]
LIST = "/admin/exclusions/petition/"


def let_into_admin(user: User) -> User:
    user.is_staff = user.is_superuser = True
    user.save(update_fields=["is_staff", "is_superuser"])
    return user


def run(client: Client, petition: Petition, name: str, **entered: str) -> list[str]:
    sent = {
        "action": f"transition_{name}",
        "_selected_action": [str(petition.pk)],
        "reason": "",
        "codes": "",
        **entered,
    }
    answer = client.post(LIST, sent)
    assert answer.status_code == 302
    petition.refresh_from_db()
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_the_status_and_the_answers_cannot_be_reached(petition_in: Bring, admin: User, client_of: ClientOf) -> None:
    petition = petition_in(Status.LEVEL1)
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


def test_the_administrators_role_takes_no_transition(petition_in: Bring, admin: User, client_of: ClientOf) -> None:
    petition = petition_in(Status.SIGNATURE)
    told = run(client_of(admin), petition, "grant", reason="Because.")
    assert told == [f"{petition.reference}: “Sign grant” is for a Signatory; your role is Administrator."]
    assert petition.status == Status.SIGNATURE


def test_a_transition_is_refused_with_the_sentences_of_the_page(
    petition_in: Bring, reviewer1: User, client_of: ClientOf
) -> None:
    petition = petition_in(Status.LEVEL1)
    told = run(client_of(let_into_admin(reviewer1)), petition, "recommend")
    page = client_of(reviewer1).get(f"/review/{petition.reference}/").content.decode()
    assert told[0].startswith(f"{petition.reference}: Record a finding on: Availability outside China")
    assert all(sentence.removeprefix(f"{petition.reference}: ") in page for sentence in told)
    assert petition.status == Status.LEVEL1


def test_a_transition_that_may_be_taken_is_taken(
    journey: Callable[..., Journey], reviewer1: User, client_of: ClientOf
) -> None:
    trip = journey()
    petition = trip.take("submit", "post", "close_responses", "begin_review")
    trip.prepare("recommend")
    told = run(client_of(let_into_admin(reviewer1)), petition, "recommend")
    assert told == [f"{petition.reference}: Send to level 2; it is now “Level 2 review”."]


def test_a_denial_signed_there_has_its_codes_rationale_and_letter(
    journey: Callable[..., Journey], signatory: User, client_of: ClientOf
) -> None:
    petition = journey("deny").take(*TO_LEGAL, "clear_for_denial")
    client = client_of(let_into_admin(signatory))
    assert run(client, petition, "deny") == [
        f"{petition.reference}: Give the rationale of the decision; it is published.",
        f"{petition.reference}: Choose at least one coded reason for the denial.",
    ]
    run(client, petition, "deny", reason="A domestic source exists.", codes="DR1, DR2")
    assert petition.status == Status.DENIED
    assert petition.decision.denial_codes == ["DR1", "DR2"]
    assert petition.letters.filter(kind="denial").exists()


@pytest.mark.parametrize(
    "noun",
    ["user", "organization", "authorization", "petition", "decision", "letter", "event", "accesslog", "notification"],
)
def test_every_list_and_page_opens(noun: str, petition_in: Bring, admin: User, client_of: ClientOf) -> None:
    petition = petition_in(Status.DENIED)
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


def test_a_person_is_added_with_a_role(admin: User, client_of: ClientOf) -> None:
    sent = {
        "email": "New.Person@Agency.example",
        "full_name": "New Person",
        "role": "legal",
        "usable_password": "true",
        "password1": "a long enough phrase",
        "password2": "a long enough phrase",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }
    assert client_of(admin).post("/admin/exclusions/user/add/", sent).status_code == 302
    assert User.objects.get(email="new.person@agency.example").role == "legal"
