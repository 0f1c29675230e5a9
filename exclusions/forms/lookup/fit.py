"""What a person asks: do these goods fit an exclusion of this number on that day? One set for page and API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from exclusions.forms.lookup.tariff import DayForm, TariffDay
from exclusions.hts import HtsError, HtsNumber, parse
from exclusions.models.tariff import TariffLine

LONGEST = 2000
DIGITS = (8, 10)


class FitForm(DayForm):
    """Refuses what is no number of 8 or 10 digits, with the sentence that says why."""

    def clean_hts(self) -> str:
        """Return the plain number; "" where none was given."""
        typed: str = self.cleaned_data["hts"]
        if not typed.strip():
            return ""
        try:
            return parse(typed, digits=DIGITS).plain
        except HtsError as error:
            raise forms.ValidationError(str(error)) from error


class FitQuestion(TariffDay):
    """A number, words, and where they were asked apart material and measures; a day."""

    hts = django_filters.CharFilter(
        label="HTSUS number",
        max_length=40,
        help_text="8 or 10 digits, with or without dots",
    )
    text = django_filters.CharFilter(
        label="What the goods are",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What they are called, what they are for and how they are made",
    )
    material = django_filters.CharFilter(label="Material", max_length=300, help_text="For example: stainless steel")
    measures = django_filters.CharFilter(
        label="Measures, ratings and value",
        max_length=500,
        help_text="Each with its unit and what it measures, for example: 15 mm in diameter, valued at $12 each",
    )

    class Meta(TariffDay.Meta):
        form = FitForm

    @property
    def number(self) -> HtsNumber | None:
        """The number asked for, once the form is valid; None where there is none."""
        plain = self.form.cleaned_data["hts"] if self.form.is_valid() else ""
        return HtsNumber(plain) if plain else None

    @property
    def goods_text(self) -> str:
        """The description of the goods as one text; "" where nothing was entered."""
        said = self.form.cleaned_data if self.form.is_valid() else {}
        material = said.get("material", "").strip()
        parts = [
            said.get("text", ""),
            f"of {material.removeprefix('of ')}" if material else "",
            said.get("measures", ""),
        ]
        return ", ".join(part.strip().rstrip(".,;") for part in parts if part and part.strip())

    def filter_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Leave the table alone: what is asked is asked of the facts."""
        return TariffLine.objects.none()
