"""From a question to its Django form field: the widget, the marks and the help that its kind asks for."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms

from exclusions.forms.answer_widgets import FilesWidget, GridWidget, RowsWidget
from exclusions.queries.lookup.help_pages import HelpPage, help_of
from exclusions.questionnaires.language.cleaned import clean_answer
from exclusions.questionnaires.language.places import COUNTRIES, STATES
from exclusions.questionnaires.language.question import Kind, Question

_YES_NO = [("yes", "Yes"), ("no", "No")]
_YES_NO_UNSURE = [*_YES_NO, ("unsure", "Not sure")]
MOST_RADIOS = 7
# What a browser may fill in by itself (WCAG 1.3.5); keyed by the last words of the question's key.
_AUTOCOMPLETE = {
    "legal_name": "organization",
    "first_name": "given-name",
    "last_name": "family-name",
    "street_1": "address-line1",
    "street_2": "address-line2",
    "city": "address-level2",
    "state": "address-level1",
    "zip": "postal-code",
    "country": "country",
    "email": "email",
    "phone": "tel",
}


class AnswerField(forms.Field):
    """One question as a form field. A draft may leave anything empty, so it is never required here.

    Beside what Django knows it carries what the templates show: `question`, `visibility` ("public" or "confidential"),
    `shown_required`, `unit_prefix`, `unit_suffix`, and `warnings`, sentences that do not stop a filing. For the page's
    script: `shown_if` and `required_if`, conditions as JSON; of files, how many are `attached` and which are `awaited`.
    The first field of a group carries what the page says of all of it, see `group`.
    """

    def __init__(self, question: Question, *, shown_required: bool, help_text: str) -> None:
        super().__init__(
            required=False,
            label=question.label,
            help_text=help_text,
            widget=widget_for(question),
            template_name="django/forms/answer_field.html",
        )
        self.question = question
        self.visibility = "public" if question.is_public else "confidential"
        self.shown_required = shown_required
        self.unit_prefix = "$" if question.kind is Kind.MONEY else ""
        self.unit_suffix = question.unit if question.kind is Kind.PERCENT else ""
        self.warnings: list[str] = []
        self.shown_if = self.required_if = ""
        self.is_grouped = True  # the badge stands above the group, for the eye; the label says it to who hears it
        self.opens = ""
        self.helps: HelpPage | None = None
        self.hides_with = False
        self.attached = 0
        self.awaited: list[str] = []
        self.waived = False

    def clean(self, value: Any) -> Any:
        """Return the answer cleaned as far as it can be; the form, which knows what is shown, reports the flaws."""
        return value if self.question.kind is Kind.FILES else clean_answer(self.question, value)[0]


def group(fields: Sequence[AnswerField]) -> None:
    """Let the first field of each group say what holds for all of it: who reads the answers, and where help is.

    A group is a run of questions that are all public, or all confidential (`opens`); a page of the help is named once,
    where the first question that it is about stands (`helps`). What is said of questions that all hang on others is
    hidden with the first of them (`hides_with`).
    """
    of_page: dict[str, list[AnswerField]] = {}
    for field in fields:
        page = help_of(field.question)
        of_page.setdefault(page.slug, []).append(field)
        field.helps = page if of_page[page.slug] == [field] else None
    for visibility, run in groupby(fields, key=lambda field: field.visibility):
        first, *others = run
        first.opens = visibility
        first.hides_with = all(other.shown_if for other in (first, *others))
    for first, *others in of_page.values():
        hidden = all(other.shown_if for other in (first, *others))
        first.hides_with = hidden and (first.hides_with or not first.opens)


def widget_for(question: Question) -> forms.Widget:
    """Return the input for a question's kind."""
    make = _WIDGETS.get(question.kind)
    widget = make(question) if make else forms.TextInput()
    for end, token in _AUTOCOMPLETE.items():
        # Only the filer's own details: a browser knows neither the third party's nor what a yes or no means.
        own = question.key.endswith(f"_{end}") and not question.key.startswith("third_party")
        if own and question.kind not in (Kind.YES_NO, Kind.YES_NO_UNSURE):
            widget.attrs["autocomplete"] = token
    return widget


class Radios(forms.RadioSelect):
    """Radio buttons, of which some apply only while a condition holds: the page's script hides them else."""

    def __init__(self, choices: Sequence[tuple[str, str]], conditions: Mapping[str, str]) -> None:
        super().__init__(choices=choices)
        self.conditions = conditions

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return one button as the template draws it."""
        option = super().create_option(*args, **kwargs)
        condition = self.conditions.get(str(option["value"]))
        return option | {"attrs": option["attrs"] | {"data-shown-if": condition}} if condition else option


class Places(forms.Select):
    """A list of countries or states: its template writes the options, of which Django would make one mapping each."""

    template_name = "django/forms/widgets/places.html"

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return none: see `get_context`."""
        return []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return what the template needs, with the places as they are."""
        context = super().get_context(name, value, attrs)
        context["widget"]["places"] = self.choices
        return context


def _radios(question: Question) -> forms.Widget:
    choices = {Kind.YES_NO: _YES_NO, Kind.YES_NO_UNSURE: _YES_NO_UNSURE}.get(question.kind)
    offered = choices or [(choice.value, choice.label) for choice in question.choices]
    if len(offered) > MOST_RADIOS:
        return forms.Select(choices=[("", "Choose one"), *offered])
    conditions = {choice.value: json.dumps(choice.shown_if.schema()) for choice in question.choices if choice.shown_if}
    # A radio once chosen cannot be emptied by hand, so a question that may stay open offers that too.
    return Radios(offered if question.required else [*offered, ("", "No answer")], conditions)


def _number(question: Question) -> forms.Widget:
    return forms.TextInput(attrs={"inputmode": "decimal" if question.kind is Kind.PERCENT else "numeric"})


_WIDGETS: Mapping[Kind, Callable[[Question], forms.Widget]] = {
    Kind.LONG_TEXT: lambda question: forms.Textarea(attrs={"rows": 6}),
    Kind.HTS10: lambda question: forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    Kind.EMAIL: lambda question: forms.EmailInput(),
    Kind.PHONE: lambda question: forms.TextInput(attrs={"inputmode": "tel"}),
    Kind.YES_NO: _radios,
    Kind.YES_NO_UNSURE: _radios,
    Kind.CHOICE: _radios,
    Kind.COUNTRY: lambda question: Places(choices=[("", "Choose a country"), *COUNTRIES.items()]),
    Kind.STATE: lambda question: Places(choices=[("", "Choose a state"), *STATES.items()]),
    Kind.MONEY: _number,
    Kind.NUMBER: _number,
    Kind.PERCENT: _number,
    Kind.NAICS: _number,
    Kind.FILES: lambda question: FilesWidget(),
    Kind.ROWS: RowsWidget,
    Kind.PURCHASES: GridWidget,
    Kind.REVENUE: GridWidget,
    Kind.QUANTITY: GridWidget,
    Kind.CERTIFY: lambda question: forms.CheckboxInput(),
}
