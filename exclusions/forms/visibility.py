"""Forms about who sees what: taking down, declaring an interest, the filters of the access log."""

from collections.abc import Sequence
from typing import Any

from django import forms

from exclusions.workflow.roles import Role


class TakeDownForm(forms.Form):
    """What to take down, and why."""

    thing = forms.ChoiceField(label="What should be taken down?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Say what is wrong without repeating it. The reason is kept on the record and is not published.",
    )

    def __init__(self, *args: Any, things: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = list(things)  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """A corrected file."""

    file = forms.FileField(label="Corrected file")


class InterestForm(forms.Form):
    """An interest of a member of staff in a company."""

    name = forms.CharField(
        label="Company", max_length=300, help_text="Its legal name, as it would stand in a petition or a response."
    )
    nature = forms.CharField(
        label="What is the interest?", max_length=300, help_text="For example shares, a former employer, a relative."
    )


class AccessFilter(forms.Form):
    """What the access log is narrowed to."""

    reference = forms.CharField(label="Petition", required=False, max_length=40)
    who = forms.CharField(label="Person", required=False, max_length=200, help_text="Part of a name or e-mail address")
    role = forms.ChoiceField(
        label="Role", required=False, choices=[("", "Every role"), *[(role.value, role.label) for role in Role]]
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))
