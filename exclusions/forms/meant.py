"""A tick that a form shows only once it is asked for: what its writer was asked about is meant."""

from typing import Any

from django import forms

from exclusions.checks.substance import MEANT

FIELD = "meant"


def meant_field(of: str = "") -> forms.BooleanField:
    """Return the tick, out of sight; `of` is the criterion, where a form has several."""
    return forms.BooleanField(label=f"{of}: {MEANT}" if of else MEANT, required=False, widget=forms.HiddenInput)


class AsksAgain(forms.Form):
    """A form with such ticks: one is shown with the question that it answers, and as long as it is ticked."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Show the tick that an error asks for."""
        if field and field.endswith(FIELD) and field in self.fields:
            self._show(field)
        super().add_error(field, error)

    def show_ticked(self) -> None:
        """Show the ticks that were sent."""
        for name in self.fields:
            if name.endswith(FIELD) and self.data.get(self.add_prefix(name)):
                self._show(name)

    def _show(self, name: str) -> None:
        self.fields[name].widget = forms.CheckboxInput()
