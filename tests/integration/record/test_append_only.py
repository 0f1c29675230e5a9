"""What stands on the record cannot be changed, not even with SQL."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from exclusions.actions.record.events import record_event
from exclusions.models import Event, PetitionVersion
from tests.factories.dockets import make_posted

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases("Triggers are written for each.")]


def test_an_event_can_be_neither_changed_nor_deleted(at: datetime) -> None:
    record_event("petition:one", "submit", by=None, at=at)

    for statement in ("UPDATE exclusions_event SET kind = 'grant'", "DELETE FROM exclusions_event"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert Event.objects.get().kind == "submit"


def test_events_of_a_subject_are_chained_by_hash(at: datetime) -> None:
    first = record_event("petition:one", "submit", by=None, at=at)
    second = record_event("petition:one", "post", by=None, at=at, data={"response": "R001"})
    other = record_event("petition:two", "submit", by=None, at=at)

    assert (first.sequence, second.sequence, other.sequence) == (1, 2, 1)
    assert second.previous_hash == first.hash
    assert Event.objects.get(pk=second.pk).digest() == second.hash
    second.reason = "changed"
    assert second.digest() != second.hash


def test_a_sealed_version_can_be_neither_changed_nor_deleted(list3: object, at: datetime) -> None:
    petition = make_posted(at)
    version = PetitionVersion.objects.create(
        petition=petition, answers={"product_name": "Slabs"}, saved_at=at, sealed_at=at,
        sealed_by=petition.filed_by, sha256="a" * 64,
    )  # fmt: skip

    for statement in ("UPDATE exclusions_petitionversion SET number = 2", "DELETE FROM exclusions_petitionversion"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert PetitionVersion.objects.get(pk=version.pk).number == 1
