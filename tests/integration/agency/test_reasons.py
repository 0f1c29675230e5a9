"""What the desks give as reasons: each shows something, and what departs from the desk before says why."""

from collections.abc import Callable
from typing import Any

import pytest

from exclusions.actions import transitions
from exclusions.actions.decision import decisions
from exclusions.actions.review import intake, product_texts, reviews
from exclusions.checks.substance import TOO_LITTLE
from exclusions.errors import Incomplete
from exclusions.models import User
from exclusions.workflow.states import Status
from tests.factories.petitions import PATHS, TEXT, Journey

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


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
            petition, criterion="availability", result="against", reasons=word, by=cast["reviewer1"], at=at
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
            petition.drafts.latest("version"), result="misclassified", reasons=word, by=cast["customs"], at=at
        ),
        "assess": lambda: reviews.record_assessment(
            petition, outcome="grant", reasons=word, by=cast["committee"], at=at
        ),
        "grant": lambda: decisions.grant(petition, rationale=word, by=cast["signatory"], at=at),
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
    client_of: Callable[[User], Any], petition_in: Callable[[Status], Any], reviewer1: User
) -> None:
    petition = petition_in(Status.LEVEL1)
    sent = {"outcome": "grant", "reasons": "Yes."}
    page = client_of(reviewer1).post(f"/review/{petition.reference}/record/recommendation/", sent)
    assert page.status_code == 422
    assert TOO_LITTLE in page.content.decode()
