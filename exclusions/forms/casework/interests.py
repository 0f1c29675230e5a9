"""Declaring an interest in a company."""

from collections.abc import Sequence
from typing import Any

from django import forms

from exclusions.queries.people.organizations import companies_like

SHOWN = 8


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

    NONE_OF_THEM = "none"

    which = forms.ChoiceField(
        label="Which company do you mean?", widget=forms.RadioSelect, required=False,
        error_messages={"invalid_choice": "Choose one of these companies, or that it is not on file yet."},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.likely = companies_like(self.data.get("name", ""), SHOWN) if self.is_bound else []
        if not self.likely or self.is_exact():
            del self.fields["which"]
        else:
            choices = [(name, name) for name in self.likely]
            self.fields["which"].choices = [*choices, (self.NONE_OF_THEM, "No such company on file yet")]  # type: ignore[attr-defined]

    def is_exact(self) -> bool:
        """Say whether the name is that of a company on file, to the letter."""
        return self.data.get("name", "").strip().lower() in {name.lower() for name in self.likely}

    def clean(self) -> dict[str, Any]:
        """Ask which company is meant where some on file have names that are like it."""
        given = super().clean() or self.cleaned_data
        which = given.pop("which", "")
        if "which" in self.fields and "which" not in self.errors:
            if not which:
                self.add_error("which", "Companies on file have names like this one. Choose the one that you mean.")
            elif which != self.NONE_OF_THEM:
                given["name"] = which
        return given


class NotThemForm(forms.Form):
    """Which company is not the one of an interest, and how that is known."""

    name = forms.ChoiceField(
        label="Which company is another one?", widget=forms.RadioSelect,
        error_messages={"required": "Choose the company that is not meant."},
    )  # fmt: skip
    reason = forms.CharField(
        label="How do you know?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the record. Administrators and the auditor read it.",
        error_messages={"required": "Say how you know that it is another company."},
    )  # fmt: skip

    def __init__(self, *args: Any, companies: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].choices = [(name, name) for name in companies]  # type: ignore[attr-defined]
