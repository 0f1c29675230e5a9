"""The form of a form: its name, and of each question whether and how it is asked."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from exclusions.models import MadeQuestion
from exclusions.questionnaires import Question, Questionnaire, made

ASK, REQUIRED, CONFIDENTIAL = "ask-", "required-", "confidential-"


class MadeFormForm(forms.Form):
    """The table of a shipped form's questions."""

    slug = forms.CharField(
        label="Short name", max_length=40, help_text="Use lower-case words joined by hyphens, such as leather-2026. If "
        "a form has this name already, you make its next version.",
    )  # fmt: skip
    title = forms.CharField(label="Title", max_length=200, help_text="Filers read it.")

    def __init__(self, *args: Any, base: Questionnaire, before: Mapping[str, made.Asked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = base
        self.offered = made.offered(base)
        for question in self.offered:
            how = before.get(question.key)
            self.fields[f"{ASK}{question.key}"] = forms.BooleanField(
                label=f"Ask “{question.label}”", required=False, initial=how is not None
            )
            self.fields[f"{REQUIRED}{question.key}"] = forms.ChoiceField(
                label=f"Is an answer to “{question.label}” required?",
                choices=MadeQuestion.Required.choices,
                required=False,
                initial=how.required if how else MadeQuestion.Required.AS_SHIPPED,
            )
            if made.may_be_confidential(base, question):
                self.fields[f"{CONFIDENTIAL}{question.key}"] = forms.BooleanField(
                    label=f"Keep the answer to “{question.label}” confidential",
                    required=False,
                    initial=bool(how and how.confidential),
                )

    def rows(self) -> Iterator[tuple[Question, Any, Any, Any]]:
        """Yield each question with its three fields; None where its visibility is not a choice."""
        for question in self.offered:
            key = f"{CONFIDENTIAL}{question.key}"
            yield (
                question,
                self[f"{ASK}{question.key}"],
                self[f"{REQUIRED}{question.key}"],
                self[key] if key in self.fields else None,
            )

    def needed(self) -> list[Question]:
        """Return the questions that every form asks."""
        return [question for question in self.base.questions if made.is_needed(question)]

    def asked(self) -> dict[str, made.Asked]:
        """Return how each chosen question is asked."""
        given = self.cleaned_data
        return {
            question.key: made.Asked(
                given.get(f"{REQUIRED}{question.key}") or str(MadeQuestion.Required.AS_SHIPPED),
                bool(given.get(f"{CONFIDENTIAL}{question.key}")),
            )
            for question in self.offered
            if given.get(f"{ASK}{question.key}")
        }
