"""Forms about organizations: a new one, an invitation, a firm's request, assisted filing."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exclusions.models import Membership, Organization, Round

MOST_DIGITS = 18  # a key has 64 bits


class RegisterForm(forms.Form):
    """A new organization of the person."""

    legal_name = forms.CharField(
        label=_("Full legal name"),
        max_length=300,
        help_text=_("Write it as in the articles of incorporation. The name will be public."),
    )
    kind = forms.ChoiceField(label=_("What kind of organization is it?"), choices=Organization.Kind.choices)


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Only an account with this address can use the invitation, once, within 7 days."),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Membership.Role.choices,
        initial=Membership.Role.MEMBER,
        help_text=_("Owners manage people."),
    )


class RoundsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several rounds; a number that is larger than any key names none of them."""

    def clean(self, value: Any) -> Any:
        """Return the rounds. Django would hand every whole number to the database."""
        for key in value or ():
            if len(str(key)) > MOST_DIGITS:
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key[:20]}
                )
        return super().clean(value)


def in_which_rounds() -> RoundsField:
    """Return the question in which rounds a firm may act."""
    return RoundsField(
        label=_("In which rounds"),
        queryset=Round.objects.current().order_by("-opens_at"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If you tick none, the firm may act in all rounds."),
    )


def offer_rounds(form: forms.Form, rounds: QuerySet[Round]) -> None:
    """Let a form offer these rounds alone. Another one that is sent is refused: without it, it would mean all."""
    field = form.fields["rounds"]
    field.queryset = rounds  # type: ignore[attr-defined]
    if not rounds:
        field.help_text = "No filing window is open or planned. The firm may act in all rounds."


class RequestForm(forms.Form):
    """A firm asks a client to let it act."""

    email = forms.EmailField(
        label=_("E-mail address of an owner of the client"), help_text=_("Use the address of their account here.")
    )
    valid_from = forms.DateField(label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    valid_to = forms.DateField(label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    rounds = in_which_rounds()

    def __init__(self, *args: Any, offered: QuerySet[Round], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rounds(self, offered)


class AssistForm(forms.Form):
    """For whom a clerk files, in which round, and at which request."""

    round = forms.ModelChoiceField(label=_("Round"), queryset=Round.objects.none())
    legal_name = forms.CharField(label=_("Full legal name of the organization"), max_length=300)
    request = forms.CharField(
        label=_("Written request"),
        max_length=300,
        help_text=_("Give its date and kind, such as: letter of July 3, 2019, received July 8. The petition shows it."),
    )

    def __init__(self, *args: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Which member to list."""

    email = forms.EmailField(
        label=_("E-mail address of an owner of the member company"), help_text=_("We list the company once it accepts.")
    )
