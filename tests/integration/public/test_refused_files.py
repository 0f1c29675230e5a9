"""A response or a reply that is not taken: it says what is wrong on top, and which files have to be chosen again."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.models import Document, Petition, Reply, Response, User
from exclusions.views.public import submissions as views
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS as ANSWERS
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db

AGAIN = "Choose “plan.txt” again"
SUMMARY = "usa-alert--error"
GROUND = {
    "confidential_documents_ground": "trade_secret",
    "confidential_documents_summary": "A plan of the plant in three sentences.",
}


def plan(content: bytes = b"Two lines run at night.\n") -> SimpleUploadedFile:
    """A file as somebody chooses it."""
    return SimpleUploadedFile("plan.txt", content, content_type="text/plain")


@pytest.fixture
def posted(posted_once: Journey, clock: Clock) -> Petition:
    """A petition that takes responses now."""
    found = posted_once.petition
    assert found.posted_at
    clock.move_to(found.posted_at + timedelta(hours=1))
    return found


@pytest.fixture
def send(posted: Petition, client: Client) -> Callable[..., Any]:
    """Return `send(**changes)`: a response with these fields over complete ones."""
    address = reverse("docket-respond", args=[posted.reference])

    def sent(**changes: Any) -> Any:
        fields = {**ANSWERS, **changes}
        return client.post(address, {key: value for key, value in fields.items() if value is not None})

    return sent


def text(answer: Any) -> str:
    """The page in one line."""
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"explanation": ""}, "Explain your position"),
        ({"certify_complete": None}, "I certify that the information is complete"),
        ({"certify_confidential": None}, "I certify that the information given as confidential"),
        ({"confidential_documents_ground": ""}, "Why “Confidential documents” is confidential"),
        ({"confidential_documents_summary": ""}, "Public summary of the confidential documents"),
        ({"responder_email": "nowhere"}, "Responder: e-mail address"),
    ],
)
def test_whatever_is_missing_is_on_top_and_beside_its_field_and_the_file_is_named(
    send: Callable[..., Any], changes: Mapping[str, Any], said: str
) -> None:
    answer = send(**{"confidential_documents": plan(), "certify_confidential": "yes", **GROUND, **changes})
    page = text(answer)
    assert answer.status_code == 422
    assert page.index(SUMMARY) < page.index(said) < page.index("<form method"), "no summary that names it"
    assert page.count(AGAIN) == 2, "in the summary, and beside the question"
    assert 'data-asked="confidential_documents" data-given' in page
    if "confidential_documents_summary" not in changes:
        assert GROUND["confidential_documents_summary"] in page
    assert not Response.objects.exists()
    assert not Document.objects.exists()


def test_a_form_is_not_taken_without_the_file_that_was_chosen_before_unless_that_is_said(
    send: Callable[..., Any],
) -> None:
    again = {"certify_confidential": "yes", **GROUND, "chosen-confidential_documents": "plan.txt"}
    short = send(**again)
    assert short.status_code == 422
    assert text(short).count("“plan.txt” did not come this time.") == 2
    assert not Response.objects.exists()

    still = send(**again, explanation="")
    assert "did not come this time" in text(still)
    waived = send(**again, explanation="", **{"without-confidential_documents": "yes"})
    assert "did not come this time" not in text(waived)
    assert 'name="without-confidential_documents" id="without-confidential_documents" value="yes" checked' in text(
        waived
    )

    send(**again, **{"without-confidential_documents": "yes"})
    assert not Response.objects.get().documents.exists()


def test_a_waiver_does_not_hold_for_a_file_that_is_chosen_afterwards(send: Callable[..., Any]) -> None:
    waived = {"certify_confidential": "yes", **GROUND, "without-confidential_documents": "yes"}
    other = SimpleUploadedFile("survey.txt", b"Twelve makers were asked.", content_type="text/plain")
    page = text(send(**waived, **{"chosen-confidential_documents": "plan.txt"}, confidential_documents=other,
                     explanation=""))  # fmt: skip
    assert "Choose “survey.txt” again" in page
    assert 'value="plan.txt"' not in page, "it was waived"
    box = page[page.index('name="without-confidential_documents"') :]
    assert " checked" not in box[: box.index(">")]

    short = send(certify_confidential="yes", **GROUND, **{"chosen-confidential_documents": "survey.txt"})
    assert "“survey.txt” did not come this time." in text(short)
    assert not Response.objects.exists()


def test_the_file_that_is_chosen_again_goes_with_the_form(send: Callable[..., Any]) -> None:
    again = {"certify_confidential": "yes", **GROUND, "chosen-confidential_documents": "plan.txt"}
    send(**again, confidential_documents=plan())
    assert Response.objects.get().documents.get().file_name == "plan.txt"


def test_a_file_refused_for_what_it_is_need_not_be_chosen_again(send: Callable[..., Any]) -> None:
    fake = SimpleUploadedFile("plan.pdf", b"MZ\x90\x00 this is no PDF")
    answer = send(public_documents=[fake, plan()])
    page = text(answer)
    assert answer.status_code == 422
    assert "plan.pdf" in page[: page.index("<form method")]
    assert AGAIN in page
    assert "“plan.pdf” again" not in page
    assert "“plan.pdf” and" not in page


def test_a_refusal_that_concerns_no_field_is_on_top_and_names_the_files(
    posted: Petition, send: Callable[..., Any], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_AN_HOUR", 0)
    many = send(public_documents=plan())
    assert many.status_code == 429
    assert "Your network sent too many responses" in text(many)
    assert AGAIN in text(many)
    assert ANSWERS["explanation"] in text(many)
    monkeypatch.undo()
    assert posted.response_closes_at
    clock.move_to(posted.response_closes_at + timedelta(seconds=1))
    late = send(public_documents=plan())
    assert late.status_code == 409
    page = text(late)
    assert SUMMARY in page
    assert "A late response is not posted" in page
    assert ANSWERS["explanation"] in page


def test_a_reply_that_is_not_taken_names_its_files(
    posted: Petition, client: Client, clock: Clock, intake: User, importer: User
) -> None:
    given = respond(reference=str(posted.reference), answers=ANSWERS, by=None, at=clock.now)
    confirm_response(token=token_of(given), at=clock.now)
    response = post_response(Response.objects.get(), by=intake, at=clock.now)
    address = reverse("docket-reply", args=[posted.reference, response.reference])
    client.force_login(importer)
    fields = {"text": "They make no slab of this size."}
    answer = client.post(address, {**fields, "public_documents": plan()})
    page = text(answer)
    assert answer.status_code == 422
    assert page.count(AGAIN) == 2
    assert fields["text"] in page
    kept = {**fields, "certify_complete": "yes", "chosen-public_documents": "plan.txt"}
    assert client.post(address, kept).status_code == 422
    assert not Reply.objects.exists()
    assert client.post(address, {**kept, "public_documents": plan()}).status_code == 302
    assert Reply.objects.get().documents.get().file_name == "plan.txt"
