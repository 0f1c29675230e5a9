"""The filters of the docket, one set for its page, its exports, its feed and its API."""

import re
from collections.abc import Collection
from datetime import UTC
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exclusions import hts
from exclusions.forms.filters import ShownFilters
from exclusions.models.public import KINDS, PublicPetition, PublicPetitionQuerySet
from exclusions.workflow.states import Stage

CHAPTER = "00"  # as long as the number of a chapter


class NumberPrefix(forms.CharField):
    """The first digits of an HTSUS number, dotted or plain; cleaned to plain digits."""

    def clean(self, value: Any) -> str:
        """Return plain digits, or a sentence that says what a number looks like."""
        text = super().clean(value) or ""
        plain = hts.undotted(text)
        if plain and not (plain.isascii() and plain.isdigit() and len(plain) <= 10):
            raise forms.ValidationError(
                _("“%(text)s” is not the beginning of an HTSUS number. Enter 1 to 10 digits, with or without dots.")
                % {"text": text}
            )
        return plain


class PrefixFilter(django_filters.CharFilter):
    """Petitions whose number begins with the digits."""

    field_class = NumberPrefix


class DocketNumber(forms.CharField):
    """The number of a docket, in capitals."""

    def clean(self, value: Any) -> str:
        """Return the number, or a sentence that says what one looks like."""
        text = (super().clean(value) or "").strip().upper()
        if text and not re.fullmatch(r"[A-Z]{2,8}-[0-9]{4}-[0-9]{4,5}", text):
            raise forms.ValidationError(
                _("“%(value)s” is not a docket number. Choose one, or enter one like USTR-2019-0005.")
                % {"value": value}
            )
        return text


class DocketNumberFilter(django_filters.CharFilter):
    """Petitions of the docket."""

    field_class = DocketNumber


class Moment(django_filters.fields.IsoDateTimeField):
    """A moment in the form of ISO 8601, or a day; without an offset it is New York's."""

    def clean(self, value: Any) -> Any:
        """Return the moment, or a sentence that says what one looks like; one that no calendar has is refused alike."""
        moment = super().clean(value)
        try:
            return moment.astimezone(UTC) if moment else moment
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class MomentFilter(django_filters.IsoDateTimeFilter):
    """Petitions by a moment."""

    field_class = Moment


def day_filter(column: str, how: str, label: str) -> django_filters.DateFilter:
    """Return the filter for days of a column from (`gte`) or to (`lte`) the one given."""
    return django_filters.DateFilter(
        field_name=column,
        lookup_expr=how,
        label=label,
        help_text="YYYY-MM-DD",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "invalid": _("%(label)s: enter a real date as year-month-day, for example 2019-06-30.") % {"label": label}
        },
    )


class DocketForm(forms.Form):
    """The filters together: a period ends after it begins."""

    def clean(self) -> dict[str, Any]:
        """Return what was chosen; a period that ends before it begins is told at its end."""
        chosen: dict[str, Any] = super().clean() or {}
        for what in ("posted", "decided"):
            begins, ends = chosen.get(f"{what}_from"), chosen.get(f"{what}_to")
            if begins and ends and ends < begins:
                words = _("%(what)s to: %(ends)s is before %(begins)s, the start date. Change one of them.") % {
                    "what": what.capitalize(),
                    "ends": ends,
                    "begins": begins,
                }
                self.add_error(f"{what}_to", words)
        return chosen


