"""Every status can be reached by the actions alone, and the record of the way there holds together."""

from collections.abc import Callable

import pytest

from exclusions.models import Event, Petition
from exclusions.workflow.states import Status
from tests.factories.petitions import PATHS


@pytest.mark.parametrize("status", list(Status))
def test_a_status_is_reached_by_actions_and_each_transition_is_on_record(
    petition_in: Callable[[Status], Petition], status: Status
) -> None:
    petition = petition_in(status)
    assert petition.status == status
    moves = Event.objects.filter(subject=f"petition:{petition.pk}").exclude(to_status="").order_by("sequence")
    path = list(PATHS[status])
    if status == Status.INCOMPLETE:  # what a petition lacks is shown by a return that did not bring it
        path[-1:] = ["return", "resubmit", *path[-1:]]
    assert [event.kind for event in moves] == ["start", *path]
    assert moves.last().to_status == status
