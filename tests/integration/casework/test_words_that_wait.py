"""Words by people who may not read what a case holds: they wait, their writers learn nothing, intake decides."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing.replies import reply
from exclusions.actions.filing.responses import confirm_response, post_response, respond
from exclusions.actions.record.notifications import as_email
from exclusions.actions.review import product_texts, screenings, statements
from exclusions.errors import Incomplete, NotPermitted, Repeats, WrongState
from exclusions.models import (
    CustomsOpinion,
    Event,
    LeakSettlement,
    Notification,
    Petition,
    PublicResponse,
    Response,
    Screening,
    User,
)
from exclusions.permissions.screening import words_of_response, words_of_screening
from exclusions.queries.record.leak_sweep import leaks
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.petitions import TEXT, Journey
from tests.factories.world import token_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Start = Callable[..., Journey]
REPLY = {"text": "Your slabs are shorter than ours.", "certify_complete": "yes"}
THEIRS = "lou.secretive@example.test"


def answer(trip: Journey, **changes: str) -> Response:
    """Return a confirmed response to the journey's posted petition."""
    given = respond(
        reference=str(trip.petition.reference), answers={**RESPONSE_ANSWERS, **changes}, by=None, at=trip.at
    )
    return confirm_response(token=token_of(given), at=trip.at)


@pytest.fixture
def posted(posted_once: Journey, clock: Clock) -> Journey:
    clock.move_to(posted_once.at)
    return posted_once


@pytest.fixture
def answered(posted: Journey, intake: User) -> Response:
    return post_response(answer(posted), by=intake, at=posted.at)


def waiting(petition: Petition) -> Screening:
    return Screening.objects.get(petition=petition, outcome=Screening.Outcome.WAITS)


class TestReplies:
    def test_every_reply_waits_until_intake_posts_it(
        self, posted: Journey, answered: Response, importer: User, intake: User
    ) -> None:
        made = reply(answered, answers=REPLY, by=importer, at=posted.at)
        assert PublicResponse.objects.get().replied_at is None
        with pytest.raises(NotPermitted):
            screenings.let_through(made.screening, by=importer, at=posted.at)
        screenings.let_through(made.screening, by=intake, at=posted.at)
        assert "shorter than ours" in str(PublicResponse.objects.get().reply_answers)
        told = {mail.to: as_email(mail).body for mail in Notification.objects.filter(template__contains="reply_posted")}
        assert told.keys() == {importer.email, THEIRS}
        with pytest.raises(WrongState):
            screenings.withhold(made.screening, reason="It came too late.", code="other", by=intake, at=posted.at)

    def test_a_value_of_the_requester_is_asked_about_and_posted_once_stated_to_be_public(
        self, posted: Journey, answered: Response, importer: User, intake: User
    ) -> None:
        said = {**REPLY, "text": "We bought for $7.07 million."}
        with pytest.raises(Repeats) as refused:
            reply(answered, answers=said, by=importer, at=posted.at)
        assert "$7.07 million" in refused.value.fields["text"][0]
        assert "7.07" not in str(refused.value)
        stated = list(refused.value.asked)
        made = reply(answered, answers=said, stated_public=stated, by=importer, at=posted.at)
        kept = LeakSettlement.objects.get()
        assert (kept.stated_by, kept.place, kept.leak) == (importer, f"reply:{answered.pk}", stated[0])
        screenings.let_through(made.screening, by=intake, at=posted.at)
        assert list(leaks()) == []

    def test_a_value_of_a_responder_is_the_clerks_to_judge_and_is_not_told_to_the_requester(
        self, posted: Journey, answered: Response, importer: User, intake: User, client: Client
    ) -> None:
        client.force_login(importer)
        address = reverse("docket-reply", args=[posted.petition.reference, answered.reference])
        page = client.post(address, {**REPLY, "text": f"Ask {THEIRS} for samples."}, follow=True)
        assert "You filed your reply" in page.content.decode()
        client.force_login(intake)
        found = client.get(reverse("review-words")).content.decode()
        assert "A response: Responder: e-mail address" in found
        held = waiting(posted.petition)
        with pytest.raises(Repeats):
            screenings.let_through(held, by=intake, at=posted.at)
        said, decide = "It names a private person.", reverse("review-words-decide", args=[held.pk])
        for code in ("", "whatever"):
            again = client.post(decide, {"decision": "withhold", "reason": said, "code": code})
            assert again.status_code == 422
            assert "Choose why the reply is not posted" in again.content.decode()
            assert said in again.content.decode()
        kept = client.post(decide, {"decision": "withhold", "reason": "", "code": "personal"}).content.decode()
        assert 'value="personal" selected' in kept
        client.post(decide, {"decision": "withhold", "reason": said, "code": "personal"})
        assert PublicResponse.objects.get().replied_at is None
        mail = as_email(Notification.objects.get(template="reply_refused"))
        assert (mail.to, THEIRS in mail.body) == ([importer.email], False)
        client.force_login(importer)
        mine = client.get(reverse("petition", args=[posted.petition.pk])).content.decode()
        assert "It names a private person." in mine

    def test_the_requester_replies_in_a_browser_and_intake_posts(
        self, posted: Journey, answered: Response, importer: User, rival: User, intake: User, client: Client
    ) -> None:
        address = reverse("docket-reply", args=[posted.petition.reference, answered.reference])
        client.force_login(rival)
        assert client.get(address).status_code == 403
        client.force_login(importer)
        assert client.get(address).status_code == 200
        assert client.post(address, {"text": ""}).status_code == 422
        assert "shorter than ours" not in client.post(address, REPLY, follow=True).content.decode()
        client.force_login(intake)
        held = waiting(posted.petition)
        assert "shorter than ours" in client.get(reverse("review-words")).content.decode()
        client.post(reverse("review-words-decide", args=[held.pk]), {"decision": "through"})
        public = reverse("docket-petition", args=[posted.petition.reference])
        assert "shorter than ours" in client.get(public).content.decode()


