"""What is asked for an act on an account: the facts and the reason; and how an account is looked for."""

from django import forms

from exclusions.forms.proposals import ActForm
from exclusions.models import User

NO_ROLE = [("", "None: no member of staff")]


class NewStaffForm(ActForm):
    """A new account."""

    full_name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(
        label="E-mail address", max_length=254, help_text="The person gets a message there, and chooses a password."
    )
    role = forms.ChoiceField(label="Staff role", choices=User.ROLE_CHOICES)
    field_order = ("full_name", "email", "role", "reason")


class StaffRoleForm(ActForm):
    """Which role; one at most, so that duties stay apart."""

    role = forms.ChoiceField(
        label="Staff role", choices=[*NO_ROLE, *User.ROLE_CHOICES], required=False,
        help_text="Cases that the person holds go back to the worklist. Administrators enter the administration.",
    )  # fmt: skip
    field_order = ("role", "reason")


class NameForm(ActForm):
    """The name as it stands in the record."""

    full_name = forms.CharField(label="Name", max_length=200)
    field_order = ("full_name", "reason")


class AddressForm(ActForm):
    """The address that signs the person in."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    field_order = ("email", "reason")


class AccountSearch(forms.Form):
    """Words in the name or address."""

    q = forms.CharField(label="Name or e-mail address", max_length=200, required=False)
    role = forms.ChoiceField(label="Staff role", choices=[("", "Everybody"), *User.ROLE_CHOICES], required=False)


ACCOUNT_FORMS: dict[str, type[ActForm]] = {
    "change_staff_role": StaffRoleForm,
    "change_name": NameForm,
    "change_address": AddressForm,
    "reset_password": ActForm,
    "reset_second_factor": ActForm,
    "deactivate": ActForm,
    "reactivate": ActForm,
}
