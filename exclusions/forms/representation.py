"""The form by which a company lets a firm act for it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from exclusions.models import Organization, Round


class AuthorizeForm(forms.Form):
    """Who may act for which company, and until when."""

    client = forms.ChoiceField(label="For which of your organizations?")
    email = forms.EmailField(
        label="E-mail address of somebody at the firm",
        help_text="The address of their account here. Everybody at that firm may then draft, file and reply for you.",
    )
    valid_to = forms.DateField(
        label="Last day, if there is one",
        required=False,
        help_text="Left empty, it holds until you revoke it.",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    rounds = forms.ModelMultipleChoiceField(
        label="In which rounds",
        queryset=Round.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: in all.",
    )

    def __init__(self, *args: Any, organizations: Sequence[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organizations = {str(organization.pk): organization for organization in organizations}
        self.fields["rounds"].queryset = Round.objects.order_by("-opens_at")  # type: ignore[attr-defined]
        self.fields["client"].choices = [(str(o.pk), o.legal_name) for o in organizations]  # type: ignore[attr-defined]

    @property
    def chosen_client(self) -> Organization:
        """The organization that was chosen."""
        return self._organizations[self.cleaned_data["client"]]