class DocketFilter(ShownFilters):
    """Docket, stage, number, organization, words, and the days of posting and decision."""

    q = django_filters.CharFilter(
        method="filter_words", label="Words", max_length=200, help_text="Words that must all occur, or a reference"
    )
    hts = PrefixFilter(
        method="filter_number",
        label="HTSUS number begins with",
        help_text="First digits of the HTSUS number, dotted or plain",
    )
    organization = django_filters.CharFilter(
        field_name="organization_name",
        lookup_expr="icontains",
        label="Organization",
        max_length=200,
        help_text="Part of the organization's name",
    )
    stage = django_filters.ChoiceFilter(
        choices=Stage.choices,
        label="Stage",
        empty_label="Any stage",
        help_text="Where the petition stands, or its outcome",
        error_messages={
            "invalid_choice": "Stage: “%(value)s” is not a stage. Choose one of: "
            + ", ".join(stage.value for stage in Stage)
            + "."
        },
    )
    docket = DocketNumberFilter(label="Docket", max_length=20, help_text="Docket number, for example USTR-2019-0005")
    posted_from = day_filter("posted_on", "gte", "Posted from")
    posted_to = day_filter("posted_on", "lte", "Posted to")
    decided_from = day_filter("decided_on", "gte", "Decided from")
    decided_to = day_filter("decided_on", "lte", "Decided to")
    updated_since = MomentFilter(
        field_name="updated_at",
        lookup_expr="gte",
        label="Changed since",
        help_text="A moment such as 2019-06-30T00:00:00Z, or a day. Petitions whose public copy changed from then on",
        error_messages={
            "invalid": "Changed since: enter a moment such as 2019-06-30T00:00:00Z, or a day such as 2019-06-30."
        },
    )

    class Meta:
        model = PublicPetition
        fields = ()
        form = DocketForm

    def filter_words(self, rows: PublicPetitionQuerySet, name: str, value: str, **kinds: str) -> PublicPetitionQuerySet:
        """Keep the petitions that contain all the words and match `kinds`. A reference keeps its own petition alone."""
        return rows.matching(value, **kinds)

    def filter_number(self, rows: QuerySet[PublicPetition], name: str, value: str) -> QuerySet[PublicPetition]:
        """Keep the petitions whose number begins with the digits, as a range that the index serves."""
        if len(value) == 10:
            return rows.filter(hts10=value)
        first, after = hts.range_of(value)
        return rows.filter(hts10__gte=first, hts10__lt=after)

    def filter_queryset(self, queryset: "QuerySet[Any]", *, without: Collection[str] = ()) -> "QuerySet[Any]":
        """Return the rows that the filters leave, but for those of some names."""
        asked = {name: value for name, value in self.form.cleaned_data.items() if value and name not in without}
        if "q" in asked:
            words, kinds = asked.pop("q"), {name: asked.pop(name) for name in KINDS if name in asked}
            queryset = self.filter_words(cast("PublicPetitionQuerySet", queryset), "q", words, **kinds)
        for name, value in asked.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def facets(self) -> dict[str, str]:
        """Of docket, stage and chapter those that are asked for, once the form is valid."""
        chosen = self.form.cleaned_data
        chapter = chosen["hts"] if len(chosen["hts"]) == len(CHAPTER) else ""
        asked = {"docket": chosen["docket"], "stage": chosen["stage"], "chapter": chapter}
        return {name: value for name, value in asked.items() if value}

    @property
    def _named(self) -> set[str]:
        """The filters that are the facets'."""
        return {"hts" if name == "chapter" else name for name in self.facets}

    @property
    def besides(self) -> "QuerySet[Any]":
        """The rows that the filters besides those leave, once the form is valid."""
        return self.filter_queryset(self.queryset.all(), without=self._named) if self._named else self.qs

    @property
    def chosen(self) -> dict[str, str]:
        """Return the filters in use, as given."""
        return {name: str(self.data.get(name)) for name in self.base_filters if self.data.get(name)}

    @property
    def cleaned(self) -> dict[str, str]:
        """Return the filters in use as they are understood, once the form is valid: the same rows, the same texts."""
        return {name: str(value) for name, value in self.form.cleaned_data.items() if value}

    @property
    def sentences(self) -> list[str]:
        """Return what is wrong with the filters, each sentence once."""
        found = [str(error) for errors in self.form.errors.values() for error in errors]
        return list(dict.fromkeys(found))
