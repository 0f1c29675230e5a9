"""Programs of the staff: lists, a case as its page shows it, each transition as its page takes it, and no signature."""

import html
import json
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.people.tokens import make_own_token
from exclusions.actions.review.assignments import take as take_case
from exclusions.actions.review.own_view import set_share
from exclusions.actions.transitions import staff_transitions
from exclusions.api.cases.opened import ONLY, SECOND
from exclusions.api.cases.transitions import BY_A_PERSON, SIGNS
from exclusions.errors import Incomplete
from exclusions.models import AccessLog, Petition, Recusal, User
from exclusions.permissions import refusal
from exclusions.permissions.casework.opening import why_not_there
from exclusions.permissions.own_view import FIRST
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.roles import READS_CONFIDENTIAL
from exclusions.workflow.states import HAS_WORKLIST, Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.conftest import Clock
from tests.factories.answers import SECRETS
from tests.factories.casework.ways import ACTORS, PATHS
from tests.factories.cast import CAST, SignedIn
from tests.factories.petitions import POINTS, Journey
from tests.factories.world import World
from tests.integration.api.test_problems import problem_of

pytestmark = pytest.mark.django_db
CASES = "/api/v1/cases/"
Start = Callable[..., Journey]
NUMBERS = count()
WHY = "The record shows on its second page that the figures are of another year."


def works(user: User, clock: Clock, *scopes: str) -> Callable[..., Any]:
    """Return what asks with a token that a member of staff made: a method, an address below cases, a body, headers."""
    asked = scopes or ("cases:read", "cases:write")
    token = make_own_token(user, name=f"program {next(NUMBERS)}", scopes=asked, at=clock.now)

    def ask(method: str, address: str = "", body: Any = None, **headers: str) -> Any:
        place = address if address.startswith("/") else f"{CASES}{address}"
        given = {"Authorization": f"Bearer {token}", **headers}
        sent = "" if body is None else json.dumps(body)
        return Client(enforce_csrf_checks=True, raise_request_exception=False).generic(
            method, place, sent, content_type="application/json", headers=given
        )

    return ask


def test_a_case_is_what_its_page_shows_and_its_reading_is_on_record(
    world: World, cast: dict[str, User], clock: Clock
) -> None:
    for case in (world.level1, world.posted, world.denied):
        for name in ("reviewer1", "auditor", "drafter", "publisher"):
            person = cast[name]
            page = SignedIn(person).get(reverse("case-evidence", args=[case.reference]))
            before = AccessLog.objects.count()
            answer = works(person, clock)("GET", f"{case.reference}/")
            assert answer.status_code == page.status_code == 200, (case, name, answer.content)
            body = answer.json()
            whole = person.role in READS_CONFIDENTIAL
            assert body["whole"] is whole
            assert AccessLog.objects.count() - before == int(whole)
            said, shown = json.dumps(body, ensure_ascii=False), html.unescape(page.content.decode())
            for secret in SECRETS:
                assert (secret in said) is (secret in shown), (case, name)
            if not whole:
                assert not any(secret in said for secret in SECRETS)
                for key in ("events", "letters", "contacts", "recommendations", "legal_reviews", "assessments"):
                    assert body[key] == [], key
                assert {line["confidential"] for step in body["answers"] for line in step["lines"]} == {False}
            assert "no-store" in answer["Cache-Control"]


def test_the_record_costs_no_more_statements_than_a_case_has_tabs_and_heads(
    world: World, cast: dict[str, User], clock: Clock, django_assert_max_num_queries: Any
) -> None:
    ask = works(cast["signatory"], clock)
    with django_assert_max_num_queries(45):
        body = ask("GET", f"{world.signature.reference}/").json()
    assert {row["result"] for row in body["findings"]} != {None}
    assert len(body["recommendations"]) >= 2
    assert [row["name"] for row in body["transitions"] if row["yours"]]
    assert body["events"][0]["what"]


