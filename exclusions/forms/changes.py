"""What a mirror of the docket asks for."""

from typing import Any

import django_filters
from django import forms

from exclusions.forms.filters import ShownFilters
from exclusions.models.mirrors.changes import DocketChange

DIGITS = 18  # more than there will be changes, and no more than the column holds
SENTENCE = (
    "changed_since must be the largest number that you saw here, a whole number from 0. Leave it out to begin with the "
    "first change."
)


class ChangeNumber(forms.CharField):
    """The number of a change."""

    def clean(self, value: Any) -> int | None:
        """Return the number, or a sentence that says which one to send."""
        text = super().clean(value)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= DIGITS):
            raise forms.ValidationError(SENTENCE)
        return int(text)


class ChangeFilter(django_filters.NumberFilter):
    """Changes behind a number."""

    field_class = ChangeNumber

    def get_max_validator(self) -> None:
        """Add no bound of decimal numbers to a text."""


class ChangesFilter(ShownFilters):
    """The changes after a number."""

    changed_since = ChangeFilter(
        field_name="number",
        lookup_expr="gt",
        label="Changed since",
        help_text="The largest `number` that you saw. Without it, you get every petition",
    )

    class Meta:
        model = DocketChange
        fields = ()
