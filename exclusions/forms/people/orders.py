"""What is asked for an order about a round."""

from typing import Any

from django import forms


class OrderForm(forms.Form):
    """An order that needs no more than its authority and a reason."""

    citation = forms.CharField(
        label="Federal Register citation",
        max_length=200,
        help_text="The notice that orders it, for example 84 FR 38717.",
        error_messages={"required": "Give the citation of the notice, for example 84 FR 38717."},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Give one sentence. The round's page shows it, and it goes on record.",
        error_messages={"required": "Give the reason in a sentence. The round's page shows it."},
    )

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names of the action's arguments."""
        return dict(self.cleaned_data)


class UntilForm(OrderForm):
    """Until which day something is extended."""

    until = forms.DateField(
        label="Last day", widget=forms.DateInput(attrs={"type": "date"}), help_text="Until 11:59 p.m. ET of that day."
    )
    field_order = ("until", "citation", "reason")


class DaysForm(OrderForm):
    """By how many days everything that is pending is extended."""

    days = forms.IntegerField(
        label="Days",
        min_value=1,
        max_value=90,
        help_text="Days count as the round counts them. This extends the filing window if open, and every open period.",
        error_messages={"required": "Give a number of days from 1 to 90."},
    )
    field_order = ("days", "citation", "reason")


class PauseForm(OrderForm):
    """Whether the periods that run stand meanwhile."""

    clocks_stand = forms.BooleanField(
        label="Pause responses and replies too. Nobody can respond or reply, and no period ends",
        required=False,
        initial=True,
        help_text="When the round resumes, each period ends later by the length of the pause.",
    )
    field_order = ("clocks_stand", "citation", "reason")
