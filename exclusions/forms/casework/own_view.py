"""The own view of a level 2 reviewer, and the share of cases for which one is asked. Nothing is chosen beforehand."""

from collections.abc import Sequence
from typing import Any

from django import forms

from exclusions.criteria import RESULTS, Criterion
from exclusions.models import Outcome


class OwnViewForm(forms.Form):
    """What the record shows on each criterion, and where it leads."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [criterion.key for criterion in criteria]
        for criterion in criteria:
            self.fields[criterion.key] = forms.ChoiceField(
                label=criterion.title,
                help_text=criterion.question,
                choices=[(key, RESULTS[key]) for key in criterion.results],
                widget=forms.RadioSelect,
                error_messages={"required": f"{criterion.title}: choose what the record shows."},
            )
        self.fields["outcome"] = forms.ChoiceField(
            label="Outcome",
            help_text="Weigh the whole record.",
            choices=Outcome.choices,
            widget=forms.RadioSelect,
            error_messages={"required": "Outcome: choose grant, grant in part or deny."},
        )

    @property
    def views(self) -> dict[str, str]:
        """What was chosen on each criterion."""
        return {key: self.cleaned_data[key] for key in self.keys}


class ShareForm(forms.Form):
    """The share of cases in percent."""

    percent = forms.IntegerField(
        label="Share of cases, in percent",
        min_value=0,
        max_value=100,
        help_text="0 to 100. It applies to cases that reach level 2 from now on.",
        error_messages={"required": "Give the share in percent, from 0 to 100."},
    )
