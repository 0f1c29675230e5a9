"""Which parts of a confidential answer are values of their own, and which say nothing."""

import pytest

from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from exclusions.checks.confidential.values import declared, of_text
from exclusions.questionnaires import get
from tests.unit.questionnaires.questionnaire_answers import complete_petition


def figures(text: str) -> set[str]:
    return {secret.value for secret in of_text("a", "A", text) if secret.sort in (Sort.FIGURE, Sort.PERCENT)}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("They quoted $71.20 a piece, freight not counted, for next year.", {"$71.20"}),
        ("They quoted 71.20 dollars a piece, or USD 68.5 for more of them.", {"$71.20", "$68.5"}),
        ("Our purchases fell to $4.2 million from 8,431,250 in the year before.", {"4200000", "8,431,250"}),
        ("A margin of 41.5 percent became one of eleven percent within a year.", {"41.5%", "11%"}),
        ("We would need 1,250 units a month and could store 12000 at most.", {"1250", "12000"}),
        ("It cost us four million two hundred thousand dollars over two years.", {"$4200000"}),
        ("The tool costs seventy-one dollars and twenty cents to hire a day.", {"$71.20"}),
    ],
)
def test_a_figure_in_a_confidential_text_counts_on_its_own(text: str, values: set[str]) -> None:
    assert figures(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "We asked 2 makers in 2018 and 14 more in 2019, without any success at all.",
        "The duty of 25% or 7.5 percent ad valorem, first 10%, is more than we earn.",
        "It has a bore of 12 mm, a length of 1,250 mm and weighs no more than 450 kg.",
        "The action on $200 billion of goods, after $34 billion and $16 billion, hit us.",
        "One of them answered; two hundred others did not, and half of them are closed.",
    ],
)
def test_what_anybody_may_say_does_not(text: str) -> None:
    assert not Matcher(secret for secret in of_text("a", "A", text) if secret.sort is not Sort.PHRASE)


def test_a_price_in_a_narrative_and_a_share_of_sales_are_found_in_public_text() -> None:
    form, answers = get("petition-2019"), complete_petition()
    answers["sourcing_attempts"] = "Acme Verlag GmbH asked for $71.20 a piece, 58 percent above what we pay today."
    matcher = Matcher(declared(form, answers))
    found = {hit.secret.source for hit in matcher.find("At $71.20 each it made forty-one per cent of sales.")}
    assert found == {"sourcing_attempts", "final_sales_share"}
    assert [hit.secret.value for hit in matcher.find("They are 58% dearer")] == ["58%"]


def test_the_number_of_the_product_is_no_secret_though_a_narrative_names_it() -> None:
    secrets = list(of_text("a", "A", "The pumps of 8413810040 and of 84138100 alone cost us 8413811 dollars."))
    matcher = Matcher(secrets, allowed=["8413810040"])
    assert {hit.secret.value for hit in matcher.find("8413810040, 84138100 and 8,413,811")} == {"$8413811"}


def test_what_is_published_already_is_no_secret_and_the_rest_of_the_passage_is() -> None:
    first = "Hidden Supplier Works quoted us twice the price in May of that year and then declined"
    second = "while the third of them asked for a tool that would cost us more than we earn"
    matcher = Matcher(
        [Secret("a", "A", f"{first} {second}", Sort.PHRASE), Secret("b", "B", "431250", Sort.FIGURE)],
        published=[f"As the petition says, {first.lower()}; 431,250 units."],
    )
    assert matcher.find(f"{first}. 431,250") == []
    assert [hit.secret.source for hit in matcher.find(second)] == ["a"]
