"""Who acted on a case in one role acts in no other on it, and whose account may administer the site acts in none."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from exclusions.actions.review import assignments, contacts
from exclusions.errors import NotPermitted
from exclusions.models import Event, Petition, User
from exclusions.permissions import refusals, standing_of
from exclusions.permissions.case_entries import CASE_ENTRIES, case_entry_refusal
from exclusions.workflow.roles import JUDGES, Role
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.conftest import Clock
from tests.factories.people import by_two
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Bring = Callable[[Status], Petition]
# Each transition of the staff who judge, from a status in which it may be taken.
TAKEN = [(name, min(row.sources)) for name, row in TRANSITIONS.items() if row.roles & JUDGES]


def as_role(user: User, role: str, people: Sequence[User], clock: Clock) -> User:
    """Give somebody another role, as two administrators do."""
    by_two("change_staff_role", user.pk, role=role, people=(people[0], people[1]), at=clock.now)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def admins(admin: User, second_admin: User) -> tuple[User, User]:
    """Return two administrators."""
    return admin, second_admin


@pytest.mark.parametrize(("name", "status"), TAKEN)
def test_no_transition_is_taken_in_another_role(
    name: str, status: Status, petition_in: Bring, publisher: User, reviewer1: User, admins: Any, clock: Clock
) -> None:
    petition = petition_in(status)
    clock.move_to(max(clock.now, petition.updated_at))
    role = min(TRANSITIONS[name].roles & JUDGES)
    person = publisher if role != Role.PUBLISHER else reviewer1
    contacts.log_contact(
        petition, with_whom="Counsel", held_on=clock.now.date(), summary="The schedule.", by=person, at=clock.now
    )
    before = person.role
    person = as_role(person, role, admins, clock)
    assert refusals(name, petition, person, clock.now) == [
        f"You acted on this case as: {Role(before).label}. You cannot act on it in another role."
    ]
    back = as_role(person, before, admins, clock)
    assert standing_of(back, petition, clock.now).kept_from_acting == [], "in the role in which they acted they go on"


@pytest.mark.parametrize("kind", sorted(set(CASE_ENTRIES) - {"recusal"}))
def test_no_entry_is_made_in_another_role(
    kind: str, petition_in: Bring, publisher: User, reviewer1: User, admins: Any, clock: Clock
) -> None:
    status = min(CASE_ENTRIES[kind].places.keys() & CASE_ENTRIES["recusal"].places.keys())
    petition = petition_in(status)
    clock.move_to(max(clock.now, petition.updated_at))
    role = min(CASE_ENTRIES[kind].places[status] - {Role.PUBLISHER})
    contact = {"with_whom": "Counsel", "held_on": clock.now.date(), "summary": "The schedule."}
    contacts.log_contact(petition, **contact, by=publisher, at=clock.now)  # type: ignore[arg-type]
    person = as_role(publisher, role, admins, clock)
    refused = case_entry_refusal(kind, petition, person, clock.now)
    assert refused
    assert "You cannot act on it in another role" in refused.reasons[0]
    if role != Role.CUSTOMS:  # which sees drafts alone, and steps back from none
        assert case_entry_refusal("recusal", petition, person, clock.now) is None


def test_the_case_is_not_taken_nor_handed_over_in_another_role(
    level1_once: Journey, reviewer1: User, admins: Any, clock: Clock
) -> None:
    petition = level1_once.petition
    clock.move_to(max(clock.now, petition.updated_at))
    assignments.take(petition, by=reviewer1, at=clock.now)
    person = as_role(reviewer1, Role.REVIEWER2, admins, clock)
    with pytest.raises(NotPermitted, match="in another role"):
        assignments.take(petition, by=person, at=clock.now)


def test_who_filed_it_does_not_judge_it(level1_once: Journey, importer: User, admins: Any, clock: Clock) -> None:
    petition = level1_once.petition
    importer.memberships.all().delete()
    person = as_role(importer, Role.REVIEWER1, admins, clock)
    held = standing_of(person, petition, clock.now)
    assert held.kept_from_acting[0].startswith("You acted on this case as: Requester.")


def test_an_account_that_administers_signs_nothing(petition_in: Bring, signatory: User, clock: Clock) -> None:
    petition = petition_in(Status.SIGNATURE)
    User.objects.filter(pk=signatory.pk).update(is_superuser=True)
    signatory.refresh_from_db()
    told = ["Your account administers this site, so it cannot act in a case."]
    for name in ("grant", "deny", "remand"):
        assert refusals(name, petition, signatory, clock.now) == told
    assert not Event.objects.filter(by=signatory).exists()


def test_it_costs_one_statement(
    level1_once: Journey, reviewer1: User, clock: Clock, django_assert_num_queries: Any
) -> None:
    petition = level1_once.petition
    with django_assert_num_queries(1):
        standing_of(reviewer1, petition, clock.now)
