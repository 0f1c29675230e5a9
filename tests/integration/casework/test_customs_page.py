"""Customs sees a text and its number, and nothing that leads to the petition."""

from collections.abc import Callable

import pytest
from django.test import Client

from exclusions.models import CustomsOpinion, Petition, User
from exclusions.workflow.states import Status
from tests.factories.people import join
from tests.factories.petitions import TEXT, Journey

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]
ClientOf = Callable[[User | None], Client]


@pytest.fixture
def waiting(petition_in: Bring) -> Petition:
    """Return a petition whose text is with Customs."""
    return petition_in(Status.CUSTOMS)


def test_the_pages_hold_text_and_number_and_nothing_of_the_petition(
    waiting: Petition, customs: User, client_of: ClientOf
) -> None:
    client = client_of(customs)
    draft = waiting.drafts.get()
    for url in ("/customs/", f"/customs/{draft.pk}/"):
        text = client.get(url).content.decode()
        assert TEXT[:100] in text
        assert "6810.99.0010" in text
        for forbidden in (
            str(waiting.reference),
            str(waiting.pk),
            waiting.organization.legal_name,
            waiting.product_name,
            waiting.round.docket,
        ):
            assert forbidden not in text, (url, forbidden)


def test_the_opinion_moves_the_case_on(waiting: Petition, customs: User, client_of: ClientOf) -> None:
    draft = waiting.drafts.get()
    answer = client_of(customs).post(f"/customs/{draft.pk}/", {"result": "no_objection", "reasons": ""})
    assert answer.status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == Status.COMMITTEE
    assert CustomsOpinion.objects.get().given_by == customs


def test_an_objection_needs_reasons_and_goes_back_to_the_drafter(
    waiting: Petition, customs: User, client_of: ClientOf
) -> None:
    client, draft = client_of(customs), waiting.drafts.get()
    page = client.post(f"/customs/{draft.pk}/", {"result": "misclassified", "reasons": " "})
    assert page.status_code == 422
    assert "Give the reasons of the objection" in page.content.decode()
    sent = {"result": "misclassified", "grounds": ["on_its_face"], "reasons": "On its face a tile of heading 6907."}
    assert client.post(f"/customs/{draft.pk}/", sent).status_code == 302
    waiting.refresh_from_db()
    assert waiting.status == Status.DRAFTING
    assert client.get(f"/customs/{draft.pk}/").status_code == 404


def test_a_text_that_is_not_with_customs_is_not_found(petition_in: Bring, customs: User, client_of: ClientOf) -> None:
    draft = petition_in(Status.COMMITTEE).drafts.get()
    client = client_of(customs)
    assert client.get(f"/customs/{draft.pk}/").status_code == 404
    assert client.get("/customs/999999/").status_code == 404


def test_a_customs_reviewer_of_the_requester_does_not_see_its_text(
    waiting: Petition, customs: User, client_of: ClientOf
) -> None:
    join(customs, waiting.organization)
    client = client_of(customs)
    assert TEXT[:100] not in client.get("/customs/").content.decode()
    assert client.get(f"/customs/{waiting.drafts.get().pk}/").status_code == 404


@pytest.mark.parametrize("name", ["drafter", "reviewer1", "importer", "admin", "auditor"])
def test_the_pages_are_for_customs_alone(
    name: str, waiting: Petition, cast: dict[str, User], client_of: ClientOf
) -> None:
    client = client_of(cast[name])
    assert client.get("/customs/").status_code == 403
    assert client.get(f"/customs/{waiting.drafts.get().pk}/").status_code == 403


def test_a_text_is_drafted_anew_after_an_objection(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: ClientOf
) -> None:
    trip = journey()
    trip.take("submit", "post", "close_responses", "begin_review", "recommend", "concur", "confirm_consistency")
    trip.take("clear_for_drafting", "send_to_customs", "object_to_text")
    client = client_of(cast["drafter"])
    case = client.get(f"/review/{trip.petition.reference}/").content.decode()
    assert "Customs objected to this text. Draft a new version first." in case
    page = client.get(f"/review/{trip.petition.reference}/text/").content.decode()
    assert "The length cannot be checked at entry." in page
    url = f"/review/{trip.petition.reference}/record/product_text/"
    bad = {"number": "6810.99.0010", "text": "Slabs used by hospitals, brand Quartzo (6810.99.0010)"}
    checked = client.post(url, {**bad, "check": "1"}).content.decode()
    assert "Must change" in checked
    refused = client.post(url, bad)
    assert refused.status_code == 422
    assert trip.petition.drafts.count() == 1
    good = {"number": "6810990010", "text": TEXT}
    assert client.post(url, good).status_code == 302
    assert trip.petition.drafts.count() == 2
