"""Levels 1 and 2 say of like cases that stand otherwise what sets theirs apart, propose a departure, or refer it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exclusions.actions.casework import at_desk
from exclusions.actions.review import reviews
from exclusions.actions.review.own_view import set_share
from exclusions.actions.review.unlike import Unlike
from exclusions.errors import ActionRefused, Incomplete
from exclusions.models import Event, Recommendation, User
from exclusions.workflow.states import Status
from tests.conftest import Clock
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.citing import OWN_TEXT
from tests.factories.casework.clusters import alike, findings, together_as
from tests.factories.casework.referring import REFERRED
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import Journey

pytestmark = pytest.mark.django_db
Journeys = Callable[..., Journey]
ClientOf = Callable[[User | None], Client]
APART = "These slabs are longer than the others, as the second page of the record shows."
CITED = f"answer:{OWN_TEXT}"
WHY = "The findings on the record weigh this way."


@pytest.fixture
def denied(journey: Journeys) -> Journey:
    """Return a case of which level 1 has recommended a denial."""
    case = journey("deny")
    case.take(*PATHS[Status.LEVEL2])
    return case


@pytest.fixture
def case(denied: Journey, journey: Journeys) -> Journey:
    """Return a like case at level 1, with its findings on record."""
    made = journey()
    made.take(*PATHS[Status.LEVEL1])
    made.find_on_everything("reviewer1")
    return made


def recommend(case: Journey, who: str = "reviewer1", **unlike: Any) -> Recommendation:
    """Recommend a grant as that person, with what is said of like cases."""
    said = {"outcome": "grant", "reasons": WHY, "by": case.cast[who], "at": case.at, "unlike": Unlike(**unlike)}
    return reviews.recommend_outcome(case.petition, **said)


def send_on(case: Journey) -> None:
    """Send the case to level 2 as it was recommended."""
    mark_as_suggested(case.petition, by=case.cast["reviewer1"], at=case.at)
    case.act("recommend")


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "nothing": ({}, "unlike", "cite on both sides what sets this case apart, propose a departure, or refer"),
    "a tick without a reason": ({"refers": True}, "unlike", "refer the difference and say why"),
    "a reason without substance": ({"unlike": "no no no", "refers": True}, "unlike", ""),
    "both ways": ({"unlike": APART, "refers": True, "departs": True}, "refers", "Choose one of the two"),
    "words that cite nothing": ({"unlike": APART}, "ours", "choose the passage of this record"),
    "what both sides share": ({"unlike": APART, "ours": "answer:strategic"}, "ours", "says the same"),
    "a departure from no decision": ({"unlike": APART, "departs": True}, "departs", "is not decided yet"),
}


@pytest.mark.parametrize("name", WRONG)
def test_who_concludes_otherwise_chooses_one_of_three_or_is_refused_beside_the_field(name: str, case: Journey) -> None:
    said, field, words = WRONG[name]
    with pytest.raises(Incomplete) as refused:
        recommend(case, **said)
    assert set(refused.value.fields) == {field}
    assert words in " ".join(refused.value.reasons)
    assert not case.petition.recommendations.exists()


def test_a_departure_is_from_what_is_decided_and_the_rest_is_set_apart_by_what_is_cited(
    case: Journey, denied: Journey, journey: Journeys
) -> None:
    decided = journey("deny")
    decided.take(*PATHS[Status.DENIED])
    rows = recommend(case, unlike=APART, departs=True, ours=CITED).unlike
    assert {name: (bool(row.get("departs")), bool(row["cites"])) for row in rows for name in row["references"]} == {
        str(decided.petition.reference): (True, False),
        str(denied.petition.reference): (False, True),
    }


def test_words_that_nothing_asks_for_are_refused_and_alike_results_ask_for_nothing(
    denied: Journey, journey: Journeys
) -> None:
    other = journey("deny")
    other.take(*PATHS[Status.LEVEL1])
    said = {"outcome": "deny", "denial_codes": ["DR1"], "reasons": WHY, "by": other.cast["reviewer1"], "at": other.at}
    other.find_on_everything("reviewer1")
    with pytest.raises(Incomplete, match="No like case has another result"):
        reviews.recommend_outcome(other.petition, **said, unlike=REFERRED)
    assert reviews.recommend_outcome(other.petition, **said).unlike == []


def test_a_referred_difference_goes_on_and_is_read_by_whoever_compares(
    case: Journey, denied: Journey, client_of: ClientOf, clock: Clock, second_reviewer2: User
) -> None:
    made = recommend(case, unlike=REFERRED.unlike, refers=True)
    (row,) = made.unlike
    assert (row["references"], row["refers"], row["distinction"]) == (
        [str(denied.petition.reference)], REFERRED.unlike, "",
    )  # fmt: skip
    event = Event.objects.get(subject=f"petition:{case.petition.pk}", kind="recommendation")
    assert REFERRED.unlike not in str(event.data), "who may not see the other case reads events"
    send_on(case)
    case.take("concur")
    clock.move_to(case.at)
    client = client_of(second_reviewer2)
    for page in (
        client.get(reverse("case", args=[case.petition.reference])),
        client.get(reverse("case-entry", args=[case.petition.reference, "consistency"])),
    ):
        said = page.content.decode()
        assert "Referred by level 1" in said
        assert REFERRED.unlike in said
    with pytest.raises(Incomplete, match="say what sets this case apart"):  # a reference settles nothing
        reviews.record_consistency(case.petition, by=second_reviewer2, at=case.at)


def test_a_distinction_of_level_1_stands_in_the_comparison_and_is_confirmed_there(
    case: Journey, client_of: ClientOf, clock: Clock, second_reviewer2: User
) -> None:
    made = recommend(case, unlike=APART, ours=CITED)
    assert [cited["words"] for cited in made.unlike[0]["cites"]]
    send_on(case)
    case.take("concur")
    assert case.petition.recommendations.get(level=2).unlike == [], "level 1 has said it"
    clock.move_to(case.at)
    address = reverse("case-entry", args=[case.petition.reference, "consistency"])
    page = client_of(second_reviewer2).get(address).content.decode()
    field = f"distinctions-{made.unlike[0]['key']}"
    assert re.search(rf'name="{field}"[^>]*>\s*{re.escape(APART)}', page)
    said = {field: APART, f"ours-{made.unlike[0]['key']}": CITED, "onward": "1"}
    client_of(second_reviewer2).post(address, said)
    case.petition.refresh_from_db()
    assert case.petition.status == Status.LEGAL


def test_a_departure_is_proposed_from_what_is_decided_and_stands_in_the_comparison(
    case: Journey, denied: Journey, second_reviewer2: User, client_of: ClientOf, clock: Clock
) -> None:
    denied.take("concur", "confirm_consistency", "clear_for_denial", "deny")
    case.at = max(case.at, denied.at)
    made = recommend(case, unlike="The earlier decision read the tariff wrongly.", departs=True)
    assert made.unlike[0]["departs"] is True
    send_on(case)
    case.take("concur")
    clock.move_to(case.at)
    page = client_of(second_reviewer2).get(reverse("case", args=[case.petition.reference])).content.decode()
    assert re.search(rf'name="way-{made.unlike[0]["key"]}"[^>]*checked', page)
    assert "proposes to depart from it" in page


def test_level_2_that_agrees_is_asked_about_what_came_since_and_types_nothing_of_what_level_1_said(
    case: Journey, journey: Journeys, client_of: ClientOf, clock: Clock
) -> None:
    recommend(case, unlike=REFERRED.unlike, refers=True)
    send_on(case)
    new = journey("deny")
    new.take(*PATHS[Status.LEVEL2])
    case.at = max(case.at, new.at)
    clock.move_to(case.at)
    client, seen = client_of(case.cast["reviewer2"]), case.petition.recommendations.get().pk
    page = client.get(reverse("case", args=[case.petition.reference])).content.decode()
    assert 'name="refers"' in page
    sent = {"seen": seen, "agreed": "on"}
    address = reverse("case-agree", args=[case.petition.reference])
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert f"{new.petition.reference}): cite on both sides" in refused.content.decode()
    assert str(case.petition.recommendations.filter(level=2).count()) == "0"
    client.post(address, {**sent, "unlike": REFERRED.unlike, "refers": "on"})
    (row,) = case.petition.recommendations.get(level=2).unlike
    assert row["references"] == [str(new.petition.reference)]
    case.petition.refresh_from_db()
    assert case.petition.status == Status.CONSISTENCY


def test_the_form_beside_the_findings_asks_and_keeps_what_was_typed(
    case: Journey, client_of: ClientOf, clock: Clock
) -> None:
    clock.move_to(case.at)
    client = client_of(case.cast["reviewer1"])
    page = client.get(reverse("case", args=[case.petition.reference])).content.decode()
    assert all(f'name="conclude-{name}"' in page for name in ("unlike", "ours", "theirs", "departs", "refers"))
    sent = {"conclude-outcome": "grant", "conclude-reasons": WHY, "conclude-unlike": APART, "onward": "1"}
    refused = client.post(reverse("case-findings", args=[case.petition.reference]), sent)
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "choose the passage of this record that shows what you say" in said
    assert APART in said


def test_without_a_like_case_no_page_asks(journey: Journeys, client_of: ClientOf, clock: Clock) -> None:
    alone = journey()
    alone.take(*PATHS[Status.LEVEL1])
    clock.move_to(alone.at)
    client = client_of(alone.cast["reviewer1"])
    for page in ("case", "case-entry"):
        args = [alone.petition.reference, *(["recommendation"] if page == "case-entry" else [])]
        assert "refers" not in client.get(reverse(page, args=args)).content.decode()


def test_for_whom_the_result_is_hidden_nothing_is_asked_and_nothing_is_shown(
    case: Journey, denied: Journey, client_of: ClientOf, clock: Clock
) -> None:
    reviews.recuse(denied.petition, reason="I know them.", by=case.cast["reviewer1"], at=case.at)
    assert recommend(case).unlike == []
    send_on(case)
    made = recommend(case, "reviewer2", unlike=REFERRED.unlike, refers=True)
    assert made.unlike
    clock.move_to(case.at)
    page = client_of(case.cast["reviewer1"]).get(reverse("case", args=[case.petition.reference])).content.decode()
    assert "Level 2 recommends" in page
    assert REFERRED.unlike not in page
    assert REFERRED.unlike in client_of(case.cast["auditor"]).get(
        reverse("case", args=[case.petition.reference])
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize("percent", [0, 100])
def test_before_the_own_view_of_the_other_case_level_2_is_asked_nothing(
    case: Journey, denied: Journey, percent: int
) -> None:
    denied.act("send_back")
    recommend(case)  # nothing stands otherwise yet
    send_on(case)
    set_share(case.petition.round, percent=percent, by=case.cast["admin"], at=case.at)
    denied.at = max(case.at, denied.at)
    denied.take("recommend")
    seen = case.petition.recommendations.get().pk
    agreeing: dict[str, Any] = {"seen": seen, "agreed": True, "by": case.cast["reviewer2"], "at": denied.at}
    if not percent:
        with pytest.raises(Incomplete, match="cite on both sides"):
            at_desk.agree(case.petition, **agreeing)
        return
    at_desk.agree(case.petition, **agreeing)
    assert case.petition.recommendations.get(level=2).unlike == []


def test_a_joint_recommendation_says_it_once_for_all_and_each_case_keeps_it(
    cast: dict[str, User], list3: Any, at: Any
) -> None:
    other = Journey(cast, list3, at)
    other.take(*PATHS[Status.LEVEL2])
    cluster, petitions = alike(cast, list3, at, 2, Status.LEVEL1)
    moment = max(other.at, *(petition.status_since for petition in petitions)) + timedelta(hours=1)
    by = cast["reviewer1"]
    together_as(by, cluster, "findings", petitions, moment, findings=findings(list3))
    together_as(by, cluster, "arguments", petitions, moment)
    said = {"outcome": "deny", "denial_codes": ["DR1"], "reasons": WHY}
    with pytest.raises(ActionRefused, match="cite on both sides"):
        together_as(by, cluster, "recommendation", petitions, moment, **said)
    act = together_as(
        cast["reviewer1"], cluster, "recommendation", petitions, moment, **said, unlike=REFERRED.unlike, refers=True
    )
    assert "unlike" not in act.words
    for petition in petitions:
        (row,) = petition.recommendations.get().unlike
        assert row["refers"] == REFERRED.unlike
        assert row["references"] == [str(other.petition.reference)]
