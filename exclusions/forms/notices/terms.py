"""What a reviewer enters for listed exclusions, and a publisher of the notice that publishes what was decided."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from exclusions.forms.meant import AsksAgain, meant_field
from exclusions.workflow.term_choices import Choice, Factor, Found

LONG = 20_000


def _day(label: str, help_text: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter a day as year-month-day, such as 2022-12-31."},
    )


class RecommendForm(AsksAgain):
    """What becomes of the chosen exclusions, from when to when, why, and a finding on each factor."""

    choice = forms.ChoiceField(
        label="What becomes of them",
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what becomes of them."},
    )
    first = _day("First day", "Enter it to reinstate. It may be in the past. The gap before it stays.")
    last = _day("Last day", "The day itself is included. For a lapse, enter it only if there is a transition.")
    reasons = forms.CharField(
        label="Reasons",
        help_text="Published with the decision.",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Give the reasons. They are published with the decision."},
    )

    meant = meant_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.show_ticked()
        for factor in Factor:
            self.fields[f"result_{factor}"] = forms.ChoiceField(
                label=str(factor.label), choices=[("", "No finding"), *Found.choices], required=False
            )
            self.fields[f"reasons_{factor}"] = forms.CharField(
                label=f"Reasons of the finding on “{factor.label}”", max_length=LONG, required=False
            )

    def main_fields(self) -> Iterator[BoundField]:
        """Yield the fields beside those of the findings."""
        yield from (self[name] for name in ("choice", "first", "last", "reasons"))

    def factor_fields(self) -> Iterator[BoundField]:
        """Yield the fields of the findings, result and reasons of each factor in turn."""
        for factor in Factor:
            yield self[f"result_{factor}"]
            yield self[f"reasons_{factor}"]

    def entered_findings(self) -> dict[str, tuple[str, str]]:
        """Return the entered findings: {factor: (result, reasons)}."""
        entered = self.cleaned_data
        return {
            str(factor): (entered[f"result_{factor}"], entered[f"reasons_{factor}"])
            for factor in Factor
            if entered[f"result_{factor}"] or entered[f"reasons_{factor}"]
        }


class TermNoticeForm(forms.Form):
    """The Federal Register notice of decisions on listed exclusions."""

    citation = forms.CharField(
        label="Federal Register citation",
        help_text="Volume and page, such as 87 FR 17380.",
        max_length=100,
        error_messages={"required": "Enter the citation of the notice."},
    )
    published_on = _day("Published on", "")
    heading = forms.CharField(
        label="Chapter 99 heading",
        help_text="If you leave it empty, the round’s heading applies.",
        max_length=12,
        required=False,
    )
    note = forms.CharField(
        label="Subdivision of the U.S. note",
        help_text="If you leave it empty, the round’s subdivision applies, by list where it has several.",
        max_length=20,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["published_on"].required = True
        self.fields["published_on"].error_messages["required"] = "Enter the day on which the notice was published."


class TermDraftForm(TermNoticeForm):
    """The same for a notice that is drafted here: it has neither citation nor day before it is published."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["citation"].required = self.fields["published_on"].required = False


def chosen_references(values: Iterable[str]) -> list[str]:
    """Return the references of the exclusions that were chosen, each once."""
    return list(dict.fromkeys(value.strip()[:40] for value in values if value.strip()))
