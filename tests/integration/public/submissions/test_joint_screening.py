"""Responses of one statement on many petitions are one entry for intake: posted or declined together, or one apart."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.actions.filing.joint import posting
from exclusions.actions.filing.joint.confirming import confirm_jointly
from exclusions.actions.filing.joint.judging import Case
from exclusions.actions.filing.joint.posting import post_jointly, refuse_jointly
from exclusions.actions.filing.joint.statements import digest_over, respond_to_many
from exclusions.actions.filing.responses import post_response, refuse_response
from exclusions.errors import Incomplete, NotPermitted, SomeRefused
from exclusions.models import (
    AccessLog,
    Event,
    JointStatement,
    Notification,
    Petition,
    PublicResponse,
    Response,
    Round,
    User,
)
from exclusions.queries.casework.joint_statements import read_together, waiting_statements
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import RESPONSE_ANSWERS
from tests.factories.at_doors.joint_doors import token_of_joint
from tests.factories.cast import SignedIn
from tests.integration.public.submissions.test_joint_statements import posted

__all__ = ["posted"]
pytestmark = pytest.mark.django_db
ClientOf = Callable[[User | None], Client]
SAID: dict[str, Any] = {**RESPONSE_ANSWERS, "explanation": "We make {product}. In stock: {stock}."}
WHY = "It names a person."


@pytest.fixture
def joint(posted: list[Petition], list3: Round, rival: User, clock: Clock) -> JointStatement:
    """Return a statement on three petitions, confirmed, of which the second has another stock."""
    cases = [Case(str(petition.reference), {"stock": "40 slabs"}) for petition in posted]
    cases[1] = Case(cases[1].reference, {"stock": "none"})
    how: dict[str, Any] = {"round": list3, "cases": cases, "answers": SAID, "by": rival, "at": clock.now}
    made = respond_to_many(**how, seen=digest_over(list3, cases, SAID), others_go=True)
    confirm_jointly(token=token_of_joint(made), at=clock.now)
    return made


def keys_of(joint: JointStatement) -> list[Any]:
    return list(joint.responses.order_by("petition__reference").values_list("pk", flat=True))


def test_it_is_one_entry_with_the_odd_ones_first(joint: JointStatement, posted: list[Petition], intake: User) -> None:
    assert [(one.joint, one.number) for one in waiting_statements(intake)] == [(joint, 3)]
    read = read_together(joint.pk, intake)
    assert read
    assert [line.response.petition_id for line in read.lines] == [posted[1].pk, posted[0].pk, posted[2].pk]
    assert [dict(line.own) for line in read.odd] == [{"stock": "none"}]


def test_all_are_posted_each_with_its_own_event_and_one_mail_tells_the_author(
    joint: JointStatement, posted: list[Petition], intake: User, clock: Clock
) -> None:
    before = Notification.objects.filter(to=joint.email).count()
    assert len(post_jointly(joint, keys_of(joint), by=intake, at=clock.now)) == 3
    assert PublicResponse.objects.filter(petition__reference__in=[one.reference for one in posted]).count() == 3
    for petition in posted:
        assert Event.objects.filter(subject=f"petition:{petition.pk}", kind="post_response").count() == 1
    told = Notification.objects.filter(to=joint.email)
    assert told.count() == before + 1
    assert len(told.latest("pk").context["rows"]) == 3
    assert Notification.objects.filter(template="response_posted").count() == 3
    assert not waiting_statements(intake)


def test_where_one_refuses_none_is_posted_and_it_is_named(
    joint: JointStatement, posted: list[Petition], intake: User, clock: Clock
) -> None:
    Petition.objects.filter(pk=posted[2].pk).update(status=Status.WITHDRAWN)
    with pytest.raises(SomeRefused) as refused:
        post_jointly(joint, keys_of(joint), by=intake, at=clock.now)
    assert list(refused.value.rows) == [posted[2].reference]
    assert not PublicResponse.objects.exists()
    assert not Event.objects.filter(kind="post_response").exists()
    assert len(post_jointly(joint, keys_of(joint)[:2], by=intake, at=clock.now)) == 2


def test_one_is_decided_apart_and_the_others_together(joint: JointStatement, intake: User, clock: Clock) -> None:
    first, *others = joint.responses.order_by("petition__reference")
    refuse_response(first, reason=WHY, by=intake, at=clock.now)
    with pytest.raises(SomeRefused, match="only a submitted one"):
        post_jointly(joint, keys_of(joint), by=intake, at=clock.now)
    post_jointly(joint, [one.pk for one in others], by=intake, at=clock.now)
    assert sorted(joint.responses.values_list("status", flat=True)) == ["posted", "posted", "refused"]


def test_they_are_declined_with_one_reason_that_all_of_them_need(
    joint: JointStatement, intake: User, clock: Clock
) -> None:
    with pytest.raises(SomeRefused, match="Give the reason"):
        refuse_jointly(joint, keys_of(joint), reason=" ", by=intake, at=clock.now)
    refuse_jointly(joint, keys_of(joint), reason=WHY, by=intake, at=clock.now)
    assert set(joint.responses.values_list("status", "refusal_reason")) == {("refused", WHY)}
    assert Notification.objects.get(template="joint_settled").context["reason"] == WHY
    assert Event.objects.filter(kind="refuse_response", reason=WHY).count() == 3


def test_only_intake_and_no_more_than_so_many_and_none_of_another_statement(
    joint: JointStatement,
    posted: list[Petition],
    intake: User,
    reviewer1: User,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(NotPermitted, match="Only an intake clerk"):
        post_jointly(joint, keys_of(joint), by=reviewer1, at=clock.now)
    with pytest.raises(Incomplete):
        post_jointly(joint, [], by=intake, at=clock.now)
    with pytest.raises(SomeRefused, match="no such response in this statement"):
        post_jointly(joint, [*keys_of(joint), joint.pk], by=intake, at=clock.now)
    monkeypatch.setattr(posting, "MOST", 2)
    with pytest.raises(Incomplete, match="at most 2"):
        post_jointly(joint, keys_of(joint), by=intake, at=clock.now)


def test_a_response_of_a_statement_is_posted_by_itself_as_any_other(
    joint: JointStatement, intake: User, clock: Clock
) -> None:
    one = joint.responses.order_by("petition__reference").first()
    assert one
    post_response(one, by=intake, at=clock.now)
    assert Notification.objects.filter(template="your_response_posted", to=joint.email).count() == 1


def test_the_desk_shows_it_once_and_its_page_decides_it_or_keeps_what_was_chosen(
    joint: JointStatement, posted: list[Petition], intake: User, reviewer1: User, client_of: ClientOf
) -> None:
    desk, page, client = reverse("review-responses"), reverse("review-joint", args=[joint.pk]), SignedIn(intake)
    shown = client.get(desk).content.decode()
    assert shown.count("Read it once and decide") == 1
    assert str(posted[0].reference) not in shown
    assert str(posted[0].reference) in client.get(f"{desk}?joint={joint.pk}").content.decode()
    assert client_of(reviewer1).get(page).status_code == 403
    read = client.get(page).content.decode()
    assert read.index(str(posted[1].reference)) < read.index(str(posted[0].reference))
    assert AccessLog.objects.filter(by=intake, subject=f"petition:{posted[0].pk}").exists()
    keys = [str(key) for key in keys_of(joint)]
    with zeal_ignore():  # each is posted by the action of one
        refused = client.post(page, {"chosen": keys[:2], "decision": "refuse", "reason": ""})
        assert refused.status_code == 409
        assert refused.content.decode().count(" checked") == 2
        done = client.post(page, {"chosen": keys, "decision": "post"}, follow=True)
    assert "3 responses were posted" in done.content.decode()
    assert Response.objects.filter(joint=joint, status="posted").count() == 3
    assert client.get(page).status_code == 200
