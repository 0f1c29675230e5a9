"""The lead of a team: loads, bulk reassignment, targets, absences; a lead assigns, and records nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exclusions.actions import transitions
from exclusions.actions.casework import team
from exclusions.actions.casework.next_case import take_next
from exclusions.actions.review import assignments, reviews
from exclusions.errors import Incomplete, NotPermitted, SomeRefused, WrongState
from exclusions.models import Absence, Assignment, Event, Notification, StageTarget, User
from exclusions.queries.casework.lists.team import loads
from exclusions.queries.casework.targets import targets
from exclusions.workflow.deadlines import eastern_date
from exclusions.workflow.states import Status
from tests.factories.casework.ways import PATHS, TO_LEVEL1
from tests.factories.people import by_two, make_person
from tests.factories.petitions import Journey

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Rows are locked, which SQLite does not do.")]
WHY = "Remy is away for two weeks."


def bring(journey: Callable[..., Journey], number: int, *path: str) -> list[Journey]:
    """Return cases that have gone a way."""
    found = [journey() for _ in range(number)]
    for case in found:
        case.take(*path)
    return found


@pytest.fixture
def lead(db: None, admin: User, second_admin: User, at: Any) -> User:
    """Return the lead of the level 1 team, whom two administrators named."""
    person = make_person("Lena Lead", role="reviewer1")
    by_two("change_lead", person.pk, people=(admin, second_admin), at=at, leads="yes")
    person.refresh_from_db()
    return person


@pytest.fixture
def others() -> list[User]:
    """Return two more people of the team."""
    return [make_person("Rae Reader", role="reviewer1"), make_person("Rex Reader", role="reviewer1")]


def held(person: User) -> set[str]:
    """Return the references that a person has."""
    rows = Assignment.objects.filter(user=person, ended_at=None)
    return set(rows.values_list("petition__reference", flat=True))


def test_a_lead_records_nothing_moves_nothing_and_takes_nothing(
    journey: Callable[..., Journey], lead: User, client_of: Any
) -> None:
    (case,) = bring(journey, 1, *TO_LEVEL1)
    with pytest.raises(NotPermitted, match="You lead the team"):
        reviews.record_finding(
            case.petition, criterion="availability", result="supports", reasons="Only there.", by=lead, at=case.at
        )
    with pytest.raises(NotPermitted, match="You lead the team"):
        transitions.take(case.petition, "recommend", by=lead, at=case.at)
    with pytest.raises(NotPermitted, match="You lead the team"):
        assignments.take(case.petition, by=lead, at=case.at)
    with pytest.raises(NotPermitted, match="You lead the team"):
        take_next(by=lead, at=case.at)
    reviews.recuse(case.petition, reason="A cousin works there.", by=lead, at=case.at)
    assert client_of(lead).get(f"/review/{case.petition.reference}/").status_code == 403


def test_a_lead_assigns_the_cases_of_the_own_team_alone(
    journey: Callable[..., Journey], lead: User, cast: dict[str, User]
) -> None:
    (case,) = bring(journey, 1, *TO_LEVEL1)
    assignments.assign(case.petition, to=cast["reviewer1"], by=lead, at=case.at)
    assert held(cast["reviewer1"]) == {case.petition.reference}
    with pytest.raises(NotPermitted, match="of your own role"):
        assignments.assign(case.petition, to=cast["reviewer2"], by=lead, at=case.at)


def test_who_becomes_a_lead_gives_the_cases_back_and_another_role_ends_the_lead(
    journey: Callable[..., Journey], cast: dict[str, User], second_admin: User
) -> None:
    (case,) = bring(journey, 1, *TO_LEVEL1)
    assignments.take(case.petition, by=cast["reviewer1"], at=case.at)
    two = (cast["admin"], second_admin)
    by_two("change_lead", cast["reviewer1"].pk, people=two, at=case.at, leads="yes")
    assert held(cast["reviewer1"]) == set()
    by_two("change_staff_role", cast["reviewer1"].pk, people=two, at=case.at, role="legal")
    cast["reviewer1"].refresh_from_db()
    assert not cast["reviewer1"].leads
    with pytest.raises(WrongState, match="Only a team that works cases has a lead"):
        by_two("change_lead", cast["auditor"].pk, people=two, at=case.at, leads="yes")


def test_cases_are_handed_on_evenly_with_one_reason_and_one_message_each(
    journey: Callable[..., Journey], lead: User, others: list[User], cast: dict[str, User], client_of: Any, clock: Any
) -> None:
    cases = bring(journey, 4, *TO_LEVEL1)
    clock.move_to(cases[-1].at)
    for case in cases:
        assignments.take(case.petition, by=cast["reviewer1"], at=case.at)
    sent = {"move-person": cast["reviewer1"].pk, "move-to": "", "move-reason": WHY}
    assert client_of(lead).post("/review/team/", sent).status_code == 302
    assert [len(held(person)) for person in others] == [2, 2]
    assert held(cast["reviewer1"]) == set()
    events = Event.objects.filter(kind="assign", by=lead)
    assert {event.reason for event in events} == {WHY}
    mails = Notification.objects.filter(template="cases_moved")
    assert sorted(mail.to for mail in mails) == sorted(person.email for person in (*others, cast["reviewer1"]))
    assert not Notification.objects.filter(template="case_taken_over").exists()


def test_a_case_that_nobody_may_take_holds_all_back_and_the_others_go_on(
    journey: Callable[..., Journey], lead: User, others: list[User], cast: dict[str, User], client_of: Any, clock: Any
) -> None:
    cases = bring(journey, 3, *TO_LEVEL1)
    clock.move_to(cases[-1].at)
    for case in cases:
        assignments.take(case.petition, by=cast["reviewer1"], at=case.at)
    for person in others:
        reviews.recuse(cases[0].petition, reason="A cousin works there.", by=person, at=case.at)
    client = client_of(lead)
    sent = {"move-person": cast["reviewer1"].pk, "move-to": "", "move-reason": WHY}
    answer = client.post("/review/team/", sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"{cases[0].petition.reference}: Rae Reader may not act in this case." in page
    assert len(held(cast["reviewer1"])) == 3
    assert f'name="move-but" value="{cases[0].petition.reference}"' in page
    assert client.post("/review/team/", {**sent, "move-but": cases[0].petition.reference}).status_code == 302
    assert held(cast["reviewer1"]) == {cases[0].petition.reference}


def test_who_made_the_recommendation_is_not_given_the_comparison(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    (case,) = bring(journey, 1, *PATHS[Status.CONSISTENCY])
    head = make_person("Lena Lead", role="reviewer2")
    User.objects.filter(pk=head.pk).update(leads=True)
    head.refresh_from_db()
    assignments.take(case.petition, by=cast["second_reviewer2"], at=case.at)
    with pytest.raises(SomeRefused, match="Sam Senior may not act in this case"):
        team.reassign(cast["second_reviewer2"], to=None, by=head, at=case.at, reason=WHY)


def test_nothing_to_hand_on_nobody_there_and_no_reason_are_refused(
    journey: Callable[..., Journey], lead: User, cast: dict[str, User]
) -> None:
    (case,) = bring(journey, 1, *TO_LEVEL1)
    with pytest.raises(WrongState, match="has no open case"):
        team.reassign(cast["reviewer1"], to=None, by=lead, at=case.at, reason=WHY)
    assignments.take(case.petition, by=cast["reviewer1"], at=case.at)
    with pytest.raises(WrongState, match="No one else on the team is present"):
        team.reassign(cast["reviewer1"], to=None, by=lead, at=case.at, reason=WHY)
    with pytest.raises(WrongState, match="cannot get these cases"):
        team.reassign(cast["reviewer1"], to=cast["reviewer1"], by=lead, at=case.at, reason=WHY)
    with pytest.raises(Incomplete, match="Say why"):
        team.reassign(cast["reviewer1"], to=None, by=lead, at=case.at, reason=" ")
    with pytest.raises(NotPermitted):
        team.reassign(cast["reviewer2"], to=None, by=lead, at=case.at, reason=WHY)
    with pytest.raises(NotPermitted):
        team.reassign(cast["reviewer1"], to=None, by=cast["reviewer1"], at=case.at, reason=WHY)


def test_who_is_away_is_given_nothing_and_the_own_load_is_offered(
    journey: Callable[..., Journey], lead: User, others: list[User], cast: dict[str, User], client_of: Any, clock: Any
) -> None:
    cases = bring(journey, 2, *TO_LEVEL1)
    now = clock.move_to(cases[-1].at)
    today = eastern_date(now)
    assignments.take(cases[0].petition, by=cast["reviewer1"], at=now)
    client = client_of(lead)
    sent = {"away-person": cast["reviewer1"].pk, "away-first_day": today, "away-last_day": today + timedelta(days=7)}
    assert client.post("/review/team/absences/", sent).status_code == 302
    page = client.get("/review/team/").content.decode()
    assert "Remy Reviewer is away through" in page
    assert f'href="?from={cast["reviewer1"].pk}#move"' in page
    with pytest.raises(WrongState, match="so you get no new case"):
        take_next(by=cast["reviewer1"], at=now)
    with pytest.raises(WrongState, match="Remy Reviewer is away through July"):
        assignments.assign(cases[1].petition, to=cast["reviewer1"], by=others[0], at=now)
    assert take_next(by=others[0], at=now) == cases[1].petition
    later = now + timedelta(days=8)
    with pytest.raises(WrongState, match="No case is waiting"):
        take_next(by=cast["reviewer1"], at=later)
    absence = Absence.objects.get()
    assert client.post(f"/review/team/absences/{absence.pk}/withdraw/").status_code == 302
    assert client.post(f"/review/team/absences/{absence.pk}/withdraw/").status_code == 409
    assignments.assign(cases[1].petition, to=cast["reviewer1"], by=others[0], at=now, reason=WHY)


@pytest.mark.parametrize(("first", "last", "sentence"), [(3, 1, "is before the first"), (-9, -8, "is over already")])
def test_an_absence_that_cannot_be_is_refused(
    first: int, last: int, sentence: str, lead: User, cast: dict[str, User], at: Any
) -> None:
    days = {"first_day": eastern_date(at) + timedelta(days=first), "last_day": eastern_date(at) + timedelta(days=last)}
    with pytest.raises(Incomplete, match=sentence):
        team.enter_absence(cast["reviewer1"], **days, by=lead, at=at)
    with pytest.raises(NotPermitted):
        team.enter_absence(cast["reviewer2"], **days, by=lead, at=at)


def test_a_target_is_set_for_the_own_team_and_earlier_ones_stay(lead: User, client_of: Any) -> None:
    client = client_of(lead)
    assert client.post("/review/team/target/", {"status": "level1", "days": "15"}).status_code == 302
    assert client.post("/review/team/target/", {"status": "level1", "days": "12"}).status_code == 302
    assert targets()[Status.LEVEL1] == 12
    assert list(StageTarget.objects.order_by("pk").values_list("days", flat=True)) == [15, 12]
    assert client.post("/review/team/target/", {"status": "level1", "days": "12"}).status_code == 409
    for sent in (
        {"status": "level1", "days": "0"},
        {"status": "level1", "days": "soon"},
        {"status": "level2", "days": "9"},
    ):
        assert client.post("/review/team/target/", sent).status_code == 422
    assert StageTarget.objects.count() == 2


def test_the_load_says_what_each_has_is_over_and_did_in_statements_that_do_not_grow(
    journey: Callable[..., Journey], lead: User, others: list[User], cast: dict[str, User]
) -> None:
    cases = bring(journey, 3, *TO_LEVEL1)
    at = cases[-1].at + timedelta(days=30)
    for case in cases[:2]:
        assignments.take(case.petition, by=cast["reviewer1"], at=at)
    cases[2].at = at
    cases[2].take("recommend")

    def counted() -> tuple[int, dict[str, tuple[int, int, int]]]:
        with CaptureQueriesContext(connection) as captured:
            rows = loads("reviewer1", at + timedelta(days=1), targets())
        return len(captured), {str(row.person): (row.open, row.over, row.done) for row in rows}

    few, found = counted()
    assert found == {"Rae Reader": (0, 0, 0), "Remy Reviewer": (2, 2, 1), "Rex Reader": (0, 0, 0)}
    for name in ("Ria", "Rob", "Ron"):
        make_person(f"{name} Reader", role="reviewer1")
    assert counted()[0] == few <= 6


@pytest.mark.parametrize("url", ["", "target/", "absences/", "absences/1/withdraw/"])
def test_the_pages_of_a_lead_are_nobody_elses(url: str, cast: dict[str, User], client_of: Any) -> None:
    for name in ("reviewer1", "auditor", "admin", "importer"):
        assert client_of(cast[name]).post(f"/review/team/{url}").status_code == 403


def test_a_lead_chooses_and_hands_over_on_the_worklist_and_has_no_other_button(
    journey: Callable[..., Journey], lead: User, cast: dict[str, User], client_of: Any, clock: Any
) -> None:
    (case,) = bring(journey, 1, *TO_LEVEL1)
    clock.move_to(case.at)
    client = client_of(lead)
    page = client.get("/review/").content.decode()
    assert 'value="assign"' in page
    assert 'value="take"' not in page
    assert "Give me my next case" not in page
    box = f"{case.petition.reference}:level1"
    sent = {"act": "assign", "to": cast["reviewer1"].pk, "chosen": [box]}
    assert client.post("/review/many/", sent).status_code == 302
    assert held(cast["reviewer1"]) == {case.petition.reference}
