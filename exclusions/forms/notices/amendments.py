"""What is entered of a technical amendment: the words and their first day; later its notice."""

from typing import Any

from django import forms

from exclusions.forms.people.proposals import NumberForm, WordingForm

SINCE = "First day of entries to which it applies. If you leave it empty, it applies from the first day of the wording."


class AmendWordingForm(WordingForm):
    """The wording as the notice is to make it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_amendment(self)


class AmendNumberForm(NumberForm):
    """The number of a wording that the notice is to change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _as_amendment(self)


def _as_amendment(form: forms.Form) -> None:
    del form.fields["citation"]  # the notice is to come
    form.fields["holds_from"].label, form.fields["holds_from"].help_text = "Applies from", SINCE
    form.fields["reason"].label = "What does it change, and why?"


class AmendmentNoticeForm(forms.Form):
    """The notice that makes an amendment law."""

    citation = forms.CharField(
        label="Federal Register citation",
        help_text="For example 84 FR 38717.",
        max_length=100,
        error_messages={"required": "Give the Federal Register citation of the notice, for example 84 FR 38717."},
    )
    published_on = forms.DateField(
        label="Published on",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Give the day on which the notice was published.",
            "invalid": "Enter a date such as 2019-07-09.",
        },
    )
