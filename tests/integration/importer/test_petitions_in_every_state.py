"""Every status can be reached by the actions alone, and the record of the way there holds together."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.models import Event, Petition, User
from exclusions.queries.importer.own_list import AGENCY, DRAFTS, OVER, YOURS
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.ways import PATHS


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
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


@pytest.mark.both_databases("Rows without a deadline stand last by NULLS LAST, which each writes its own way.")
def test_the_list_has_each_petition_under_one_state_and_the_soonest_deadline_on_top(
    petition_in: Callable[[Status], Petition], importer: User, client_of: Callable[[User], Client], clock: Clock
) -> None:
    wanted = {
        DRAFTS: [Status.DRAFT],
        YOURS: [Status.RETURNED],
        AGENCY: [Status.SUBMITTED, Status.POSTED, Status.LEVEL1],
        OVER: [Status.DENIED, Status.WITHDRAWN],
    }
    brought = {state: {petition_in(status) for status in statuses} for state, statuses in wanted.items()}
    client = client_of(importer)
    for state, petitions in brought.items():
        narrowed = client.get(reverse("petitions"), {"state": state})
        assert {row.petition for row in narrowed.context["rows"]} == petitions, state
    rows = client.get(reverse("petitions")).context["rows"]
    assert {row.petition for row in rows} == set().union(*brought.values())
    ahead = [row.deadline is not None and row.deadline >= clock.now for row in rows]
    assert ahead == sorted(ahead, reverse=True)
    dated = [row.deadline for row in rows if row.deadline]
    assert len(dated) == 3
    assert dated == sorted(dated)
    refused = client.get(reverse("petitions"), {"state": "lunar"})
    assert refused.status_code == 422
    assert "There is no such state. Choose one of those offered." in refused.content.decode()
    assert len(refused.context["rows"]) == len(rows)
