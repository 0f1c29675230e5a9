"""What a form works out of answers that are kept: the same as before, and no more often than there is a need."""

import phonenumbers
from hypothesis import given
from hypothesis import strategies as st

from exclusions import questionnaires
from exclusions.queries.casework.case.evidence import answer_steps, public_steps
from exclusions.questionnaires.language.compounds import grid_cells
from exclusions.questionnaires.language.question import Kind
from exclusions.questionnaires.language.scalars import scalar
from tests.unit.questionnaires.questionnaire_answers import complete_petition

PETITION = questionnaires.get("petition-2019")
PHONE = next(question for question in PETITION.questions if question.kind is Kind.PHONE)


@given(st.from_regex(r"\+1 [2-9][0-9]{2}-[0-9]{3}-[0-9]{4}", fullmatch=True))
def test_a_kept_telephone_number_is_what_the_tables_of_the_world_make_of_it(kept: str) -> None:
    number = phonenumbers.parse(kept, "US")
    assert phonenumbers.is_possible_number(number)
    assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL) == kept
    assert scalar(PHONE, kept) == kept


def test_answers_that_are_clean_stay_as_they_are() -> None:
    once = PETITION.clean(complete_petition())
    assert PETITION.clean(once) == once
    assert PETITION.cleaned(once).flaws == {}


def test_a_question_with_fewer_choices_is_made_once() -> None:
    one, other = (PETITION.applicable(PETITION.cleaned(complete_petition())) for _ in range(2))
    narrowed = [question for question in one if question is not PETITION.question(question.key)]
    assert narrowed, "a choice that does not apply to this petition"
    assert all(mine is theirs for mine, theirs in zip(one, other, strict=True))
    more = PETITION.applicable(PETITION.cleaned(complete_petition() | {"is_third_party": "yes"}))
    contact = next(question for question in more if question.key == "primary_contact")
    assert len(contact.choices) > len(next(q for q in narrowed if q.key == "primary_contact").choices)


def test_the_cells_of_a_table_are_made_once() -> None:
    table = PETITION.question("purchases")
    assert grid_cells(table) is grid_cells(table)


def test_an_answer_that_prints_no_line_makes_no_step() -> None:
    answers = {"purchases": {"unit": "kg"}}
    assert PETITION.printed(answers) == []
    assert answer_steps(PETITION, answers, {}) == []
    assert public_steps(PETITION, answers) == []
