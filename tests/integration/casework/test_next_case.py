"""“Give me my next case”: over target first, oldest first, never one that is not the person's, never one case twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from exclusions.actions.casework.next_case import take_next
from exclusions.actions.review import assignments, contacts, reviews
from exclusions.errors import NotPermitted, WrongState
from exclusions.models import Assignment, Petition, StageTarget, User
from exclusions.workflow.states import Status
from tests.depth import so_many
from tests.factories.casework.ways import PATHS, TO_LEVEL1
from tests.factories.people import join, make_person
from tests.factories.petitions import Journey

ROUNDS = so_many(6, 30)


def bring(journey: Callable[..., Journey], number: int, *path: str) -> list[Journey]:
    """Return cases that have gone a way, the first one longest ago."""
    found = [journey() for _ in range(number)]
    for place, case in enumerate(found):
        case.at += timedelta(hours=place)
        case.take(*path)
    return found


@pytest.mark.django_db
def test_the_one_that_waits_longest_is_taken_and_opened(
    journey: Callable[..., Journey], cast: dict[str, User], client_of: Any
) -> None:
    first, second = bring(journey, 2, *TO_LEVEL1)
    client = client_of(cast["reviewer1"])
    for case in (first, second):
        assert client.post("/review/next/")["Location"] == f"/review/{case.petition.reference}/"
        assert Assignment.objects.get(petition=case.petition, ended_at=None).user == cast["reviewer1"]
    answer = client.post("/review/next/")
    assert answer.status_code == 409
    assert "No case is waiting for you now" in answer.content.decode()


@pytest.mark.django_db
def test_over_target_comes_before_older(journey: Callable[..., Journey], cast: dict[str, User]) -> None:
    older = bring(journey, 1, *PATHS[Status.LEVEL2])[0]
    late = bring(journey, 1, *PATHS[Status.CONSISTENCY])[0]
    at = late.at + timedelta(days=2)
    Petition.objects.filter(pk=older.petition.pk).update(status_since=late.petition.status_since - timedelta(days=1))
    StageTarget.objects.create(of_status=Status.CONSISTENCY, days=1, set_by=cast["reviewer2"], set_at=at)
    fresh = make_person("Tim Third", role="reviewer2")
    assert take_next(by=fresh, at=at) == late.petition
    assert take_next(by=fresh, at=at) == older.petition


@pytest.mark.django_db
def test_recused_tied_and_paired_cases_are_skipped(journey: Callable[..., Journey], cast: dict[str, User]) -> None:
    checked, recused, free = bring(journey, 3, *PATHS[Status.CONSISTENCY])
    at = free.at
    # Who made the level 2 recommendation does not look at it; the second one does.
    with pytest.raises(WrongState):
        take_next(by=cast["reviewer2"], at=at)
    reviews.recuse(recused.petition, reason="A cousin works there.", by=cast["second_reviewer2"], at=at)
    assert take_next(by=cast["second_reviewer2"], at=at) == checked.petition
    assert take_next(by=cast["second_reviewer2"], at=at) == free.petition
    tied = make_person("Tia Tied", role="reviewer2")
    join(tied, free.petition.organization)
    with pytest.raises(WrongState):
        take_next(by=tied, at=at)


@pytest.mark.django_db
def test_who_acted_on_a_case_in_another_role_is_not_given_it(
    journey: Callable[..., Journey], cast: dict[str, User]
) -> None:
    (case,) = bring(journey, 1, *TO_LEVEL1)
    clerk = make_person("Cleo Clerk", role="intake")
    contacts.log_contact(
        case.petition, with_whom="Counsel", summary="Dates.", held_on=case.at.date(), by=clerk, at=case.at
    )
    User.objects.filter(pk=clerk.pk).update(role="reviewer1")
    clerk.refresh_from_db()
    with pytest.raises(WrongState):
        take_next(by=clerk, at=case.at)


@pytest.mark.django_db
def test_who_is_far_ahead_of_a_colleague_is_given_the_own_oldest(
    journey: Callable[..., Journey], cast: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exclusions.queries.casework.lists.next_case.AHEAD", 2)
    cases = bring(journey, 3, *TO_LEVEL1)
    at = cases[-1].at
    other = make_person("Rae Reader", role="reviewer1")
    for case in cases[:2]:
        assignments.take(case.petition, by=cast["reviewer1"], at=at)
    assert take_next(by=cast["reviewer1"], at=at) == cases[0].petition
    assert Assignment.objects.count() == 2
    assert take_next(by=other, at=at) == cases[2].petition
    assert not Assignment.objects.filter(petition=cases[2].petition, user=cast["reviewer1"]).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["auditor", "admin", "customs"])
def test_who_works_no_case_is_given_none(name: str, cast: dict[str, User], client_of: Any, at: Any) -> None:
    with pytest.raises(NotPermitted):
        take_next(by=cast[name], at=at)
    assert client_of(cast[name]).post("/review/next/").status_code == 403


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_once_get_two_cases(journey: Callable[..., Journey], cast: dict[str, User]) -> None:
    assert connection.vendor == "postgresql"
    cases = bring(journey, 3, *TO_LEVEL1)
    at, other = cases[-1].at, make_person("Rae Reader", role="reviewer1")
    for round_ in range(ROUNDS):
        gate = Barrier(2, timeout=60)

        def ask(person: User, gate: Barrier = gate) -> Petition:
            gate.wait()
            try:
                return take_next(by=person, at=at)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            got = list(pool.map(ask, [cast["reviewer1"], other]))
        assert len({petition.pk for petition in got}) == 2, f"round {round_}: {got}"
        held = Assignment.objects.filter(ended_at=None)
        assert {(row.user_id, row.petition_id) for row in held} == {
            (cast["reviewer1"].pk, got[0].pk),
            (other.pk, got[1].pk),
        }
        held.update(ended_at=at)
