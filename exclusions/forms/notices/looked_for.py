"""The last day whose notices were searched."""

from django import forms


class SearchedForm(forms.Form):
    """One day."""

    until = forms.DateField(
        label="Searched through",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Enter the last day whose notices you searched.",
            "invalid": "This is not a date. Write it like 2026-11-29.",
        },
    )
