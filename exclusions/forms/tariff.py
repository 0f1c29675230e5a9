"""What a person asks of the tariff: words or the beginning of a number, and a day. One set for pages and API."""

from datetime import date
from typing import Any

from django import forms

from exclusions.facts.lines import search_terms
from exclusions.hts import HtsError

FIRST_DAY, LAST_DAY = date(1989, 1, 1), date(2099, 12, 31)


class TariffSearch(forms.Form):
    """Words or number, prefix, day. Everything may be left out; without a day it is the day given as `today`."""

    q = forms.CharField(label="Words or number", max_length=200, required=False)
    # The query string calls it so; a field does not touch the form's own `prefix`, which is set on the instance.
    prefix = forms.CharField(label="Number begins with", max_length=40, required=False)  # type: ignore[assignment]
    as_of = forms.DateField(
        label="On the day",
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write the day as YYYY-MM-DD, for example 2019-01-15."},
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today

    def clean_as_of(self) -> date:
        """Put today where no day was asked for; refuse days on which there is no HTSUS."""
        as_of: date = self.cleaned_data["as_of"] or self.today
        if not FIRST_DAY <= as_of <= LAST_DAY:
            raise forms.ValidationError("Give a day from 1989, when the HTSUS began, to 2099.")
        return as_of

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be the beginning of a number, with the sentence that says why."""
        cleaned = super().clean() or {}
        prefix = cleaned.get("prefix", "")
        try:
            search_terms(cleaned.get("q", ""), prefix)
        except HtsError as error:
            self.add_error("prefix" if prefix else "q", str(error))
        return cleaned
