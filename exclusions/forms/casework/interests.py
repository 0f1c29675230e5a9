"""Declaring an interest in a company."""

from django import forms


class InterestForm(forms.Form):
    """An interest of a member of staff in a company."""

    name = forms.CharField(
        label="Company", max_length=300, help_text="Its legal name, as it would stand in a petition or a response."
    )
    nature = forms.CharField(
        label="What is the interest?", max_length=300, help_text="For example shares, a former employer, a relative."
    )
