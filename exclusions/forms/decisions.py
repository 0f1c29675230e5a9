"""What the intake clerk, the signatory and the publisher enter with their steps."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

from exclusions import criteria
from exclusions.models import Petition
from exclusions.permissions.cures import MOST_POINTS
from exclusions.questionnaires import Kind, Questionnaire

LONG = 20_000
SHOWN = 3  # rows that stand open; the others are folded away until they are needed


class PostForm(forms.Form):
    """Posting to the docket."""

    screened = forms.BooleanField(
        label="I have read the public version. It contains nothing that should stay confidential",
        error_messages={"required": "Check the public version for confidential information, and tick the box."},
    )


def _rationale(help_text: str) -> forms.CharField:
    field = forms.CharField(
        label="Rationale",
        help_text=help_text,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Give the rationale of the decision. It will be published."},
    )
    field.visibility = "public"  # type: ignore[attr-defined]  # the badge that the template shows
    return field


def published_words(label: str, help_text: str, *, required: bool = False) -> forms.CharField:
    """Return a field for words that are published with the decision and printed in the letter."""
    field = forms.CharField(
        label=label,
        help_text=f"{help_text} Published and printed in the letter.".strip(),
        max_length=LONG,
        required=required,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field.visibility = "public"  # type: ignore[attr-defined]  # the badge that the template shows
    return field


class DecisionForm(forms.Form):
    """Signing a decision. `needs` names what this case asks for beside the rationale; other fields are not shown."""

    departure = published_words(
        "Why it departs from the desk before",
        "Say what in the record leads you to an outcome that was not recommended.",
    )

    def __init__(self, *args: Any, needs: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"departure", "adverse", "facts"} & self.fields.keys() - set(needs):
            del self.fields[name]

    @property
    def entered(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        return dict(self.cleaned_data)


class GrantForm(DecisionForm):
    """Signing a grant."""

    prefix = "grant"
    rationale = _rationale("Say why all the findings together support a grant. Published and printed in the letter.")
    adverse = published_words("Why it is granted against adverse findings", "Say what outweighs each of them.")
    field_order: tuple[str, ...] = ("rationale", "departure", "adverse")


class DenyForm(DecisionForm):
    """Signing a denial."""

    prefix = "deny"
    denial_codes = forms.MultipleChoiceField(
        label="Coded reasons",
        choices=[(code, f"{code}: {text}") for code, text in criteria.DENIAL_REASONS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one coded reason for the denial."},
    )
    rationale = _rationale("Say why all the findings together support a denial. Published and printed in the letter.")
    facts = published_words("Fact that supports a code", "")
    field_order = ("denial_codes", "facts", "rationale", "departure")

    def __init__(self, *args: Any, alone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "facts" in self.fields:
            self.fields[
                "facts"
            ].help_text = f"Required for {alone}, because no criterion leads to it. {self.fields['facts'].help_text}"


@lru_cache(maxsize=256)
def blank_decision(
    of: type[DecisionForm], needs: frozenset[str], narrowing_codes: tuple[str, ...] = (), alone: str | None = None
) -> SafeString:
    """Return a form of a decision as a page first shows it: the same for every case with these needs and codes."""
    more: dict[str, Any] = {} if alone is None else {"alone": alone}
    return mark_safe(str(of(initial={"narrowing_codes": list(narrowing_codes)}, needs=needs, **more)))


class AceForm(forms.Form):
    """From which day on ACE accepts the headings of a notice."""

    in_ace_on = forms.DateField(
        label="Accepted in ACE from",
        help_text="Take the day from the Cargo Systems Messaging Service. You can enter it once.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Give the day.", "invalid": "Enter a date such as 2019-07-09."},
    )


class PublishedForm(forms.Form):
    """Citation and day of a notice that was published."""

    citation = forms.CharField(
        label="Federal Register citation",
        help_text="For example 84 FR 38717.",
        max_length=100,
        error_messages={"required": "Give the Federal Register citation, for example 84 FR 38717."},
    )
    published_on = forms.DateField(
        label="Published on",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Give the date on which the notice was published.",
            "invalid": "Enter a date such as 2019-07-09.",
        },
    )


class NoticeForm(PublishedForm):
    """Publishing granted cases under a Federal Register notice."""

    field_order = ("cases", "everything")

    cases = forms.MultipleChoiceField(
        label="Granted cases in this notice",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "%(value)s is no longer among the granted cases that wait for a notice."},
    )
    everything = forms.BooleanField(label="All granted cases, including those on other pages", required=False)
    heading = forms.ChoiceField(
        label="Chapter 99 heading",
        help_text="Headings known today for the lists of these cases.",
        required=False,
        error_messages={"invalid_choice": "Choose a known heading of the list."},
    )
    note = forms.CharField(
        label="U.S. note subdivision",
        help_text="For example 20(p). If you leave it empty, the subdivision of the heading applies.",
        required=False,
        max_length=20,
    )
    ends_on = forms.DateField(
        label="Last day of the exclusions",
        help_text="Enter it only if the round leaves it to the notice. The day itself is included.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter a date such as 2020-08-07."},
    )

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        cases: Sequence[Petition],
        headings: Sequence[tuple[str, str]] = (),
        everything: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not everything:
            del self.fields["everything"]
        self.fields["heading"].choices = [("", "That of the round"), *headings]  # type: ignore[attr-defined]
        self.fields["cases"].choices = [  # type: ignore[attr-defined]
            (petition.reference, f"{petition.reference}: {petition.product_name}") for petition in cases
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse a notice of no case."""
        cleaned = super().clean() or {}
        if not cleaned.get("cases") and not cleaned.get("everything") and "cases" not in self.errors:
            self.add_error("cases", "Choose at least one granted case.")
        return cleaned


