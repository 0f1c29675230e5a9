"""What an act tells the record is there afterwards: its reason, and which fields somebody changed."""

from collections.abc import Callable

import pytest

from exclusions.actions.record.administration import record_administration
from exclusions.models import Event, User
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db


def test_the_reason_of_a_transition_stands_in_its_event(journey: Callable[..., Journey]) -> None:
    case = journey()
    case.take("submit")
    petition = case.take("return")
    told = Event.objects.filter(subject=f"petition:{petition.pk}", to_status=Status.RETURNED).latest("sequence")
    assert TRANSITIONS["return"].needs_reason
    assert told.reason
    assert (told.from_status, told.kind) == (Status.SUBMITTED, "return")


def test_an_administrators_change_is_on_record_by_the_names_of_its_fields(cast: dict[str, User]) -> None:
    by = next(iter(cast.values()))
    told = record_administration("round", 7, "changed", by=by, at=by.date_joined, fields=["title", "opens_at"])
    assert (told.subject, told.kind, told.data) == ("round:7", "admin_changed", {"fields": ["title", "opens_at"]})
    assert record_administration("x" * 90, 7, "added", by=by, at=by.date_joined).subject == "x" * 60
