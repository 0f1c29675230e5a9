"""How mail about one's own petitions comes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class JoinedForm(forms.Form):
    """A box."""

    joined = forms.BooleanField(
        label=_("One message a day about my petitions"),
        required=False,
        help_text=_("At 7 a.m. in New York. What has a deadline, or asks you for something, still comes at once."),
    )
