"""The legal factors: all registered, each with its rule, its evidence and its denial reason."""

import sys

import pytest

from exclusions import criteria


def test_the_factors_of_the_rounds_are_registered() -> None:
    assert set(criteria.KEYS) == {
        "availability",
        "severe_economic_harm",
        "strategic_importance",
        "objective",
        "administrability",
        "eligibility",
        "domestic_manufacturing",
    }
    assert criteria.get("availability").title == "Availability outside China"
    with pytest.raises(KeyError):
        criteria.get("charm")


@pytest.mark.parametrize("criterion", criteria.ALL, ids=lambda criterion: criterion.key)
def test_each_factor_cites_its_rule_and_leads_to_a_denial_reason(criterion: criteria.Criterion) -> None:
    module = sys.modules[f"exclusions.criteria.{criterion.key}"]
    assert " FR " in (module.__doc__ or "")
    assert " FR " in criterion.citation
    assert criterion.question.endswith("?")
    assert criterion.evidence_keys
    assert len(criterion.denial_reasons) == (6 if criterion.denial_code == "DR6" else 1)
    assert criterion.results == ("supports", "against", "neutral", "not_shown")


@pytest.mark.parametrize(
    ("citation", "bears"),
    [
        ("answer:available_us", True),
        ("unanswered:available_us", True),
        ("answer:product_name", False),
        ("response:R-1", True),
        ("response:R-1:lead_time", True),
        ("response:R-1:contact", False),
        ("reply:R-1", True),
        ("document:1-2:3", True),
        ("letter:1", False),
        ("", False),
    ],
)
def test_a_citation_bears_on_a_factor_by_what_its_question_is_about(citation: str, bears: bool) -> None:
    factor = criteria.get("availability")
    assert factor.bears(citation) is bears
    for result in criteria.RESULTS:
        said = factor.citation_fault(result, [citation])
        assert bool(said) is (not bears and result != "neutral")
        assert not said or (factor.title in said and said.startswith("Cite "))


def test_denial_reasons_are_whole_sentences_six_of_them_facts() -> None:
    assert list(criteria.DENIAL_REASONS) == [
        *(f"DR{number}" for number in range(1, 6)),
        *(f"DR6{fact}" for fact in "abcdef"),
    ]
    assert all(text.endswith(".") for text in criteria.DENIAL_REASONS.values())
    assert set(criteria.RESULTS) == {"supports", "against", "neutral", "not_shown"}
