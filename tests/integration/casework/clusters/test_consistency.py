"""The gate before the legal review: like cases with another result are distinguished, in words that are published."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions import transitions
from exclusions.actions.review import reviews
from exclusions.errors import ActionRefused, Conflict, Incomplete
from exclusions.models import ConsistencyReview, PublicPetition, User
from exclusions.permissions.consistency import consistency_recorded
from exclusions.permissions.likes.groups import like_groups, seen_of
from exclusions.workflow.states import Status
from exclusions.workflow.transitions import TRANSITIONS
from tests.factories.casework.citing import SHOWS
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.public import store_historical, store_like

pytestmark = pytest.mark.django_db
LIST2, LIST1 = "USTR-2018-0032", "USTR-2018-0025"
ALIKE = {"alike_to_grant", "alike_to_grant_in_part", "alike_to_deny"}
APART = "The other slabs were cut to size in Ohio; these are not made there."


@pytest.fixture
def case(journey: Callable[..., Journey]) -> Journey:
    """Return a case that waits for its consistency review, recommended for a grant."""
    found = journey()
    found.take(*PATHS[Status.CONSISTENCY])
    return found


def record(case: Journey, by: User, **entered: Any) -> ConsistencyReview:
    """Record the review as that person."""
    return reviews.record_consistency(case.petition, by=by, at=case.at, **{"ours": SHOWS, **entered})


def likes_seen(page: str) -> str:
    """Return what the page says that it showed of the results."""
    found = re.search(r'name="likes_seen"\s+value="([^"]+)"', page)
    assert found
    return found[1]


def confirm(case: Journey, by: User) -> None:
    """Send the case on to the legal review."""
    transitions.take(case.petition, "confirm_consistency", by=by, at=case.at, reason="", data={})


def test_without_a_like_case_nothing_is_typed(case: Journey, second_reviewer2: User) -> None:
    store_historical(f"{LIST2}-0009")
    with pytest.raises(Incomplete, match="No like case has another result"):
        record(case, second_reviewer2, distinctions={"": APART})
    made = record(case, second_reviewer2)
    assert (made.likes, made.reasons) == ([], "No like case is on file.")
    confirm(case, second_reviewer2)


def test_like_cases_with_the_same_result_are_on_the_record_and_ask_for_nothing(
    case: Journey, second_reviewer2: User
) -> None:
    like = store_like(case.petition, LIST2, stage="granted")
    made = record(case, second_reviewer2)
    assert made.likes[0]["references"] == [like.reference]
    assert made.reasons == f"Compared with the like cases. Granted, docket {LIST2}: 1."
    confirm(case, second_reviewer2)


def test_another_result_needs_its_sentence_at_every_door(case: Journey, second_reviewer2: User) -> None:
    store_like(case.petition, LIST2, product=case.petition.product_name.upper(), stage="denied")
    with pytest.raises(Incomplete, match="say what sets this case apart") as refused:
        record(case, second_reviewer2, reasons="No like case.")
    assert list(refused.value.fields) == ["distinctions"]
    with pytest.raises(Incomplete):
        record(case, second_reviewer2, distinctions={"": "."})
    with pytest.raises(Incomplete, match="with another result: granted-nowhere"):
        record(case, second_reviewer2, distinctions={"": APART, "granted-nowhere": APART})
    with pytest.raises(ActionRefused, match="Record which petitions"):
        confirm(case, second_reviewer2)
    record(case, second_reviewer2, distinctions={"": APART})
    confirm(case, second_reviewer2)


def test_a_like_case_that_was_decided_meanwhile_is_answered_first(case: Journey, second_reviewer2: User) -> None:
    shown = seen_of(like_groups(case.petition))
    store_like(case.petition, LIST2, stage="denied")
    with pytest.raises(Conflict, match="a like case was decided"):
        record(case, second_reviewer2, likes_seen=shown, distinctions={"": APART})
    record(case, second_reviewer2, distinctions={"": APART})
    store_like(case.petition, LIST2, 2, stage="denied")
    with pytest.raises(ActionRefused, match=f"does not answer {LIST2}-0002 .* Record it again"):
        confirm(case, second_reviewer2)
    record(case, second_reviewer2, distinctions={"": APART})
    confirm(case, second_reviewer2)


@pytest.mark.parametrize(("count", "more"), [(1, ""), (2, ""), (3, ""), (4, " and 1 more"), (6, " and 3 more")])
def test_three_unanswered_like_cases_are_named_and_the_others_counted(
    case: Journey, second_reviewer2: User, count: int, more: str
) -> None:
    record(case, second_reviewer2)
    names = [store_like(case.petition, LIST2, number, stage="denied").reference for number in range(1, count + 1)]
    (said,) = consistency_recorded(case.petition, second_reviewer2, case.at, None)
    assert f"does not answer {', '.join(names[:3])}{more} (" in said


def test_one_sentence_answers_all_on_one_ground_and_another_its_own(
    case: Journey, second_reviewer2: User, client: Client
) -> None:
    own = "That docket asked for another action."
    store_like(case.petition, LIST2, stage="denied")
    store_like(case.petition, LIST1, stage="denied")
    record(case, second_reviewer2, distinctions={"": APART, f"denied-{LIST1}": own})
    confirm(case, second_reviewer2)
    case.at = case.at.replace(microsecond=0)
    waits = [name for name in PATHS[Status.GRANTED] if name not in PATHS[Status.LEGAL]]
    case.take(*waits)
    said = PublicPetition.objects.get(reference=case.petition.reference).explanations
    ours = f"cited: {case.petition.reference}, Petition C2: Explain your answer about third countries"
    assert {row["reasons"]: row["words"] for row in said} == {
        own: f"Denied, docket {LIST1} (1: {LIST1}-0001); {ours}; cited: {LIST1}-0001, its row on the docket",
        APART: f"Denied, docket {LIST2} (1: {LIST2}-0001); {ours}; cited: {LIST2}-0001, its row on the docket",
    }
    page = client.get(reverse("docket-petition", args=[case.petition.reference])).content.decode()
    assert own in page
    assert f"Denied, docket {LIST2}" in page


def test_the_page_shows_what_is_like_and_keeps_what_was_typed(
    case: Journey, second_reviewer2: User, client_of: Callable[[User], Client]
) -> None:
    store_like(case.petition, LIST2, stage="denied")
    page, address = client_of(second_reviewer2), reverse("case-entry", args=[case.petition.reference, "consistency"])
    shown = page.get(address).content.decode()
    assert f"Denied, docket {LIST2}" in shown
    seen = likes_seen(shown)
    refused = page.post(address, {"reasons": "", "likes_seen": seen})
    assert refused.status_code == 422
    assert "say what sets this case apart" in refused.content.decode()
    store_like(case.petition, LIST1, stage="denied")
    stale = page.post(address, {"distinctions": APART, "ours": SHOWS[""][0], "likes_seen": seen})
    assert stale.status_code == 409
    text = stale.content.decode()
    assert APART in text
    assert f"Denied, docket {LIST1}" in text
    now = likes_seen(text)
    assert now != seen
    assert page.post(address, {"distinctions": APART, "ours": SHOWS[""][0], "likes_seen": now}).status_code == 302
    assert {row["distinction"] for row in ConsistencyReview.objects.get().likes} == {APART}


# Where a case is concluded after the comparison: the transition, and the status in which it is taken.
LATER = {
    "clear_for_drafting": Status.LEGAL,
    "clear_for_denial": Status.LEGAL,
    "assess": Status.COMMITTEE,
    "grant": Status.SIGNATURE,
    "grant_in_part": Status.SIGNATURE,
    "deny": Status.SIGNATURE,
}


def test_every_transition_after_the_comparison_that_concludes_asks_it_again() -> None:
    asked = {name for name, row in TRANSITIONS.items() if {"like_cases_answered", *ALIKE} & set(row.gates)}
    concludes = {"legal_favours_grant", "legal_favours_denial", "committee_assessed", "grant_reasoned"}
    concludes |= {"narrowing_reasoned", "denial_coded"}
    assert asked == LATER.keys() == {name for name, row in TRANSITIONS.items() if concludes & set(row.gates)}


@pytest.mark.parametrize("name", LATER)
def test_a_like_case_that_was_decided_otherwise_after_the_comparison_stops_each_later_desk(
    journey: Callable[..., Journey], name: str, second_reviewer2: User
) -> None:
    denies = name in {"clear_for_denial", "deny"}
    case = journey("deny" if denies else "grant")
    path = (*PATHS[Status.LEGAL], "clear_for_denial") if name == "deny" else PATHS[LATER[name]]
    case.take(*path)
    case._enter(name)
    like = store_like(case.petition, LIST2, stage="granted" if denies else "denied")
    with pytest.raises(ActionRefused) as refused:
        case.act(name)
    (sentence,) = refused.value.reasons
    assert sentence.startswith(f"The consistency review on record does not answer {like.reference} (")
    assert sentence.endswith("Another level 2 reviewer has to record what sets this case apart.")
    record(case, second_reviewer2, distinctions={"": APART})
    assert case.act(name).status != LATER[name]


def test_who_signs_the_other_outcome_has_the_like_cases_answered_that_agreed_before(
    journey: Callable[..., Journey], second_reviewer2: User
) -> None:
    case = journey("deny")
    like = store_like(case.petition, LIST2, stage="denied")  # as was concluded so far
    case.take(*PATHS[Status.LEGAL])
    case._conclude("grant")
    with pytest.raises(ActionRefused, match=f"does not answer {like.reference} "):
        case.act("clear_for_drafting")
    record(case, second_reviewer2, distinctions={"": APART})
    case.act("clear_for_drafting")
    case.take("send_to_customs", "clear_text", "assess")
    other = store_like(case.petition, LIST1, stage="granted")  # as is concluded now, and will not be signed
    with pytest.raises(ActionRefused, match=f"does not answer {other.reference} "):
        case.act("deny")
    record(case, second_reviewer2, distinctions={"": APART, f"granted-{LIST1}": APART})
    assert case.act("deny").status == Status.DENIED
