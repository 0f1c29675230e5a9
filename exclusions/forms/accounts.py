"""What is asked when an account is made, beyond the e-mail address and the password."""

from typing import Any

from django import forms
from django.http import HttpRequest


class SignupForm(forms.Form):
    """The person's name, as it will stand in the record of what they file."""

    full_name = forms.CharField(
        label="Your name",
        max_length=200,
        help_text="First and last name; it stands in the record of what you file.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("full_name", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Keep the name on the new account; the account library calls this once the account is saved."""
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
