"""Taking something down from the public side, and giving a corrected file."""

from collections.abc import Sequence
from typing import Any

from django import forms


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
