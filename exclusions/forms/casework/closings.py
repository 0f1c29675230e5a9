"""On which fact a case is to be closed without its merits. Nothing is chosen beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from exclusions.days import in_full
from exclusions.facts.exclusions import NamedExclusion
from exclusions.forms.people.proposals import ActForm
from exclusions.queries.casework.closings import Earlier, term_in_words

SHOWN = 240  # characters of a wording


def _reason() -> forms.CharField:
    return forms.CharField(
        label="How does this answer the petition?",
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Printed in the letter to the filer. Counsel reads it, and confirms or refuses.",
        error_messages={"required": "Say how the fact answers the petition. The letter prints it."},
    )


class CoveredForm(ActForm):
    """Which exclusion covered the product on the filing day."""

    exclusion = forms.ChoiceField(
        label="Which exclusion covers it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the exclusion that covers the product."},
    )
    reason = _reason()
    field_order = ("exclusion", "reason")

    def __init__(self, *args: Any, of: Sequence[NamedExclusion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exclusion"].choices = [  # type: ignore[attr-defined]
            (one.reference, f"{one.reference}, {term_in_words(one)}: {_short(one.text)}") for one in of
        ]


class DuplicateForm(ActForm):
    """Which earlier petition of the same organization asks for the same."""

    earlier = forms.ChoiceField(
        label="Which earlier petition asks for the same?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the earlier petition."},
    )
    reason = _reason()
    field_order = ("earlier", "reason")

    def __init__(self, *args: Any, of: Sequence[Earlier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"].choices = [(one.reference, _earlier(one)) for one in of]  # type: ignore[attr-defined]


class IncompleteForm(ActForm):
    """What is still not answered, of the questions that the petition was returned for."""

    missing = forms.MultipleChoiceField(
        label="What is still not answered?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one question that is not answered."},
    )
    reason = _reason()
    field_order = ("missing", "reason")

    def __init__(self, *args: Any, of: Sequence[Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missing"].choices = [  # type: ignore[attr-defined]
            (point["question"], f"{point['label']} (asked: {_short(point['remedy'])})") for point in of
        ]


def _earlier(one: Earlier) -> str:
    where = f"{one.reference}, filed {in_full(one.filed_on)}, {one.status.lower()}"
    return f"{where}: {_short(one.product)} (names alike to {one.likeness}%)"


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
