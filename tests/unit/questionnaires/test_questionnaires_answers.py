"""What a questionnaire makes of answers: what applies, what is wrong, what is public and how it prints."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exclusions import questionnaires
from exclusions.questionnaires import Visibility
from exclusions.questionnaires.language.printing import UNNAMED
from tests.unit.questionnaires.questionnaire_answers import MARKER, complete_petition, marked_answers

PETITION = questionnaires.get("petition-2019")


def keys(problems: list[questionnaires.Problem]) -> set[str]:
    return {problem.key for problem in problems}


def test_a_complete_petition_has_no_problems() -> None:
    missing = PETITION.problems(complete_petition())
    assert missing == [], "Answer a new question in exclusions/questionnaires/samples.py."


def test_every_missing_answer_is_named_with_its_remedy() -> None:
    for problem in PETITION.problems({}):
        assert "has no answer" in problem.message
        assert problem.remedy.endswith(".")
        assert problem.sentence == f"{problem.message} {problem.remedy}"


def test_problems_of_one_step_are_that_steps() -> None:
    assert {PETITION.question(key).step for key in keys(PETITION.problems({}, "availability"))} == {"availability"}


def test_a_third_party_must_say_who_it_is() -> None:
    answers = complete_petition() | {"is_third_party": "yes"}
    assert {"third_party_name", "third_party_email", "third_party_zip"} <= keys(PETITION.problems(answers))
    assert "third_party_name" not in keys(PETITION.problems(complete_petition()))


def test_the_third_party_is_offered_as_contact_only_when_there_is_one() -> None:
    alone = complete_petition() | {"primary_contact": "both"}
    assert [p.message for p in PETITION.problems(alone) if p.key == "primary_contact"] != []
    accompanied = alone | {"is_third_party": "yes"}
    assert "primary_contact" not in keys(PETITION.problems(accompanied))


def test_an_address_outside_the_states_needs_no_zip_code() -> None:
    answers = complete_petition() | {"requester_state": "XX", "requester_country": "CA"}
    del answers["requester_zip"]
    assert PETITION.problems(answers) == []


def test_no_or_not_sure_about_other_sources_must_be_explained() -> None:
    answers = complete_petition()
    del answers["available_us_explanation"]
    found = [p for p in PETITION.problems(answers) if p.key == "available_us_explanation"]
    assert "is No or Not sure" in found[0].message
    assert PETITION.problems(answers | {"available_us": "yes"}) == []


@pytest.mark.parametrize(
    ("number", "asked", "required"),
    [("2933696010", True, True), ("3824999297", True, False), ("8413810040", False, False)],
)
def test_chemicals_are_asked_for_their_constituents(number: str, asked: bool, required: bool) -> None:
    answers = complete_petition() | {"hts10": number}
    assert ("chemical_constituents" in {q.key for q in PETITION.applicable(answers)}) is asked
    assert ("chemical_constituents" in keys(PETITION.problems(answers))) is required


def test_delmarva_gives_its_cas_number() -> None:
    rows = [{"name": "Cyanuric chloride (IUPAC 2,4,6-trichloro-1,3,5-triazine)", "cas": "108-77-0", "content": "99.5"}]
    answers = complete_petition() | {"hts10": "2933696010", "chemical_constituents": rows}
    assert PETITION.problems(answers) == []
    wrong = answers | {"chemical_constituents": [rows[0] | {"cas": "108-77-1"}]}
    found = PETITION.problems(wrong)
    assert [(p.key, p.cell) for p in found] == [("chemical_constituents", "0-cas")]
    assert "check digit" in found[0].message


def test_metals_are_asked_for_their_content() -> None:
    assert "component_integration" in keys(PETITION.problems(complete_petition() | {"hts10": "7318152095"}))


@pytest.mark.parametrize(
    ("role", "asked"), [("final", {"final"}), ("input", {"cost", "sales"}), ("both", {"final", "cost", "sales"})]
)
def test_what_the_product_is_decides_which_shares_are_asked(role: str, asked: set[str]) -> None:
    shares = {"final": "final_sales_share", "cost": "input_cost_share", "sales": "input_sales_share"}
    shown = {q.key for q in PETITION.applicable(complete_petition() | {"product_role": role})}
    assert {name for name, key in shares.items() if key in shown} == asked


def test_an_association_may_say_that_revenue_does_not_apply() -> None:
    answers = complete_petition() | {"relationship": "industry_association", "revenue_applicable": "no"}
    for key in ("revenue", "product_role", "final_sales_share"):
        del answers[key]
    assert PETITION.problems(answers) == []


def test_zero_is_an_answer_and_an_empty_cell_is_not() -> None:
    answers = complete_petition()
    answers["purchases"] = answers["purchases"] | {"united_states": {}}
    found = PETITION.problems(answers)
    assert {p.cell for p in found} == {
        f"united_states-{p}-{part}" for p in ("2017", "2018", "2019-Q1") for part in ("value", "quantity")
    }
    assert found[0].remedy == "Enter 0 if there is none."


def test_the_2018_form_does_not_insist_on_other_origins_and_revenue() -> None:
    form = questionnaires.get("petition-2018")
    answers = complete_petition()
    del answers["revenue"], answers["product_role"], answers["final_sales_share"]
    pair = {"value": "1", "quantity": "1"}
    answers["purchases"] = {"china": {year: pair for year in ("2015", "2016", "2017")}, "unit": "number"}
    assert form.problems(answers) == []


def test_a_confidential_document_needs_a_public_summary() -> None:
    answers = complete_petition() | {"confidential_documents": ["a-document"]}
    assert keys(PETITION.problems(answers)) == {
        "confidential_documents_ground",
        "confidential_documents_summary",
    }


def test_answers_to_questions_that_do_not_apply_are_kept_in_the_draft_and_ignored_everywhere_else() -> None:
    answers = complete_petition() | {"part_connection": "by a flange", "adcvd_cases": "A-570-084", "adcvd": "no"}
    assert PETITION.clean(answers)["part_connection"] == "by a flange"
    assert "part_connection" not in PETITION.effective(answers)
    assert "adcvd_cases" not in PETITION.public(answers)
    assert "by a flange" not in str(PETITION.printed(answers))


def test_what_cannot_be_read_stays_in_the_draft_and_is_a_problem() -> None:
    answers = complete_petition() | {"final_sales_share": "about half"}
    assert PETITION.clean(answers)["final_sales_share"] == "about half"
    assert keys(PETITION.problems(answers)) == keys(PETITION.malformed(answers)) == {"final_sales_share"}


def test_a_draft_that_is_only_incomplete_is_not_malformed() -> None:
    assert PETITION.malformed({"hts10": "8413810040", "purchases": {"china": {"2017": {"value": "5"}}}}) == []


def test_unknown_keys_do_not_survive_cleaning() -> None:
    assert PETITION.clean({"is_admin": "yes", "hts10": "8413.81.0040"}) == {"hts10": "8413810040"}


@pytest.mark.parametrize("wrong", ["text", 5, ["a"], {"china": "lots"}, {"china": {"2017": "5"}}])
def test_a_table_of_the_wrong_shape_is_a_problem_and_not_a_crash(wrong: Any) -> None:
    answers = complete_petition() | {"purchases": wrong}
    assert "purchases" in keys(PETITION.problems(answers))
    assert "purchases" not in PETITION.public(answers)
    PETITION.printed(answers)


@pytest.mark.parametrize("wrong", ["text", 5, {"a": "b"}, ["a", 5, None]])
def test_rows_of_the_wrong_shape_are_a_problem_and_not_a_crash(wrong: Any) -> None:
    answers = complete_petition() | {"is_set": "yes", "set_items": wrong}
    assert "set_items" in keys(PETITION.problems(answers))
    PETITION.printed(answers)


def test_rows_name_the_missing_cell_and_too_many_are_refused() -> None:
    answers = complete_petition() | {"is_set": "yes", "set_items": [{"form": "Case"}]}
    assert [(p.key, p.cell) for p in PETITION.problems(answers)] == [("set_items", "0-quantity")]
    many = answers | {"set_items": [{"form": "Case", "quantity": "1"}] * 201}
    assert "The limit is 200" in PETITION.problems(many)[0].message


def test_a_short_description_is_told_how_short() -> None:
    found = PETITION.problems(complete_petition() | {"product_description": "Pumps"})
    assert "at least 40" in found[0].message


@pytest.mark.parametrize("key", questionnaires.KEYS)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nothing_confidential_gets_into_the_public_copy_whatever_is_sent(key: str, data: st.DataObject) -> None:
    form = questionnaires.get(key)
    answers = data.draw(marked_answers(form))
    assert MARKER not in str(form.public(answers))
    assert MARKER not in str(form.printed(answers, public_only=True))
    assert set(form.public(answers)) <= form.public_keys
    cleaned = form.clean(answers)
    assert form.clean(cleaned) == cleaned
    assert form.public(cleaned) == form.public(answers)
    form.problems(answers)
    form.printed(answers)


def test_the_value_of_an_earlier_request_is_kept_from_the_public_copy() -> None:
    rows = [{"reference": "USTR-2018-0025-0963", "value": "987654", "outcome": "Denied"}]
    answers = complete_petition() | {"has_earlier_requests": "yes", "earlier_requests": rows}
    public = PETITION.public(answers)
    assert public["earlier_requests"] == [{"reference": "USTR-2018-0025-0963", "outcome": "Denied"}]


def test_the_record_prints_figures_numbers_and_names_as_people_read_them() -> None:
    printed = {row.label: row.value for row in PETITION.printed(complete_petition())}
    assert printed["10-digit HTSUS number"] == "8413.81.0040"
    assert printed["Made in China, 2017"] == "$2,100,000; 30,000 units"
    assert printed["Gross revenue of the company, First quarter of 2019"] == "$1,600,000"
    assert printed["Requester: state"] == "Minnesota"
    assert printed["Your relationship to the product"] == "Importer"
    assert printed["Is the product available only from China?"] == "Yes"


def test_the_record_keeps_the_order_of_the_form_and_marks_each_line() -> None:
    rows = PETITION.printed(complete_petition())
    order = [question.key for question in PETITION.questions]
    assert [order.index(row.key) for row in rows] == sorted(order.index(row.key) for row in rows)
    assert {row.visibility for row in PETITION.printed(complete_petition(), public_only=True)} == {Visibility.PUBLIC}


def test_documents_print_by_name() -> None:
    answers = complete_petition() | {"product_documents": ["id-1", "id-2"]}
    rows = PETITION.printed(answers, document_names={"id-1": "photo.jpg"})
    assert f"photo.jpg\n{UNNAMED}" in [row.value for row in rows]


def test_the_machinery_form_asks_how_the_equipment_is_used_here() -> None:
    form = questionnaires.get("machinery-2024")
    assert {"domestic_use", "for_resale", "unit_value", "rationale"} <= keys(form.problems({}))
    assert "manufacturing_sector" in keys(form.problems({"domestic_use": "yes"}))


def test_a_comment_with_only_a_confidential_rationale_is_refused() -> None:
    form = questionnaires.get("reinstatement-2021")
    found = form.problems({"position": "support", "rationale_confidential": "See our file."}, "position")
    assert keys(found) == {"rationale", "rationale_confidential_ground"}


def test_a_table_that_need_not_be_filled_must_be_completed_once_begun() -> None:
    form = questionnaires.get("reinstatement-2021")
    assert "purchases" not in keys(form.problems({}))
    begun = {"purchases": {"china": {"2018": {"value": "5"}}}}
    assert {"purchases", "has_estimates"} <= keys(form.problems(begun))


def test_an_opponent_says_what_it_makes_and_where() -> None:
    form = questionnaires.get("response-2019")
    assert "makes_product" not in {q.key for q in form.applicable({"position": "support"})}
    makes = {"position": "oppose", "makes_product": "yes"}
    assert {"plant_address", "product_likeness", "own_product", "available_now"} <= keys(form.problems(makes))
    given = makes | {"annual_capacity": {"quantity": "12,000", "unit": "m2"}}
    assert {row.value for row in form.printed(given)} >= {"12,000 m2"}


def test_a_reply_is_wholly_public() -> None:
    assert questionnaires.get("reply-2019").confidential_keys == frozenset()
