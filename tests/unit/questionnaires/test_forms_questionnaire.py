"""A step of a questionnaire as a form: what it shows, what it reads back and where it puts an error."""

import json
import re
from dataclasses import dataclass
from html import unescape
from itertools import groupby

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from exclusions import questionnaires
from exclusions.forms.questionnaire import step_form
from exclusions.forms.whole_form import WholeForm
from exclusions.queries.lookup.help_pages import help_of
from tests.unit.questionnaires.questionnaire_answers import complete_petition

PETITION = questionnaires.get("petition-2019")


def sent(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({name.replace("__", "-"): value for name, value in values.items()})
    return data


def test_every_step_of_every_form_renders_each_of_its_questions_with_its_visibility() -> None:
    for key in questionnaires.KEYS:
        form_type = questionnaires.get(key)
        for step in form_type.steps:
            form = step_form(form_type, step.key, {})
            html = form.render()
            for name, field in form.fields.items():
                assert f'id="id_{name}' in html
                assert field.visibility == ("public" if name in form_type.public_keys else "confidential")


@pytest.mark.parametrize("key", questionnaires.KEYS)
def test_one_badge_and_one_help_stand_above_a_group_and_none_beside_a_question(key: str) -> None:
    form_type = questionnaires.get(key)
    for step in form_type.steps:
        form = step_form(form_type, step.key, {})
        html = form.render()
        seen = re.sub(
            r'<span class="usa-sr-only">.*?</span>', "", re.sub(r"<table.*?</table>", "", html, flags=re.DOTALL)
        )
        asked = [(name in form_type.public_keys, help_of(field.question).slug) for name, field in form.fields.items()]
        runs = [public for public, _ in groupby(asked, key=lambda one: one[0])]
        assert re.findall(r'class="tc-badge[^>]*>([^<]*)<', seen) == [
            "Public" if public else "Business confidential" for public in runs
        ]
        assert not re.search(r"<(label|legend)[^>]*>(?:(?!</\1>).)*tc-badge", seen, flags=re.DOTALL)
        assert len(re.findall(r'href="/help/[^"]*"', seen)) == len({page for _, page in asked})
        for name, (public, _) in zip(form.fields, asked, strict=True):
            label = html.partition(f'data-asked="{name}"')[2].partition("data-asked")[0]
            assert f'usa-sr-only"> {"Public" if public else "Business confidential"}<' in label, "who hears it is told"


def test_what_is_said_of_questions_that_all_hang_on_others_is_hidden_with_the_first_of_them() -> None:
    hidden = 0
    for form_type in map(questionnaires.get, questionnaires.KEYS):
        for step in form_type.steps:
            form = step_form(form_type, step.key, {})
            for field in form.fields.values():
                html = field.get_bound_field(form, field.question.key).as_field_group()
                inside = "tc-group" in html and html.index("data-asked") < html.index("tc-group")
                assert not inside or field.shown_if
                hidden += inside
    assert hidden


def test_an_unknown_step_is_not_there() -> None:
    with pytest.raises(KeyError):
        step_form(PETITION, "nonsense", {})


def test_an_incomplete_step_can_be_saved() -> None:
    form = step_form(PETITION, "product", {}, sent(hts10="8413.81.0040", product_name=""))
    assert form.is_valid(), form.errors
    assert form.answers()["hts10"] == "8413810040"
    assert form.answers()["product_name"] == ""


def test_a_value_of_the_wrong_type_stays_as_typed_and_is_reported_beside_its_field() -> None:
    form = step_form(PETITION, "product", {}, sent(hts10="84879000"))
    assert not form.is_valid()
    assert form.answers()["hts10"] == "84879000"
    assert "10-digit HTSUS number" in form.errors["hts10"][0]
    assert 'value="84879000"' in form.render()


def test_purchases_are_a_table_of_named_inputs_with_one_unit() -> None:
    html = step_form(PETITION, "trade", {}).render()
    assert 'name="purchases-china-2017-value"' in html
    assert 'name="purchases-united_states-2019-Q1-quantity"' in html
    assert html.count('name="purchases-unit"') == 1
    assert html.count('name="purchases-') == 19 + 3  # and a tick for each origin that has an empty cell
    assert "First quarter of 2019" in html


def test_purchases_read_back_to_the_answer_and_render_again() -> None:
    data = sent()
    data["purchases-china-2017-value"] = "$2,100,000"
    data["purchases-china-2017-quantity"] = "30,000"
    data["purchases-unit"] = "pcs"
    form = step_form(PETITION, "trade", {}, data)
    assert form.is_valid(), form.errors
    assert form.answers()["purchases"] == {
        "china": {"2017": {"value": "2100000", "quantity": "30000"}},
        "unit": "number",
    }
    again = " ".join(step_form(PETITION, "trade", PETITION.clean(form.answers())).render().split())
    assert 'id="id_purchases-china-2017-value" value="2100000"' in again


def test_an_error_in_one_figure_stands_in_its_cell() -> None:
    data = sent()
    data["purchases-china-2018-value"] = "2.1 million"
    form = step_form(PETITION, "trade", {}, data)
    assert not form.is_valid()
    html = form.render()
    assert 'id="id_purchases-china-2018-value_error"' in html
    assert 'value="2.1 million"' in html
    assert form.answers()["purchases"]["china"]["2018"]["value"] == "2.1 million"


def test_rows_read_back_without_the_blank_ones() -> None:
    data = sent(is_set="yes")
    data["set_items-0-form"] = "Case"
    data["set_items-0-quantity"] = "1"
    data["set_items-1-form"] = "  "
    data["set_items-3-form"] = "Cable"
    form = step_form(PETITION, "product", {}, data)
    assert form.answers()["set_items"] == [{"form": "Case", "quantity": "1"}, {"form": "Cable"}]
    assert 'name="set_items-3-form"' in form.render()


def test_rows_have_blank_rows_and_a_button_that_works_without_scripts() -> None:
    html = " ".join(step_form(PETITION, "product", {"is_set": "yes", "set_items": [{"form": "Case"}]}).render().split())
    assert 'name="set_items-2-form"' in html
    assert 'name="add-row" value="set_items"' in html
    assert step_form(PETITION, "product", {}, sent(add__row="set_items")).adds_row


def test_an_emptied_answer_is_emptied_in_the_draft() -> None:
    stored = {"is_set": "yes", "set_items": [{"form": "Case"}], "product_name": "Pumps"}
    data = sent(product_name="", is_set="yes")
    data["set_items-0-form"] = ""
    merged = PETITION.clean({**stored, **step_form(PETITION, "product", stored, data).answers()})
    assert merged == {"is_set": "yes"}


def test_a_question_that_another_step_rules_out_is_not_asked_and_its_answer_is_left_alone() -> None:
    stored = {"relationship": "importer", "revenue_applicable": "no"}
    form = step_form(PETITION, "trade", stored, sent())
    assert "revenue_applicable" not in form.fields
    assert "revenue_applicable" not in form.answers()
    assert "revenue_applicable" in step_form(PETITION, "trade", {"relationship": "industry_association"}).fields


def test_a_question_that_this_step_may_rule_in_is_asked_with_its_condition() -> None:
    form = step_form(PETITION, "product", {})
    assert "Answer this if" in form.fields["set_items"].help_text
    shown_if = form.fields["part_connection"].shown_if
    assert json.loads(shown_if) == {"is": {"key": "is_part", "value": "yes"}}
    assert "data-shown-if=" in form.render()


def test_a_flaw_in_an_answer_that_does_not_apply_does_not_stop_a_save() -> None:
    data = sent(is_set="no")
    data["set_items-0-quantity"] = "many"
    assert step_form(PETITION, "product", {}, data).is_valid()


def test_missing_answers_show_beside_their_fields_on_review() -> None:
    form = step_form(PETITION, "product", {"hts10": "8413810040"})
    form.show(PETITION.problems({"hts10": "8413810040"}, "product"))
    assert "hts10" not in form.errors
    assert '"Product name" has no answer yet. Please fill it in.' in form.errors["product_name"][0]
    assert "has no answer" in form.render()


def test_a_missing_figure_shows_in_its_cell_on_review() -> None:
    answers = {"purchases": {"china": {"2017": {"value": "1"}}}}
    form = step_form(PETITION, "trade", answers)
    form.show(PETITION.problems(answers, "trade"))
    assert 'id="id_purchases-china-2017-quantity_error"' in form.render()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("annual_capacity-quantity=x&annual_capacity-unit=kg", "One cell of this table needs another look."),
        ("annual_capacity-quantity=x", "2 cells of this table need another look."),
    ],
)
def test_the_list_of_what_is_wrong_says_of_a_table_once_what_its_cells_say(typed: str, says: str) -> None:
    """One cell is of no figure, which the page says by itself; another is empty, which the refusal adds."""
    form = questionnaires.get("response-2019")
    page = WholeForm(form, QueryDict(f"position=oppose&makes_product=yes&product_likeness=maybe&{typed}"))
    wrong = form.problems(page.answers())
    page.refuse([], {problem.key: [problem.sentence] for problem in wrong})
    lines = [(line.label, line.message) for line in page.summary]
    assert len(lines) == len(set(lines))
    assert [said for label, said in lines if label == "Capacity a year" and said.startswith(says)]
    assert len([label for label, _ in lines if label == "Capacity a year"]) == 1


