"""What is asked for an act of two persons: its facts, and the reason; and what the second person answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from exclusions.models import Membership, Organization, TariffAction, User


def _reason(label: str = "Why?") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the record, and for the person who confirms it.",
        error_messages={"required": "Say why. The person who confirms it and readers of the record rely on this."},
    )


def _printed_reason(label: str, help_text: str, missing: str, *, most: int = 900) -> forms.CharField:
    """Return a reason that is printed in a letter, and so is short."""
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=help_text,
        error_messages={"required": missing},
    )


class ActForm(forms.Form):
    """An act that needs nothing but a reason."""

    reason = _reason("Why, and what did you look at?")

    def facts(self) -> dict[str, Any]:
        """Return what was entered as plain JSON, without the reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


class MergeForm(ActForm):
    """Which organization stays, and why the other is the same."""

    keep = forms.ChoiceField(label="Which one stays?", widget=forms.RadioSelect)
    reason = _reason("Why are they the same?")
    field_order = ("keep", "reason")

    def __init__(self, *args: Any, organizations: Sequence[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = [(str(one.pk), one.legal_name) for one in organizations]  # type: ignore[attr-defined]
        self.pair = organizations

    def facts(self) -> dict[str, Any]:
        """Return which of the two goes; the act is done to the one that stays."""
        return {"duplicate": next(str(one.pk) for one in self.pair if str(one.pk) != self.cleaned_data["keep"])}


class KindForm(ActForm):
    """What kind of organization it is."""

    kind = forms.ChoiceField(label="What kind of organization is it?", choices=Organization.Kind.choices)
    field_order = ("kind", "reason")


class AddMemberForm(ActForm):
    """Who is to belong to the organization, and as what."""

    email = forms.EmailField(label="E-mail address of the person’s account", max_length=254)
    role = forms.ChoiceField(label="Role", choices=Membership.Role.choices, initial=Membership.Role.MEMBER)
    field_order = ("email", "role", "reason")


class OneMemberForm(ActForm):
    """Which of its people."""

    user = forms.TypedChoiceField(label="Person", coerce=int)
    field_order = ("user", "role", "reason")

    def __init__(self, *args: Any, members: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [  # type: ignore[attr-defined]
            (one.user_id, f"{one.user} ({one.user.email}), {one.get_role_display().lower()}") for one in members
        ]


class MemberRoleForm(OneMemberForm):
    """Which of its people, and what they are to be."""

    role = forms.ChoiceField(label="New role", choices=Membership.Role.choices)


class HeadingForm(ActForm):
    """A heading that nothing uses yet, for a list."""

    action = forms.ModelChoiceField(
        label="List", queryset=TariffAction.objects.order_by("position", "code"), empty_label="Choose"
    )
    heading = forms.CharField(label="Chapter 99 heading", help_text="For example 9903.88.70.", max_length=12)
    note = forms.CharField(label="U.S. note subdivision", help_text="For example 20(vvv).", max_length=20)
    field_order = ("action", "heading", "note", "reason")


def _date(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter a date such as 2020-08-07."},
    )


class CorrectionForm(ActForm):
    """From which day a correction holds, and on which authority."""

    holds_from = _date(
        "Holds from",
        "Leave empty if it was wrong from its first day. If you enter a day, the present version holds until the day "
        "before it.",
    )
    citation = forms.CharField(
        label="Federal Register citation", required=False, max_length=100,
        help_text="Cite the notice that corrects it, for example 84 FR 38717. If there is none, your name and the "
        "reason are the authority.",
    )  # fmt: skip
    reason = _printed_reason(
        "What was wrong, and how do you know?", "Everyone can read it, and letters print it.",
        "Say what was wrong. Those whose petitions it answers rely on this.", most=600,
    )  # fmt: skip
    field_order = (
        "text", "number", "instead", "heading", "note", "valid_from", "valid_to", "published_on", "holds_from",
        "citation",
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """Return what was entered as plain JSON: days as they are written."""
        entered = {name: value for name, value in super().facts().items() if value is not None}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in entered.items()}


class WordingForm(CorrectionForm):
    """The wording as it is to stand."""

    text = forms.CharField(
        label="Wording", max_length=10_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Enter the whole text with its statistical numbers. Everyone can read it.",
        error_messages={"required": "Enter the whole new wording."},
    )  # fmt: skip


class NumberForm(CorrectionForm):
    """Which number of a wording is wrong, and the right one."""

    number = forms.ChoiceField(label="Wrong number", widget=forms.RadioSelect)
    instead = forms.CharField(
        label="Right number", max_length=13, help_text="10 digits, for example 8413.81.0040.",
        error_messages={"required": "Enter the right number, 10 digits."},
    )  # fmt: skip

    def __init__(self, *args: Any, numbers: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = list(numbers)  # type: ignore[attr-defined]


class TermForm(CorrectionForm):
    """A term as it is to stand."""

    heading = forms.CharField(label="Chapter 99 heading", max_length=12)
    note = forms.CharField(label="U.S. note subdivision", required=False, max_length=20)
    valid_from = _date("First day")
    valid_to = _date("Last day", "The last day is included. Leave empty if there is no stated end.")
    published_on = _date("Day of the notice")


class ReopeningForm(ActForm):
    """Why a decision is reopened."""

    reason = _printed_reason(
        "Why was it wrong?",
        "Published with the decision, and printed in the letter that supersedes the former one.",
        "Say why. Everyone can read it.",
    )


class TermReopeningForm(ActForm):
    """Why what one press signed of listed exclusions is reopened."""

    reason = _printed_reason(
        "Why were they wrong?",
        "Published with each decision, and mailed to the people concerned.",
        "Say why. Everyone can read it.",
    )


class LetterForm(ActForm):
    """Why a letter is issued anew."""

    reason = _printed_reason(
        "What is wrong with it?",
        "Printed in the new letter, and shown where either is verified.",
        "Say what is wrong. Everyone can read it.",
    )


class AnswerForm(forms.Form):
    """What the second person answers, or the first one takes back. A refusal says why; `answer` is the button."""

    ANSWERS = (("confirm", "Confirm"), ("refuse", "Refuse"), ("withdraw", "Withdraw"))
    answer = forms.ChoiceField(choices=ANSWERS, error_messages={"required": "Confirm, refuse or withdraw it."})
    reason = forms.CharField(
        label="Why do you refuse it?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed only to refuse. It goes on the record.",
    )


# The form of each act on an organization that has a page; a merge has one of its own, for two of them.
ORGANIZATION_FORMS: dict[str, type[ActForm]] = {
    "vet": ActForm,
    "end_vetting": ActForm,
    "correct_kind": KindForm,
    "add_member": AddMemberForm,
    "change_member": MemberRoleForm,
    "remove_member": OneMemberForm,
}

NO_ROLE = [("", "None: not a member of staff")]


class NewStaffForm(ActForm):
    """A new account."""

    full_name = forms.CharField(label="Name", max_length=200)
    email = forms.EmailField(
        label="E-mail address", max_length=254, help_text="We email the person there to choose a password."
    )
    role = forms.ChoiceField(
        label="Staff role",
        choices=[("", "Choose"), *User.ROLE_CHOICES],
        error_messages={"required": "Choose the role."},
    )
    field_order = ("full_name", "email", "role", "reason")


class StaffRoleForm(ActForm):
    """Which role; one at most, so that duties stay apart."""

    role = forms.ChoiceField(
        label="Staff role", choices=[*NO_ROLE, *User.ROLE_CHOICES], required=False,
        help_text="The person’s cases go back to the worklist. Only administrators can open the administration.",
    )  # fmt: skip
    field_order = ("role", "reason")


class LeadForm(ActForm):
    """Whether the person leads the team."""

    leads = forms.ChoiceField(
        label="Leads the team of the role",
        choices=[("yes", "Yes: assigns cases and sets targets, and records nothing in a case"), ("no", "No")],
        widget=forms.RadioSelect,
    )
    field_order = ("leads", "reason")


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
    role = forms.ChoiceField(label="Staff role", choices=[("", "Everyone"), *User.ROLE_CHOICES], required=False)


ACCOUNT_FORMS: dict[str, type[ActForm]] = {
    "change_staff_role": StaffRoleForm,
    "change_lead": LeadForm,
    "change_name": NameForm,
    "change_address": AddressForm,
    "reset_password": ActForm,
    "reset_second_factor": ActForm,
    "deactivate": ActForm,
    "reactivate": ActForm,
}
