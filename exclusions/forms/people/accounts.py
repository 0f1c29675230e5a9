"""What is asked when an account is made, beyond the e-mail address and the password."""

from typing import Any

from allauth.account import forms as library
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from exclusions.forms.people.passwords import NamesValidator
from exclusions.models import User


class SignupForm(library.SignupForm):
    """The person's name, as it will stand in the record of what they file."""

    full_name = forms.CharField(
        label="Your name",
        max_length=200,
        help_text="First and last name. It appears in the record of what you file.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("full_name", "email", "password1", "password2")

    def clean(self) -> dict[str, Any]:
        """Refuse a password with the person's name in it; the account library's own check knows the address alone."""
        cleaned: dict[str, Any] = super().clean()
        person = User(full_name=self.cleaned_data.get("full_name", ""))
        try:
            NamesValidator().validate(self.cleaned_data.get("password1", ""), person)
        except ValidationError as refused:
            self.add_error("password1", refused)
        return cleaned

    def signup(self, request: HttpRequest, user: Any) -> None:
        """Keep the name on the new account; the account library calls this once the account is saved."""
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])

    def try_save(self, request: HttpRequest) -> Any:
        """Save the account, or write to the owner of one that exists; hash a password either way.

        Hashing is what takes the time, so that how long the answer takes would tell who has an account.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)
