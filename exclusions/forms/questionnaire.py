"""One step of a questionnaire as a Django form, built from the declaration.

form = step_form(questionnaire, "product", answers, request.POST, request.FILES)
draft = questionnaire.clean({**answers, **form.answers()})   # save this whether or not the form is valid
form.is_valid()                                              # errors of type only; gaps are for `problems`
form.show(questionnaire.problems(draft, "product"))          # on review: what is missing, beside its field
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape

from exclusions.forms.answer_fields import AnswerField
from exclusions.forms.answer_widgets import AnswerWidget
from exclusions.questionnaires.language.compounds import Flaw
from exclusions.questionnaires.language.condition import Condition
from exclusions.questionnaires.language.question import Kind, Question
from exclusions.questionnaires.language.questionnaire import Questionnaire, condition_words

ADD_ROW = "add-row"
MOST_CELLS = 3


class Remark(Protocol):
    """Something to show beside a field: a Problem of the questionnaire or a result of a check."""

    @property
    def key(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def remedy(self) -> str: ...


class StepForm(forms.Form):
    """The questions of one step that apply, or may come to apply while the step is filled in."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        step: str,
        stored: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
    ) -> None:
        super().__init__(data, files, initial=dict(stored))
        self.questionnaire = questionnaire
        self.step = step
        self.stored = stored
        shown = {question.key: question for question in questionnaire.shown(stored)}
        keys = {question.key for question in questionnaire.on_step(step)}
        for question in questionnaire.on_step(step):
            condition = question.shown_if
            # A condition on this very step may come true as it is filled in, with or without a script.
            open_here = condition is not None and not condition.keys.isdisjoint(keys)
            if question.key in shown or open_here:
                self.fields[question.key] = self._field(question, condition if open_here else None)

    def _field(self, question: Question, condition: Condition | None) -> AnswerField:
        labels = self.questionnaire.labels
        help_text: str = escape(question.help)
        if condition is not None:
            help_text = f"<strong>{escape(condition_words(condition, labels))}</strong> {help_text}".strip()
        required = question.required
        known = self.questionnaire.effective(self.questionnaire.clean(self.stored))
        marked = required if isinstance(required, bool) else required.holds(known)
        field = AnswerField(question, shown_required=marked, help_text=help_text)
        if condition is not None:
            field.widget.attrs["data-shown-if"] = json.dumps(condition.schema())
        return field

    def answers(self) -> dict[str, Any]:
        """The answers of this step as typed and cleaned, emptied ones as "", [] or {}: merge them over the draft's.

        What could not be read stays as typed. Files are not in it: the draft keeps their ids, see `uploads`.
        Answers to questions this page did not ask are left alone.
        """
        found = {}
        for key, field in self.fields.items():
            widget = field.widget
            if isinstance(field, AnswerField) and field.question.kind is not Kind.FILES:
                # An unticked box and an unchosen radio send nothing, and that is their answer; a missing table is not.
                if isinstance(widget, AnswerWidget) and widget.value_omitted_from_data(self.data, self.files, key):
                    continue
                found[key] = field.clean(widget.value_from_datadict(self.data, self.files, key))
        return found

    def uploads(self) -> "dict[str, list[UploadedFile[Any]]]":
        """The files sent with this page by question; the question's visibility says which are confidential."""
        sent = {}
        for key, field in self.fields.items():
            if isinstance(field, AnswerField) and field.question.kind is Kind.FILES:
                sent[key] = field.widget.value_from_datadict(self.data, self.files, key)
        return {key: found for key, found in sent.items() if found}

    @property
    def adds_row(self) -> bool:
        """Whether the button that adds rows was pressed: save, then show this step again."""
        return ADD_ROW in self.data

    def clean(self) -> dict[str, Any]:
        """Report what is not of its type, for the questions that apply to the answers just given."""
        merged = {**self.stored, **self.answers()}
        self.show(self.questionnaire.malformed(merged, self.step))
        return self.cleaned_data

    def show(self, remarks: Iterable[Remark]) -> None:
        """Show each problem or check result beside its field, in its cell where it names one.

        A remark whose `level` is "warning" is shown without making the form invalid. Remarks on questions of other
        steps are passed over. Works on a form with and without data.
        """
        if not self.is_bound and not hasattr(self, "cleaned_data"):
            self.full_clean()
            self.cleaned_data: dict[str, Any] = {}
        in_cells: dict[str, list[str]] = {}
        for remark in remarks:
            field = self.fields.get(remark.key)
            if not isinstance(field, AnswerField):
                continue
            sentence = f"{remark.message} {remark.remedy}".strip()
            if getattr(remark, "level", "error") == "warning":
                field.warnings.append(sentence)
                continue
            if isinstance(field.widget, AnswerWidget):
                cell = getattr(remark, "cell", "")
                field.widget.show_errors([Flaw(cell, remark.message, remark.remedy)])
                if cell:
                    in_cells.setdefault(remark.key, []).append(sentence)
                    continue
            self.add_error(remark.key, sentence)
        for key, sentences in in_cells.items():
            # Each stands in its cell; many of them above the table would only push it out of sight.
            many = f"{len(sentences)} cells of this table need another look; each says what is missing or wrong."
            for sentence in sentences if len(sentences) <= MOST_CELLS else [many]:
                self.add_error(key, sentence)


def step_form(
    questionnaire: Questionnaire,
    step: str,
    answers: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
) -> StepForm:
    """The form of a step (KeyError when there is none) over the draft's answers; with `data` and `files`, as sent."""
    questionnaire.step(step)
    return StepForm(questionnaire, step, answers, data, files)
