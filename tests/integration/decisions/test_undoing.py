"""A notice is taken back by two persons on the day of its entry, as a version, never once it is in ACE."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from exclusions.actions import transitions
from exclusions.actions.decision.notices import Notice, publish_grant
from exclusions.actions.decision.undoing import enter_ace_day
from exclusions.actions.people import proposals
from exclusions.days import EASTERN
from exclusions.errors import ActionRefused, Incomplete, NotPermitted, WrongState
from exclusions.facts.headings import known_headings
from exclusions.models import Event, ExclusionTerm, ExclusionText, FederalNotice, Notification, Proposal, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Stage, Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
Start = Callable[..., Journey]
WHY = "The page of the citation is wrong."


@pytest.fixture
def published(granted_once: Journey) -> Journey:
    """Return a journey whose petition has just been published."""
    granted_once.act("publish")
    return granted_once


def propose(case: Journey, by: User, at: datetime | None = None) -> Proposal:
    notice = FederalNotice.objects.latest("pk")
    return proposals.propose("undo_notice", notice.pk, by=by, at=at or case.at, reason=WHY)


def test_what_it_wrote_is_superseded_and_the_case_waits_again(
    published: Journey, publisher: User, signatory: User, client: Client
) -> None:
    before = ExclusionTerm.versions.get(status="pending")
    made = propose(published, publisher)
    with pytest.raises(NotPermitted, match="Another member of staff must confirm it"):
        proposals.confirm(made, by=publisher, at=published.at)
    proposals.confirm(made, by=signatory, at=published.at)
    published.petition.refresh_from_db()
    assert published.petition.status == Status.GRANTED
    rows = list(ExclusionTerm.versions.order_by("pk"))
    assert [row.status for row in rows] == ["pending", "published", "pending"]
    now = ExclusionTerm.objects.get()
    assert (now.heading, now.note, now.valid_from, now.valid_to, now.authority) == (
        before.heading, before.note, before.valid_from, before.valid_to, before.authority,
    )  # fmt: skip
    assert "entered in error" in now.reason
    assert WHY not in now.reason
    event = Event.objects.filter(subject=f"petition:{published.petition.pk}").latest("sequence")
    assert (event.kind, event.by, event.reason) == ("undo_publication", signatory, WHY)
    assert Notification.objects.filter(template="undo_publication").count() == 1
    assert Stage.STAGE4.label in client.get(f"/docket/{published.petition.reference}/").content.decode()
    assert list(breaks()) == []
    published.at += timedelta(minutes=5)
    published.act("publish")  # and the right one goes out
    assert ExclusionTerm.objects.get().status == "published"


def test_a_text_that_the_notice_dated_is_dated_back(
    journey: Start, publisher: User, signatory: User, list3: Any
) -> None:
    type(list3).objects.filter(pk=list3.pk).update(retroactive_rule="publication", retroactive_from=None)
    list3.refresh_from_db()
    case = journey()
    case.take(*PATHS[Status.GRANTED])
    case.act("publish")
    assert ExclusionText.objects.get().valid_from
    proposals.confirm(propose(case, signatory), by=publisher, at=case.at)
    text = ExclusionText.objects.get()
    assert (text.valid_from, text.authority, text.revision) == (None, "", 3)
    assert text.numbers.count() == 1


def test_nobody_takes_it_back_alone_nor_by_another_door(published: Journey, signatory: User, publisher: User) -> None:
    for by in (publisher, signatory):
        for key in (1, "1", None, propose(published, publisher).pk if by is publisher else 1):
            with pytest.raises(ActionRefused, match="two people to take back a notice"):
                transitions.take(
                    published.petition, "undo_publication", by=by, at=published.at, reason=WHY, data={"proposal": key}
                )


def test_only_until_midnight_in_new_york(published: Journey, publisher: User, signatory: User) -> None:
    there = published.at.astimezone(EASTERN)
    midnight = (there + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    made = propose(published, publisher)
    with pytest.raises(WrongState, match="No one confirmed this by Tuesday, July 23, 2019, 11:59"):
        proposals.confirm(made, by=signatory, at=midnight)
    proposals.confirm(made, by=signatory, at=midnight - timedelta(minutes=1, seconds=1))


def test_never_once_it_is_in_ace(published: Journey, publisher: User, signatory: User) -> None:
    notice = FederalNotice.objects.get()
    with pytest.raises(Incomplete, match="or later"):
        enter_ace_day(notice, notice.published_on - timedelta(days=1), by=publisher, at=published.at)
    with pytest.raises(NotPermitted):
        enter_ace_day(notice, notice.published_on, by=signatory, at=published.at)
    enter_ace_day(notice, notice.published_on, by=publisher, at=published.at)
    with pytest.raises(WrongState, match="already entered"):
        enter_ace_day(notice, notice.published_on, by=publisher, at=published.at)
    with pytest.raises(WrongState, match="ACE accepts the heading since"):
        propose(published, publisher)


def test_not_under_a_case_that_joined_it(published: Journey, journey: Start, publisher: User) -> None:
    other = journey()
    other.take(*PATHS[Status.GRANTED])
    other.at = published.at
    publish_grant(other.petition, Notice("84 FR 99999", published.at.date()), by=publisher, at=published.at)
    first = FederalNotice.objects.earliest("pk")
    with pytest.raises(WrongState, match="published later under the same exclusion"):
        proposals.propose("undo_notice", first.pk, by=publisher, at=published.at, reason=WHY)


def test_a_new_heading_is_chosen_once_a_second_person_confirmed_it(
    granted_once: Journey, publisher: User, signatory: User
) -> None:
    case = granted_once
    action = case.petition.decision.exclusion.action
    notice = Notice("84 FR 99999", case.at.date(), heading="9903.88.70")
    with pytest.raises(Incomplete, match="A second person must confirm a new one first"):
        publish_grant(case.petition, notice, by=publisher, at=case.at)

    def ask(heading: str, note: str) -> Proposal:
        facts = {"heading": heading, "note": note}
        return proposals.propose("new_heading", action.pk, by=publisher, at=case.at, reason=WHY, facts=facts)

    for heading, note, field in (
        ("9999.99.99", "20(x)", "heading"), ("9903.88.13", "20(x)", "heading"), ("9903.88.70", "banana", "note"),
    ):  # fmt: skip
        with pytest.raises(Incomplete) as refused:
            ask(heading, note)
        assert list(refused.value.fields) == [field]
    made = ask("9903.88.70", "20(vvv)")
    with pytest.raises(NotPermitted):
        proposals.confirm(made, by=publisher, at=case.at)
    proposals.confirm(made, by=signatory, at=case.at)
    assert "99038870" in [known.heading for known in known_headings(action, date(2019, 7, 9))]
    publish_grant(case.petition, notice, by=publisher, at=case.at)
    term = ExclusionTerm.objects.get()
    assert (term.heading, term.note) == ("99038870", "vvv")


def test_on_the_pages_one_proposes_and_another_confirms(
    published: Journey, publisher: User, signatory: User, client_of: Callable[[User], Client], clock: Clock
) -> None:
    clock.move_to(published.at)
    notice = FederalNotice.objects.get()
    address = f"/notices/{notice.pk}/"
    mine = client_of(publisher)
    assert address in mine.get("/notices/").content.decode()
    assert mine.post(address, {"verb": "undo", "reason": ""}).status_code == 422
    assert mine.post(address, {"verb": "undo", "reason": WHY}).status_code == 302
    made = Proposal.objects.get()
    theirs = client_of(signatory)
    assert f"/staff/proposals/{made.pk}/" in theirs.get(address).content.decode()
    assert theirs.post(f"/staff/proposals/{made.pk}/", {"answer": "confirm"}).status_code == 302
    assert "taken back already" in mine.get(address).content.decode()
    asked = {"action": notice.action_id, "heading": "9903.88.70", "note": "20(vvv)", "reason": WHY}
    assert mine.post("/notices/heading/", asked).status_code == 302
    assert mine.post("/notices/heading/", {**asked, "heading": "banana"}).status_code == 422
    assert theirs.get("/notices/heading/").status_code == 403
