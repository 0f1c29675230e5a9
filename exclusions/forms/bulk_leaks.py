"""The statement that settles leaks in rows of a bulk sheet."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.actions.filing.confidentiality import NO_STATEMENT

LONGEST_STATEMENT = 500
ALL, TICKED = "all", "ticked"


class Lines(forms.Field):
    """Lines of a table, by their numbers."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        """Return the numbers. Raises ValidationError for what is none."""
        given: Sequence[str] = value or []
        if not all(text.isascii() and text.isdecimal() and len(text) <= 6 for text in given):
            raise forms.ValidationError(_("Choose among the rows that are listed."))
        return sorted({int(text) for text in given})


class SettleForm(forms.Form):
    """Which value is public in which rows, and why. `listed` are the rows that the page listed."""

    leak = forms.CharField(max_length=40)
    seen = forms.IntegerField(min_value=0)
    listed = Lines(required=False)
    rows = Lines(required=False)
    which = forms.ChoiceField(
        choices=((ALL, _("All rows listed")), (TICKED, _("Rows that are ticked"))),
        error_messages={
            "required": _("Choose all rows that are listed, or those that you tick."),
            "invalid_choice": _("Choose all rows that are listed, or those that you tick."),
        },
    )
    statement = forms.CharField(max_length=LONGEST_STATEMENT, error_messages={"required": NO_STATEMENT})

    @property
    def lines(self) -> list[int]:
        """The rows that were chosen."""
        lines: list[int] = self.cleaned_data["listed" if self.cleaned_data["which"] == ALL else "rows"]
        return lines
