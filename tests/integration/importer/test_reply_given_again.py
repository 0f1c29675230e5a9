"""A reply that intake does not let through frees its place: it is corrected and given again while its period runs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from exclusions.actions.clock import run_clock
from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.notifications import as_email
from exclusions.actions.review import screenings
from exclusions.errors import WrongState
from exclusions.models import Event, Notification, Petition, PublicResponse, Reply, Response, Screening, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.deadlines import in_words
from exclusions.workflow.event_words import event_words
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.petitions import Journey
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db
FIRST, SECOND = "Ask lou.secretive@example.test for slabs.", "Your slabs are shorter than ours."
CERTIFIED = {"certify_complete": "yes"}
REASON = "It names a person of the responder."


@pytest.fixture
def posted(posted_once: Journey, clock: Clock) -> Journey:
    clock.move_to(posted_once.at)
    return posted_once


@pytest.fixture
def answered(posted: Journey, intake: User) -> Response:
    given = respond(reference=str(posted.petition.reference), answers=RESPONSE_ANSWERS, by=None, at=posted.at)
    confirmed = confirm_response(token=token_of(given), at=posted.at)
    return post_response(confirmed, by=intake, at=posted.at)


@pytest.fixture
def withheld(posted: Journey, answered: Response, importer: User, intake: User) -> Reply:
    made = reply(answered, answers={"text": FIRST, **CERTIFIED}, by=importer, at=posted.at)
    screenings.withhold(made.screening, reason=REASON, code="personal", by=intake, at=posted.at)
    return made


def test_the_requester_is_told_corrects_what_was_typed_and_it_is_posted(
    posted: Journey, answered: Response, withheld: Reply, importer: User, intake: User, rival: User, client: Client
) -> None:
    address = reverse("docket-reply", args=[posted.petition.reference, answered.reference])
    mine = reverse("petition", args=[posted.petition.pk])
    until = in_words(answered.reply_closes_at)  # type: ignore[arg-type]
    mail = as_email(Notification.objects.get(template="reply_refused"))
    assert mail.to == [importer.email]
    assert f"send it again until {until}" in mail.body
    assert address in mail.body
    assert "secretive" not in mail.body
    assert "was not posted: it gives personal details." in mail.body
    event = Event.objects.get(kind="refuse_reply")
    assert (event.data["code"], event_words(event.kind)) == ("personal", "Reply not posted")
    client.force_login(importer)
    shown = client.get(mine).content.decode()
    assert "It gives personal details." in shown
    assert "was not posted" in shown
    assert REASON in shown
    assert address in shown
    page = client.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert FIRST in text
    assert "it gives personal details" in text
    assert REASON in text
    assert "checked" not in text  # it is certified anew
    refused = client.post(address, {"text": SECOND})
    assert refused.status_code == 422
    assert SECOND in refused.content.decode()
    assert FIRST not in refused.content.decode()
    assert "You filed your reply" in client.post(address, {"text": SECOND, **CERTIFIED}, follow=True).content.decode()
    assert client.get(address).status_code == 403  # one reply stands
    assert address not in client.get(mine).content.decode()
    client.force_login(rival)
    assert client.get(address).status_code == 403
    client.force_login(intake)
    second = Reply.objects.get(attempt=2)
    client.post(reverse("review-words-decide", args=[second.screening.pk]), {"decision": "through"})
    case = client.get(reverse("case-evidence", args=[posted.petition.reference])).content.decode()
    assert FIRST in case  # who reads the whole case reads what was withheld, too
    assert SECOND in case
    assert "it gives personal details" in case
    client.logout()
    public = client.get(reverse("docket-petition", args=[posted.petition.reference])).content.decode()
    assert SECOND in public
    assert FIRST not in public
    assert "shorter" in str(PublicResponse.objects.get().reply_answers)
    assert list(breaks()) == []


def test_staff_who_work_from_the_public_side_read_no_withheld_reply(
    posted: Journey, withheld: Reply, publisher: User, client: Client
) -> None:
    client.force_login(publisher)
    page = client.get(reverse("case-evidence", args=[posted.petition.reference]))
    assert FIRST not in page.content.decode()


def test_the_database_asks_for_the_code_of_a_reply_that_is_not_posted_and_of_nothing_else(
    posted: Journey, withheld: Reply, importer: User, intake: User
) -> None:
    mine = Screening.objects.filter(pk=withheld.screening.pk)
    for wrong in ("", "whatever"):
        with pytest.raises(IntegrityError), transaction.atomic():
            mine.update(reason_code=wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(outcome="through")
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(outcome="through", reason_code=None)
    mine.update(reason_code=None)  # as one of before there were codes


def test_one_reply_stands_at_a_time_and_the_database_holds_it(
    posted: Journey, answered: Response, withheld: Reply, importer: User, intake: User
) -> None:
    second = reply(answered, answers={"text": SECOND, **CERTIFIED}, by=importer, at=posted.at)
    with pytest.raises(WrongState, match="You already replied"):
        reply(answered, answers={"text": SECOND, **CERTIFIED}, by=importer, at=posted.at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(response=answered, attempt=2, answers={}, submitted_at=posted.at, submitted_by=importer)
    screenings.withhold(second.screening, reason=REASON, code="personal", by=intake, at=posted.at)
    third = reply(answered, answers={"text": SECOND, **CERTIFIED}, by=importer, at=posted.at)
    screenings.let_through(third.screening, by=intake, at=posted.at)
    with pytest.raises(WrongState, match="You already replied"):
        reply(answered, answers={"text": SECOND, **CERTIFIED}, by=importer, at=posted.at)


def test_review_does_not_begin_while_a_withheld_or_waiting_reply_may_be_given_again(
    posted: Journey, answered: Response, importer: User, intake: User
) -> None:
    def status(at: object) -> str:
        run_clock(at=at)  # type: ignore[arg-type]
        return Petition.objects.values_list("status", flat=True).get(pk=posted.petition.pk)

    closes = posted.petition.response_closes_at
    assert closes
    assert answered.reply_closes_at
    after = closes + timedelta(minutes=1)
    waits = reply(answered, answers={"text": FIRST, **CERTIFIED}, by=importer, at=posted.at)
    assert status(after) == "replying"
    screenings.withhold(waits.screening, reason=REASON, code="personal", by=intake, at=after)
    assert status(after) == "replying"
    again = reply(answered, answers={"text": SECOND, **CERTIFIED}, by=importer, at=answered.reply_closes_at)
    screenings.let_through(again.screening, by=intake, at=answered.reply_closes_at)
    assert status(answered.reply_closes_at) == "level1"


def test_after_the_deadline_it_is_not_given_again_and_the_mail_says_so(
    posted: Journey, answered: Response, importer: User, intake: User, client: Client, clock: Clock
) -> None:
    waits = reply(answered, answers={"text": FIRST, **CERTIFIED}, by=importer, at=posted.at)
    assert answered.reply_closes_at
    late = answered.reply_closes_at + timedelta(minutes=1)
    clock.move_to(late)
    screenings.withhold(waits.screening, reason=REASON, code="personal", by=intake, at=late)
    mail = as_email(Notification.objects.get(template="reply_refused"))
    assert "you cannot send it again" in mail.body
    client.force_login(importer)
    address = reverse("docket-reply", args=[posted.petition.reference, answered.reference])
    assert client.get(address).status_code == 403
    assert address not in client.get(reverse("petition", args=[posted.petition.pk])).content.decode()
    with pytest.raises(WrongState, match="closed on"):
        reply(answered, answers={"text": SECOND, **CERTIFIED}, by=importer, at=late)
