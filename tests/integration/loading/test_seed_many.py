"""Many demonstration cases: each repeats a case that was walked, and nothing tells them from one that was."""

from collections import Counter
from typing import Any

import pytest
from django.core.management import CommandError

from exclusions.actions.filing import petitions
from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.store.cases import store_cases
from exclusions.errors import Incomplete
from exclusions.facts.like_cases import marks_of
from exclusions.likeness import propose
from exclusions.management.demo.many import SHARES
from exclusions.management.demo.repeated import Again, repeat_case
from exclusions.management.demo.stories import STORIES
from exclusions.models import (
    Event,
    Notification,
    Petition,
    PublicPetition,
    Response,
    Round,
    StoredCase,
    StoredKey,
    User,
)
from exclusions.queries.casework.clusters.stored import likeness_rows
from exclusions.queries.record.leak_sweep import findings
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.world import World
from tests.integration.core.test_seed_demo import demo, seed

__all__ = ["demo"]
pytestmark = pytest.mark.django_db
MADE = "company"  # how the addresses of the further companies begin


def rows(model: type[Any], *left_out: str) -> list[dict[str, Any]]:
    """Return all rows of a table, without some columns."""
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for row in model.objects.order_by("pk").values()
    ]


@pytest.mark.deep("test_what_cannot_be_repeated_is_refused_with_nothing_written makes some.", only_on="postgresql")
@pytest.mark.both_databases("many rows go in by another statement there: COPY.")
def test_many_cases_are_as_whole_as_those_that_were_walked(demo: Round, clock: Clock) -> None:
    seed()
    printed = seed("--petitions", "120")
    more = 120 - len(STORIES)
    assert f"{more} of {more} more petitions" in printed
    assert f"{more} petitions were made." in printed
    again = Petition.objects.filter(filed_by__email__startswith=MADE)
    assert (Petition.objects.count(), again.count()) == (120, more)
    statuses = Counter(again.values_list("status", flat=True))
    assert len(statuses) > 6
    assert set(statuses) <= set(SHARES)
    assert list(breaks()) == []
    assert list(findings()) == []
    assert not Notification.objects.filter(sent_at__isnull=True).exists()
    assert not again.filter(letters__isnull=False).exists()
    assert "Nothing was changed" in seed("--petitions", "120")

    # What the actions would write of them is what is there.
    public, stored, keys = (
        rows(PublicPetition, "updated_at"),
        rows(StoredCase),
        set(StoredKey.objects.values_list("likeness", "key")),
    )
    for petition in again.filter(posted_at__isnull=False).select_related("round", "organization"):
        publish_petition(petition, at=clock.now)
    for response in Response.objects.filter(petition__in=again, posted_at__isnull=False):
        publish_response(response, at=clock.now)
    store_cases(again, at=clock.now)
    assert rows(PublicPetition, "updated_at") == public
    assert rows(StoredCase) == stored
    assert set(StoredKey.objects.values_list("likeness", "key")) == keys
    for case in StoredCase.objects.all():
        digest, own = marks_of(case)
        assert case.likeness == digest
        assert {(digest, key) for key in own} <= keys
    assert max(len(group.members) for group in propose(likeness_rows())) > 5

    # They go on as any case does.
    waiting = again.filter(status__in=[Status.SUBMITTED, Status.LEVEL1, Status.LEVEL2]).order_by("reference")[0]
    petitions.withdraw(waiting, by=waiting.filed_by, at=clock.now, reason="We found another source.")
    last = Event.objects.filter(subject=f"petition:{waiting.pk}").order_by("-sequence")[0]
    assert (last.kind, last.to_status) == ("withdraw", "withdrawn")
    assert list(breaks()) == []


def test_what_cannot_be_repeated_is_refused_with_nothing_written(world: World, clock: Clock) -> None:
    def refused(example: Petition) -> str:
        again = Again(example.organization, example.filed_by, {})
        before = Petition.objects.count()
        with pytest.raises(Incomplete) as told:
            repeat_case(example, [again], at=clock.now)
        assert Petition.objects.count() == before
        return " ".join(told.value.reasons)

    def seen(petition: Petition) -> Petition:
        """Return it as if its round were one of a demonstration; a round with petitions is frozen."""
        found = Petition.objects.select_related("round", "organization").get(pk=petition.pk)
        found.round.is_demo, found.filer_organization = True, None
        return found

    assert refused(world.denied) == "Only demonstration cases are repeated."
    assert "is a draft, or was filed by a firm" in refused(seen(world.draft))
    assert "which are not repeated" in refused(seen(world.published))
    assert "has rows of supplements" in refused(seen(world.denied))
    Petition.objects.filter(pk=world.level1.pk).update(status=Status.LEGAL)
    assert "is not where its history ends" in refused(seen(world.level1))


def test_a_round_without_a_walked_case_says_so(demo: Round, clock: Clock) -> None:
    seed("--petitions", "1")
    Petition.objects.update(filed_by=User.objects.get(email="intake@demo.example"))
    with pytest.raises(CommandError, match=r"No case of the demonstration round can be repeated. Seed an empty"):
        seed("--petitions", "61")
    assert Petition.objects.count() == 1