class ReturnForm(forms.Form):
    """Rows of one question and one remedy each, and the last day; `asked` are questions to begin with."""

    last_day = forms.DateField(
        label="Last day to correct",
        help_text="The whole day counts, in New York. If the filer does not resubmit by then, the petition lapses.",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": "Choose the last day to correct it.",
            "invalid": "Enter a date such as 2019-07-22.",
        },
    )

    def __init__(
        self, data: Any = None, *, questionnaire: Questionnaire, default: date, asked: tuple[str, ...] = ()
    ) -> None:
        super().__init__(data, initial={"last_day": default, **_begun(questionnaire, asked)})
        choices = _choices(questionnaire)
        for row in range(1, MOST_POINTS + 1):
            self.fields[f"question_{row}"] = forms.ChoiceField(label=f"Question {row}", choices=choices, required=False)
            self.fields[f"remedy_{row}"] = forms.CharField(
                label=f"What to do about question {row}",
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.order_fields([*(name for name in self.fields if name != "last_day"), "last_day"])

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Yield the two fields of each row."""
        for row in range(1, MOST_POINTS + 1):
            yield self[f"question_{row}"], self[f"remedy_{row}"]

    @property
    def first_rows(self) -> list[tuple[BoundField, BoundField]]:
        """The rows that stand open: three, and as far as something is entered or wrong."""
        rows = list(self.rows())
        filled = (place for place, pair in enumerate(rows, 1) if any(field.value() or field.errors for field in pair))
        return rows[: max(SHOWN, *filled, 0)]

    @property
    def more_rows(self) -> list[tuple[BoundField, BoundField]]:
        """The rows that are folded away."""
        return list(self.rows())[len(self.first_rows) :]

    def clean(self) -> dict[str, Any]:
        """Refuse half of a row beside the field that is missing."""
        cleaned = super().clean() or {}
        for row in range(1, MOST_POINTS + 1):
            question, remedy = cleaned.get(f"question_{row}"), str(cleaned.get(f"remedy_{row}") or "").strip()
            if remedy and not question and f"question_{row}" not in self.errors:
                self.add_error(f"question_{row}", "Choose the question that this is about.")
            if question and not remedy and f"remedy_{row}" not in self.errors:
                self.add_error(f"remedy_{row}", "Say what the filer must do about this question.")
        return cleaned

    @property
    def points(self) -> list[dict[str, str]]:
        """The rows that are filled, as the action takes them."""
        sent = self.cleaned_data
        return [
            {"question": sent[f"question_{row}"], "remedy": sent[f"remedy_{row}"]}
            for row in range(1, MOST_POINTS + 1)
            if sent.get(f"question_{row}")
        ]


def _begun(questionnaire: Questionnaire, asked: tuple[str, ...]) -> dict[str, str]:
    known = [key for key in dict.fromkeys(asked) if key in questionnaire.labels]
    return {f"question_{row}": key for row, key in enumerate(known[:MOST_POINTS], 1)}


def _choices(questionnaire: Questionnaire) -> list[tuple[str, Any]]:
    groups: list[tuple[str, Any]] = [("", "Choose a question")]
    for step in questionnaire.steps:
        of_step = [(q.key, q.label) for q in questionnaire.on_step(step.key) if q.kind is not Kind.CERTIFY]
        if of_step:
            groups.append((step.title, of_step))
    return groups
