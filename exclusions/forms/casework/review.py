"""What reviewers, counsel, the drafter and the committee enter. The rules are the actions'; a form only asks."""

from collections.abc import Iterable
from typing import Any

from django import forms

from exclusions import criteria
from exclusions.criteria import Criterion
from exclusions.forms.meant import AsksAgain, meant_field
from exclusions.forms.notices.agency_views import AgencyViewsForm
from exclusions.models import CustomsOpinion, Outcome
from exclusions.queries.casework.case.passages import Passage
from exclusions.workflow.customs_grounds import GROUNDS

LONG = 20_000


def long_text(
    label: str, *, help_text: str = "", required: bool = True, rows: int = 6, visibility: str = ""
) -> forms.CharField:
    field = forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Enter a text."},
    )
    if visibility:
        field.visibility = visibility  # type: ignore[attr-defined]  # the badge that the template shows
    return field


def outcome_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Outcome",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose grant, grant in part or deny."},
    )


def departure_field(before: str) -> forms.CharField:
    return long_text(
        "Why it departs from the desk before",
        help_text=f"Required if your outcome differs from {before}. Published with the decision and in the letter.",
        required=False,
        rows=4,
        visibility="public",
    )


def codes_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Coded reasons, for a denial (DR) or a grant in part (NR)",
        choices=[(code, f"{code}: {text}") for code, text in criteria.CODED_REASONS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class Citations(forms.MultipleChoiceField):
    """What in the record bears a finding out. What may be cited, the action says; the choices are for the page."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: Any) -> bool:
        """Take whatever was sent: the action refuses what is not in the record, by name."""
        return True


class FindingForm(AsksAgain):
    """A finding on one criterion. `offer` what may be cited before it is shown."""

    result = forms.ChoiceField(
        label="What does the record show?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what the record shows."},
    )
    reasons = long_text(
        "Reasons",
        help_text="Published with the decision and printed in the letter. Do not include confidential matter.",
        visibility="public",
    )
    confidential_note = long_text(
        "Note on confidential evidence",
        help_text="Only staff see it. Enter figures, names and documents that the reasons cannot show.",
        required=False,
        rows=4,
        visibility="confidential",
    )
    citations = Citations(label="What in the record supports it?", required=False)
    meant = meant_field()

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [(key, criteria.RESULTS[key]) for key in criterion.results]  # type: ignore[attr-defined]
        self.show_ticked()

    def offer(self, bearing: Iterable[Passage], others: Iterable[Passage]) -> None:
        """Offer what may be cited, each with its passage: first what bears on the criterion, then the rest."""
        groups = (("What bears on it", bearing), ("The rest of the record", others))
        choices = [(words, [(one.citation, _quoting(one)) for one in passages]) for words, passages in groups]
        self.fields["citations"].choices = [group for group in choices if group[1]]  # type: ignore[attr-defined]


def _quoting(passage: Passage) -> str:
    after = "" if passage.words.endswith("?") else ":"
    return f"{passage.words}{after} “{passage.short}”" if passage.text else passage.words


class LegalReviewForm(forms.Form):
    """Counsel's conclusion."""

    outcome = outcome_field()
    denial_codes = codes_field()
    reasons = long_text("Reasons")
    departure = departure_field("level 2")


class ProductTextForm(forms.Form):
    """A version of the product text."""

    number = forms.CharField(
        label="10-digit number",
        help_text="With or without dots, for example 8413.81.0040.",
        max_length=20,
        error_messages={"required": "Enter the 10-digit number."},
    )
    whole_number = forms.BooleanField(label="The whole 10-digit number is excluded (no description)", required=False)
    text = long_text(
        "Product text",
        help_text=(
            "Write one paragraph: the tariff noun in the plural, then features that Customs can see at entry. End with "
            "“(described in statistical reporting number NNNN.NN.NNNN)”. Leave it empty for a whole number."
        ),
        required=False,
        visibility="public",
    )


class OpinionForm(forms.Form):
    """Customs' opinion on a text."""

    result = forms.ChoiceField(
        label="Opinion",
        choices=CustomsOpinion.Result.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose an opinion."},
    )
    grounds = forms.MultipleChoiceField(
        label="Grounds, for an objection",
        choices=[(CustomsOpinion.Result(result).label, list(of.items())) for result, of in GROUNDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    reasons = long_text(
        "Reasons", help_text="Required for an objection. The drafter works from them.", required=False, rows=4
    )


class AssessmentForm(AgencyViewsForm):
    """The committee's one assessment, with what each agency said."""

    outcome = outcome_field()
    reasons = long_text("Assessment of the committee")
    departure = departure_field("the legal review")


class ContactForm(forms.Form):
    """A contact outside the docket."""

    with_whom = forms.CharField(label="With whom", max_length=200, error_messages={"required": "Say with whom."})
    held_on = forms.DateField(
        label="Date",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Enter the date.", "invalid": "Enter a date such as 2019-07-08."},
    )
    summary = long_text("What was discussed")


class RecusalForm(forms.Form):
    """Stepping back from a case."""

    reason = long_text(
        "Reason",
        help_text="You will see only the public side of this case and cannot act in it. You cannot undo this here.",
        rows=4,
    )
