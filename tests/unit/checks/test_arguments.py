"""Arguments are suggested sentence by sentence, each with a factor and a side; what argues nothing is left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exclusions import criteria
from exclusions.checks.arguments import AGAINST, FOR, sentences, suggest
from exclusions.checks.arguments.cues import CUES


def _parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def _suggested(text: str, side: str = AGAINST, about: str = "") -> list[tuple[str, str, str]]:
    return [(one.criterion, one.side, one.quote(text)) for one in suggest(text, side=side, about=about)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We make it. We sell it.", ["We make it.", "We sell it."]),
        ("U. S. Steel can make it in Gary, IN and elsewhere.", ["U. S. Steel can make it in Gary, IN and elsewhere."]),
        ("Acme Inc. makes 3.5 tons, e.g. of rod.", ["Acme Inc. makes 3.5 tons, e.g. of rod."]),
        ("It is made in the U.S. We sell it.", ["It is made in the U.S.", "We sell it."]),
        ("Reasons:\n- we make it\n- we sell it", ["Reasons:", "we make it", "we sell it"]),
        ("No maker?  None!", ["No maker?", "None!"]),
        ("  \n ", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert _parts(text) == parts


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("We make the same pump at our plant in Ohio.", "availability"),
        ("The duty would cost 40 of our 120 workers their jobs.", "severe_economic_harm"),
        ("The product is named in Made in China 2025.", "strategic_importance"),
        ("An exclusion would undermine the objective of the investigation.", "objective"),
        ("The description is too broad for Customs to administer.", "administrability"),
    ],
)
def test_a_sentence_bears_on_the_factor_of_its_words(text: str, criterion: str) -> None:
    assert _suggested(text) == [(criterion, AGAINST, text)]


@pytest.mark.parametrize(
    "text",
    [
        "Capacity and utilization are confidential and available upon request.",
        "Please see the attached letter.",
        "We respectfully request that the petition be denied.",
        "N/A",
        "Thank you for the opportunity to comment.",
    ],
)
def test_what_argues_nothing_is_not_proposed(text: str) -> None:
    assert _suggested(text) == []


def test_a_sentence_that_goes_on_is_joined_to_the_one_before() -> None:
    text = "The mill needs 24 weeks. Therefore, it cannot meet the demand. It has 200 workers and no jobs to spare."
    assert [words for _, _, words in _suggested(text, FOR)] == [
        "The mill needs 24 weeks. Therefore, it cannot meet the demand.",
        "It has 200 workers and no jobs to spare.",
    ]


def test_nothing_is_joined_over_a_sentence_that_argues_nothing() -> None:
    text = "We make it in Gary. Our capacity data are confidential. Therefore, we send the figures apart."
    assert [words for _, _, words in _suggested(text)] == ["We make it in Gary."]


def test_an_opponent_that_cannot_supply_helps_the_requester() -> None:
    assert [side for _, side, _ in _suggested("We make rods of steel. We do not produce steel pipe.")] == [AGAINST, FOR]


def test_a_sentence_bears_on_the_question_it_answers_unless_it_clearly_says_something_else() -> None:
    assert _suggested("The effect is large.", FOR, "severe_economic_harm")[0][0] == "severe_economic_harm"
    clearly = "An exclusion would undermine the objective of the Section 301 investigation into intellectual property."
    assert _suggested(clearly, FOR, "severe_economic_harm")[0][0] == "objective"


def test_only_factors_of_the_round_are_proposed() -> None:
    text = "The product is named in Made in China 2025."
    assert [one.criterion for one in suggest(text, side=FOR, criteria=["availability"])] == ["availability"]
    assert suggest("It is strategic to us all.", side=FOR, criteria=["availability"]) == []


@given(st.text(alphabet="aAbB .!?\n-;()U.S0'\"", max_size=200))
def test_proposals_stand_in_the_text_in_order_and_never_overlap(text: str) -> None:
    last = 0
    for one in suggest(text, side=FOR, about="availability"):
        assert last <= one.start < one.end <= len(text)
        last = one.end


def test_cues_are_of_factors_that_there_are() -> None:
    assert CUES.keys() <= set(criteria.KEYS)