class TestResponses:
    def test_a_responders_own_details_in_public_are_asked_about_and_nothing_is_lost(
        self, posted: Journey, client: Client
    ) -> None:
        address = reverse("docket-respond", args=[posted.petition.reference])
        said = "We make slabs; call Lou Secretive, (202) 555-0143, or write to lou.secretive@example.test."
        page = client.post(address, {**RESPONSE_ANSWERS, "explanation": said})
        assert page.status_code == 422
        assert page.content.decode().count('name="stated"') == 3
        assert said in page.content.decode()
        stated = list(page.context["page"].asked)
        part = client.post(address, {**RESPONSE_ANSWERS, "explanation": said, "stated": stated[:2]})
        assert list(part.context["page"].asked) == stated[2:]
        done = client.post(address, {**RESPONSE_ANSWERS, "explanation": said, "stated": stated}, follow=True)
        assert "confirm by e-mail" in done.content.decode()
        given = Response.objects.get()
        assert {row.place for row in LeakSettlement.objects.all()} == {f"response:{given.pk}"}
        assert LeakSettlement.objects.filter(stated_by=None).count() == 3

    def test_what_the_requester_gave_in_confidence_waits_for_the_clerk_and_is_never_asked_about(
        self, posted: Journey, intake: User, reviewer1: User, client: Client
    ) -> None:
        response = answer(posted, explanation="They buy for $7.07 million from Hidden Supplier Works.")
        client.force_login(intake)
        assert "<mark>" in client.get(reverse("review-responses")).content.decode()
        address = reverse("review-response", args=[response.pk])
        refused = client.post(address, {"decision": "post", "reason": "typed"})
        assert refused.status_code == 422
        assert 'value="typed"' in refused.content.decode()
        words = words_of_response(response)
        made = statements.state_coincidence(
            posted.petition, words, statement="Its own figure.", by=intake, at=posted.at
        )
        for statement in made:
            with pytest.raises(NotPermitted, match="second member"):
                statements.second(statement, by=intake, at=posted.at)
        with pytest.raises(Repeats):
            post_response(response, by=intake, at=posted.at)
        client.force_login(reviewer1)
        page = reverse("case-statements", args=[posted.petition.reference])
        assert "Its own figure." in client.get(page).content.decode()
        for statement in made:
            client.post(reverse("case-statement-second", args=[posted.petition.reference, statement.pk]))
        assert post_response(response, by=intake, at=posted.at).reference
        kinds = set(Event.objects.values_list("kind", flat=True))
        assert {"state_coincidence", "second_coincidence"} <= kinds
        assert list(leaks()) == []


