"""What a page asks: everything that an answer on it can bring into play, and nothing that none can."""

from html import unescape
from typing import Any

import pytest

from exclusions import questionnaires
from exclusions.forms.questionnaire import step_form
from exclusions.forms.whole_form import WholeForm
from exclusions.questionnaires.language.condition import AllOf, Answered, AnyOf, Condition, Is, Not
from tests.unit.questionnaires.every_condition import cases

YES, NO, OPEN = Is("known", "yes"), Is("known", "no"), Is("open", "yes")


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (YES, True),
        (NO, False),
        (OPEN, None),
        (Not(OPEN), None),
        (Not(NO), True),
        (AnyOf((YES, OPEN)), True),
        (AnyOf((NO, OPEN)), None),
        (AnyOf((NO, NO)), False),
        (AllOf((NO, OPEN)), False),
        (AllOf((YES, OPEN)), None),
        (AllOf((YES, Answered("known"))), True),
    ],
)
def test_a_condition_says_what_it_cannot_know_yet(condition: Condition, verdict: bool | None) -> None:
    assert condition.verdict({"known": "yes"}, {"open"}) is verdict


@pytest.mark.parametrize("key", questionnaires.KEYS)
def test_a_page_asks_every_question_that_its_own_answers_can_bring_into_play(key: str) -> None:
    """For every condition, where it holds and where it does not."""
    form = questionnaires.get(key)
    for case in cases(form):
        for step in form.steps:
            page = {question.key for question in form.on_step(step.key)}
            stored = {name: value for name, value in case.answers.items() if name not in page}
            asked = {found.question.key for found in form.asked(stored, {step.key})}
            assert {q.key for q in form.applicable(case.answers) if q.step == step.key} <= asked, case
            never = {q.key for q in form.on_step(step.key) if q.shown_if and q.shown_if.keys.isdisjoint(page)}
            assert never & asked <= {q.key for q in form.applicable(stored)}, case


@pytest.mark.parametrize("key", questionnaires.KEYS)
def test_a_form_on_one_page_asks_all_of_its_questions(key: str) -> None:
    form = questionnaires.get(key)
    page = WholeForm(form)
    assert {name for _, part in page.pairs for name in part.fields} == set(form.labels)


def choices(form: Any, name: str) -> set[str]:
    return {value for value, _ in form.fields[name].widget.choices}


def test_a_choice_is_offered_where_it_may_apply() -> None:
    form = questionnaires.get("petition-2019")
    question = form.question("primary_contact")
    assert choices(step_form(form, question.step, {}), question.key) >= {"requester", "third_party", "both"}
    drawn = unescape(step_form(form, question.step, {}).render())
    assert 'data-shown-if="{"is": {"key": "is_third_party"' in drawn
