"""What holds of responses and of comments alike: sent without an account, confirmed by mail, posted or declined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from exclusions.actions.filing.responses import confirm_response, post_response, refuse_response, respond
from exclusions.actions.notices.comments import comment_on, confirm_comment, post_comment, refuse_comment
from exclusions.errors import Incomplete, NotPermitted, WrongState
from exclusions.models import Comment, Event, Notification, PublicComment, PublicResponse, Response, User
from exclusions.models.submission import Submission
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.notices.listed import OPEN, SLUG, comment_answers, listed_round
from tests.factories.world import token_of

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Kind:
    """One kind of submission: its table and its public copies, what it is about, when that is open, and who acts."""

    model: type[Submission]
    public: type[Model]
    about: Mapping[str, str]
    answers: Mapping[str, Any]
    opened: datetime
    closes: datetime
    take_in: Callable[..., Any]
    confirm: Callable[..., Any]
    post: Callable[..., Any]
    decline: Callable[..., Any]
    address: str
    desk: tuple[str, str]

    def sent(self, at: datetime | None = None, **changes: Any) -> Any:
        """Return one that was sent and is not confirmed."""
        return self.take_in(**self.about, answers={**self.answers, **changes}, by=None, at=at or self.opened)

    def filed(self) -> Any:
        """Return one that its author confirmed."""
        return self.confirm(token=token_of(self.sent()), at=self.opened)

    def page(self, which: str = "", *more: str) -> str:
        """Return the address of one of its pages."""
        return reverse(f"{self.address}{which}", args=[*self.about.values(), *more])


def _responses(petition: Any) -> Kind:
    return Kind(
        Response, PublicResponse, {"reference": petition.reference}, RESPONSE_ANSWERS,
        petition.posted_at + timedelta(hours=1), petition.response_closes_at,
        respond, confirm_response, post_response, refuse_response,
        "docket-respond", ("review-responses", "review-response"),
    )  # fmt: skip


def _comments() -> Kind:
    round = listed_round()
    return Kind(
        Comment, PublicComment, {"slug": SLUG}, comment_answers(), OPEN, round.closes_at,
        comment_on, confirm_comment, post_comment, refuse_comment, "listed-comment", ("comments", "comment-decide"),
    )  # fmt: skip


@pytest.fixture(params=["response", "comment"])
def kind(request: pytest.FixtureRequest) -> Kind:
    if request.param == "comment":
        return _comments()
    return _responses(request.getfixturevalue("posted_once").petition)


def test_a_second_click_on_the_link_changes_nothing(kind: Kind) -> None:
    filed = kind.filed()
    again = kind.confirm(token=token_of(filed), at=kind.opened + timedelta(hours=90))
    assert again.confirmed_at == filed.confirmed_at
    assert Event.objects.filter(kind__in=["respond", "comment"]).count() == 1


def test_a_link_is_good_for_72_hours(kind: Kind) -> None:
    sent = kind.sent()
    with pytest.raises(WrongState, match="This link was good until"):
        kind.confirm(token=token_of(sent), at=kind.opened + timedelta(hours=72, seconds=1))
    assert kind.confirm(token=token_of(sent), at=kind.opened + timedelta(hours=72)).status == "submitted"


def test_one_that_is_a_second_late_is_refused_and_the_moment_of_sending_counts(kind: Kind) -> None:
    with pytest.raises(WrongState, match="closed on"):
        kind.sent(kind.closes + timedelta(seconds=1))
    assert not kind.model._default_manager.exists()
    in_time = kind.sent(kind.closes)
    assert kind.confirm(token=token_of(in_time), at=kind.closes + timedelta(hours=70)).status == "submitted"


def test_missing_answers_are_named_and_nothing_is_kept(kind: Kind) -> None:
    with pytest.raises(Incomplete) as refused:
        kind.take_in(**kind.about, answers={"position": "oppose", "exclusions": "1"}, by=None, at=kind.opened)
    assert "org_legal_name" in refused.value.fields
    assert not kind.model._default_manager.exists()
    assert not Notification.objects.filter(template__startswith="confirm_").exists()


def test_only_intake_posts_and_only_once(kind: Kind, intake: User, reviewer1: User, importer: User) -> None:
    filed = kind.filed()
    for person in (reviewer1, importer):
        with pytest.raises(NotPermitted, match="Only an intake clerk can post or decline"):
            kind.post(filed, by=person, at=kind.opened)
    kind.post(filed, by=intake, at=kind.opened)
    with pytest.raises(WrongState, match="only a submitted one"):
        kind.decline(filed, reason="It repeats another one.", by=intake, at=kind.opened)


def test_a_declined_one_needs_a_reason_and_its_author_is_told(kind: Kind, intake: User) -> None:
    filed = kind.filed()
    with pytest.raises(Incomplete):
        kind.decline(filed, reason="  ", by=intake, at=kind.opened)
    assert kind.decline(filed, reason="It answers another petition.", by=intake, at=kind.opened).status == "refused"
    told = Notification.objects.get(template=f"{kind.model.NOUN}_refused")
    assert told.to == filed.email
    assert "another petition" in told.context["reason"]
    assert not kind.public._default_manager.exists()


def test_in_a_browser_it_is_sent_confirmed_posted_and_withdrawn(
    kind: Kind, client: Client, clock: Clock, intake: User
) -> None:
    clock.move_to(kind.opened)
    form = {key: "yes" if value is True else str(value) for key, value in kind.answers.items()}
    short = client.post(kind.page(), {**form, "org_legal_name": ""})
    assert short.status_code == 422
    assert f"We did not receive your {kind.model.NOUN}" in short.content.decode()

    sent = client.post(kind.page(), form, follow=True)
    assert sent.redirect_chain == [(kind.page("-sent"), 302)]
    one = kind.model._default_manager.get()
    assert f"We sent a link to {one.email}. Your {kind.model.NOUN} is {one.receipt}" in sent.content.decode()
    assert one.email not in client.get(kind.page("-sent")).content.decode()

    own = kind.page("-confirm", token_of(one))
    assert f"Confirm my {kind.model.NOUN}" in client.get(own).content.decode()
    assert kind.model._default_manager.get().status == "unconfirmed"
    client.post(own)
    assert one.email in client.get(own).content.decode()
    assert client.get(kind.page("-confirm", "another")).status_code == 404

    client.force_login(intake)
    desk, decide = kind.desk
    assert one.receipt in client.get(reverse(desk)).content.decode()
    refused = client.post(reverse(decide, args=[one.pk]), {"decision": "refuse", "reason": " "})
    assert refused.status_code == 422
    assert client.post(reverse(decide, args=[one.pk]), {"decision": "post"}).headers["Location"] == reverse(desk)
    assert f"No {kind.model.NOUN} waits to be posted" in client.get(reverse(desk)).content.decode()

    client.logout()
    withdraw = kind.page("-withdraw", token_of(one))
    assert f"You withdrew your {kind.model.NOUN}." in client.post(withdraw, follow=True).content.decode()
    again = client.post(withdraw)
    assert again.status_code == 409
    assert f"This {kind.model.NOUN} is “withdrawn by its author”." in again.content.decode()
