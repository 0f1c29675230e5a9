"""The form of one act on many of a person's petitions."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.models import Petition
from exclusions.workflow.states import Status

WITHDRAW, DELETE = "withdraw", "delete"


class ManyForm(forms.Form):
    """Which petitions, what to do with them, and why."""

    chosen = forms.MultipleChoiceField(
        label=_("Which petitions?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one petition: tick the box in front of it."),
            "invalid_choice": _("One of the petitions is not on this page any more. Choose again."),
        },
    )
    act = forms.ChoiceField(
        label=_("What do you want to do with them?"),
        choices=[
            (WITHDRAW, _("Withdraw petitions that are filed. You cannot undo it")),
            (DELETE, _("Delete drafts, with their answers and files. You cannot undo it")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what to do with the petitions."),
            "invalid_choice": _("Choose to withdraw or to delete."),
        },
    )
    reason = forms.CharField(
        label=_("Why do you withdraw them?"),
        help_text=_("We keep this on the record of each case. Do not give confidential figures."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
    )

    def __init__(self, *args: Any, petitions: Sequence[Petition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(str(one.pk), _named(one)) for one in petitions]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where petitions are withdrawn."""
        cleaned = super().clean() or {}
        if cleaned.get("act") == WITHDRAW and not str(cleaned.get("reason", "")).strip():
            self.add_error("reason", _("Give a reason. It goes on the record."))
        return cleaned

    @property
    def keys(self) -> list[UUID]:
        """The petitions that were chosen."""
        return [UUID(key) for key in self.cleaned_data["chosen"]]


def _named(petition: Petition) -> str:
    product = petition.product_name or _("Product not named yet")
    known = _("draft") if petition.status == Status.DRAFT else petition.reference
    return f"{product} ({known}), {petition.organization}"
