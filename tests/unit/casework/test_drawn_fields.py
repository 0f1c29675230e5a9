"""Fields and widgets as they are drawn: labelled, described, marked, and with what people typed escaped."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import get_default_renderer
from django.template.loader import render_to_string
from django.utils.html import strip_spaces_between_tags


class Everything(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name & kind", help_text="As <em>filed</em>", max_length=9)
    agreed = forms.BooleanField(label="Agreed", required=False)
    chosen = forms.ChoiceField(choices=[("", "None"), ("Group", [("a", "A<")]), ("b", "B")])
    outcome = forms.ChoiceField(choices=[("deny", "Deny")], widget=forms.RadioSelect)
    codes = forms.MultipleChoiceField(
        choices=[("All", [("c", "C")])], widget=forms.CheckboxSelectMultiple, required=False
    )
    reasons = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}))
    amount = forms.DecimalField(required=False)


@pytest.fixture
def drawn() -> str:
    """Return the form as it was sent, with a name that is markup and without a reason."""
    form: Any = Everything({"name": '"><b>', "chosen": "a", "outcome": "deny", "codes": ["c"], "agreed": "on"})
    form.fields["amount"].unit_prefix, form.fields["name"].visibility = "$", "public"
    return re.sub(r"\s+", " ", str(form)).replace(" >", ">").replace("&#34;", "&quot;")


@pytest.mark.parametrize(
    "said",
    [
        '<label class="usa-label" for="id_name">Name &amp; kind <abbr title="required" class="usa-label--required">*',
        '</label><div class="usa-hint" id="id_name_helptext">As <em>filed</em></div>',
        'value="&quot;&gt;&lt;b&gt;"',
        '<input type="checkbox" name="agreed" class="usa-checkbox__input" id="id_agreed" checked>',
        '<optgroup label="Group"><option value="a" selected>A&lt;</option></optgroup><option value="b">B</option>',
        '<fieldset class="usa-fieldset"><legend class="usa-label">Outcome',
        '<div class="usa-radio"><input type="radio" name="outcome" value="deny" class="usa-radio__input"',
        '<div role="group" aria-label="All"><p class="usa-hint">All</p><div class="usa-checkbox">',
        '<ul class="errorlist usa-error-message" id="id_reasons_error">',
        'class="usa-textarea usa-input--error" cols="40" rows="3" required aria-invalid="true"',
        'aria-describedby="id_reasons_error" id="id_reasons">',
        '<div class="usa-input-prefix" aria-hidden="true">$</div><input type="number" name="amount"',
    ],
)
def test_a_field_says_what_it_asks(drawn: str, said: str) -> None:
    assert said in strip_spaces_between_tags(drawn)


@pytest.mark.parametrize("widget", [forms.TextInput, forms.HiddenInput, forms.CheckboxInput, forms.NumberInput])
def test_an_input_within_another_widget_looks_the_same(widget: type[forms.Widget]) -> None:
    """A widget of several draws its parts by the template."""
    context = widget().get_context("n", "a<b", {"id": "x", "class": "more", "aria-invalid": "true", "required": True})
    drawn = get_default_renderer().render(str(widget.template_name), context)
    assert _plain(drawn) == _plain(render_to_string("django/forms/widgets/input.html", context))


def _plain(html: str) -> list[str]:
    return sorted(html.replace('class="', 'class=" ').replace('"', " ").replace(">", " >").split())
