"""What the desks give as reasons: each shows something, and what departs from the desk before says why."""

from collections.abc import Callable
from typing import Any

import pytest

from exclusions.actions import transitions
from exclusions.actions.decision import decisions
from exclusions.actions.filing import petitions
from exclusions.actions.record import quarantine
from exclusions.actions.review import intake, product_texts, reviews
from exclusions.checks.substance import TOO_LITTLE
from exclusions.errors import Incomplete
from exclusions.gateways.documents.object_store import open_file
from exclusions.models import Decision, Quarantine, User
from exclusions.workflow.states import Status
from tests.factories.casework.citing import ANSWERED
from tests.factories.casework.ways import PATHS
from tests.factories.petitions import SEVERAL, TEXT, Journey
from tests.pdf_text import pdf_text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
FOUND = "A maker in Ohio offers the product."
CITES = [ANSWERED["availability"]]
DENIAL: dict[str, Any] = {"outcome": "deny", "denial_codes": ["DR1"], "reasons": FOUND}
LEVEL2_SAYS = "The number stands on no list of this round."
LEGAL_SAYS = "The list of the notice names the number."
SIGNATORY_SAYS = "The notice was corrected before the filing."
FACT_SAYS = "The correction took the number out in June."


def thin(case: Journey, name: str, word: str) -> object:
    """Give a word as the reason at the desk that takes the next transition of this name."""
    petition, at, cast = case.petition, case.at, case.cast
    if name == "send_to_customs":
        product_texts.draft_text(petition, text=TEXT, number="6810.99.0010", by=cast["drafter"], at=at)
        return transitions.take(petition, "give_up_text", by=cast["drafter"], at=at, reason=word)
    given: dict[str, Callable[[], object]] = {
        "post": lambda: intake.return_petition(
            petition, points=[{"question": "product_name", "remedy": word}], by=cast["intake"], at=at
        ),
        "recommend": lambda: reviews.record_finding(
            petition,
            criterion="availability",
            result="against",
            reasons=word,
            citations=CITES,
            by=cast["reviewer1"],
            at=at,
        ),
        "concur": lambda: reviews.recommend_outcome(
            petition, outcome="grant", reasons=word, by=cast["reviewer2"], at=at
        ),
        "confirm_consistency": lambda: reviews.record_consistency(
            petition, compared_with=[], reasons=word, by=cast["second_reviewer2"], at=at
        ),
        "clear_for_drafting": lambda: reviews.record_legal_review(
            petition, outcome="grant", reasons=word, by=cast["legal"], at=at
        ),
        "clear_text": lambda: product_texts.give_opinion(
            petition.drafts.latest("version"),
            result="misclassified",
            grounds=["on_its_face"],
            reasons=word,
            by=cast["customs"],
            at=at,
        ),
        "assess": lambda: reviews.record_assessment(
            petition, outcome="grant", reasons=word, by=cast["committee"], at=at
        ),
        "grant": lambda: decisions.grant(petition, rationale=word, contacts="none", by=cast["signatory"], at=at),
    }
    return given.get(name, lambda: None)()


def test_no_desk_takes_a_word_for_a_reason(journey: Start) -> None:
    case, asked = journey(), []
    for name in PATHS[Status.GRANTED]:
        for word in ("No.", "."):
            try:
                asked += [name] if thin(case, name, word) is not None else []
            except Incomplete as refused:
                said = [*refused.reasons, *(words for group in refused.fields.values() for words in group)]
                assert any("too short" in sentence for sentence in said)
        case.take(name)
    assert asked == []


def test_the_page_says_beside_the_field_what_a_reason_is(
    client_of: Callable[[User], Any], level1_once: Journey, reviewer1: User
) -> None:
    petition = level1_once.petition
    sent = {"outcome": "grant", "reasons": "Yes."}
    page = client_of(reviewer1).post(f"/review/{petition.reference}/record/recommendation/", sent)
    assert page.status_code == 422
    assert TOO_LITTLE in page.content.decode()


def test_a_code_needs_its_adverse_finding_at_each_desk(journey: Start) -> None:
    case = journey()  # everything is found to support an exclusion
    case.take(*PATHS[Status.LEVEL1])
    case.find_on_everything("reviewer1")
    wanted = "DR1 needs a finding against an exclusion, or “Not shown”, on its criterion"
    with pytest.raises(Incomplete, match=wanted) as refused:
        reviews.recommend_outcome(case.petition, **DENIAL, by=case.cast["reviewer1"], at=case.at)
    assert "denial_codes" in refused.value.fields
    against: dict[str, Any] = {
        "criterion": "availability", "reasons": FOUND, "citations": CITES, "by": case.cast["reviewer1"]
    }  # fmt: skip
    reviews.record_finding(case.petition, result="not_shown", **against, at=case.at)
    reviews.recommend_outcome(case.petition, **DENIAL, by=case.cast["reviewer1"], at=case.at)
    reviews.record_finding(case.petition, result="supports", **against, at=case.at)
    with pytest.raises(Incomplete, match=wanted):  # the finding was revised under the recommendation
        transitions.take(case.petition, "recommend", by=case.cast["reviewer1"], at=case.at)


