"""Each invariant finds what breaks it: a walk that no fault could stop would prove nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from exclusions.models import (
    Argument,
    ConsistencyReview,
    Decision,
    Event,
    ExclusionTerm,
    Finding,
    Letter,
    Petition,
    PublicPetition,
    PublicResponse,
    User,
)
from tests.factories.world import World
from tests.integration.walks.invariants import INVARIANTS, breaches
from tests.opened import opened

pytestmark = pytest.mark.django_db
Plant = Callable[[World, dict[str, User]], Petition]
PLANTED: dict[str, Plant] = {}


def breaks(words: str) -> Callable[[Plant], Plant]:
    """Register what breaks that invariant; it returns the case."""

    def register(plant: Plant) -> Plant:
        PLANTED[words] = plant
        return plant

    return register


@breaks("a status has its events")
def _unrecorded(world: World, cast: dict[str, User]) -> Petition:
    Petition.objects.filter(pk=world.level1.pk).update(status="legal")
    return world.level1


@breaks("an event is not earlier than the one before it")
def _earlier(world: World, cast: dict[str, User]) -> Petition:
    with opened(Event):
        last = Event.objects.filter(subject=f"petition:{world.level1.pk}").order_by("-sequence").first()
        assert last
        Event.objects.filter(pk=last.pk).update(at=last.at - timedelta(days=30))
    return world.level1


@breaks("a person acts in one role on a case")
def _two_roles(world: World, cast: dict[str, User]) -> Petition:
    with opened(Event):
        acted = Event.objects.filter(subject=f"petition:{world.signature.pk}", role__in=("legal", "committee"))
        acted.update(by=cast["legal"])
    return world.signature


@breaks("a public copy has its sealed version")
def _unsealed(world: World, cast: dict[str, User]) -> Petition:
    PublicPetition.objects.filter(reference=world.posted.reference).update(stage="denied")
    return world.posted


@breaks("a decision has its findings")
def _no_finding(world: World, cast: dict[str, User]) -> Petition:
    with opened(Decision):
        Decision.objects.filter(petition=world.denied).update(findings=[])
    return world.denied


@breaks("each criterion that was decided on cites what bears on it")
def _uncited(world: World, cast: dict[str, User]) -> Petition:
    with opened(Finding):
        Finding.objects.filter(petition=world.denied, criterion="availability").update(citations=["answer:hts10"])
    return world.denied


@breaks("no argument against a decision was open when it was signed")
def _unanswered(world: World, cast: dict[str, User]) -> Petition:
    with opened(Argument):
        assert Argument.objects.filter(petition=world.denied, side="for").update(criterion="")
    return world.denied


@breaks("like cases that stood otherwise were set apart before a signature")
def _not_set_apart(world: World, cast: dict[str, User]) -> Petition:
    with opened(ConsistencyReview):
        ConsistencyReview.objects.update(likes=[])
    return world.denied


@breaks("a term has its authority")
def _no_authority(world: World, cast: dict[str, User]) -> Petition:
    with opened(ExclusionTerm):
        ExclusionTerm.objects.filter(exclusion=world.exclusion).update(authority="")
    return world.published


@breaks("one decision stands")
def _another_version(world: World, cast: dict[str, User]) -> Petition:
    with opened(Decision):
        Decision.objects.filter(petition=world.denied).update(version=3, supersedes=Decision.objects.first())
    return world.denied


@breaks("a letter has its decision")
def _no_decision(world: World, cast: dict[str, User]) -> Petition:
    with opened(Letter):
        Letter.objects.filter(pk=world.letter.pk).update(petition=world.level1)
    return world.level1


@breaks("a period ends after it began")
def _ends_first(world: World, cast: dict[str, User]) -> Petition:
    at = world.posted.posted_at
    assert at
    Petition.objects.filter(pk=world.posted.pk).update(reply_closes_at=at - timedelta(days=1))
    return world.posted


@breaks("a response is public when it was posted")
def _unposted(world: World, cast: dict[str, User]) -> Petition:
    PublicResponse.objects.filter(reference=world.response.reference).delete()
    return world.posted


def test_each_invariant_has_what_breaks_it() -> None:
    assert PLANTED.keys() == INVARIANTS.keys()


def test_the_cases_of_the_world_keep_every_invariant(world: World) -> None:
    for case in (world.draft, world.posted, world.level1, world.signature, world.denied, world.published):
        assert breaches(case) == []


@pytest.mark.parametrize("words", INVARIANTS)
def test_each_invariant_finds_what_breaks_it(words: str, world: World, cast: dict[str, User]) -> None:
    case = PLANTED[words](world, cast)
    found = breaches(Petition.objects.select_related("round").get(pk=case.pk))
    assert any(breach.startswith(f"{words}: ") for breach in found), found
