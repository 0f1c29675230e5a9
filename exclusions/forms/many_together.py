"""The forms of acts on many petitions alike: one answer to the same question, and one certificate for returned ones."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.forms.casework.inquiries import InquiryAnswerForm
from exclusions.models import Inquiry
from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.certifications import certifications, statement


class AnswerManyForm(InquiryAnswerForm):
    """For which petitions the answer counts, and the answer."""

    chosen = forms.MultipleChoiceField(
        label=_("For which petitions?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one petition: tick the box in front of it."),
            "invalid_choice": _("One of the petitions waits for no answer to this question any more. Choose again."),
        },
    )
    field_order = ("chosen", "text")

    def __init__(self, data: Any = None, *, asked: Sequence[Inquiry]) -> None:
        keys = [(str(one.petition_id), f"{one.petition.product_name} ({one.petition.reference})") for one in asked]
        super().__init__(data, initial={"chosen": [key for key, _words in keys]})
        self.fields["chosen"].choices = keys  # type: ignore[attr-defined]

    @property
    def keys(self) -> list[UUID]:
        """The petitions that were chosen."""
        return [UUID(key) for key in self.cleaned_data["chosen"]]


class ResubmitForm(forms.Form):
    """That the public versions were read, each statement of the questionnaire, and what was left as it was."""

    was_read = forms.BooleanField(
        label=_("I have read the public version of each chosen petition. Everyone can read it on the docket."),
        required=False,
    )
    certified = forms.MultipleChoiceField(
        label=_("I certify for each of these petitions"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unchanged = forms.BooleanField(
        label=_("I resubmit unchanged what I changed nothing in. I know that the agency sees that."), required=False
    )

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire) -> None:
        super().__init__(data)
        self.fields["certified"].choices = [  # type: ignore[attr-defined]
            (question.key, statement(question)) for question in certifications(questionnaire)
        ]
