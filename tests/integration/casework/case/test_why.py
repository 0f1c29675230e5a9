"""Every case answers why it is where it is, and why now: with the rule, the facts and the time."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.models import Event, Petition, StageTarget, User
from exclusions.permissions.gates import GATES
from exclusions.queries.casework.case.why import why_here
from exclusions.workflow.conditions import CONDITIONS
from exclusions.workflow.states import CLOSED, Status
from exclusions.workflow.targets import DEFAULT_DAYS
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db


def test_every_gate_is_said_in_words_and_every_open_status_has_a_target() -> None:
    assert set(CONDITIONS) == set(GATES)
    assert set(DEFAULT_DAYS) == set(Status) - CLOSED - {Status.DRAFT}


@pytest.mark.parametrize("status", [status for status in Status if status != Status.DRAFT])
def test_each_status_says_what_brought_the_case_there_and_by_which_rule(
    status: Status, petition_in: Callable[[Status], Petition]
) -> None:
    petition = petition_in(status)
    found = why_here(petition, petition.status_since, whole=True)
    assert " took “" in found.brought
    assert f"to “{status.label}”" in found.rule
    assert petition.round.citation in found.rule
    assert found.at == petition.status_since
    assert found.now


def test_the_begin_of_review_names_its_periods_and_the_clock(level1_once: Journey) -> None:
    case = level1_once
    petition = case.petition
    found = why_here(petition, case.at, whole=True)
    assert found.brought.startswith("The clock took “Begin review” on ")
    assert any(said.startswith("The response period ended on Monday, July 22, 2019") for said in found.facts)
    assert found.now[0] == "The agency reviews."
    assert found.now[1] == "It has been here for 0 days. The target is 20 days."
    later = why_here(petition, case.at.replace(month=9), whole=True, target=20)
    assert "The target is 20 days, " in later.now[1]
    assert later.now[1].endswith(" over.")


def test_the_reason_of_a_way_back_is_for_those_who_read_the_whole_case(
    journey: Callable[..., Journey],
) -> None:
    petition = journey().take(*PATHS[Status.LEVEL2], "send_back")
    found = why_here(petition, petition.status_since, whole=True)
    hidden = why_here(petition, petition.status_since, whole=False)
    assert [said for said in found.facts if said.startswith("Reason given:")]
    assert not [said for said in hidden.facts if said.startswith("Reason given:")]


def test_it_costs_one_statement_and_none_where_the_events_are_read(petition_in: Callable[[Status], Petition]) -> None:
    petition = Petition.objects.select_related("round").get(pk=petition_in(Status.LEGAL).pk)
    with CaptureQueriesContext(connection) as captured:
        asked = why_here(petition, petition.status_since, whole=True)
    assert len(captured) == 1
    events = list(Event.objects.filter(subject=f"petition:{petition.pk}").select_related("by"))
    with CaptureQueriesContext(connection) as captured:
        assert why_here(petition, petition.status_since, whole=True, events=events) == asked
    assert len(captured) == 0


@pytest.mark.parametrize("name", ["reviewer1", "drafter", "auditor"])
def test_the_page_of_a_case_says_it(
    name: str, level1_once: Journey, cast: dict[str, User], client_of: Callable[[User], Any]
) -> None:
    page = client_of(cast[name]).get(f"/review/{level1_once.petition.reference}/events/").content.decode()
    assert "Why is the case here now?" in page
    assert "The clock took “Begin review”" in page


def test_head_and_reason_count_against_the_target_that_the_lead_set(
    level1_once: Journey, reviewer1: User, client_of: Any, clock: Any
) -> None:
    case = level1_once.petition
    client, record = client_of(reviewer1), reverse("case-events", args=[case.reference])
    assert f"of {DEFAULT_DAYS[Status.LEVEL1]} days here" in " ".join(client.get(record).content.decode().split())
    for days in (7, 3):
        StageTarget.objects.create(of_status=Status.LEVEL1, days=days, set_by=reviewer1, set_at=clock.now)
    page = " ".join(client.get(record).content.decode().split())
    assert "of 3 days here" in page
    assert "The target is 3 days" in page
