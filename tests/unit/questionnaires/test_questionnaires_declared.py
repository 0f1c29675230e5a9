"""The declarations themselves: what every form must have, and what a wrong declaration says."""

import json
from dataclasses import replace

import pytest

from exclusions import criteria, questionnaires
from exclusions.questionnaires import Kind, Question, Questionnaire, Step, Visibility
from exclusions.questionnaires.language.condition import AllOf, Answered, AnyOf, Chapter, Is, Not, OneOf
from exclusions.questionnaires.language.periods import Period, period, revenue_periods

FORMS = [questionnaires.get(key) for key in questionnaires.KEYS]


def test_the_ten_forms_are_registered() -> None:
    assert set(questionnaires.KEYS) == {
        "petition-2018",
        "petition-2019",
        "petition-2019-4a",
        "machinery-2024",
        "reinstatement-2021",
        "comment-2021",
        "covid-2020",
        "response-2019",
        "response-2024",
        "reply-2019",
    }
    with pytest.raises(KeyError):
        questionnaires.get("petition-1999")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_shows_the_control_number_and_the_burden(form: Questionnaire) -> None:
    assert form.omb_number == "0350-0015"
    assert "0350-0015" in form.burden
    assert form.key in questionnaires.KEYS


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_question_has_a_label_and_a_source_and_belongs_to_one_side(form: Questionnaire) -> None:
    for question in form.questions:
        assert question.label
        assert question.source, question.key
        assert question.ground in {"S", "K", "D"}, question.key
        assert (question.key in form.public_keys) != (question.key in form.confidential_keys)
    assert {question.step for question in form.questions} == {step.key for step in form.steps}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_form_ends_with_a_certification(form: Questionnaire) -> None:
    assert form.question("certify_complete").kind is Kind.CERTIFY
    assert any(problem.key == "certify_complete" for problem in form.problems({}))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_the_schema_is_json_and_names_every_question(form: Questionnaire) -> None:
    schema = json.loads(json.dumps(form.schema()))
    assert [question["key"] for question in schema["questions"]] == [question.key for question in form.questions]
    assert all("required" in question or "required_if" in question for question in schema["questions"])
    assert all(question["visibility"] in {v.value for v in Visibility} for question in schema["questions"])


def test_the_fields_of_the_petition_are_on_the_side_the_agency_puts_them() -> None:
    form = questionnaires.get("petition-2019")
    assert {"org_legal_name", "hts10", "product_description", "available_us", "strategic"} <= form.public_keys
    assert {
        "requester_email",
        "requester_street_1",
        "purchases",
        "revenue",
        "final_sales_share",
    } <= form.confidential_keys
    assert form.question("product_documents").visibility is Visibility.PUBLIC
    assert form.question("sourcing_attempts").summary_key == "sourcing_attempts_summary"


def test_list_4a_requires_the_answer_on_duty_orders_and_asks_for_half_a_year() -> None:
    list_3, list_4a = questionnaires.get("petition-2019"), questionnaires.get("petition-2019-4a")
    assert list_3.question("adcvd").required is False
    assert list_4a.question("adcvd").required is True
    assert [p.key for p in list_3.question("purchases").periods] == ["2017", "2018", "2019-Q1"]
    assert [p.key for p in list_4a.question("purchases").periods] == ["2017", "2018", "2019-H1"]
    assert [p.key for p in list_3.question("revenue").periods] == ["2018", "2018-Q1", "2019-Q1"]
    assert [p.key for p in list_4a.question("revenue").periods] == ["2018", "2019-H1"]


def test_the_round_names_the_periods_and_the_questions_follow() -> None:
    form = questionnaires.get("petition-2019", periods=["2024", "2025", "2026-H1"])
    assert [p.key for p in form.question("revenue").periods] == ["2025", "2025-H1", "2026-H1"]
    assert "2025 gross sales" in form.question("final_sales_share").label


@pytest.mark.parametrize(("text", "key"), [("2018", "2018"), ("Q1 2019", "2019-Q1"), ("2019-h1", "2019-H1")])
def test_a_period_is_read(text: str, key: str) -> None:
    assert period(text).key == key


@pytest.mark.parametrize("text", ["", "19", "2019-Q5", "2019-H3", "first half"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period"):
        period(text)


def test_revenue_without_a_full_year_goes_by_the_year_before() -> None:
    assert revenue_periods([Period(2026, "Q1")], compare=False) == (Period(2025), Period(2026, "Q1"))


def test_every_criterion_finds_its_evidence_in_some_form() -> None:
    asked = {question.key for form in FORMS for question in form.questions}
    for criterion in criteria.ALL:
        assert set(criterion.evidence_keys) <= asked, criterion.key


def question(key: str, **more: object) -> Question:
    return replace(Question(key=key, label=key, kind=Kind.TEXT, visibility=Visibility.PUBLIC, step="one"), **more)  # type: ignore[arg-type]


def declare(*questions: Question, steps: tuple[Step, ...] = (Step("one", "One"),)) -> Questionnaire:
    return Questionnaire("form", "Form", "0350-0015", "", steps, questions)


@pytest.mark.parametrize(
    ("questions", "steps"),
    [
        ((question("a"), question("a")), (Step("one", "One"),)),
        ((question("a", step="two"),), (Step("one", "One"),)),
        ((question("a", shown_if=Is("b", "yes")), question("b")), (Step("one", "One"),)),
        ((question("a", required=Is("a", "yes")),), (Step("one", "One"),)),
        ((question("a"),), (Step("one", "One"), Step("one", "Again"))),
        ((question("a", visibility=Visibility.CONFIDENTIAL_WITH_SUMMARY),), (Step("one", "One"),)),
        (
            (
                question("a", visibility=Visibility.CONFIDENTIAL_WITH_SUMMARY, summary_key="b"),
                question("b", visibility=Visibility.CONFIDENTIAL),
            ),
            (Step("one", "One"),),
        ),
    ],
    ids=["twice", "no step", "later", "itself", "step twice", "no summary", "secret summary"],
)
def test_a_wrong_declaration_is_refused(questions: tuple[Question, ...], steps: tuple[Step, ...]) -> None:
    with pytest.raises(ValueError, match="form: "):
        declare(*questions, steps=steps)


def test_steps_are_found_by_key() -> None:
    form = declare(question("a"))
    assert form.step("one").title == "One"
    assert form.has_step("one")
    assert not form.has_step("two")
    with pytest.raises(KeyError):
        form.step("two")


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        (Is("a", "yes"), {"a": "yes"}, True),
        (Is("a", "yes"), {}, False),
        (OneOf("a", ("no", "unsure")), {"a": "unsure"}, True),
        (OneOf("a", ("no", "unsure")), {}, False),
        (Answered("a"), {"a": ["id"]}, True),
        (Answered("a"), {"a": []}, False),
        (Chapter("a", frozenset({"29"})), {"a": "2933.69.6010"}, True),
        (Chapter("a", frozenset({"29"})), {"a": "29"}, False),
        (Not(Is("a", "yes")), {}, True),
        (AnyOf((Is("a", "yes"), Is("b", "yes"))), {"b": "yes"}, True),
        (AllOf((Is("a", "yes"), Is("b", "yes"))), {"b": "yes"}, False),
    ],
)
def test_a_condition_holds_or_not_and_can_be_said(condition: Is, answers: dict[str, object], holds: bool) -> None:
    assert condition.holds(answers) is holds
    assert condition.keys <= {"a", "b"}
    assert json.dumps(condition.schema())
    assert condition.clause({"a": "The question"})
