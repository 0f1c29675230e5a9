"""What is entered for a notice before it is published: its cases, its items' paragraphs, withdrawals."""

from collections.abc import Iterable
from typing import Any

from django import forms

from exclusions.forms.decisions import NoticeForm
from exclusions.models import NoticeItem


class DraftForm(NoticeForm):
    """Granted cases to be drafted into a notice."""

    citation = None  # type: ignore[assignment]  # these two are entered when it is published
    published_on = None  # type: ignore[assignment]
    confirmed = None  # type: ignore[assignment]


class ItemForm(forms.Form):
    """One item of a draft, and the paragraph that it is to have."""

    item = forms.ChoiceField(
        label="Item", error_messages={"required": "Choose the item.", "invalid_choice": "Choose one of the items."}
    )
    number = forms.IntegerField(
        label="Paragraph",
        help_text="Enter it only to move the item to another paragraph of the note.",
        min_value=1,
        max_value=99_999,
        required=False,
    )

    def __init__(self, *args: Any, items: Iterable[NoticeItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [  # type: ignore[attr-defined]
            (str(item.pk), f"({item.number}) {item.exclusion.reference}, {item.get_kind_display().lower()}")
            for item in items
        ]


class WithdrawalForm(forms.Form):
    """Exclusions that the agency withdraws by notice."""

    exclusions = forms.CharField(
        label="Exclusions",
        help_text="Enter their references, one a line, such as L3-6810990010-3F0A11.",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Name at least one exclusion, one a line."},
    )
    last_day = forms.DateField(
        label="Last day",
        help_text="The last day on which they apply. It cannot be before the notice.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Give the last day.", "invalid": "Enter a date such as 2020-03-31."},
    )
    reason = forms.CharField(
        label="Why the agency withdraws them",
        help_text="Published in the notice and on the registry, and mailed to those who filed.",
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why the exclusions are withdrawn. The reason is public."},
    )

    def references(self) -> list[str]:
        """Return the references that were typed, each once."""
        return list(dict.fromkeys(self.cleaned_data["exclusions"].split()))
