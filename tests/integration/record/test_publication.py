"""The public copy says what the record says now: sealed answers only, and no column left over from before."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import models

from exclusions.actions.filing.replies import reply
from exclusions.actions.record.publication import publish_petition, publish_response
from exclusions.actions.record.versions import reopen_answers
from exclusions.models import Exclusion, Petition, PublicPetition, PublicResponse, User
from exclusions.workflow.states import Status
from tests.factories.petitions import Journey
from tests.factories.world import World

pytestmark = pytest.mark.django_db
# What a copy is found by and hangs on.
IDENTITY = {"id", "reference", "petition"}


def stale(field: Any, now: Any) -> Any:
    """Return a value for a column other than the one that stands there."""
    values: dict[type, Any] = {
        models.DateField: date(1999, 1, 1),
        models.DateTimeField: datetime(1999, 1, 1, tzinfo=UTC),
        models.JSONField: [{"criterion": "availability", "on": "1999-01-01"}],
        models.PositiveIntegerField: 77,
        models.BooleanField: True,
        models.ForeignKey: None if now else Exclusion.objects.get(),
    }
    return values.get(type(field), "old words"[: getattr(field, "max_length", None) or 99])


def spoil(copy: PublicPetition | PublicResponse) -> dict[str, Any]:
    """Overwrite every column of a public copy but its identity; return what stood there."""
    rows: Any = type(copy)._default_manager.filter(pk=copy.pk)
    before: dict[str, Any] = rows.values().get()
    rows.update(
        **{f.name: stale(f, before[f.attname]) for f in type(copy)._meta.concrete_fields if f.name not in IDENTITY}
    )
    kept = {"id", "reference", "petition_id"}
    assert all(value != before[name] for name, value in rows.values().get().items() if name not in kept)
    return before


@pytest.mark.parametrize("status", ["posted", "level1", "denied", "published"])
def test_a_refreshed_copy_of_a_petition_keeps_nothing_of_what_stood_there(world: World, status: str) -> None:
    petition: Petition = getattr(world, status)
    petition.refresh_from_db()
    copy = PublicPetition.objects.get(reference=petition.reference)
    before = spoil(copy)
    publish_petition(petition, at=copy.updated_at)
    assert PublicPetition.objects.filter(pk=copy.pk).values().get() == before


@pytest.mark.parametrize("replied", [False, True], ids=["unanswered", "replied"])
def test_a_refreshed_copy_of_a_response_keeps_nothing_of_what_stood_there(
    world: World, replied: bool, importer: User
) -> None:
    response = world.response
    if replied:
        assert response.posted_at
        answers = {"text": "Ours are wider.", "certify_complete": "yes"}
        reply(response, answers=answers, by=importer, at=response.posted_at)
    copy = PublicResponse.objects.get(reference=response.reference)
    before = spoil(copy)
    publish_response(response, at=copy.posted_at)
    assert PublicResponse.objects.filter(pk=copy.pk).values().get() == before


def test_an_unsealed_version_is_not_published(petition_in: Callable[[Status], Petition]) -> None:
    petition = petition_in(Status.POSTED)
    copy = PublicPetition.objects.get()
    version = reopen_answers(petition, at=petition.status_since)
    version.answers |= {"product_name": "Something nobody certified", "product_function": "Nobody certified this."}
    version.save()
    publish_petition(petition, at=petition.status_since)
    again = PublicPetition.objects.get()
    assert (again.product_name, again.answers) == (copy.product_name, copy.answers)
    assert "certified" not in again.search_text


def test_the_list_of_petitions_shows_the_number_and_name_as_filed(journey: Callable[..., Journey]) -> None:
    trip = journey()
    version = trip.petition.versions.get()
    trip.take("submit")
    assert (trip.petition.hts10, trip.petition.product_name) == (
        version.answers["hts10"],
        version.answers["product_name"],
    )


def test_the_public_copy_tells_the_decision_once_it_is_signed(petition_in: Callable[[Status], Petition]) -> None:
    petition = petition_in(Status.DENIED)
    copy = PublicPetition.objects.get(reference=petition.reference)
    assert copy.decided_on
    assert copy.rationale == "A domestic source exists."
    assert [code["code"] for code in copy.denial_codes] == ["DR1"]