def test_each_departure_is_printed_in_record_letter_page_and_api(
    journey: Start, client_of: Callable[[User | None], Any], client: Any
) -> None:
    case = journey()
    petitions.save_answers(case.petition, answers=SEVERAL, by=case.cast["importer"], at=case.at)
    case.take(*PATHS[Status.LEVEL1], "recommend")
    cast, at = case.cast, case.at
    denial: dict[str, Any] = {**DENIAL, "denial_codes": ["DR6d"]}
    with pytest.raises(Incomplete, match=r"Level 1 concluded for a grant\. Say what in the record"):
        reviews.recommend_outcome(case.petition, **denial, by=cast["reviewer2"], at=at)
    with pytest.raises(Incomplete, match="too short"):
        reviews.recommend_outcome(case.petition, **denial, departure="No.", by=cast["reviewer2"], at=at)
    words = "Hidden Supplier Works quoted twice the price in May 2019."
    with pytest.raises(Incomplete, match="in confidence"):
        reviews.recommend_outcome(case.petition, **denial, departure=words, by=cast["reviewer2"], at=at)
    reviews.recommend_outcome(case.petition, **denial, departure=LEVEL2_SAYS, by=cast["reviewer2"], at=at)
    case.act("concur")
    case.take("confirm_consistency")
    reviews.record_legal_review(
        case.petition, outcome="grant", reasons=FOUND, departure=LEGAL_SAYS, by=cast["legal"], at=case.at
    )
    case.act("clear_for_drafting")
    case.take("send_to_customs", "clear_text", "assess")
    denied = {"rationale": "The number was on no list.", "denial_codes": ["DR6d"]}
    with pytest.raises(Incomplete) as refused:
        transitions.take(case.petition, "deny", by=cast["signatory"], at=case.at, data=denied)
    assert refused.value.fields.keys() == {"facts", "departure"}
    whole = {**denied, "facts": FACT_SAYS, "contacts": "none", "departure": SIGNATORY_SAYS}
    transitions.take(case.petition, "deny", by=cast["signatory"], at=case.at, data=whole)
    decision = Decision.objects.get()
    assert [(said["key"], said["reasons"]) for said in decision.explanations if "cites" not in said] == [
        ("level2", LEVEL2_SAYS), ("legal", LEGAL_SAYS), ("signatory", SIGNATORY_SAYS), ("facts", FACT_SAYS),
    ]  # fmt: skip
    with open_file(case.petition.letters.get(kind="denial").storage_key) as file:
        letter = pdf_text(file.read())
    public = client.get(f"/docket/{case.petition.reference}/").content.decode()
    record = client_of(cast["auditor"]).get(f"/review/{case.petition.reference}/").content.decode()
    api = str(client.get(f"/api/v1/docket/{case.petition.reference}/").json())
    for text in (letter, public, record, api):
        for said in (LEVEL2_SAYS, LEGAL_SAYS, SIGNATORY_SAYS, FACT_SAYS, "Fact behind DR6d"):
            assert said in " ".join(text.split()), said
    assert "Level 2 departs from level 1" in letter


def test_a_grant_leaves_no_adverse_finding_without_a_reason(journey: Start, client_of: Callable[[User], Any]) -> None:
    case = journey("deny")
    case.take(*PATHS[Status.LEGAL], "clear_for_drafting", "send_to_customs", "clear_text", "assess")
    signatory, address = case.cast["signatory"], f"/sign/{case.petition.reference}/"
    page = client_of(signatory).get(address).content.decode()
    assert "The Section 301 Committee concluded for a grant. If you decide otherwise, give the reason" in page
    assert "Findings on these criteria are adverse: Availability outside China" in page
    sent = {"transition": "grant", "grant-rationale": "The harm outweighs it."}
    answer = client_of(signatory).post(address, sent)
    assert answer.status_code == 422
    assert "Say why the petition is granted anyway." in answer.content.decode()
    decision = decisions.grant(
        case.petition, rationale="The harm outweighs it.", contacts="none", adverse=FOUND, by=signatory, at=case.at
    )
    keys = [(said["key"], said["words"]) for said in decision.explanations]
    assert keys == [("legal", "A grant instead of a denial"), ("adverse", "Availability outside China")]


def test_words_for_a_departure_that_is_none_are_not_swallowed(journey: Start) -> None:
    case = journey()
    case.take(*PATHS[Status.COMMITTEE])
    with pytest.raises(Incomplete, match="Put these words under the reasons"):
        reviews.record_assessment(
            case.petition, outcome="grant", reasons=FOUND, departure=FOUND, by=case.cast["committee"], at=case.at
        )


def test_words_against_no_adverse_finding_and_for_no_code_of_its_own_are_not_swallowed(journey: Start) -> None:
    case = journey()
    case.take(*PATHS[Status.SIGNATURE])
    signed = {"by": case.cast["signatory"], "at": case.at}
    with pytest.raises(Incomplete, match="No finding is adverse"):
        decisions.grant(case.petition, rationale=FOUND, contacts="none", adverse=FOUND, **signed)
    assert not Decision.versions.exists()


def test_the_letters_go_with_an_explanation_that_is_taken_down(journey: Start) -> None:
    case = journey("deny")
    case.take(*PATHS[Status.LEGAL], "clear_for_drafting", "send_to_customs", "clear_text", "assess")
    signed = {"by": case.cast["signatory"], "at": case.at}
    decision = decisions.grant(
        case.petition, rationale="The harm outweighs it.", contacts="none", adverse=FOUND, **signed
    )
    case.petition.refresh_from_db()
    thing = f"explanation:{decision.explanations[0]['key']}"
    quarantine.take_down(
        case.petition,
        thing,
        by=case.cast["intake"],
        at=case.at,
        reason="It names a figure of a party.",
        ground="mistake",
    )
    down = Quarantine.objects.filter(petition=case.petition)
    assert set(down.values_list("kind", flat=True)) == {"explanation", "letter"}