def test_who_may_open_no_case_is_told_what_the_page_says(
    world: World, cast: dict[str, User], clock: Clock, journey: Start
) -> None:
    case = world.submitted
    for name in CAST:
        person = cast[name]
        if not person.role:
            with pytest.raises(Incomplete, match="for the staff of the agency"):
                works(person, clock)
            continue
        answer = works(person, clock)("GET", f"{case.reference}/")
        page = SignedIn(person).get(reverse("case", args=[case.reference]))
        if person.role not in HAS_WORKLIST:
            assert problem_of(answer, 403)["detail"] in (ONLY, *why_not_there(person.role))
        else:
            assert answer.status_code == page.status_code, name
        if answer.status_code == 404:
            assert problem_of(answer, 404)["detail"] in html.unescape(page.content.decode())
    assert problem_of(works(cast["intake"], clock)("GET", "USTR-0000-0000-000000/"), 404)
    Recusal.objects.create(petition=case, user=cast["intake"], reason="A former client.", declared_at=clock.now)
    refused = problem_of(works(cast["intake"], clock)("GET", f"{case.reference}/"), 403)["detail"]
    page = SignedIn(cast["intake"]).get(reverse("case", args=[case.reference]))
    assert page.status_code == 403
    assert refused in html.unescape(page.content.decode())


def test_level_2_gives_its_own_view_before_a_program_reads_level_1(journey: Start, clock: Clock) -> None:
    trip = journey()
    trip.take(*PATHS[Status.LEVEL1])
    set_share(trip.petition.round, percent=100, by=trip.cast["admin"], at=trip.at)
    trip.take("recommend")
    clock.move_to(trip.at)
    ask = works(trip.cast["reviewer2"], clock)
    reference = trip.petition.reference
    assert problem_of(ask("GET", f"{reference}/"), 403)["detail"] == FIRST
    assert problem_of(ask("POST", f"{reference}/concur/"), 403)["detail"] == FIRST


def test_the_queues_are_those_of_the_worklist(world: World, cast: dict[str, User], clock: Clock) -> None:
    person = cast["reviewer1"]
    ask = works(person, clock)
    rows = ask("GET", "?page_size=1").json()
    listed = [row["reference"] for row in ask("GET").json()["results"]]
    assert world.level1.reference in listed
    assert rows["results"][0]["reference"] == listed[0]
    take_case(Petition.objects.get(pk=world.level1.pk), by=person, at=clock.now)
    mine = [row["reference"] for row in ask("GET", "?queue=mine").json()["results"]]
    nobodys = [row["reference"] for row in ask("GET", "?queue=unassigned").json()["results"]]
    assert mine == [world.level1.reference]
    assert world.level1.reference not in nobodys
    assert problem_of(ask("GET", "?queue=all"), 400)["errors"][0]["field"] == "queue"
    for name in ("reviewer1", "legal", "drafter"):
        clusters = works(cast[name], clock)("GET", "/api/v1/clusters/")
        assert clusters.status_code == 200, clusters.content
    assert problem_of(works(cast["customs"], clock)("GET"), 403)


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_a_petition_goes_through_intake_and_review_by_program(journey: Start, clock: Clock) -> None:
    trip = journey()
    trip.take(*PATHS[Status.SUBMITTED])
    clock.move_to(trip.at)
    one, intake = f"{trip.petition.reference}/", works(trip.cast["intake"], clock)
    half = {"points": [{"question": "no", "remedy": ""}], "last_day": "2019-07-22"}
    wrong = problem_of(intake("POST", f"{one}return/", half), 400)
    assert {"points.0.question"} <= {error["field"] for error in wrong["errors"]}
    assert wrong["errors"][0]["pointer"].startswith("/points/0/")
    assert "tick the box" in problem_of(intake("POST", f"{one}post/", {"screened": False}), 400)["detail"]
    key = {"Idempotency-Key": "posting"}
    posted = intake("POST", f"{one}post/", {"screened": True}, **key)
    assert posted.status_code == 200, posted.content
    assert (posted.json()["status"], posted.json()["reference"]) == ("posted", trip.petition.reference)
    again = intake("POST", f"{one}post/", {"screened": True}, **key)
    assert (again.json(), again["Idempotent-Replayed"]) == (posted.json(), "true")
    trip.petition = Petition.objects.get(pk=trip.petition.pk)
    for name in PATHS[Status.SIGNATURE][PATHS[Status.SIGNATURE].index("post") + 1 :]:
        if ACTORS.get(name) is None or name in ("clear_text",):
            trip.take(name)
            continue
        trip.petition = Petition.objects.get(pk=trip.petition.pk)
        trip.prepare(name)
        clock.move_to(trip.at)
        moved = works(trip.cast[ACTORS[name]], clock)("POST", f"{one}{name}/")
        assert moved.status_code == 200, (name, moved.content)
        assert moved.json()["status"] == TRANSITIONS[name].target
        trip.petition = Petition.objects.get(pk=trip.petition.pk)
    assert list(breaks()) == []


