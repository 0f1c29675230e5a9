"""Returned petitions are certified once and filed again: all that were chosen, or none."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from exclusions.actions.bulk_sheets.resubmitting import Given, digest_of, resubmit_many
from exclusions.actions.filing import petitions
from exclusions.errors import Incomplete, SomeRefused
from exclusions.models import Event, Petition, PetitionVersion, Round, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answers import CERTIFIED
from tests.factories.petitions import PATHS, Journey

SignIn = Callable[[User | None], Client]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases("The petitions are locked in one order, so that two who resubmit never deadlock."),
]
GIVEN = Given(CERTIFIED, was_read=True)
BETTER = "Slabs of agglomerated quartz, polished on one face, 3.2 m by 1.6 m, of one thickness."


@pytest.fixture
def back(cast: dict[str, User], list3: Round, clock: Clock, importer: User) -> list[Petition]:
    """Return three returned petitions; the first two were corrected."""
    found = []
    for place in range(3):
        trip = Journey(cast, list3, clock.now)
        trip.take(*PATHS[Status.RETURNED])
        if place < 2:
            answers = {"product_description": f"{BETTER} Lot {place}."}
            petitions.save_answers(trip.petition, answers=answers, by=importer, at=trip.at)
        found.append(trip)
    clock.move_to(max(trip.at for trip in found))
    for trip in found:
        trip.petition.refresh_from_db()
    return [trip.petition for trip in found]


def boxes(found: list[Petition]) -> list[str]:
    return [f"{one.pk}:{digest_of(one)}" for one in found]


def test_they_are_certified_once_and_each_is_filed_again_with_its_own_event(
    back: list[Petition], importer: User, client_of: SignIn
) -> None:
    client, page = client_of(importer), reverse("petitions-returned")
    shown = client.get(page).content.decode()
    assert all(box in shown for box in boxes(back))
    sent = {"chosen": boxes(back[:2]), "was_read": "on", "certified": list(CERTIFIED)}
    with zeal_ignore():  # each is filed by the action of one
        answer = client.post(page, sent, follow=True)
    assert "2 petitions were submitted again." in answer.content.decode()
    for petition in back[:2]:
        before = petition.reference
        petition.refresh_from_db()
        assert (petition.status, petition.reference) == (Status.SUBMITTED, before)
        assert Event.objects.filter(subject=f"petition:{petition.pk}", kind="resubmit", by=importer).count() == 1
        last = PetitionVersion.objects.filter(petition=petition).order_by("-number").first()
        assert last
        assert last.sealed_by == importer
        assert all(last.answers[key] == "yes" for key in CERTIFIED)


def test_what_was_not_changed_is_named_and_none_is_filed_until_that_is_stated(
    back: list[Petition], importer: User, client_of: SignIn
) -> None:
    client, page = client_of(importer), reverse("petitions-returned")
    sent = {"chosen": boxes(back), "was_read": "on", "certified": list(CERTIFIED)}
    with zeal_ignore():
        answer = client.post(page, sent)
    assert answer.status_code == 409
    assert f"{back[2].reference}: You changed nothing" in answer.content.decode()
    assert Petition.objects.filter(status=Status.RETURNED).count() == 3
    assert answer.content.decode().count(" checked") == 3 + 1 + len(CERTIFIED)  # petitions, what was read, statements
    with zeal_ignore():
        client.post(page, {**sent, "unchanged": "on"})
    assert Petition.objects.filter(status=Status.SUBMITTED).count() == 3


def test_whoever_did_not_read_or_certify_files_nothing(
    back: list[Petition], importer: User, client_of: SignIn, clock: Clock
) -> None:
    answer = client_of(importer).post(reverse("petitions-returned"), {"chosen": boxes(back[:1])})
    assert answer.status_code == 422
    assert "Read the public version of each petition first" in answer.content.decode()
    assert "Certify to submit" in answer.content.decode()
    with pytest.raises(Incomplete):
        resubmit_many({}, given=GIVEN, by=importer, at=clock.now)
    assert Petition.objects.filter(status=Status.SUBMITTED).count() == 0


def test_what_was_changed_after_it_was_read_is_not_filed(
    back: list[Petition], importer: User, rival: User, clock: Clock
) -> None:
    seen = {one.pk: digest_of(one) for one in back[:2]}
    answers = {"product_description": f"{BETTER} Lot 9."}
    petitions.save_answers(back[0], answers=answers, by=importer, at=clock.now)
    with zeal_ignore(), pytest.raises(SomeRefused, match="changed after you opened") as refused:
        resubmit_many(seen, given=GIVEN, by=importer, at=clock.now)
    assert list(refused.value.rows) == [str(back[0])]
    with zeal_ignore(), pytest.raises(SomeRefused, match="no such petition of yours"):
        resubmit_many(seen, given=GIVEN, by=rival, at=clock.now)
    assert Petition.objects.filter(status=Status.SUBMITTED).count() == 0


def test_the_page_takes_as_many_statements_for_three_as_for_one(
    back: list[Petition], importer: User, client_of: SignIn
) -> None:
    client, counted = client_of(importer), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("petitions-returned"))
        counted.append(len(captured))
        Petition.objects.filter(pk__in=[one.pk for one in back[1:]]).update(status=Status.LAPSED)
    assert counted[0] == counted[1] <= 15
