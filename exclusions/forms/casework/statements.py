"""Stating that words only seem to repeat what was given in confidence."""

from collections.abc import Mapping
from typing import Any

from django import forms


class CoincidenceForm(forms.Form):
    """Which words, where, and why it is a coincidence."""

    place = forms.ChoiceField(
        label="Where the words stand",
        error_messages={"required": "Choose where the words stand, or are to stand."},
    )
    words = forms.CharField(
        label="The words, as you want to enter them",
        help_text="Not for a response, reply, text or file that waits: its own words are on record.",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    statement = forms.CharField(
        label="Why it is a coincidence",
        help_text="The second member of staff, and whoever reads the case, sees this.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is a coincidence. The next person reads this."},
    )

    def __init__(self, *arguments: Any, places: Mapping[str, str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["place"].choices = [("", "Choose"), *places.items()]  # type: ignore[attr-defined]
