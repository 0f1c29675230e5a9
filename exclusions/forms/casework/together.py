"""The form of intake's act on petitions that were filed together: posted, or returned for the same points."""

from datetime import date
from typing import Any

from django import forms

from exclusions.forms.decisions import PostForm, ReturnForm
from exclusions.questionnaires import Questionnaire

POST, RETURN = "post", "return"


class TogetherForm(ReturnForm):
    """What to do with the chosen petitions, and what is entered once for all of them."""

    act = forms.ChoiceField(
        label="What do you do with the chosen petitions?",
        choices=[(POST, "Post them to the docket"), (RETURN, "Return them for correction")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose to post the petitions, or to return them.",
            "invalid_choice": "Choose to post the petitions, or to return them.",
        },
    )
    screened = forms.BooleanField(
        label="I have read the public version of each chosen petition. None contains what should stay confidential",
        required=False,
    )

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire, default: date) -> None:
        super().__init__(data, questionnaire=questionnaire, default=default)
        self.order_fields(["act", "screened", *self.fields])

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen act needs; what was typed for the other one stays on the page and is not judged."""
        cleaned = super().clean()
        if cleaned.get("act") == POST:
            for name in set(self.errors) - {"act", "screened"}:
                del self.errors[name]
            if not cleaned.get("screened"):
                self.add_error("screened", PostForm.base_fields["screened"].error_messages["required"])
        return cleaned

    @property
    def entered(self) -> dict[str, Any]:
        """What is entered with the act, as the action takes it."""
        if self.cleaned_data["act"] == POST:
            return {"screened": self.cleaned_data["screened"]}
        return {"points": self.points, "last_day": self.cleaned_data["last_day"]}
