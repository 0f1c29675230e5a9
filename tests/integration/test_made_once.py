"""What a test leaves behind: nothing. Who rolls back finds what was made once, who commits begins with empty tables."""

import pytest
from django.apps import apps
from django.core import mail
from django.core.files.storage import storages
from django.db import connection

from exclusions.models import Document, Organization, Petition, TariffAction, User, guards
from exclusions.queries.record.late_seals import unsealed
from exclusions.workflow.states import Status
from tests.factories.people import make_organization
from tests.factories.petitions import Journey
from tests.factories.world import World
from tests.made_once import Standing, where

AT_FIRST = {
    "auth.Permission", "contenttypes.ContentType", "exclusions.CountedFigures", "exclusions.TariffVersion"
}  # fmt: skip
TWICE = pytest.mark.parametrize("time", [1, 2])


def counted() -> dict[str, int]:
    """Return how many rows each table has that has any."""
    counts = {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}
    return {label: number for label, number in counts.items() if number}


@TWICE
@pytest.mark.both_databases("Each empties its tables in its own way.")
@pytest.mark.django_db(transaction=True)
def test_nothing_stays_of_a_test_that_commits(request: pytest.FixtureRequest, time: int) -> None:
    """Rows that refuse to be deleted go, too; the next ones refuse again."""
    counts = counted()
    assert counts.keys() == AT_FIRST
    assert counts["auth.Permission"] == 4 * counts["contenttypes.ContentType"]
    assert guards.faults(connection) == []
    request.getfixturevalue("petition_in")(Status.PUBLISHED)
    assert {"exclusions.Decision", "exclusions.Event"} <= counted().keys()


@TWICE
@pytest.mark.both_databases("What was made is sealed in a transaction that goes on.")
def test_the_world_stands_as_it_was_made_for_each_test(world: World, time: int) -> None:
    assert unsealed() == []
    assert not connection.unsealed
    assert Document.objects.filter(pk=world.public_file.pk).exists()
    with storages["files"].open(world.public_file.storage_key) as file:
        assert file.read(5) == b"%PDF-"
    assert len(mail.outbox) > 9
    assert not Organization.objects.filter(legal_name="Left behind").exists()
    make_organization("Left behind")
    mail.outbox.clear()
    storages["files"].delete(world.public_file.storage_key)


@TWICE
@pytest.mark.both_databases("What was made is sealed in a transaction that goes on.")
def test_a_case_stands_as_it_was_made_for_each_test(published_once: Journey, time: int) -> None:
    case = published_once
    assert (case.petition.status, Petition.objects.count()) == (Status.PUBLISHED, 1)
    assert case.cast["importer"] == User.objects.get(email=case.cast["importer"].email)
    with storages["files"].open(case.petition.letters.get(kind="grant").storage_key) as file:
        assert file.read(5) == b"%PDF-"
    case.take("undo_publication")
    assert Petition.objects.get().status == Status.GRANTED


@TWICE
def test_so_does_what_ships(shipped_lists: None, standing: Standing, time: int) -> None:
    assert TariffAction.objects.exists()
    TariffAction.objects.update(name="left")
    assert TariffAction.objects.filter(name="left").exists()


def test_where_a_test_stands_follows_from_what_it_asks_for() -> None:
    commits = pytest.mark.django_db(transaction=True).mark
    assert where({"cast", "list3", "client"}, None) == "cast"
    assert where({"cast"}, None) is None
    assert where({"cast", "list3", "world"}, pytest.mark.django_db.mark) == "world"
    assert where({"cast", "list3", "world"}, commits) is where({"live_server", "world"}, None) is None
    assert where({"shipped", "db"}, None) == "shipped"
    assert where({"cast", "list3", "level1_once"}, None) == "level1_once"
