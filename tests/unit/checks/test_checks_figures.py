"""Checks of availability, purchases, and of confidential matter in public answers."""

import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exclusions import checks, questionnaires
from exclusions.checks import CheckResult, Facts, TariffFacts
from tests.unit.questionnaires.questionnaire_answers import complete_petition, marked_answers

PETITION = questionnaires.get("petition-2019")


def run(facts: Facts | None = None, **answers: Any) -> list[CheckResult]:
    return checks.run(PETITION, complete_petition() | answers, facts)


def purchases(**china: tuple[int, int]) -> dict[str, Any]:
    """Chinese purchases by period (y2017, y2018, q2019), nothing elsewhere."""
    table: dict[str, Any] = complete_petition()["purchases"]
    names = {"y2017": "2017", "y2018": "2018", "q2019": "2019-Q1"}
    given = {names[key]: {"value": str(v), "quantity": str(q)} for key, (v, q) in china.items()}
    return table | {"china": table["china"] | given}


def test_available_nowhere_and_yet_not_only_from_china_is_a_contradiction() -> None:
    found = run(only_china="no")
    assert [(r.level, r.key) for r in found] == [("error", "only_china")]


def test_only_from_china_and_yet_available_elsewhere_is_worth_a_word() -> None:
    found = run(available_third_country="yes")
    assert [(r.level, r.key) for r in found] == [("warning", "only_china")]


def test_no_attempt_to_source_elsewhere_is_worth_a_word() -> None:
    assert "sourcing_attempted" in {r.key for r in run(sourcing_attempted="no")}


def test_purchases_where_there_are_no_sources_are_noticed() -> None:
    table = complete_petition()["purchases"]
    bought = table | {"third_country": table["china"], "united_states": table["china"]}
    found = {r.key for r in run(purchases=bought) if not r.is_error}
    assert {"available_us", "available_third_country", "third_countries"} <= found


def test_all_zero_purchases_from_china_are_noticed() -> None:
    found = run(purchases=purchases(y2017=(0, 0), y2018=(0, 0), q2019=(0, 0)))
    assert [(r.key, r.cell) for r in found] == [("purchases", "china-2017-value")]


def test_a_value_without_a_quantity_is_noticed_in_its_cell() -> None:
    assert [r.cell for r in run(purchases=purchases(y2018=(2_600_000, 0)))] == ["china-2018-quantity"]
    assert [r.cell for r in run(purchases=purchases(y2018=(0, 37_142)))] == ["china-2018-value"]


def test_a_slip_of_a_thousand_is_noticed_in_its_cell() -> None:
    found = run(purchases=purchases(y2018=(2_600, 37_142)))
    assert [r.cell for r in found] == ["china-2018-value", "china-2019-Q1-value"]
    assert "The value per unit is" in found[0].message


def test_a_quarter_is_compared_as_a_quarter_of_a_year() -> None:
    assert run(purchases=purchases(q2019=(300_000, 4_286))) == []
    assert [r.cell for r in run(purchases=purchases(q2019=(30_000, 429)))] == ["china-2019-Q1-value"]


@pytest.mark.parametrize(
    ("unit", "units", "said"),
    [("kg", ("No.",), True), ("number", ("No.",), False), ("kg", ("X",), False), ("boxes of ten", ("No.", "kg"), True)],
)
def test_another_unit_than_the_schedules_is_noticed(unit: str, units: tuple[str, ...], said: bool) -> None:
    facts = Facts(TariffFacts("8413810040", exists=True, covered=True, units=units))
    found = run(facts, purchases=complete_petition()["purchases"] | {"unit": unit})
    assert [r.cell for r in found] == (["unit"] if said else [])


def test_shares_of_the_same_sales_cannot_exceed_them() -> None:
    found = run(product_role="both", final_sales_share="60", input_sales_share="50", input_cost_share="62")
    assert [(r.level, r.key) for r in found] == [("error", "input_sales_share")]


