"""Notices: what goes into one, that it is whole, and the page on which it is published."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from exclusions.actions.decision import notices
from exclusions.actions.notices import drafting
from exclusions.actions.notices.publishing import publish_draft
from exclusions.actions.record.supersession import successor
from exclusions.days import in_full
from exclusions.errors import Incomplete, WrongState
from exclusions.models import (
    ExclusionTerm,
    User,
)
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import TO_SIGNATURE
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]


def test_a_notice_is_checked(to_sign: Journey, publisher: User) -> None:
    to_sign.take("grant")
    today = to_sign.at.date()
    for notice, says in (
        (notices.Notice("", today), "Give the Federal Register citation"),
        (notices.Notice("84 FR 1", today + timedelta(days=1)), "in the future"),
        (
            notices.Notice("84 FR 1", today - timedelta(days=1)),
            f"cannot be older than the decision, which was signed on {in_full(today)}",
        ),
        (notices.Notice("84 FR 1", today, heading="8413.81.00"), "not a heading of chapter 99"),
        (notices.Notice("84 FR 1", today, heading="banana"), "banana"),
        (
            notices.Notice("84 FR 1", today, heading="9999.99.99"),
            "not a heading for exclusions of List 3 .* Known: 9903",
        ),
        (notices.Notice("84 FR 1", today, note="20(x)"), r"is in note 20\(p\), not in 20\(x\)"),
        (notices.Notice("83 FR 1", today), "is not of 2019: volume 84 is"),
        (notices.Notice("84 FR 1 (fictional)", today), "Only a demonstration"),
        (notices.Notice("84 FR 1", today, ends_on=today), "The round sets the last day .*August 7, 2020"),
    ):
        with pytest.raises(Incomplete, match=says) as refused:
            notices.publish_grant(to_sign.petition, notice, by=publisher, at=to_sign.at)
        assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", " ".join(refused.value.reasons)), "a day for programs"
    assert ExclusionTerm.objects.get().status == ExclusionTerm.Status.PENDING


def test_a_notice_is_published_whole_or_not_at_all(journey: Start, publisher: User) -> None:
    granted, waiting = journey(), journey()
    granted.take(*TO_SIGNATURE, "grant")
    waiting.take(*TO_SIGNATURE)
    notice = notices.Notice("84 FR 99999", granted.at.date())
    with pytest.raises(WrongState) as refused:
        notices.publish_notice([granted.petition, waiting.petition], notice, by=publisher, at=granted.at)
    assert refused.value.reasons[0].startswith(f"{waiting.petition.reference}: ")
    granted.petition.refresh_from_db()
    assert granted.petition.status == Status.GRANTED
    assert ExclusionTerm.objects.get().status == ExclusionTerm.Status.PENDING


def test_a_case_in_a_draft_is_published_by_that_draft_alone(journey: Start, publisher: User) -> None:
    drafted, other = journey(), journey()
    drafted.take(*TO_SIGNATURE, "grant")
    other.take(*TO_SIGNATURE, "grant")
    at = max(drafted.at, other.at)
    draft = drafting.draft_notice([drafted.petition], by=publisher, at=at)
    notice = notices.Notice("84 FR 88888", at.date())
    for is_sent in (False, True):
        if is_sent:
            drafting.send_draft(draft, by=publisher, at=at)
        with pytest.raises(WrongState) as refused:
            notices.publish_notice([drafted.petition, other.petition], notice, by=publisher, at=at)
        assert refused.value.reasons == [
            f"{drafted.petition.reference}: it is in notice draft {draft.pk}. {notices.OUT_OF_DRAFT}"
        ]
    assert publish_draft(draft, citation="84 FR 99999", published_on=at.date(), by=publisher, at=at).cases.count() == 1


def test_a_case_joins_an_exclusion_in_force_under_the_older_notice_and_its_own_days_are_shown(
    journey: Start, publisher: User, client_of: ClientOf, clock: Clock
) -> None:
    first, second = journey(), journey()
    first.take(*TO_SIGNATURE, "grant")
    older = first.at.date()
    notices.publish_grant(first.petition, notices.Notice("84 FR 99999", older), by=publisher, at=first.at)
    term = ExclusionTerm.objects.get()
    term.valid_to = date(2020, 2, 7)  # the agency ended it earlier than the round says
    successor(term, at=first.at).save()
    second.at = first.at + timedelta(days=3)
    second.take(*TO_SIGNATURE, "grant")
    with pytest.raises(Incomplete, match="cannot be older than the decision"):
        notices.publish_grant(
            second.petition, notices.Notice("84 FR 99997", older - timedelta(days=1)), by=publisher, at=second.at
        )
    clock.move_to(second.at)
    sent = {"cases": [second.petition.reference], "citation": "84 FR 99999", "published_on": older.isoformat()}
    shown = " ".join(client_of(publisher).post("/notices/", sent).content.decode().split())
    assert "An earlier notice already put this exclusion into force." in shown
    assert "from Mon, Sep 24, 2018 through Fri, Feb 7, 2020" in shown
    assert client_of(publisher).post("/notices/", {**sent, "confirmed": "on"}).status_code == 302
    second.petition.refresh_from_db()
    assert second.petition.status == Status.PUBLISHED
    assert ExclusionTerm.objects.get().valid_to == date(2020, 2, 7)


def test_the_publisher_publishes_on_the_page(
    to_sign: Journey, publisher: User, client_of: ClientOf, clock: Clock
) -> None:
    petition = to_sign.take("grant")
    clock.move_to(to_sign.at)
    client = client_of(publisher)
    assert str(petition.reference) in client.get("/notices/").content.decode()
    empty = client.post("/notices/", {})
    assert empty.status_code == 422
    assert "Choose at least one granted case." in empty.content.decode()
    sent = {"cases": [petition.reference], "citation": "84 FR 99999", "published_on": to_sign.at.date().isoformat()}
    asked = client.post("/notices/", sent)
    assert (asked.status_code, ExclusionTerm.objects.get().status) == (200, "pending")
    shown = " ".join(asked.content.decode().split())
    for words in ("1 case of List 3 into force", "6810.99.0010", "9903.88.13, note 20(p)", "10%, then 25% on entries"):
        assert words in shown
    assert "from Mon, Sep 24, 2018 through Fri, Aug 7, 2020" in shown
    assert "84 FR 99999" in client.post("/notices/", {**sent, "change": "1"}).content.decode()
    assert client.post("/notices/", {**sent, "confirmed": "on"}).status_code == 302
    petition.refresh_from_db()
    assert petition.status == Status.PUBLISHED
