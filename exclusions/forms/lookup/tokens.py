"""What a person says of a new token: which program will use it, and what it may do."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.actions.people.tokens import SCOPES, USUAL


class TokenForm(forms.Form):
    """A name and scopes."""

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