@pytest.mark.both_databases("Rows are locked, which SQLite does not do.")
def test_a_petition_is_returned_with_its_points(journey: Start, clock: Clock) -> None:
    trip = journey()
    trip.take(*PATHS[Status.SUBMITTED])
    clock.move_to(trip.at)
    ask = works(trip.cast["intake"], clock)
    sent = {"points": list(POINTS), "last_day": (trip.at + timedelta(days=10)).date().isoformat()}
    done = ask("POST", f"{trip.petition.reference}/return/", sent)
    assert (done.status_code, done.json()["status"]) == (200, "returned")
    again = problem_of(ask("POST", f"{trip.petition.reference}/return/", sent), 409)["detail"]
    assert "“Return for correction” needs" in again


def test_each_transition_is_refused_to_each_role_as_on_its_page(
    world: World, cast: dict[str, User], clock: Clock
) -> None:
    """One case, each role, each transition: the sentence is the permission's own, and nothing moves."""
    case = Petition.objects.get(pk=world.level1.pk)
    bodies = {
        "return": {"points": list(POINTS), "last_day": "2030-01-01"},
        "post": {"screened": True},
        "return_alike": {"beside": world.level1.reference, "reason": WHY},
    }
    for person in {cast[name].role: cast[name] for name in ("intake", "legal", "signatory", "auditor")}.values():
        ask = works(person, clock)
        for name in staff_transitions():
            refused = refusal(name, case, person, clock.now, None)
            answer = ask("POST", f"{case.reference}/{name}/", bodies.get(name, {"reason": WHY}))
            if refused is None:
                continue  # what may be done moves nothing by accident: see the test of signatures
            assert problem_of(answer, refused.status)["detail"] == str(refused), (person.role, name)
    case.refresh_from_db()
    assert case.status in (Status.LEVEL1, Status.COVERED, Status.DUPLICATE)
    assert case.status == Status.LEVEL1


def test_nobody_signs_by_program(world: World, cast: dict[str, User], clock: Clock) -> None:
    case = world.signature
    ask = works(cast["signatory"], clock)
    free = [name for name in BY_A_PERSON if refusal(name, case, cast["signatory"], clock.now) is None]
    assert {"grant", "deny"} & set(free)
    for name in free:
        assert problem_of(ask("POST", f"{case.reference}/{name}/"), 403)["detail"] == SIGNS
    refused = problem_of(ask("POST", f"{case.reference}/reopen_decision/"), 409)["detail"]
    assert "needs a petition that is" in refused
    assert Petition.objects.get(pk=case.pk).status == Status.SIGNATURE


def test_role_and_second_factor_are_asked_at_each_call(
    world: World, cast: dict[str, User], clock: Clock, settings: Any
) -> None:
    person = cast["reviewer1"]
    ask, reads = works(person, clock), works(person, clock, "cases:read")
    one = f"{world.level1.reference}/"
    assert ask("GET", one).status_code == 200
    assert "cases:write" in problem_of(reads("POST", f"{one}recommend/"), 403)["detail"]
    settings.STAFF_SECOND_FACTOR = True
    assert problem_of(ask("GET", one), 403)["detail"] == SECOND
    settings.STAFF_SECOND_FACTOR = False
    User.objects.filter(pk=person.pk).update(role="")
    assert problem_of(ask("GET", one), 403)["detail"] == ONLY
    assert problem_of(ask("POST", f"{one}recommend/"), 403)["detail"] == ONLY
