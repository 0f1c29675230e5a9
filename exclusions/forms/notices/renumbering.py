"""What follows a retired number, as it is entered."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from exclusions.hts import dotted
from exclusions.models import NumberSettlement


class SettlementForm(forms.Form):
    """The proposed numbers, others, or none; and why."""

    verdict = forms.ChoiceField(
        label="What follows",
        widget=forms.RadioSelect,
        choices=[
            (NumberSettlement.Verdict.ACCEPTED, "The proposed numbers that are ticked"),
            (NumberSettlement.Verdict.CHOSEN, "Other numbers"),
            (NumberSettlement.Verdict.REJECTED, "No number follows"),
        ],
        error_messages={"required": "Choose what follows."},
    )
    accepted = forms.MultipleChoiceField(
        label="Proposed numbers", widget=forms.CheckboxSelectMultiple, required=False,
        error_messages={"invalid_choice": "Tick only proposed numbers."},
    )  # fmt: skip
    successors = forms.CharField(
        label="Other numbers",
        required=False,
        max_length=200,
        help_text="Separate them with commas, for example 8413.91.9085, 8413.91.9096.",
    )
    reason = forms.CharField(
        label="What shows it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only staff read it. It stays with the number.",
        error_messages={"required": "Say what shows that this is right."},
    )

    def __init__(self, *args: Any, proposed: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["accepted"]
        field.choices = [(number, dotted(number)) for number in proposed]  # type: ignore[attr-defined]
        if not proposed:
            del self.fields["accepted"]

    @property
    def following(self) -> list[str]:
        """The numbers entered, as typed or ticked, for the choice that was made."""
        if self.cleaned_data["verdict"] == NumberSettlement.Verdict.ACCEPTED:
            return list(self.cleaned_data.get("accepted", ()))
        return [part for part in re.split(r"[,;\n]+", self.cleaned_data["successors"]) if part.strip()]
