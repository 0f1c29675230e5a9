"""Taking something down from the public side, and giving a corrected file or text."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.workflow.public_things import Ground

GROUNDS = [
    ("", "Choose what everybody may read"),
    *(
        (ground.value, f"{ground.label[0].upper()}{ground.label[1:]}")
        for ground in Ground
        if ground is not Ground.WITHDRAWN  # that is an act of its own
    ),
]


class TakeDownForm(forms.Form):
    """What to take down, and why: in a code for the public, in words for the record."""

    thing = forms.ChoiceField(
        label=_("What should be taken down?"),
        help_text=_("Take down as little as is needed: one answer rather than the petition."),
        error_messages={"required": _("Choose what should be taken down.")},
    )
    ground = forms.ChoiceField(
        label=_("What may the public read about it?"),
        choices=GROUNDS,
        help_text=_("Published in its place, with the date."),
        error_messages={"required": _("Choose one of the public grounds.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Say what is wrong without repeating it. The reason is kept on the record and is not published."),
        error_messages={"required": _("Say what is wrong, without repeating it.")},
    )

    def __init__(self, *args: Any, things: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [("", "Choose"), *things]  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """A corrected file."""

    file = forms.FileField(label=_("Corrected file"))


class CorrectionForm(forms.Form):
    """A corrected text."""

    text = forms.CharField(
        label=_("Corrected text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Published at once instead of what was taken down, marked as corrected. Nothing confidential."),
        error_messages={"required": _("Enter the text that everyone will read in its place.")},
    )
