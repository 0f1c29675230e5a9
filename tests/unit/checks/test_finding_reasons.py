"""What a reviewer is asked about the reasons of a finding: repeated words, and sources that are not cited."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exclusions.checks.substance import not_cited, questions, repeated

NUMBERS = {"C1": {"available_us", "available_us_explanation"}, "D6": {"purchases"}, "M1.2": {"city"}}
RESPONSE = "USTR-2019-0005-000015-R001"
words = st.lists(
    st.sampled_from(["maker", "ohio", "offers", "pumps", "price", "duty", "record", "shows"]), min_size=1, max_size=6
)
sentences = st.lists(words.map(lambda said: f"{' '.join(said).capitalize()}."), min_size=1, max_size=4)


@given(sentences, sentences)
def test_what_says_nothing_but_what_another_says_repeats_it_in_any_order_case_and_space(
    first: list[str], more: list[str]
) -> None:
    other = {"Availability": " ".join([*more, *first])}
    assert repeated("\n".join(reversed(first)).upper(), other) == "Availability"
    assert repeated(" ".join([*first, "Nobody else says this one."]), other) == ""


@given(st.text(max_size=200))
def test_any_text_repeats_itself_where_it_has_a_word_and_nothing_where_it_stands_alone(text: str) -> None:
    said = any(sign.isalnum() for sign in text)
    assert bool(repeated(text, {"Objective": text})) == said
    assert repeated(text, {}) == ""


@given(sentences, st.sampled_from(sorted(NUMBERS)))
def test_a_question_that_is_named_is_asked_about_until_it_is_cited(said: list[str], number: str) -> None:
    text = f"{' '.join(said)} As {number} says, there is none."
    assert not_cited(text, [], NUMBERS) == [f"question {number}"]
    for kind in ("answer", "unanswered"):
        assert not_cited(text, [f"{kind}:{sorted(NUMBERS[number])[0]}"], NUMBERS) == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The response says that it makes them.", ["a response or reply"]),
        ("Their reply leaves that open.", ["a response or reply"]),
        ("The opposing response offers no price.", ["a response or reply"]),
        ("A maker in Ohio offers the product, in response 3.", ["a response or reply"]),
        (f"Response {RESPONSE} offers them.", [f"response {RESPONSE}"]),
        ("Exhibit 3 lists the makers.", ["a document"]),
        ("See prices.xlsx, first page.", ["a document"]),
        ("By C1 and the response, and by exhibit A.", ["question C1", "a response or reply", "a document"]),
        # Words that name no source.
        ("No response was filed.", []),
        ("Nobody wrote in response to the notice.", []),
        ("The response period is over.", []),
        ("No document shows it.", []),
        ("Grade C2 steel, model C1-A and size D6.5 are made in Ohio.", []),
        ("Nothing in the record shows harm.", []),
    ],
)
def test_sources_are_known_by_their_names(text: str, named: list[str]) -> None:
    assert not_cited(text, ["answer:product_name"], NUMBERS) == named


@pytest.mark.parametrize(
    ("text", "citation"),
    [
        ("The response says so.", "response:X-R001"),
        ("Their reply says so.", "reply:X-R001"),
        ("The response says so.", "own:responses"),
        (f"{RESPONSE} says so.", f"response:{RESPONSE}:available_now"),
        (f"{RESPONSE} says so.", "own:responses"),
        ("Exhibit 3 lists the makers.", "document:1-2:3"),
    ],
)
def test_what_is_cited_is_not_asked_about(text: str, citation: str) -> None:
    assert not_cited(text, [citation], NUMBERS) == []


def test_the_sentences_name_what_is_wrong_and_what_helps() -> None:
    text = "As C1 says. Exhibit 3 lists the makers."
    asked = questions(text, [], others={"Availability": "Other words.", "Objective": text}, numbers=NUMBERS)
    confirm = "or confirm below that you mean it."
    assert asked == [
        f"This reason repeats the one on “Objective”. Say what bears on this criterion, {confirm}",
        f"This reason names question C1 and a document, and the finding does not cite it. Cite it, {confirm}",
    ]
    assert questions("Its own words.", [], others={"Objective": text}, numbers=NUMBERS) == []