class TestTexts:
    @pytest.fixture
    def drafting(self, journey: Start) -> Journey:
        trip = journey()
        trip.take("submit", "post", "close_responses", "begin_review", "recommend", "concur", "confirm_consistency")
        trip.take("clear_for_drafting")
        return trip

    def draft(self, trip: Journey, drafter: User, text: str) -> datetime:
        product_texts.draft_text(trip.petition, text=text, number="6810.99.0010", by=drafter, at=trip.at)
        return trip.at

    @pytest.mark.parametrize("words", ["", ", of a value of 7,071,234 dollars"])
    def test_the_drafter_sees_the_same_and_customs_sees_no_doubtful_text(
        self, drafting: Journey, drafter: User, customs: User, client: Client, words: str
    ) -> None:
        client.force_login(drafter)
        text = TEXT.replace(" (described", f"{words} (described")
        address = reverse("case-entry", args=[drafting.petition.reference, "product_text"])
        made = client.post(address, {"text": text, "number": "6810.99.0010"}, follow=True)
        assert text in made.content.decode()
        sent = client.post(
            reverse("case-transition", args=[drafting.petition.reference, "send_to_customs"]), follow=True
        )
        assert "now “" in sent.content.decode()
        client.force_login(customs)
        assert ("agglomerated quartz" in client.get(reverse("customs")).content.decode()) == (not words)

    def test_a_text_that_is_not_let_through_goes_back_to_the_drafter(
        self, drafting: Journey, drafter: User, intake: User, publisher: User
    ) -> None:
        at = self.draft(drafting, drafter, TEXT.replace(" (described", ", of 7,071,234 dollars (described"))
        drafting.act("send_to_customs")
        held = waiting(drafting.petition)
        with pytest.raises(Incomplete):
            screenings.withhold(held, reason=" ", by=intake, at=at)
        screenings.withhold(held, reason="It states an amount of a party.", by=intake, at=at)
        drafting.petition.refresh_from_db()
        assert drafting.petition.status == "drafting"
        self.draft(drafting, drafter, TEXT)
        assert drafting.act("send_to_customs").status == "customs"

    def test_a_coincidence_in_a_text_is_let_through(
        self, drafting: Journey, drafter: User, intake: User, legal: User, customs: User
    ) -> None:
        at = self.draft(drafting, drafter, TEXT.replace(" (described", ", of 7,071,234 dollars (described"))
        held = waiting(drafting.petition)
        (made,) = statements.state_coincidence(
            drafting.petition, words_of_screening(held), statement="A band.", by=intake, at=at
        )
        statements.second(made, by=legal, at=at)
        screenings.let_through(held, by=intake, at=at)
        drafting.act("send_to_customs")
        drafting.act("clear_text")

    def test_the_drafter_does_not_read_doubtful_reasons_of_customs(
        self, drafting: Journey, drafter: User, customs: User, intake: User, client: Client
    ) -> None:
        at = self.draft(drafting, drafter, TEXT)
        drafting.act("send_to_customs")
        reasons = "Hidden Supplier Works makes another thing."
        product_texts.give_opinion(
            drafting.petition.drafts.get(),
            result="misclassified",
            grounds=["on_its_face"],
            reasons=reasons,
            by=customs,
            at=at,
        )
        assert CustomsOpinion.objects.get().screening.outcome == "waits"
        page = reverse("case-text", args=[drafting.petition.reference])
        client.force_login(drafter)
        assert reasons not in client.get(page).content.decode()
        client.force_login(intake)
        assert reasons in client.get(page).content.decode()
