"""What is asked for an order about a round."""

from datetime import datetime
from typing import Any

from django import forms

from exclusions.actions.rounds.versions import DAYS, WINDOW
from exclusions.models import Round
from exclusions.queries.record.rounds import is_frozen


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text="Eastern Time.",
        error_messages={"required": "Enter day and time.", "invalid": "Enter day and time, such as 2019-09-30 23:59."},
    )


def _days(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=help_text, required=False, min_value=0, max_value=365)


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

    def plain(self) -> dict[str, Any]:
        """Return what a proposal keeps of it."""
        return {"until": self.cleaned_data["until"].isoformat(), "citation": self.cleaned_data["citation"]}


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


class DatesForm(OrderForm):
    """The dates of a round that is open, as they are to be; what is left as it stands does not change."""

    opens_at = _moment("Filing window opens")
    closes_at = _moment("Filing window closes")
    day_unit = forms.ChoiceField(label="Days are counted as", choices=Round.DayUnit.choices)
    roll_rule = forms.ChoiceField(label="A last day that is no business day moves", choices=Round.Roll.choices)
    response_days = _days("Days to respond", "Counted from the day after posting. Empty: the round takes no responses.")
    reply_days_after_close = _days("Days to reply after responses close", "Empty: the round takes no replies.")
    reply_days_after_response = _days("Days to reply after a response", "The later of the two applies.")
    field_order = (*DAYS, "citation", "reason")

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        for name in DAYS:
            self.fields[name].initial = getattr(round, name)
        if is_frozen(round):
            for name in WINDOW:
                del self.fields[name]  # its window is moved by an order

    def facts(self) -> dict[str, Any]:
        """Return what differs from the round as it stands, and the citation, as plain JSON."""
        given = self.cleaned_data
        days = {name: given[name] for name in DAYS if name in given and given[name] != self._stands(name)}
        plain = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in days.items()}
        return {"citation": given["citation"], "days": plain}

    def _stands(self, name: str) -> Any:
        """Return a date as it stands, as exact as the form shows it."""
        value = getattr(self.round, name)
        return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value