def test_what_is_wrong_in_cells_stands_once_in_each_and_only_their_number_above_the_table() -> None:
    first, second, *_ = PETITION.question("revenue").periods
    answers = {**complete_petition(), "revenue": {first.key: "2.6m", second.key: "2.6m"}}
    form = step_form(PETITION, "trade", answers)
    form.show([*PETITION.malformed(answers, "trade"), *PETITION.problems(answers, "trade")])
    shown = unescape(form.render())
    assert shown.count('"2.6m" is not an amount in whole US dollars.') == 2
    assert [said for said in form.errors["revenue"] if "2.6m" in said or "no answer" in said] == []
    assert "cells of this table need another look" in form.errors["revenue"][0]


@dataclass(frozen=True)
class Warned:
    """A check result as the form sees it."""

    key: str
    message: str
    remedy: str
    level: str = "warning"


def test_a_warning_shows_beside_its_field_without_making_the_form_invalid() -> None:
    form = step_form(PETITION, "product", {}, sent())
    assert form.is_valid()
    form.show(
        [Warned("product_name", "This looks like a brand.", "Use the common name."), Warned("elsewhere", "No.", "")]
    )
    assert form.is_valid()
    assert "This looks like a brand. Use the common name." in form.render()


@pytest.mark.parametrize("key", questionnaires.KEYS)
def test_every_id_that_a_field_points_to_exists(key: str) -> None:
    form_type = questionnaires.get(key)
    for step in form_type.steps:
        form = step_form(form_type, step.key, {})
        form.show(form_type.problems({}, step.key))
        html = form.render()
        ids = re.findall(r' id="([^"]+)"', html)
        assert len(ids) == len(set(ids))
        for attribute in re.findall(r' (?:aria-describedby|for|list)="([^"]+)"', html):
            assert set(attribute.split()) <= set(ids), attribute


def test_uploads_come_by_question_and_leave_the_ids_in_the_draft_alone() -> None:
    files = MultiValueDict(
        {"product_documents": [SimpleUploadedFile("a.pdf", b"a"), SimpleUploadedFile("b.pdf", b"b")]}
    )
    form = step_form(PETITION, "product", {"product_documents": ["old"]}, sent(), files)
    assert [file.name for file in form.uploads()["product_documents"]] == ["a.pdf", "b.pdf"]
    assert "product_documents" not in form.answers()


def test_typed_markup_is_shown_as_text() -> None:
    data = sent()
    data["purchases-unit"] = '"><script>alert(1)</script>'
    html = step_form(PETITION, "trade", {}, data).render()
    assert "<script>" not in html
