"""What a person asks of the tariff: words or the beginning of a number, and a day. One set for pages and API."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exclusions.facts.lines import matching_lines, search_terms
from exclusions.forms.filters import ShownFilters
from exclusions.hts import HtsError, parse
from exclusions.models.tariff import TariffLine

STATISTICAL = 10  # digits of a number that is whole: it leads to a page of its own
FIRST_DAY, LAST_DAY = date(1989, 1, 1), date(2099, 12, 31)


class DayForm(forms.Form):
    """Refuses days on which there is no HTSUS."""

    def clean_as_of(self) -> date | None:
        """Return the day, if one was asked for."""
        as_of: date | None = self.cleaned_data["as_of"]
        if as_of and not FIRST_DAY <= as_of <= LAST_DAY:
            raise forms.ValidationError(_("Give a day from 1989, when the HTSUS began, to 2099."))
        return as_of


class SearchForm(DayForm):
    """Refuses what cannot be the beginning of a number, with the sentence that says why."""

    def clean(self) -> dict[str, Any]:
        """Return what was asked."""
        cleaned = super().clean() or {}
        prefix = cleaned.get("prefix", "")
        try:
            digits, _words = search_terms(cleaned.get("q", ""), prefix)
            if len(digits) == STATISTICAL:
                parse(digits)
        except HtsError as error:
            self.add_error("prefix" if prefix else "q", str(error))
        return cleaned


class TariffDay(ShownFilters):
    """The day on which the schedule is read; `today` where none is asked for."""

    as_of = django_filters.DateFilter(
        label="On the day",
        help_text="The day, YYYY-MM-DD. Default: today",
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write the day as YYYY-MM-DD, for example 2019-01-15."},
    )

    class Meta:
        model = TariffLine
        fields = ()
        form = DayForm

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def day(self) -> date:
        """The day asked for, or today; today, too, where what was asked for is no day."""
        asked: date | None = self.form.cleaned_data.get("as_of") if self.is_bound and self.form.is_valid() else None
        return asked or self.today

    def filter_queryset(self, queryset: "QuerySet[TariffLine]") -> "QuerySet[TariffLine]":
        """Keep the lines that stood on the day."""
        return matching_lines("", [], self.day)


class TariffSearch(TariffDay):
    """Words or number, prefix, day. Everything may be left out."""

    q = django_filters.CharFilter(
        label="Words or number",
        max_length=200,
        help_text="Words for goods (best answer first), or the first digits of a number",
    )
    prefix = django_filters.CharFilter(
        label="Number begins with", max_length=40, help_text="First digits of the number, dotted or plain"
    )

    class Meta(TariffDay.Meta):
        form = SearchForm

    def filter_queryset(self, queryset: "QuerySet[TariffLine]") -> "QuerySet[TariffLine]":
        """Keep the lines on the day that begin with the digits and hold all the words."""
        digits, words = search_terms(self.form.cleaned_data["q"], self.form.cleaned_data["prefix"])
        return matching_lines(digits, words, self.day)
