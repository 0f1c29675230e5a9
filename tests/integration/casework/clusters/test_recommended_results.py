"""A recommendation that stands is a result: like cases are held before they are decided otherwise on one day."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exclusions.actions.decision import decisions
from exclusions.actions.review import reviews
from exclusions.errors import ActionRefused, Incomplete
from exclusions.facts import like_cases
from exclusions.models import Cluster, User
from exclusions.permissions.likes.groups import LikeGroup, like_groups
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.citing import SHOWS, own_text
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import FACT, Journey
from tests.factories.public import store_like

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both_databases(
        "What desks concluded is read by a union, whose columns each database types in its way."
    ),
]
Journeys = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
APART = "These slabs are longer than the others, as the second page of the record shows."
TO_DENIAL = (*PATHS[Status.LEGAL], "clear_for_denial")


@pytest.fixture
def granted(journey: Journeys) -> Journey:
    """Return a case that is to be granted, at its consistency review."""
    case = journey()
    case.take(*PATHS[Status.CONSISTENCY])
    return case


@pytest.fixture
def denied(journey: Journeys) -> Journey:
    """Return a like case of which level 1 has recommended a denial."""
    case = journey("deny")
    case.take(*PATHS[Status.LEVEL2])
    return case


def record(case: Journey, by: User, **entered: Any) -> Any:
    """Record the comparison as that person."""
    return reviews.record_consistency(case.petition, by=by, at=case.at, **{"ours": SHOWS, **entered})


def recommended(case: Journey, by: User | None = None) -> list[LikeGroup]:
    """Return what stands recommended of like cases, as the person may know it."""
    return [group for group in like_groups(case.petition, by) if group.recommended]


def test_a_like_case_recommended_otherwise_is_distinguished_before_legal_review(
    granted: Journey, denied: Journey, second_reviewer2: User
) -> None:
    (group,) = recommended(granted)
    assert group.references == (denied.petition.reference,)
    assert group.label.startswith("Not decided, recommended: denied, docket ")
    with pytest.raises(Incomplete, match="say what sets this case apart"):
        record(granted, second_reviewer2)
    record(granted, second_reviewer2, distinctions={"": APART})
    assert granted.act("confirm_consistency").status == Status.LEGAL


def test_what_is_settled_on_one_record_is_settled_for_the_other_side(
    granted: Journey, denied: Journey, second_reviewer2: User
) -> None:
    record(granted, second_reviewer2, distinctions={"": APART})
    denied.take("concur")
    record(denied, second_reviewer2)  # nothing is asked of this side
    for name in ("confirm_consistency", "clear_for_denial"):
        if name != "confirm_consistency":
            denied._enter(name)
        denied.act(name)
    assert denied.act("deny").status == Status.DENIED
    granted.act("confirm_consistency")
    granted._enter("clear_for_drafting")
    assert granted.act("clear_for_drafting").status == Status.DRAFTING


def test_one_that_comes_to_the_same_result_later_is_settled_with_the_others(
    granted: Journey, denied: Journey, journey: Journeys, second_reviewer2: User
) -> None:
    record(granted, second_reviewer2, distinctions={"": APART})
    later = journey("deny")
    later.take(*PATHS[Status.CONSISTENCY])
    record(later, second_reviewer2)
    later.act("confirm_consistency")
    assert granted.act("confirm_consistency").status == Status.LEGAL


def test_of_several_the_record_of_one_settles_that_one_alone(
    granted: Journey, denied: Journey, journey: Journeys, second_reviewer2: User
) -> None:
    other = journey("deny")
    other.take(*PATHS[Status.LEVEL2])
    denied.take("concur")
    record(denied, second_reviewer2, distinctions={"": APART})
    with pytest.raises(Incomplete, match="say what sets this case apart") as refused:
        record(granted, second_reviewer2)
    assert str(other.petition.reference) in str(refused.value.reasons)
    assert str(denied.petition.reference) not in str(refused.value.reasons)
    record(granted, second_reviewer2, distinctions={"": APART})
    assert granted.act("confirm_consistency").status == Status.LEGAL


# Where a case is concluded after the comparison: the transition, and the way to it.
LATER = {
    "clear_for_drafting": ("grant", PATHS[Status.LEGAL]),
    "assess": ("grant", PATHS[Status.COMMITTEE]),
    "grant": ("grant", PATHS[Status.SIGNATURE]),
    "clear_for_denial": ("deny", PATHS[Status.LEGAL]),
    "deny": ("deny", TO_DENIAL),
}


@pytest.mark.parametrize("name", LATER)
def test_one_that_is_recommended_otherwise_after_the_comparison_stops_each_later_desk_and_either_side_frees_it(
    journey: Journeys, name: str, second_reviewer2: User
) -> None:
    outcome, path = LATER[name]
    case, other = journey(outcome), journey("grant" if outcome == "deny" else "deny")
    case.take(*path)
    case._enter(name)
    other.take(*PATHS[Status.LEVEL2])
    with pytest.raises(ActionRefused) as refused:
        case.act(name)
    (sentence,) = refused.value.reasons
    assert f"does not answer {other.petition.reference} (Not decided, recommended: " in sentence
    point = transaction.savepoint()
    record(case, second_reviewer2, distinctions={"": APART})  # on its own record
    case.act(name)
    transaction.savepoint_rollback(point)
    case.petition.refresh_from_db()
    point = transaction.savepoint()
    other.take("concur")  # or on that of the other
    record(other, second_reviewer2, distinctions={"": APART})
    case.act(name)
    transaction.savepoint_rollback(point)
    case.petition.refresh_from_db()
    other.petition.refresh_from_db()
    other.act("send_back")  # or where that one goes back
    case.act(name)


def test_a_case_that_went_back_behind_a_desk_has_not_its_result_any_more(
    granted: Journey, denied: Journey, second_reviewer2: User
) -> None:
    denied.act("send_back")
    assert recommended(granted) == []
    denied.at = denied.at.replace(microsecond=1)
    denied.take("recommend", "concur", "confirm_consistency")
    assert [group.outcome for group in recommended(granted)] == ["denied"]
    denied._conclude("grant")
    assert [group.outcome for group in recommended(granted)] == ["granted"]  # counsel concluded otherwise
    denied.act("reopen")
    assert recommended(granted) == []


def test_the_levels_conclude_and_go_on_and_read_how_like_cases_stand(
    denied: Journey, journey: Journeys, cast: dict[str, User], client_of: ClientOf, clock: Clock
) -> None:
    case = journey()
    case.take(*PATHS[Status.LEVEL1])
    clock.move_to(case.at)
    page = client_of(cast["reviewer1"]).get(reverse("case", args=[case.petition.reference])).content.decode()
    assert "Not decided, recommended: denied" in page
    case.take("recommend")
    clock.move_to(case.at)
    client, seen = client_of(cast["reviewer2"]), case.petition.recommendations.get().pk
    page = client.get(reverse("case-entry", args=[case.petition.reference, "recommendation"])).content.decode()
    assert "How like cases stand" in page
    assert "Not decided, recommended: denied" in page
    agreed = {"seen": seen, "agreed": "on"}
    client.post(reverse("case-agree", args=[case.petition.reference]), agreed)  # level 1 has referred it
    case.petition.refresh_from_db()
    assert case.petition.status == Status.CONSISTENCY


def test_a_denial_for_the_form_of_the_request_alone_is_no_other_result(
    granted: Journey, journey: Journeys, second_reviewer2: User, client_of: ClientOf, clock: Clock
) -> None:
    several = journey("deny", answers={"unique_features": "Free of crystalline silica dust; in various sizes."})
    several.codes = ["DR6d"]
    several.take(*PATHS[Status.CONSISTENCY])
    (group,) = recommended(granted)
    assert group.codes == ("DR6d",)
    clock.move_to(granted.at)
    address = reverse("case-entry", args=[granted.petition.reference, "consistency"])
    page = client_of(second_reviewer2).get(address).content.decode()
    assert "denied for the form of the request alone (DR6d)" in page
    assert "it names more than one product" in page
    record(granted, second_reviewer2)
    granted.act("confirm_consistency")
    record(several, second_reviewer2)  # and nothing that was granted speaks against it
    several.act("confirm_consistency")
    several.take("clear_for_denial")
    signing = {"rationale": "It names two products.", "denial_codes": ["DR6d"], "facts": FACT, "contacts": "none"}
    decisions.deny(several.petition, **signing, by=several.cast["signatory"], at=several.at)
    granted._enter("clear_for_drafting")
    assert granted.act("clear_for_drafting").status == Status.DRAFTING


def test_the_pages_take_at_most_15_statements_with_a_like_case_at_every_desk(
    journey: Journeys, cast: dict[str, User], client_of: ClientOf, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(like_cases, "MOST_COMPARED", -1)
    case, other = journey(), journey("deny")
    other.take(*PATHS[Status.CONSISTENCY])
    readers = {"recommend": "reviewer1", "concur": "reviewer2", "grant": "signatory"}
    for name in PATHS[Status.GRANTED]:
        if name in ("recommend", "concur", "confirm_consistency", "clear_for_drafting", "assess", "grant"):
            if name == "recommend":
                store_like(case.petition, "USTR-2018-0032", stage="denied")
            clock.move_to(max(case.at, other.at))
            client = client_of(cast[readers.get(name, "second_reviewer2")])
            for page in ("case", "case-entry", "sign-case"):
                args = [case.petition.reference, *(["consistency"] if page == "case-entry" else [])]
                with CaptureQueriesContext(connection) as captured:
                    client.get(reverse(page, args=args))
                assert len(captured) <= 15, (name, page, [row["sql"][:80] for row in captured.captured_queries])
        case.take(name)


def test_what_is_recommended_is_asked_for_with_as_few_values_however_many_cases_are_like(
    granted: Journey, journey: Journeys, reviewer1: User
) -> None:
    same_words = own_text()
    journey("deny", answers=same_words).take(*PATHS[Status.LEVEL2])
    few = values_sent(granted, reviewer1)
    journey("deny", answers=same_words).take(*PATHS[Status.LEVEL2])
    journey("deny", answers=same_words).take(*PATHS[Status.LEVEL2])
    (group,) = recommended(granted, reviewer1)
    assert len(group.references) == 3
    assert values_sent(granted, reviewer1) == few


def values_sent(case: Journey, by: User) -> list[int]:
    """Return how many values each statement about the like cases of a case sends."""
    sent: list[int] = []

    def noted(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(len(params or ()))
        return execute(sql, params, many, context)

    Cluster.objects.update(state=Cluster.State.DISSOLVED)  # of a cluster each case is named
    like_groups(case.petition, by)  # the wordings are compared once a process
    with connection.execute_wrapper(noted):
        like_groups(case.petition, by)
    return sent
