"""The form by which a person certifies many drafts at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exclusions.questionnaires import Questionnaire
from exclusions.questionnaires.certifications import certifications, statement


class CertifyForm(forms.Form):
    """That the public versions were read, and each statement of the questionnaire."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    was_read = forms.BooleanField(
        label=_("I have read the public version of each petition. Everyone can read it on the docket."),
        required=False,
    )
    certified = forms.MultipleChoiceField(
        label=_("I certify for each of these petitions"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["certified"].choices = [  # type: ignore[attr-defined]
            (question.key, statement(question)) for question in certifications(questionnaire)
        ]

    @property
    def given(self) -> dict[str, Any]:
        """What was entered, as the action takes it."""
        return {
            "certified": dict.fromkeys(self.cleaned_data["certified"], "yes"),
            "was_read": self.cleaned_data["was_read"],
            "seen": self.cleaned_data["seen"],
        }
