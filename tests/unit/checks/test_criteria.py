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
    assert criterion.denial_reason == criteria.DENIAL_REASONS[criterion.denial_code]
    assert criterion.results == ("supports", "against", "neutral", "not_shown")


def test_there_are_six_denial_reasons_in_whole_sentences() -> None:
    assert list(criteria.DENIAL_REASONS) == ["DR1", "DR2", "DR3", "DR4", "DR5", "DR6"]
    assert all(text.endswith(".") for text in criteria.DENIAL_REASONS.values())
    assert set(criteria.RESULTS) == {"supports", "against", "neutral", "not_shown"}
