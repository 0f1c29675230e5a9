"""The form by which a company lets a firm act for it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exclusions.forms.people.organizations import in_which_rounds, offer_rounds
from exclusions.models import Organization, Round


class ClientForm(forms.Form):
    """Whose authorizations to list."""

    client = forms.CharField(label=_("Client's name, or a part of it"), required=False, max_length=300)

    @property
    def chosen(self) -> str:
        """What was asked for; "" where nothing was, or nothing that can be a name."""
        return str(self.cleaned_data["client"]) if self.is_valid() else ""


class AuthorizeForm(forms.Form):
    """Who may act for which company, and until when."""

    client = forms.ChoiceField(label=_("For which of your organizations?"))
    email = forms.EmailField(
        label=_("E-mail address of someone at the firm"),
        help_text=_(
            "Use the address of their account here. Everyone at the firm can then draft, file and reply for you."
        ),
    )
    valid_to = forms.DateField(
        label=_("Last day, if there is one"),
        required=False,
        help_text=_("If you leave this empty, the authorization lasts until you revoke it."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    rounds = in_which_rounds()

    def __init__(
        self, *args: Any, organizations: Sequence[Organization], offered: QuerySet[Round], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_rounds(self, offered)
        self._organizations = {str(organization.pk): organization for organization in organizations}
        self.fields["client"].choices = [(str(o.pk), o.legal_name) for o in organizations]  # type: ignore[attr-defined]

    @property
    def chosen_client(self) -> Organization:
        """The organization that was chosen."""
        return self._organizations[self.cleaned_data["client"]]
