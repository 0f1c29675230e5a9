"""What the signatory enters to grant less than was asked."""

from typing import Any

from django import forms

from exclusions import criteria
from exclusions.forms.decisions import GrantForm, published_words


class GrantInPartForm(GrantForm):
    """Signing a grant in part: a grant, with why it is narrower and who proposed that."""

    prefix = "grant_in_part"
    narrowing_codes = forms.MultipleChoiceField(
        label="Coded reasons why less is granted",
        choices=[(code, f"{code}: {text}") for code, text in criteria.NARROWING_REASONS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one coded reason why less is granted than was asked."},
    )
    proposed_by = forms.ChoiceField(
        label="Who proposed the narrower text",
        choices=[("", "Choose who"), *criteria.PROPOSERS.items()],
        error_messages={"required": "Choose who proposed the narrower text."},
    )
    narrowing = published_words("Which part of the request is left out, and why", "", required=True)
    field_order = ("narrowing_codes", "proposed_by", "narrowing", "rationale", "departure", "adverse")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["narrowing"].error_messages["required"] = "Say which part of the request is left out, and why."
