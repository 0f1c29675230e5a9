"""The filters of the exclusions registry, one set for its page, its exports and its API."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from exclusions.forms.docket import NumberPrefix, PrefixFilter
from exclusions.forms.tariff import DayForm, TariffDay
from exclusions.models.exclusion import Exclusion
from exclusions.queries.public.registry import registry


class HeadingField(NumberPrefix):
    """A chapter 99 heading, dotted or plain; cleaned to eight plain digits."""

    def clean(self, value: object) -> str:
        """Return plain digits, or a sentence that says what a heading looks like."""
        plain = super().clean(value)
        if plain and len(plain) != 8:
            raise forms.ValidationError(
                f"“{value}” is not a chapter 99 heading. Enter its 8 digits, for example 9903.88.05."
            )
        return plain


class HeadingFilter(django_filters.CharFilter):
    """Exclusions claimed under the heading."""

    field_class = HeadingField


class RegistryFilter(django_filters.FilterSet):
    """Words, number, list, heading, and the day on which it must be in force."""

    q = django_filters.CharFilter(
        label="Words or reference",
        max_length=200,
        help_text="Words, all of which occur in one wording; or the start of a reference",
    )
    hts = PrefixFilter(
        label="HTSUS number begins with",
        help_text="First digits of a statistical number it names, dotted or plain",
    )
    list = django_filters.CharFilter(label="List", max_length=10, help_text="1, 2, 3, 4A or 4B")
    heading = HeadingFilter(label="Chapter 99 heading", help_text="Chapter 99 heading, for example 9903.88.05")
    as_of = django_filters.DateFilter(
        label="In force on",
        help_text="YYYY-MM-DD: in force on that day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter the day as year-month-day, for example 2019-01-15."},
    )

    class Meta:
        model = Exclusion
        fields = ()

    def filter_queryset(self, queryset: "QuerySet[Exclusion]") -> "QuerySet[Exclusion]":
        """Apply all filters together: a heading and a day must be those of the same term."""
        chosen = self.form.cleaned_data
        return registry(
            hts=chosen["hts"],
            action=chosen["list"].strip().upper().removeprefix("LIST").strip(),
            heading=chosen["heading"],
            as_of=chosen["as_of"],
            words=chosen["q"],
        )

    @property
    def as_of_day(self) -> date | None:
        """The day asked for, once the form is valid."""
        return self.form.cleaned_data.get("as_of") if self.form.is_valid() else None

    @property
    def heading_chosen(self) -> str:
        """The plain heading asked for, once the form is valid."""
        return self.form.cleaned_data.get("heading", "") if self.form.is_valid() else ""


class ExclusionDay(TariffDay):
    """The day as of which one exclusion is read; `today` where none is asked for."""

    class Meta:
        model = Exclusion
        fields = ()
        form = DayForm

    def filter_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Leave the exclusions: the day is of what is shown of one."""
        return queryset
