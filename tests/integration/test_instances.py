"""Instances of rows that are made without Django's detours: each is what Django makes of the row."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import models
from django.db.models.signals import post_init, pre_init

from exclusions.gateways.database import instances
from exclusions.gateways.database.instances import instance_of
from exclusions.gateways.database.prepared import by_key
from exclusions.models import Petition, User
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db


def state_of(row: models.Model) -> dict[str, Any]:
    """Return all that an instance holds; of its state, what it says."""
    kept = dict(vars(row))
    state = kept.pop("_state")
    return {**kept, "adding": state.adding, "db": state.db, "known": sorted(state.fields_cache)}


def test_an_instance_is_what_django_makes_of_the_row(journey: Callable[..., Journey]) -> None:
    petition = Petition.objects.get(pk=journey().petition.pk)
    names = [field.attname for field in Petition._meta.concrete_fields]
    values = [getattr(petition, name) for name in names]
    made = instance_of(Petition, "default", names, values)
    assert state_of(made) == state_of(Petition.from_db("default", names, values))
    assert made == petition
    made.product_name = "Another"
    made.save(update_fields=["product_name"])
    assert Petition.objects.get(pk=petition.pk).product_name == "Another"


def test_a_column_that_was_not_read_is_read_when_it_is_asked_for(cast: dict[str, User]) -> None:
    person = cast["reviewer1"]
    made = instance_of(User, "default", ("id", "full_name"), (person.pk, person.full_name))
    assert made.get_deferred_fields() == User.objects.only("id", "full_name").get(pk=person.pk).get_deferred_fields()
    assert made.email == person.email


def test_related_rows_are_made_in_the_same_way(journey: Callable[..., Journey]) -> None:
    def rows(key: Any) -> Any:
        return Petition.objects.select_related("round", "organization", "filer_organization").filter(pk=key)

    kept = journey().petition
    found = by_key(rows).one(kept.pk)
    wanted = rows(kept.pk).get()
    assert found is not None
    assert state_of(found) == state_of(wanted)
    assert state_of(found.round) == state_of(wanted.round)
    assert found.filer_organization == wanted.filer_organization


def test_nobody_listens_to_the_making_of_instances() -> None:
    assert pre_init.receivers == post_init.receivers == []


def test_a_model_that_makes_its_instances_otherwise_does_so(
    cast: dict[str, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    values = (cast["reviewer1"].pk, "As it is")
    instances._is_plain.cache_clear()
    monkeypatch.setattr(User, "from_db", classmethod(lambda model, *given: ("otherwise", model, *given)))
    made: Any = instance_of(User, "default", ("id", "full_name"), values)
    instances._is_plain.cache_clear()
    assert made == ("otherwise", User, "default", ["id", "full_name"], values)
