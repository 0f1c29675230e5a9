"""Responding without an account, posting by intake, replies of the requester, and their clocks."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.files import Upload
from exclusions.actions.review.screenings import let_through
from exclusions.days import EASTERN
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.models import (
    Document,
    Petition,
    PublicPetition,
    PublicResponse,
    Response,
    Round,
    User,
)
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS as ANSWERS
from tests.factories.files import pdf
from tests.factories.petitions import Journey
from tests.factories.world import token_of
from tests.opened import opened as open_to_a_test

pytestmark = pytest.mark.django_db


@pytest.fixture
def posted(posted_once: Journey) -> Petition:
    return posted_once.petition


def give(petition: Petition, at: datetime, **changes: Any) -> Response:
    assert petition.reference
    response = respond(reference=petition.reference, answers={**ANSWERS, **changes}, by=None, at=at)
    return confirm_response(token=token_of(response), at=at)


def opened(petition: Petition) -> datetime:
    assert petition.posted_at
    return petition.posted_at + timedelta(hours=1)


def test_a_response_counts_once_confirmed_and_is_public_once_posted(posted: Petition, intake: User) -> None:
    at = opened(posted)
    response = respond(reference=str(posted.reference), answers=ANSWERS, by=None, at=at)
    assert response.status == Response.Status.UNCONFIRMED
    confirm_response(token=token_of(response), at=at)
    assert PublicPetition.objects.get(reference=posted.reference).oppose_count == 0

    done = post_response(Response.objects.get(pk=response.pk), by=intake, at=at)

    public = PublicPetition.objects.get(reference=posted.reference)
    assert (public.support_count, public.oppose_count) == (0, 1)
    copy = public.responses.get()
    assert copy.reference == done.reference == f"{posted.reference}-R001"
    text = str(copy.answers)
    assert "idle capacity" in text
    assert "Secretive" not in text
    assert "lou.secretive" not in text
    assert "555-0143" not in text


@pytest.mark.parametrize(
    ("days_after", "reply_day"),
    [(2, "2019-07-29"), (18, "2019-08-02")],
)
def test_the_reply_deadline_is_the_later_of_close_and_posting(
    posted: Petition, intake: User, days_after: int, reply_day: str
) -> None:
    """84 FR 29576 and the examples of the notice: posted 8 July, closes 22 July, reply by 29 July or later."""
    posted.posted_at = datetime(2019, 7, 8, 12, tzinfo=EASTERN)
    posted.response_closes_at = datetime(2019, 7, 22, 23, 59, tzinfo=EASTERN)
    posted.save()
    response = give(posted, datetime(2019, 7, 9, 12, tzinfo=EASTERN))
    done = post_response(response, by=intake, at=posted.posted_at + timedelta(days=days_after))
    assert done.reply_closes_at
    assert done.reply_closes_at.astimezone(EASTERN).date().isoformat() == reply_day


def test_the_requester_replies_once_and_in_time(posted: Petition, intake: User, importer: User, rival: User) -> None:
    at = opened(posted)
    response = post_response(give(posted, at), by=intake, at=at)
    answers = {"text": "Your slabs are two centimetres shorter than ours.", "certify_complete": "yes"}
    with pytest.raises(NotPermitted):
        reply(response, answers=answers, by=rival, at=at)
    assert response.reply_closes_at
    with pytest.raises(WrongState, match="closed on"):
        reply(response, answers=answers, by=importer, at=response.reply_closes_at + timedelta(seconds=1))
    with pytest.raises(Incomplete):
        reply(response, answers={}, by=importer, at=at)

    filed = reply(response, answers=answers, by=importer, at=at)
    assert PublicResponse.objects.get().reply_answers == []
    let_through(filed.screening, by=intake, at=at)
    assert "two centimetres shorter" in str(PublicResponse.objects.get().reply_answers)
    with pytest.raises(WrongState, match="already"):
        reply(response, answers=answers, by=importer, at=at)


def form_of(page: Any) -> dict[str, str]:
    return {key: str(value) for key, value in ANSWERS.items()}


def test_a_response_is_given_and_confirmed_in_a_browser_without_an_account(
    posted: Petition, client: Client, clock: Clock, intake: User
) -> None:
    clock.move_to(opened(posted))
    address = f"/docket/{posted.reference}/respond/"
    assert "Respond to this petition" in client.get(address).content.decode()

    short = client.post(address, {**form_of(None), "explanation": ""})
    assert short.status_code == 422
    assert "1 Quarry Road" in short.content.decode()

    pdf = SimpleUploadedFile("capacity.txt", b"Capacity: 40,000 slabs a year.\n", content_type="text/plain")
    sent = client.post(address, {**form_of(None), "public_documents": pdf}, follow=True)
    assert sent.redirect_chain == [(f"{address}sent/", 302)]
    assert "confirm by e-mail" in sent.content.decode()
    assert "We sent a link to lou.secretive@example.test" in sent.content.decode()
    assert "lou.secretive" not in client.get(f"{address}sent/").content.decode()
    response = Response.objects.get()
    link = f"{address}confirm/{token_of(response)}/"
    assert client.get(link).status_code == 200
    assert Response.objects.get().status == Response.Status.UNCONFIRMED
    client.post(link)
    assert Response.objects.get().status == Response.Status.SUBMITTED

    client.force_login(intake)
    queue = client.get("/review/responses/").content.decode()
    assert "lou.secretive@example.test" in queue
    client.post(f"/review/responses/{response.pk}/", {"decision": "post"})
    client.logout()
    page = client.get(f"/docket/{posted.reference}/").content.decode()
    assert "idle capacity" in page
    assert "capacity.txt" in page
    assert "Secretive" not in page
    document = Document.objects.get()
    download = client.get(f"/docket/{posted.reference}/documents/{document.pk}/")
    assert b"".join(download.streaming_content) == b"Capacity: 40,000 slabs a year.\n"  # type: ignore[attr-defined]
    assert download["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_is_kept(
    posted: Petition, client: Client, clock: Clock
) -> None:
    clock.move_to(opened(posted))
    fake = SimpleUploadedFile("capacity.pdf", b"MZ\x90\x00 this is no PDF", content_type="application/pdf")
    answer = client.post(f"/docket/{posted.reference}/respond/", {**form_of(None), "public_documents": fake})
    assert answer.status_code == 422
    assert "capacity.pdf" in answer.content.decode()
    assert not Response.objects.exists()
    assert not Document.objects.exists()


def test_files_are_looked_into_only_when_the_answers_are_in_order(posted: Petition) -> None:
    fake = {"public_documents": [Upload("capacity.pdf", b"MZ\x90\x00 this is no PDF")]}
    with pytest.raises(Incomplete) as refused:
        respond(
            reference=str(posted.reference),
            answers={**ANSWERS, "explanation": ""},
            uploads=fake,
            by=None,
            at=opened(posted),
        )
    assert set(refused.value.fields) == {"explanation"}
    with pytest.raises(Incomplete) as refused:
        respond(reference=str(posted.reference), answers=ANSWERS, uploads=fake, by=None, at=opened(posted))
    assert set(refused.value.fields) == {"public_documents"}


def test_nothing_is_stored_of_a_response_refused_for_its_last_file(posted: Petition, settings: Settings) -> None:
    sent = [Upload("words.pdf", pdf("SENTINEL words")), Upload("fake.pdf", b"MZ\x90\x00 this is no PDF")]
    with pytest.raises(Incomplete, match=r"fake\.pdf"):
        respond(
            reference=str(posted.reference),
            answers=ANSWERS,
            uploads={"public_documents": sent},
            by=None,
            at=opened(posted),
        )
    folder = Path(url2pathname(urlsplit(settings.STORAGE_URL).path))
    assert [
        path for path in folder.rglob("*") if path.is_file() and path.read_bytes()[:5] in (b"%PDF-", b"SENTI")
    ] == []


def test_a_round_without_responses_has_no_page_for_them(posted: Petition, client: Client) -> None:
    with open_to_a_test(Round):
        Round.objects.update(response_questionnaire="")
    posted.refresh_from_db()
    assert client.get(f"/docket/{posted.reference}/respond/").status_code == 404
    with pytest.raises(ActionRefused, match="takes no responses"):
        respond(reference=str(posted.reference), answers=ANSWERS, by=None, at=opened(posted))
