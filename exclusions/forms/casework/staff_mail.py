"""Which mail a member of staff wants."""

from django import forms


class MailForm(forms.Form):
    """A box each."""

    digest = forms.BooleanField(
        label="A digest each morning",
        required=False,
        help_text="Monday to Friday, if there is news: cases due today, over target, and new in your list.",
    )
    at_once = forms.BooleanField(
        label="At once",
        required=False,
        help_text="When a case of yours falls due today, and when a note mentions you.",
    )