@pytest.mark.parametrize(
    "text",
    [
        "We bought $2,100,000 worth in a year.",
        "We bought for 2.1 million dollars.",
        "Sales of $6.4m are at stake.",
        "Write to ada@meadowlark.example.",
        "Call Ada on 202-555-0143.",
        "We asked Acme Verlag GmbH and four others; none makes them.",
        "Visit us at 12 Harbor Lane.",
    ],
)
def test_what_was_given_in_confidence_may_not_stand_in_a_public_answer(text: str) -> None:
    answers = {"sourcing_attempts": "We asked Acme Verlag GmbH and four others; none makes them."}
    found = [r for r in run(severe_harm_explanation=text, **answers) if r.is_error]
    assert [r.key for r in found] == ["severe_harm_explanation"] * len(found)
    assert found
    assert "repeats what you gave as confidential" in found[0].message


def test_an_error_about_a_leak_does_not_repeat_the_secret() -> None:
    found = run(severe_harm_explanation="We bought $2,100,000 worth.")
    assert "2,100,000" not in found[0].sentence
    assert "2100000" not in found[0].sentence


@pytest.mark.parametrize(
    "text", ["Rated at 30,000 revolutions a minute.", "In 2018 we had 27 people.", "Made since 1905."]
)
def test_figures_that_merely_happen_to_agree_are_no_error(text: str) -> None:
    assert [r for r in run(unique_features=text) if r.is_error] == []


def test_silver_birch_is_warned_of_a_supplier_and_a_unit_cost_in_the_description() -> None:
    text = (
        "LED fixtures of aluminum, 12 W, of a diameter of 10 cm, 3000 K, with a driver of constant current, "
        "supplied by Bright Harbor of Ningbo at a unit cost of $4.20 landed."
    )
    found = [r for r in run(product_description=text) if r.key == "product_description"]
    assert found
    assert "We publish this answer" in found[0].remedy


def test_the_value_per_unit_of_the_filers_own_purchases_is_noticed() -> None:
    found = run(severe_harm_explanation="Each costs $70.00 now.")
    assert "value per unit of your own purchases" in found[0].message


def test_an_amount_in_the_description_is_noticed_and_a_value_band_is_not() -> None:
    text = complete_petition()["product_description"]
    assert "amount in dollars" in run(product_description=f"{text} The goods bring $19 in shops.")[0].message
    assert run(product_description=f"{text} Valued over $68 but not over $72 per unit.") == []


def test_the_confidential_column_of_a_public_table_counts_as_confidential() -> None:
    rows = [{"reference": "USTR-2018-0025-0963", "value": "987654", "outcome": "Denied"}]
    found = run(has_earlier_requests="yes", earlier_requests=rows, more="The earlier request was over $987,654.")
    assert [(r.level, r.key) for r in found] == [("error", "more")]


def test_telephone_numbers_in_public_are_noticed() -> None:
    assert "telephone" in run(more="Call 312-555-0199.")[0].message


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"more": "Call 312-555-0199.", "severe_harm_explanation": "Each costs $70.00 now."},
        {"severe_harm_explanation": "We bought $2,100,000 worth, from Bright Harbor, at a unit cost of $4.20."},
        {"more": "Call Ada on 202-555-0143, or another on 312-555-0199.", "product_description": "A pump for $19."},
        {"product_description": "Supplied by Bright Harbor of Ningbo at a unit cost of $4.20 landed."},
    ],
)
def test_the_warnings_alone_are_those_of_all_results(answers: dict[str, Any]) -> None:
    found = checks.warnings(PETITION, complete_petition() | answers, Facts())
    assert found == [result for result in run(**answers) if not result.is_error]


# Each made a pattern try ever more ways to match, or a number too long to convert.
HOSTILE = ["a", "a.", "a@", "A-", "1", "1,", "for ", "Aa ", "used ", "$1 ", "valued ", "A&", "CAS ", "1 " + " " * 50]


@pytest.mark.parametrize("unit", HOSTILE)
def test_long_hostile_text_neither_hangs_nor_crashes(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    keys = ("product_description", "product_function", "unique_features", "severe_harm_explanation", "more")
    answers = complete_petition() | dict.fromkeys(keys, text) | {"product_name": text[:250], "importer_of_record": text}
    start = time.process_time()
    checks.run(PETITION, answers)
    PETITION.problems(answers)
    PETITION.printed(answers)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("key", questionnaires.KEYS)
@given(data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_checks_take_whatever_is_sent(key: str, data: st.DataObject) -> None:
    form = questionnaires.get(key)
    for result in checks.run(form, data.draw(marked_answers(form))):
        assert result.key in form.labels
        assert result.message.endswith((".", '"', "?"))
        assert result.remedy
