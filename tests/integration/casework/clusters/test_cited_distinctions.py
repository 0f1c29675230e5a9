"""What sets a case apart is shown on the record of both sides, and holds as long as that is public."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.record.quarantine import restore, take_down
from exclusions.actions.review import reviews
from exclusions.errors import ActionRefused, Incomplete, Repeats, SomeRefused
from exclusions.models import ConsistencyReview, Decision, PublicPetition, Round, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.answered import posted_response
from tests.factories.casework.citing import SHOWS
from tests.factories.casework.clusters import alike, together_as
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey
from tests.factories.public import store_like

pytestmark = pytest.mark.django_db
Journeys = Callable[..., Journey]
APART = "These slabs are longer than the others, as the second page of the record shows."
OURS = SHOWS[""][0]


def record(case: Journey, by: User, ours: str = OURS, theirs: str = "", words: str = APART) -> ConsistencyReview:
    """Record the comparison as that person, with what is cited on either side."""
    return reviews.record_consistency(
        case.petition,
        distinctions={"": words},
        ours={"": [ours] if ours else []},
        theirs={"": theirs},
        by=by,
        at=case.at,
    )


def cites_of(review: ConsistencyReview) -> list[tuple[str, str]]:
    """Return whose passages a review cites, and which."""
    return [(one["reference"], one["citation"]) for row in review.likes for one in row["cites"]]


def test_both_sides_are_cited_and_the_other_by_the_same_question_where_none_is_chosen(
    case: Journey, denied: Journey, second_reviewer2: User
) -> None:
    mine, other = str(case.petition.reference), str(denied.petition.reference)
    assert cites_of(record(case, second_reviewer2)) == [(mine, OURS), (other, OURS)]
    chosen = record(case, second_reviewer2, theirs=f"{other}|{OURS}")
    assert cites_of(chosen) == [(mine, OURS), (other, OURS)]
    assert case.act("confirm_consistency").status == Status.LEGAL


# What is entered, the field that the refusal names, and what it says.
WRONG = {
    "nothing of this record": ("", "", "ours", "choose the passage of this record"),
    "what is not on the record": ("answer:nowhere", "", "ours", "Not on the public record of this petition"),
    "a confidential answer": ("answer:purchases", "", "ours", "Not on the public record of this petition"),
    "what both sides share": ("answer:unique_features", "", "ours", "says the same under “Petition B5"),
    "what the other side shares": (OURS, "answer:unique_features", "theirs", "says the same under “Petition B5"),
    "what the other record lacks": (OURS, "response:USTR-2019-0005-000001-R9", "theirs", "has no such passage"),
    "a confidential answer of the other": (OURS, "answer:purchases", "theirs", "has no such passage"),
    "a case that is none of them": (OURS, "USTR-2019-0005-000099|", "theirs", "is not among these like cases"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_citation_that_shows_nothing_is_refused_beside_its_field(
    case: Journey, second_reviewer2: User, what: str
) -> None:
    ours, theirs, field, said = WRONG[what]
    with pytest.raises(Incomplete) as refused:
        record(case, second_reviewer2, ours, theirs)
    assert list(refused.value.fields) == [field]
    assert said in " ".join(refused.value.fields[field])
    assert not ConsistencyReview.objects.filter(petition=case.petition).exists()


def test_the_row_of_a_historical_case_is_cited_and_names_no_more_than_its_product(
    journey: Journeys, second_reviewer2: User
) -> None:
    case = journey()
    case.take(*PATHS[Status.CONSISTENCY])
    like = store_like(case.petition, "USTR-2018-0032", stage="denied")
    with pytest.raises(Incomplete, match=f"The row of {like.reference} says the same"):
        record(case, second_reviewer2, "answer:product_name")
    assert cites_of(record(case, second_reviewer2))[1:] == [(like.reference, "row")]


def test_words_are_held_against_the_confidential_values_of_every_case_that_they_name(
    denied: Journey, journey: Journeys, second_reviewer2: User
) -> None:
    told = "Only they had asked Quill and Marrow Stonecutters of Leipzig."
    attempts = {"sourcing_attempts": "Quill and Marrow Stonecutters of Leipzig quoted twice the price."}
    other = journey("deny", answers=attempts)
    other.take(*PATHS[Status.LEVEL2])
    case = journey()
    case.take(*PATHS[Status.CONSISTENCY])
    with pytest.raises(Repeats) as refused:
        record(case, second_reviewer2, words=told)
    assert str(other.petition.reference) in str(refused.value.reasons)
    assert "Leipzig" not in str(refused.value)


def test_a_citation_that_is_taken_down_falls_and_stands_again_when_it_is_put_back(
    case: Journey, denied: Journey, second_reviewer2: User, cast: dict[str, User]
) -> None:
    record(case, second_reviewer2)
    down = take_down(denied.petition, OURS, by=cast["intake"], at=case.at, reason="It names a person.")
    with pytest.raises(ActionRefused) as refused:
        case.act("confirm_consistency")
    (said,) = refused.value.reasons
    assert f"does not answer {denied.petition.reference} " in said
    assert f"no longer public, and so no answer any more: {denied.petition.reference}, Petition C2" in said
    assert said.endswith("Record it again.")
    restore(down, by=cast["intake"], at=case.at)
    assert case.act("confirm_consistency").status == Status.LEGAL


def test_a_citation_that_falls_after_the_comparison_stops_the_next_desk_and_the_signature(
    case: Journey, denied: Journey, second_reviewer2: User, cast: dict[str, User]
) -> None:
    case.take("confirm_consistency")
    case._enter("clear_for_drafting")
    down = take_down(case.petition, OURS, by=cast["intake"], at=case.at, reason="It names a person.")
    with pytest.raises(ActionRefused, match="no longer public, and so no answer any more: Petition C2"):
        case.act("clear_for_drafting")
    restore(down, by=cast["intake"], at=case.at)
    case.act("clear_for_drafting")
    case.take("send_to_customs", "clear_text", "assess")
    down = take_down(case.petition, OURS, by=cast["intake"], at=case.at, reason="It names a person.")
    with pytest.raises(ActionRefused, match="no longer public, and so no answer any more"):
        case.act("grant")
    with pytest.raises(Incomplete, match="This was taken down, and shows nothing any more: Petition C2"):
        record(case, second_reviewer2)
    restore(down, by=cast["intake"], at=case.at)
    assert case.act("grant").status == Status.GRANTED


def test_a_response_that_is_taken_down_takes_the_distinction_with_it(
    denied: Journey, journey: Journeys, second_reviewer2: User, cast: dict[str, User]
) -> None:
    case = journey()
    case.take(*PATHS[Status.POSTED])
    given = posted_response(case.petition, case.cast, case.at)
    case.take(*[name for name in PATHS[Status.CONSISTENCY] if name not in PATHS[Status.POSTED]])
    record(case, second_reviewer2, f"response:{given.reference}", OURS)
    name = f"response:{given.reference}"
    take_down(case.petition, name, by=cast["intake"], at=case.at, reason="It names a person.")
    with pytest.raises(ActionRefused, match=f"no answer any more: Response {given.reference}"):
        case.act("confirm_consistency")


def test_words_that_cite_nothing_count_on_the_record_of_a_decided_case_alone(
    case: Journey, denied: Journey, second_reviewer2: User
) -> None:
    made = record(case, second_reviewer2)
    rows = [{name: value for name, value in row.items() if name != "cites"} for row in made.likes]
    ConsistencyReview.objects.create(
        petition=case.petition, likes=rows, reasons="As before.", made_by=second_reviewer2, made_at=case.at
    )
    with pytest.raises(ActionRefused, match=f"does not answer {denied.petition.reference} "):
        case.act("confirm_consistency")
    ConsistencyReview.objects.create(
        petition=denied.petition,
        likes=[{**row, "outcome": "granted", "references": [str(case.petition.reference)]} for row in rows],
        reasons="As before.",
        made_by=second_reviewer2,
        made_at=case.at,
    )
    assert case.act("confirm_consistency").status == Status.LEGAL


def test_each_case_of_a_joint_comparison_cites_its_own_answer_and_one_that_lacks_it_is_named(
    cast: dict[str, User], list3: Round, clock: Clock
) -> None:
    other = Journey(cast, list3, clock.now)
    other.take(*PATHS[Status.LEVEL2])
    cluster, petitions = alike(
        cast, list3, clock.now, 3, Status.CONSISTENCY, but={2: {"more": "They are sold in pairs."}}
    )
    at = max(other.at, *(petition.status_since for petition in petitions)) + timedelta(hours=1)
    second, said = cast["second_reviewer2"], {"distinctions": APART}
    with pytest.raises(Incomplete, match="choose the passage of this record"):
        together_as(second, cluster, "consistency", petitions, at, **said)
    with pytest.raises(SomeRefused) as refused:
        together_as(second, cluster, "consistency", petitions, at, **said, ours="answer:more")
    assert set(refused.value.rows) == {str(petition.reference) for petition in petitions[:2]}


def test_page_public_page_and_letter_carry_what_is_cited(
    case: Journey, denied: Journey, second_reviewer2: User, client_of: Callable[[User | None], Client], clock: Clock
) -> None:
    clock.move_to(case.at)
    address = reverse("case-entry", args=[case.petition.reference, "consistency"])
    page = client_of(second_reviewer2)
    shown = page.get(address).content.decode()
    assert f'<option value="{OURS}">' in shown
    entered: dict[str, Any] = {"distinctions": APART, "ours": "answer:unique_features"}
    refused = page.post(address, entered).content.decode()
    assert "says the same under" in refused
    assert '<option value="answer:unique_features" selected' in refused
    assert page.post(address, {**entered, "ours": OURS}).status_code == 302
    mine, other = str(case.petition.reference), str(denied.petition.reference)
    cited = f"cited: {mine}, Petition C2: Explain your answer about third countries; cited: {other}, Petition C2"
    assert f"Cited: {other}, Petition C2" in page.get(reverse("case", args=[mine]), follow=True).content.decode()
    case.act("confirm_consistency")
    case.take(*[name for name in PATHS[Status.GRANTED] if name not in PATHS[Status.LEGAL]])
    (row,) = [one for one in Decision.objects.get(petition=case.petition).explanations if one["reasons"] == APART]
    assert cited in row["words"]
    assert cited in PublicPetition.objects.get(reference=mine).explanations[0]["words"]
    assert cited in client_of(None).get(reverse("docket-petition", args=[mine])).content.decode()
