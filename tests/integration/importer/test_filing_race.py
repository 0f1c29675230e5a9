"""Filers at the same moment: numbers are given once each, and a save never overwrites one it did not see."""

from collections.abc import Callable

import pytest

from exclusions.actions.filing import petitions
from exclusions.errors import Conflict
from exclusions.facts.forms import petition_form
from exclusions.models import Petition, PetitionVersion, Round, User
from exclusions.queries.importer.three_way import seen_text
from tests.factories.answers import CERTIFIED
from tests.factories.petitions import Journey
from tests.integration.casework.test_two_reviewers_race import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_petitions_filed_at_once_get_numbers_without_gap_or_repeat(
    cast: dict[str, User], list3: Round, journey: Callable[..., Journey]
) -> None:
    drafts = [journey().petition for _ in range(6)]
    at = drafts[0].created_at
    came = at_once(
        *(
            lambda draft=draft: petitions.submit(draft, by=cast["importer"], at=at, certified=CERTIFIED)
            for draft in drafts
        )
    )
    assert all(isinstance(one, Petition) for one in came), came
    references = sorted(Petition.objects.values_list("reference", flat=True))
    assert references == [f"USTR-2019-0005-{number:06d}" for number in range(1, 7)]


def test_of_two_saves_at_once_one_is_told_of_the_other(journey: Callable[..., Journey]) -> None:
    case = journey()
    for turn in range(10):
        petition = Petition.objects.get(pk=case.petition.pk)
        stored = PetitionVersion.objects.get(petition=petition).answers
        seen = seen_text(petition_form(petition.round), stored, ["product_name"])

        def save(name: str, petition: Petition = petition, seen: str = seen) -> Petition:
            return petitions.save_answers(
                petition,
                by=case.cast["importer"],
                at=case.at,
                answers={"product_name": name},
                revision=petition.revision,
                seen=seen,
            )

        came = at_once(lambda turn=turn: save(f"Slabs {turn} left"), lambda turn=turn: save(f"Slabs {turn} right"))
        assert sorted(type(one).__name__ for one in came) == [Conflict.__name__, Petition.__name__]
        kept = PetitionVersion.objects.get(petition=petition).answers["product_name"]
        assert kept in {f"Slabs {turn} left", f"Slabs {turn} right"}
        petition.refresh_from_db()
        assert petition.revision == turn + 1
