"""Two people act on the same petition at the same moment: one of them does it, the other is refused, every time."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from exclusions.actions.decision import decisions
from exclusions.actions.filing import petitions
from exclusions.errors import ActionRefused
from exclusions.models import Decision, Event, Letter, Petition, PetitionVersion, ReferenceSequence, User
from exclusions.workflow.roles import Role
from exclusions.workflow.states import Status
from tests.depth import so_many
from tests.factories.answers import CERTIFIED
from tests.factories.casework.ways import TO_SIGNATURE
from tests.factories.people import make_person
from tests.factories.petitions import Journey
from tests.waiting import PATIENCE

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ROUNDS = so_many(5, 20)


def at_once(*attempts: Callable[[], object]) -> list[object]:
    """Run the attempts in threads that start together, each with a connection of its own; return what came of each."""
    barrier = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            barrier.wait(PATIENCE)
            return attempt()
        except ActionRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def test_a_grant_and_a_denial_at_once_make_one_decision(journey: Callable[..., Journey], signatory: User) -> None:
    other = make_person("Second Signatory", role=Role.SIGNATORY)
    case = journey()
    for _ in range(ROUNDS):
        case = Journey(case.cast, case.petition.round, case.petition.created_at)
        petition = case.take(*TO_SIGNATURE)
        mine, theirs = Petition.objects.get(pk=petition.pk), Petition.objects.get(pk=petition.pk)
        came = at_once(
            lambda mine=mine, at=case.at: decisions.grant(
                mine, rationale="No other source.", contacts="none", by=signatory, at=at
            ),
            lambda theirs=theirs, at=case.at: decisions.deny(
                theirs, rationale="A source exists.", contacts="none", denial_codes=["DR1"], by=other, at=at
            ),
        )
        refusals = [one for one in came if isinstance(one, ActionRefused)]
        assert len(refusals) == 1
        assert refusals[0].reasons
        decision = Decision.objects.get(petition=petition)
        petition.refresh_from_db()
        assert petition.status == (Status.GRANTED if decision.outcome == "grant" else Status.DENIED)
        events = Event.objects.filter(subject=f"petition:{petition.pk}", kind__in=["grant", "deny"])
        assert [event.kind for event in events] == [decision.outcome]
        assert Letter.objects.filter(petition=petition, kind__in=["grant", "denial"]).count() == 1


def test_two_people_who_submit_one_draft_file_one_petition(journey: Callable[..., Journey]) -> None:
    case = journey(through_firm=True)
    mine, theirs = Petition.objects.get(pk=case.petition.pk), Petition.objects.get(pk=case.petition.pk)
    came = at_once(
        lambda: petitions.submit(mine, by=case.cast["importer"], at=case.at, certified=CERTIFIED),
        lambda: petitions.submit(theirs, by=case.cast["filer"], at=case.at, certified=CERTIFIED),
    )
    assert [type(one).__name__ for one in came if isinstance(one, ActionRefused)] == ["WrongState"]
    assert Event.objects.filter(subject=f"petition:{case.petition.pk}", kind="submit").count() == 1
    assert ReferenceSequence.objects.get().last == 1
    assert PetitionVersion.objects.get(petition=case.petition).sealed_at == case.at
