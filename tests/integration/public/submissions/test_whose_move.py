"""Whose move it is after a response: the requester learns of it and replies; its author withdraws, replaces."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.filing.responses import confirm_response, post_response, refuse_response, respond
from exclusions.actions.filing.withdrawn_responses import withdraw_response
from exclusions.actions.record import quarantine
from exclusions.actions.record.notifications import as_email
from exclusions.errors import NotPermitted, WrongState
from exclusions.models import Event, Notification, Petition, PublicPetition, PublicResponse, Quarantine, Response, User
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS as ANSWERS
from tests.factories.cast import SignedIn
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]


@pytest.fixture
def posted(posted_once: Journey, clock: Clock) -> Petition:
    """Return a petition whose responses are open, and the clock an hour after its posting."""
    petition = posted_once.petition
    assert petition.posted_at
    clock.move_to(petition.posted_at + timedelta(hours=1))
    return petition


def give(petition: Petition, at: datetime, **how: Any) -> tuple[Response, str]:
    """Return a response that was sent, and the token of its link."""
    sent = respond(reference=str(petition.reference), answers=ANSWERS, by=None, at=at, **how)
    return sent, token_of(sent)


def text_of(page: Any) -> str:
    return " ".join(page.content.decode().split())


def test_the_requester_learns_by_list_mail_and_page_that_it_is_his_move(
    posted: Petition, importer: User, intake: User, clock: Clock
) -> None:
    client = SignedIn(importer)
    assert "Your move" not in text_of(client.get(reverse("petitions")))
    response, token = give(posted, clock.now)
    done = post_response(confirm_response(token=token, at=clock.now), by=intake, at=clock.now)
    until = in_words(done.reply_closes_at)  # type: ignore[arg-type]
    listed = text_of(client.get(reverse("petitions")))
    assert "You may reply to 1 response" in listed
    assert "Reply by" in listed
    page = text_of(client.get(reverse("petition", args=[posted.pk])))
    reply = reverse("docket-reply", args=[posted.reference, done.reference])
    assert reply in page
    mail = as_email(Notification.objects.get(template="response_posted")).body
    assert "You may reply until" in mail
    assert until in mail
    assert reply in mail
    beside = text_of(client.get(reply))
    assert "idle capacity" in beside
    assert "lou.secretive" not in beside
    client.post(reply, {"text": "Your slabs are two centimetres shorter than ours.", "certify_complete": "yes"})
    assert "You may reply to" not in text_of(client.get(reverse("petitions")))
    assert response.pk == done.pk


def test_a_responder_gets_a_number_and_a_receipt_and_the_deadline_counts_from_sending(
    posted: Petition, client: Client, clock: Clock
) -> None:
    sent_at = posted.response_closes_at
    assert sent_at
    sent, token = give(posted, sent_at)
    asked = as_email(Notification.objects.get(template="confirm_response")).body
    late = clock.move_to(sent_at + timedelta(hours=20))
    assert sent.receipt in asked
    assert in_words(sent_at) in asked
    confirm_response(token=token, at=late)
    receipt = as_email(Notification.objects.get(template="response_receipt")).body
    assert sent.receipt in receipt
    assert in_words(sent_at) in receipt
    assert "idle capacity" in receipt
    assert "lou.secretive" not in receipt
    assert "555-0143" not in receipt
    page = text_of(client.get(reverse("docket-respond-confirm", args=[posted.reference, token])))
    assert sent.receipt in page
    assert "idle capacity" in page
    assert "lou.secretive" in page
    assert "This time counts for the deadline." in page
    assert "Withdraw my response" not in page


def test_the_pages_promise_only_what_can_be_done(posted: Petition, client: Client) -> None:
    page = text_of(client.get(reverse("docket-respond", args=[posted.reference])))
    assert "you can withdraw it or send another instead" in page
    assert "You meet the deadline by sending the form in time" in page
    assert "file again while the window is open" not in page


def test_an_author_withdraws_a_posted_response_and_a_tombstone_stays(
    posted: Petition, client: Client, intake: User, clock: Clock
) -> None:
    _, token = give(posted, clock.now)
    done = post_response(confirm_response(token=token, at=clock.now), by=intake, at=clock.now)
    url = reverse("docket-respond-withdraw", args=[posted.reference, token])
    own = reverse("docket-respond-confirm", args=[posted.reference, token])
    assert "Withdraw my response" in text_of(client.get(own))
    answer = client.post(url, follow=True)
    assert "You withdrew your response" in text_of(answer)
    assert Response.objects.get().status == Response.Status.WITHDRAWN
    assert Event.objects.get(kind="withdraw_response").data == {"response": done.reference}
    assert not PublicResponse.objects.exists()
    assert PublicPetition.objects.get().oppose_count == 0
    docket = text_of(client.get(reverse("docket-petition", args=[posted.reference])))
    assert "withdrawn by its author" in docket
    assert "idle capacity" not in docket
    assert {"response_withdrawn", "your_response_withdrawn"} <= set(
        Notification.objects.values_list("template", flat=True)
    )
    assert client.post(url).status_code == 409
    with pytest.raises(WrongState, match="Its author withdrew it"):
        quarantine.restore(Quarantine.objects.get(), by=intake, at=clock.now)


def test_one_that_was_not_posted_leaves_intakes_list_and_holds_nothing_up(
    posted: Petition, intake: User, clock: Clock
) -> None:
    _, token = give(posted, clock.now)
    response = confirm_response(token=token, at=clock.now)
    staff = SignedIn(intake)
    assert response.receipt in text_of(staff.get(reverse("review-responses")))
    withdraw_response(response, by=None, at=clock.now, token=token)
    assert response.receipt not in text_of(staff.get(reverse("review-responses")))
    assert posted.response_closes_at
    assert run_clock(at=posted.response_closes_at + timedelta(days=30)).begun == [posted.reference]


def test_only_the_author_withdraws_and_only_while_responses_are_open(
    posted: Petition, importer: User, clock: Clock
) -> None:
    _, token = give(posted, clock.now)
    response = confirm_response(token=token, at=clock.now)
    for wrong in ({"by": importer}, {"by": None}, {"by": None, "token": "x" * 40}):
        with pytest.raises(NotPermitted):
            withdraw_response(response, at=clock.now, **wrong)  # type: ignore[arg-type]
    assert posted.response_closes_at
    with pytest.raises(WrongState, match="Responses closed on"):
        withdraw_response(response, by=None, at=posted.response_closes_at + timedelta(seconds=1), token=token)


def test_another_takes_its_place_once_that_is_confirmed(
    posted: Petition, client: Client, intake: User, clock: Clock
) -> None:
    first, token = give(posted, clock.now)
    post_response(confirm_response(token=token, at=clock.now), by=intake, at=clock.now)
    url = reverse("docket-respond-replace", args=[posted.reference, token])
    form = text_of(client.get(url))
    assert first.receipt in form
    assert "idle capacity" in form
    sent = {**{key: str(value) for key, value in ANSWERS.items()}, "explanation": "We have capacity from spring only."}
    assert client.post(url, sent).status_code == 302
    first.refresh_from_db()
    assert first.status == Response.Status.POSTED
    second = Response.objects.exclude(pk=first.pk).get()
    confirm_response(token=token_of(second), at=clock.now + timedelta(hours=1))
    first.refresh_from_db()
    assert first.status == Response.Status.WITHDRAWN
    assert second.replaces_id == first.pk
    assert client.get(url).status_code == 409


def test_a_response_that_was_not_posted_is_corrected_in_its_place(
    posted: Petition, client: Client, intake: User, clock: Clock
) -> None:
    _, token = give(posted, clock.now)
    reason = "It answers another petition than this one."
    refuse_response(confirm_response(token=token, at=clock.now), reason=reason, by=intake, at=clock.now)
    assert posted.response_closes_at
    mail = as_email(Notification.objects.get(template="response_refused")).body
    assert in_words(posted.response_closes_at) in mail
    page = text_of(client.get(reverse("docket-respond-confirm", args=[posted.reference, token])))
    assert reason in page
    again = reverse("docket-respond-replace", args=[posted.reference, token])
    assert again in page
    assert "Withdraw my response" not in page
    assert client.get(again).status_code == 200


def test_review_waits_for_the_confirmation_of_what_was_sent_in_time(
    posted: Petition, intake: User, clock: Clock
) -> None:
    closes = posted.response_closes_at
    assert closes
    _, token = give(posted, closes - timedelta(minutes=1))
    report = run_clock(at=closes + timedelta(minutes=1))
    assert (report.closed, report.begun) == ([posted.reference], [])
    later = clock.move_to(closes + timedelta(hours=20))
    assert post_response(confirm_response(token=token, at=later), by=intake, at=later).reference


def test_what_is_never_confirmed_holds_the_review_up_for_three_days_at_most(posted: Petition) -> None:
    closes = posted.response_closes_at
    assert closes
    give(posted, closes)
    assert run_clock(at=closes + timedelta(hours=72)).begun == []
    assert run_clock(at=closes + timedelta(hours=72, seconds=1)).begun == [posted.reference]


def test_who_has_to_correct_reads_it_as_a_request_with_its_last_day(
    petition_in: Callable[[Status], Petition], importer: User, clock: Clock
) -> None:
    petition = petition_in(Status.RETURNED)
    clock.move_to(petition.updated_at)
    listed = text_of(SignedIn(importer).get(reverse("petitions")))
    assert re.search(r"Correct and resubmit by <", listed)
    assert "corrects and resubmits" not in listed
