"""Whatever is typed into a form, or stands in its labels and choices, is shown as a text when it is drawn."""

from typing import Any

import pytest
from django import forms

from exclusions.forms.answer_fields import Places
from tests.unit.templates.test_hostile_rows import HOSTILE, PLAIN, Structure


def drawn(text: str) -> Structure:
    """Return a form with a field of each kind, in which a text stands wherever one may."""
    choices = [(text, text), (text, [(text, text)])]

    class Everything(forms.Form):
        name = forms.CharField(label=text, initial=text)
        secret = forms.CharField(initial=text, widget=forms.HiddenInput)
        agreed = forms.BooleanField(label=text)
        chosen = forms.ChoiceField(label=text, choices=choices)
        place = forms.CharField(label=text, widget=Places(choices=[(text, text), ("", text)]))
        outcome = forms.ChoiceField(label=text, choices=choices, widget=forms.RadioSelect)
        codes = forms.MultipleChoiceField(label=text, choices=choices, widget=forms.CheckboxSelectMultiple)
        reasons = forms.CharField(label=text, initial=text, widget=forms.Textarea(attrs={"title": text, "class": text}))

    form: Any = Everything()
    form.fields["name"].unit_prefix = form.fields["name"].unit_suffix = form.fields["agreed"].required_if = text
    return Structure(str(form))


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_of_a_form_is_shown_and_nothing_more(hostile: str) -> None:
    kind, meant = drawn(hostile), drawn(PLAIN)
    assert kind.elements == meant.elements
    said, plain = ("".join("".join(one.texts).split()) for one in (kind, meant))
    assert said.count("".join(hostile.split())) == plain.count("".join(PLAIN.split()))
