"""What a person says of a new token: which program will use it, and what it may do."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.actions.people.tokens import OF_STAFF, SCOPES, USUAL


class TokenForm(forms.Form):
    """A name and scopes; `staff`: those of the agency's staff, too."""

    name = forms.CharField(
        label=_("Which program will use it?"),
        max_length=60,
        help_text=_("So that you know later which token to end, for example: nightly import."),
        error_messages={"required": _("Name the program that will use it.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=[(scope, f"{words[:1].upper()}{words[1:]} ({scope})") for scope, words in SCOPES.items()],
        initial=list(USUAL),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that it may do.")},
    )

    def __init__(self, *args: Any, staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not staff:
            field: Any = self.fields["scopes"]
            field.choices = [(scope, words) for scope, words in field.choices if scope not in OF_STAFF]
