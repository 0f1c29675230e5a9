"""The form of a round: everything that there is a choice for is chosen, and what is counted is a number."""

from collections.abc import Iterator
from copy import copy
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction

from exclusions import criteria, hts, questionnaires
from exclusions.actions.rounds.versions import COLUMNS, Change, write_round
from exclusions.errors import ActionRefused
from exclusions.gateways.tariff.hs_names import chapter_names
from exclusions.models import MadeForm, Round, TariffAction, User
from exclusions.queries.record.rounds import petition_forms as shipped_forms

_YEARS_BACK, _YEARS_ON = 12, 2


def petition_forms() -> list[tuple[str, str]]:
    """Return the forms on which a petition can be filed, shipped and made, as choices."""
    made = [(form.key, str(form)) for form in MadeForm.objects.order_by("slug", "-version")]
    return [*((key, f"{questionnaires.get(key).title} ({key})") for key in shipped_forms()), *made]


def _forms_for(start: str) -> list[tuple[str, str]]:
    keys = [key for key in questionnaires.KEYS if key.startswith(start)]
    return [("", "None: the round takes none"), *((key, f"{questionnaires.get(key).title} ({key})") for key in keys)]


def _periods(now: datetime, known: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the periods that may be asked for: whole years, and the first quarter and half of each; what is asked
    now.
    """
    offered = []
    for year in range(now.year - _YEARS_BACK, now.year + _YEARS_ON):
        offered += [str(year), f"{year}-Q1", f"{year}-H1"]
    yield from ((period, period) for period in dict.fromkeys([*known, *offered]))


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]
    """A round, written by the action that files go through, too: what a file is refused for, nobody can save here.

    A form that is valid has been written: `made` is the version in force.
    """

    # Set by the admin, for each request.
    by: User
    at: datetime
    made: Round

    actions = forms.ModelMultipleChoiceField(
        label="Lists", queryset=TariffAction.objects.order_by("position", "code"), widget=forms.CheckboxSelectMultiple
    )
    criteria = forms.MultipleChoiceField(
        label="Legal factors",
        choices=[(factor.key, factor.title) for factor in criteria.ALL],
        widget=forms.CheckboxSelectMultiple,
        help_text="We judge every petition on each of these. A petition keeps the factors that it was filed under.",
        error_messages={
            "required": (
                "Tick at least one factor. You cannot take away the factors of petitions already filed: they keep the "
                "factors that they were filed under."
            )
        },
    )
    questionnaire = forms.ChoiceField(label="Petition form")
    response_questionnaire = forms.ChoiceField(label="Form for responses", required=False)
    reply_questionnaire = forms.ChoiceField(label="Form for replies", required=False)
    purchase_periods = forms.MultipleChoiceField(
        label="Periods of purchases",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="If you choose none, the form's own apply. Hold Ctrl or Command to choose several.",
    )
    eligible_chapters = forms.MultipleChoiceField(
        label="Chapters",
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="If you choose none, all chapters apply. Hold Ctrl or Command to choose several.",
    )
    heading = forms.CharField(
        label="Default chapter 99 heading", required=False, max_length=10, help_text="Such as 9903.88.13."
    )
    response_days = forms.IntegerField(
        label="Time to respond, in days", required=False, min_value=0, max_value=365,
        help_text="Counted from the day after posting. If you leave it empty, the round takes no responses.",
    )  # fmt: skip
    reply_days_after_close = forms.IntegerField(
        label="Time to reply, in days after the close of responses", required=False, min_value=0, max_value=365,
        help_text="If you leave it empty, the round takes no replies.",
    )  # fmt: skip
    reply_days_after_response = forms.IntegerField(
        label="Time to reply, in days after a response was posted", required=False, min_value=0, max_value=365,
        help_text="The later of the two applies. If you leave it empty, the first applies.",
    )  # fmt: skip
    authority = forms.CharField(label="Citation of the change", required=False, max_length=200)
    reason = forms.CharField(
        label="Reason for the change",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everyone reads it with the versions of the round.",
    )

    class Meta:
        model = Round
        fields = ("slug", "actions", *COLUMNS, "authority", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = copy(self.instance) if self.instance.pk else None
        self.initial = {**self.initial, "authority": "", "reason": ""}
        if self.instance.heading:
            self.initial["heading"] = hts.dotted(self.instance.heading)
        known = self.instance.purchase_periods if isinstance(self.instance.purchase_periods, list) else []
        choices = {
            "questionnaire": petition_forms(),
            "response_questionnaire": _forms_for("response"),
            "reply_questionnaire": _forms_for("reply"),
            "purchase_periods": list(_periods(self.at, known)),
            "eligible_chapters": [(number, f"{number} {name}") for number, name in chapter_names()],
        }
        for name, offered in choices.items():
            if name in self.fields:
                self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean_heading(self) -> str:
        """Return the heading as plain digits; what is none is refused as a file's would be."""
        typed = str(self.cleaned_data["heading"]).strip()
        plain = typed.replace(".", "")
        return plain if len(plain) == 8 and plain.isdecimal() else typed

    def full_clean(self) -> None:
        """Write the round, in the transaction of the request: each sentence of a refusal stands beside its field."""
        super().full_clean()
        if not self.is_bound or self.errors:
            return
        try:
            with transaction.atomic():
                self.made, _ = write_round(self._before, self.change(), by=self.by, at=self.at)
        except ActionRefused as refused:
            for name, said in refused.fields.items():
                sentences = [f"It {one}" if one[:1].islower() else one for one in said]
                self.add_error(name if name in self.fields else None, sentences)
            if not refused.fields:
                self.add_error(None, list(refused.reasons))

    def change(self) -> Change:
        """Return what is wanted; what the form does not offer stays as it is."""
        given = self.cleaned_data
        stands = self._before or self.instance
        return Change(
            slug=given.get("slug", stands.slug),
            wanted={name: given.get(name, getattr(stands, name)) for name in COLUMNS},
            lists=[action.code for action in given["actions"]],
            reason=given.get("reason", ""),
            authority=given.get("authority", ""),
        )
