"""What the lead of a team enters."""

from collections.abc import Sequence
from typing import Any

from django import forms

from exclusions.models import User


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Enter the day.", "invalid": "Enter a date such as 2019-07-09."},
    )


class OfTeam(forms.Form):
    """A form that names people of one team."""

    person = forms.TypedChoiceField(
        label="Person", coerce=int, error_messages={"required": "Choose a person of the team."}
    )

    def __init__(self, *args: Any, people: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        names = [(person.pk, str(person)) for person in people]
        for name, empty in (("person", "Choose"), ("to", "Share evenly among those present")):
            if name in self.fields:
                self.fields[name].choices = [("", empty), *names]  # type: ignore[attr-defined]


class ReassignForm(OfTeam):
    """Whose cases go to whom, and why."""

    to = forms.TypedChoiceField(label="To", coerce=int, empty_value=None, required=False)
    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It goes on the record of each case and to the person who had it.",
        error_messages={"required": "Say why the cases go to other people."},
    )
    but = forms.CharField(required=False, widget=forms.HiddenInput)


class AbsenceForm(OfTeam):
    """Who is away, from when through when."""

    first_day = _day("From")
    last_day = _day("Through")


class TargetForm(forms.Form):
    """How many days a status should take."""

    status = forms.ChoiceField(label="Status")
    days = forms.IntegerField(
        label="Days",
        error_messages={"required": "Enter a number of days.", "invalid": "Enter a number of days, such as 10."},
    )

    def __init__(self, *args: Any, statuses: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = list(statuses)  # type: ignore[attr-defined]
