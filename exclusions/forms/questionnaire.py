"""One step of a questionnaire as a Django form, built from the declaration.

form = step_form(questionnaire, "product", answers, request.POST, request.FILES)
draft = questionnaire.clean({**answers, **form.answers()})   # save this whether or not the form is valid
form.is_valid()                                              # errors of type only; gaps are for `problems`
form.show(questionnaire.problems(draft, "product"))          # on review: what is missing, beside its field
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template import engines
from django.utils.datastructures import MultiValueDict
from django.utils.html import escape

from exclusions.forms.answer_fields import AnswerField, group
from exclusions.forms.answer_widgets import AnswerWidget
from exclusions.questionnaires.language.asked import Asked
from exclusions.questionnaires.language.compounds import Flaw
from exclusions.questionnaires.language.condition import Condition
from exclusions.questionnaires.language.question import Kind, Question
from exclusions.questionnaires.language.questionnaire import Questionnaire

ADD_ROW = "add-row"


class Remark(Protocol):
    """Something to show beside a field: a Problem of the questionnaire or a result of a check."""

    @property
    def key(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def remedy(self) -> str: ...


class StepForm(forms.Form):
    """The questions of one step that apply, or may come to apply while its page is filled in, with or without a script.

    `beside` are the other steps on the same page.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        step: str,
        stored: Mapping[str, Any],
        data: Mapping[str, Any] | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
        beside: Collection[str] = (),
    ) -> None:
        super().__init__(data, files, initial=dict(stored))
        self.questionnaire = questionnaire
        self.step = step
        self.stored = stored
        self.effective = questionnaire.effective(questionnaire.cleaned(stored))
        self.wrong_cells: dict[str, set[str]] = {}
        self._of_cells: dict[str, forms.ValidationError] = {}  # what stands above each table of these
        self._page = {step, *beside}
        for asked in questionnaire.asked(self.effective, self._page):
            if asked.question.step == step:
                self.fields[asked.question.key] = self._field_of(asked)
        group([field for field in self.fields.values() if isinstance(field, AnswerField)])

    def _field_of(self, asked: Asked) -> AnswerField:
        question, condition = asked.question, asked.condition
        help_text: str = f"{self._of_choices(question)} {escape(question.help)}".strip()
        required = question.required
        needed = None if isinstance(required, bool) or required.keys.isdisjoint(self._on_page) else required
        if needed is not None:
            help_text = f"{self._condition_sentence(needed, 'Needed')} {help_text}".strip()
        if condition is not None:
            help_text = f"{self._condition_sentence(condition, 'Answer this')} {help_text}".strip()
        marked = required if isinstance(required, bool) else required.holds(self.effective)
        field = AnswerField(question, shown_required=marked, help_text=help_text)
        # The page's script reads the very conditions that the answers are judged by.
        field.shown_if = json.dumps(condition.schema()) if condition is not None else ""
        field.required_if = json.dumps(needed.schema()) if needed is not None else ""
        return field

    def _of_choices(self, question: Question) -> str:
        """Say when those of the choices apply that do not always; with a script they are hidden until then."""
        said: dict[str, list[str]] = {}
        for choice in question.choices:
            if choice.shown_if is not None:
                said.setdefault(choice.shown_if.clause(self.questionnaire.labels), []).append(f"“{choice.label}”")
        lines = (f"{' and '.join(labels)} only if {words}." for words, labels in said.items())
        return " ".join(_marked(line) for line in lines)

    def _condition_sentence(self, condition: Condition, what: str) -> str:
        return _marked(f"{what} if {condition.clause(self.questionnaire.labels)}.")

    @cached_property
    def _on_page(self) -> frozenset[str]:
        return frozenset(question.key for question in self.questionnaire.questions if question.step in self._page)

    @property
    def elsewhere(self) -> dict[str, str]:
        """The answers of other pages that conditions on this one look at, for its script; of a table only that."""
        looked_at: set[str] = set()
        for question in self.questionnaire.on_step(self.step):
            parts = [question.shown_if, question.required]
            parts += [part.shown_if for part in question.choices] + [part.required for part in question.columns]
            looked_at.update(*(part.keys for part in parts if part is not None and not isinstance(part, bool)))
        known = {key: self.effective[key] for key in sorted(looked_at - self._on_page) if key in self.effective}
        return {key: value if isinstance(value, str) else "given" for key, value in known.items()}

    def know_files(self, attached: Mapping[str, int], awaited: Mapping[str, Sequence[str]] | None = None) -> None:
        """Tell the page which files are there, and which have to be chosen again: conditions count both as given."""
        for key, field in self.fields.items():
            if isinstance(field, AnswerField) and field.question.kind is Kind.FILES:
                field.attached = attached.get(key, 0)
                field.awaited = list((awaited or {}).get(key, []))

    def waive(self, keys: Collection[str]) -> None:
        """Keep the ticks that a form may be sent without the files of these questions."""
        for key, field in self.fields.items():
            if isinstance(field, AnswerField):
                field.waived = key in keys

    def answers(self) -> dict[str, Any]:
        """Return the answers of this step as typed and cleaned, emptied ones as "", [] or {}: merge them over the
        draft's.

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
        """Return the files sent with this page by question; the question's visibility says which are confidential."""
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
        steps are passed over. Works on a form with and without data; what was shown before is not shown twice.
        """
        if not self.is_bound and not hasattr(self, "cleaned_data"):
            self.full_clean()
            self.cleaned_data: dict[str, Any] = {}
        in_cells: set[str] = set()
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
                    self.wrong_cells.setdefault(remark.key, set()).add(cell)
                    in_cells.add(remark.key)
                    continue
            if sentence not in self.errors.get(remark.key, ()):
                self.add_error(remark.key, sentence)
        for key in sorted(in_cells):
            self._point_to_cells(key)

    def _point_to_cells(self, key: str) -> None:
        """Say above a table how many of its cells are wrong, in place of what was said of fewer.

        What is wrong stands in the cell, once; told again above the table it would push it out of sight.
        """
        if earlier := self._of_cells.get(key):
            self.errors[key].remove(earlier)
        count = len(self.wrong_cells[key])
        self._of_cells[key] = forms.ValidationError(
            f"{count} cells of this table need another look. Each says what is missing or wrong."
            if count > 1
            else "One cell of this table needs another look. It says what is missing or wrong."
        )
        self.add_error(key, self._of_cells[key])


def _marked(line: str) -> str:
    """Return a sentence on when a question applies as HTML, as the help of a field has it."""
    return engines["forms"].get_template("forms/applies_if.html").render({"line": line})


def step_form(
    questionnaire: Questionnaire,
    step: str,
    answers: Mapping[str, Any],
    data: Mapping[str, Any] | None = None,
    files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
    beside: Collection[str] = (),
) -> StepForm:
    """Return the form of a step (KeyError when there is none) over the draft's answers; with `data` and `files`, as
    sent.
    """
    questionnaire.step(step)
    return StepForm(questionnaire, step, answers, data, files, beside)
