"""A grant of less than was asked: what was asked, what is granted, why, and on whose proposal, wherever it is told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from exclusions.actions import transitions
from exclusions.actions.decision import decisions
from exclusions.actions.review import reviews
from exclusions.errors import Incomplete
from exclusions.gateways.documents.object_store import open_file
from exclusions.models import Decision, PublicPetition, StoredCase, User
from exclusions.queries.record.record_check import breaks
from exclusions.workflow.states import Status
from tests.factories.casework.arguing import mark_as_suggested
from tests.factories.casework.ways import PATHS, TO_LEVEL1, TO_SIGNATURE
from tests.factories.petitions import SEVERAL, TEXT, Journey
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
LEFT_OUT = "Slabs under 3 m in length are left out: Customs cannot tell them at entry."
REDRAFTED = (*PATHS[Status.CUSTOMS], "object_to_text", "send_to_customs", "clear_text", "assess")


def sign(case: Journey, **entered: Any) -> Decision:
    said: dict[str, Any] = {
        "rationale": "No source outside China for the sizes that are granted.",
        "narrowing_codes": ["NR1"],
        "proposed_by": "customs",
        "narrowing": LEFT_OUT,
        "departure": "Customs objected to the wider text after counsel concluded.",
        "contacts": "none",
    } | entered
    return decisions.grant_in_part(case.petition, **said, by=case.cast["signatory"], at=case.at)


@pytest.fixture
def redrafted(journey: Start) -> Journey:
    """Return a journey whose text Customs objected to once, cleared after a redraft, and that awaits a signature."""
    case = journey(answers=SEVERAL)
    case.take(*REDRAFTED)
    return case


def test_it_is_told_in_parallel_wherever_a_decision_is(redrafted: Journey, client: Client) -> None:
    decision = sign(redrafted)
    redrafted.petition.refresh_from_db()
    reference = redrafted.petition.reference
    asked = redrafted.petition.versions.latest("number").answers["product_description"]
    assert (decision.narrowing["asked"], decision.narrowing["granted"]) == (asked.strip(), TEXT)
    assert redrafted.petition.get_status_display() == "Granted in part, notice pending"
    assert StoredCase.objects.get(petition=redrafted.petition).outcome == "in_part"
    page = client.get(f"/docket/{reference}/").content.decode()
    assert "Granted in part" in page
    for words in (asked[:40], TEXT[:40], LEFT_OUT, "U.S. Customs and Border Protection could not", "Proposed by"):
        assert words in page
    told = client.get(f"/api/v1/docket/{reference}/").json()["decision"]
    assert (told["outcome"], told["denial_codes"]) == ("in_part", [])
    assert told["narrowing"]["reasons"][0]["code"] == "NR1"
    assert told["narrowing"]["proposed_by"] == "U.S. Customs and Border Protection"
    letter = redrafted.petition.letters.get(kind="in_part")
    with open_file(letter.storage_key) as file:
        printed = " ".join(pdf_text(file.read()).split())
    assert "granted in part" in printed
    assert " ".join(LEFT_OUT.split()) in printed
    redrafted.take("publish")
    assert PublicPetition.objects.get(reference=reference).get_stage_display() == "Granted in part"
    assert redrafted.petition.get_status_display() == "Granted in part, notice published"
    assert list(breaks()) == []


def test_the_next_decision_may_be_another(redrafted: Journey) -> None:
    sign(redrafted)
    redrafted.petition.refresh_from_db()
    redrafted.take("reopen_decision")
    assert redrafted.petition.get_status_display() == "Legal review"
    redrafted.take("clear_for_denial", "deny")
    former = PublicPetition.objects.get(reference=redrafted.petition.reference)
    assert (former.outcome, former.narrowing, former.former_decisions[0]["outcome"]) == ("deny", {}, "in_part")


@pytest.mark.parametrize(
    ("entered", "field", "said"),
    [
        ({"narrowing_codes": []}, "narrowing_codes", "at least one coded reason"),
        ({"narrowing_codes": ["DR1"]}, "narrowing_codes", "Unknown reason code: DR1"),
        ({"narrowing_codes": ["NR2"]}, "narrowing_codes", "NR2 needs a posted response that opposes"),
        ({"narrowing_codes": ["NR3"]}, "narrowing_codes", "NR3 needs a posted reply"),
        ({"proposed_by": "somebody"}, "proposed_by", "Choose who proposed"),
        ({"narrowing": "No."}, "narrowing", "too short"),
        ({"departure": ""}, "departure", "Say what in the record leads you to another outcome"),
    ],
)
def test_what_it_lacks_is_said_beside_the_field(
    redrafted: Journey, entered: dict[str, Any], field: str, said: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        sign(redrafted, **entered)
    assert said in " ".join(refused.value.fields[field])
    assert not Decision.objects.exists()


def test_customs_is_no_reason_where_it_never_objected(journey: Start) -> None:
    case = journey()
    case.take(*TO_SIGNATURE)
    with pytest.raises(Incomplete, match="NR1 needs an objection of Customs"):
        sign(case)


def test_the_desks_recommend_it_and_nobody_departs(journey: Start) -> None:
    case = journey("in_part")
    case.codes = []
    case.take(*TO_LEVEL1)
    case.find_on_everything("reviewer1")
    said: dict[str, Any] = {"reasons": "The findings bear out the larger sizes alone.", "by": case.cast["reviewer1"]}
    with pytest.raises(Incomplete, match="at least one coded reason why less"):
        reviews.recommend_outcome(case.petition, outcome="in_part", **said, at=case.at)
    with pytest.raises(Incomplete, match="NR5: this is a reason for a grant in part"):
        reviews.recommend_outcome(case.petition, outcome="deny", denial_codes=["NR5"], **said, at=case.at)
    reviews.recommend_outcome(case.petition, outcome="in_part", denial_codes=["NR5"], **said, at=case.at)
    mark_as_suggested(case.petition, by=case.cast["reviewer1"], at=case.at)
    transitions.take(case.petition, "recommend", by=case.cast["reviewer1"], at=case.at)


def test_the_page_shows_both_texts_and_signs_after_a_second_look(
    redrafted: Journey, client_of: Callable[[User], Client], signatory: User
) -> None:
    client, where = client_of(signatory), f"/sign/{redrafted.petition.reference}/"
    page = client.get(where).content.decode()
    assert "Sign grant in part" in page
    assert TEXT[:40] in page
    sent: dict[str, Any] = {
        "transition": "grant_in_part",
        "grant_in_part-narrowing_codes": ["NR1"],
        "grant_in_part-proposed_by": "customs",
        "grant_in_part-narrowing": LEFT_OUT,
        "grant_in_part-rationale": "No source outside China for what is granted.",
        "grant_in_part-departure": "Customs objected to the wider text after counsel concluded.",
    }
    shown = client.post(where, sent)
    assert "You are about to grant in part" in " ".join(shown.content.decode().split())
    assert not Decision.objects.exists()
    assert client.post(where, sent | {"grant_in_part-confirmed": "on", "contacts": "none"}).status_code == 302
    assert Decision.objects.get().outcome == "in_part"
