"""Declaring an interest in a company."""

from django import forms


class InterestForm(forms.Form):
    """An interest of a member of staff in a company."""

    name = forms.CharField(
        label="Company",
        max_length=300,
        help_text="Its legal name, or the words that it is known by: each company whose name holds them then counts.",
    )
    nature = forms.CharField(
        label="What is the interest?", max_length=300, help_text="For example shares, a former employer, a relative."
    )
