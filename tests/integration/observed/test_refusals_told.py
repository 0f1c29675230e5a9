"""What refused an act stands in the log: the transition, its gates, the case. No sentence and no value."""

import ast
from collections.abc import Callable
from datetime import datetime

import pytest

from exclusions.actions.filing.submitting import certification_keys
from exclusions.errors import Conflict
from exclusions.models import Assignment, User
from exclusions.permissions import refusal
from exclusions.permissions.gates import GATES
from exclusions.permissions.standing import Standing
from exclusions.views.core.refusals import Attempt
from exclusions.workflow.roles import Role
from exclusions.workflow.transitions import TRANSITIONS
from tests.architecture.source import product
from tests.factories.cast import SignedIn
from tests.factories.people import make_person
from tests.factories.petitions import Journey
from tests.integration.observed.conftest import Written

# Who answers a refusal; what else meets one says it on a terminal, tries the next, or hands it on.
DOORS = {"exclusions.views.core.refusals", "exclusions.views.core.errors", "exclusions.api.problems"}


def test_each_door_that_answers_a_refusal_tells_it() -> None:
    telling = {
        source.name
        for source in product()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and source.meaning(node.func) == "exclusions.gateways.observed.refusals.tell"
    }
    assert telling == DOORS


@pytest.mark.parametrize("name", TRANSITIONS)
def test_each_gate_of_each_transition_is_named(
    journey: Callable[..., Journey], monkeypatch: pytest.MonkeyPatch, at: datetime, name: str
) -> None:
    petition, row = journey().petition, TRANSITIONS[name]
    for gate in row.gates:
        monkeypatch.setitem(GATES, gate, lambda *_: ["Hidden Supplier"])
    petition.status = next(iter(row.sources))
    refused = refusal(name, petition, None, at, {"reason": ""}, Standing(row.roles))
    if row.gates or row.needs_reason:
        assert refused is not None
        assert (refused.transition, refused.case) == (name, str(petition.pk))
        assert list(refused.gates) == [*row.gates, *(["reason"] if row.needs_reason else [])]
    refused = refusal(name, petition, None, at, {}, Standing(frozenset()))
    assert refused is not None
    assert (refused.transition, refused.gates) == (name, ("role",))


def test_who_is_kept_from_a_case_or_finds_it_elsewhere_is_told_so_and_no_gate_is_named(
    level1_once: Journey, cast: dict[str, User]
) -> None:
    case = level1_once
    petition, desk = case.petition, frozenset({Role.REVIEWER1})
    facts = {"petition": petition, "role": Role.REVIEWER1, "assigned_at": case.at}
    Assignment.objects.create(user=cast["reviewer1"], **facts)
    other = make_person("Rhea Reviewer", role=Role.REVIEWER1)
    for name, by, standing, closed in (
        ("recommend", cast["reviewer1"], Standing(desk, tie="You belong to the requester."), "kept_away"),
        ("recommend", cast["reviewer1"], Standing(desk, recused="You have recused yourself."), "kept_away"),
        ("recommend", other, Standing(desk), "held_by_another"),
        ("concur", cast["reviewer2"], Standing(frozenset({Role.REVIEWER2})), "status"),
    ):
        refused = refusal(name, petition, by, case.at, {}, standing)
        assert refused is not None
        assert (refused.transition, refused.case, refused.gates) == (name, str(petition.pk), (closed,))
        assert refused.reasons == (standing.kept_from_acting or refused.reasons)
        assert refused.reasons
    tied = Standing(frozenset({Role.REQUESTER}), tie="You belong to the requester.")
    withdrawn = refusal("withdraw", petition, cast["importer"], case.at, {"reason": "No longer needed."}, tied)
    assert withdrawn is None, "who owns the case is no judge of it"


def test_a_petition_that_may_not_be_filed_names_the_gates(
    journey: Callable[..., Journey], importer: User, written: Written
) -> None:
    petition = journey().petition
    certified = dict.fromkeys(certification_keys(petition.round), "yes")
    client = SignedIn(importer)
    answers = [client.post(f"/petitions/{petition.pk}/certify/", sent) for sent in ({}, certified)]
    gates = [["certified"], ["window_open"]]
    for answer, line, closed in zip(answers, written("refused"), gates, strict=True):
        assert answer.status_code == 422
        assert line["request_id"] == answer["X-Request-ID"]
        assert answer["X-Request-ID"] in answer.content.decode()
        assert (line["refusal"], line["status"], line["case"]) == ("Incomplete", 422, str(petition.pk))
        assert (line["transition"], line["gates"]) == ("submit", closed)
        assert line["raised_in"].startswith("exclusions.")


def test_another_refusal_says_where_it_came_from(written: Written) -> None:
    with pytest.raises(AssertionError), Attempt():
        raise AssertionError("no refusal")
    assert written("refused") == []
    with Attempt() as attempt:
        raise Conflict("Hidden Supplier changed it.")
    assert attempt.status == 409
    (line,) = written("refused")
    assert line["raised_in"].endswith("test_another_refusal_says_where_it_came_from")
    assert "Hidden" not in str(line)
