"""The filters of the exclusions registry, one set for its page, its exports and its API."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from exclusions.forms.docket import NumberPrefix, PrefixFilter
from exclusions.forms.filters import ShownFilters
from exclusions.forms.lookup.tariff import DayForm, TariffDay
from exclusions.models.exclusion import Exclusion
from exclusions.models.tariff import TariffAction
from exclusions.queries.lookup.registry_standings import ANY, IN_FORCE, ORDERS, REFERENCE, STANDINGS, standing_on
from exclusions.queries.public.registry import registry


class HeadingField(NumberPrefix):
    """A chapter 99 heading, dotted or plain; cleaned to eight plain digits."""

    def clean(self, value: object) -> str:
        """Return plain digits, or a sentence that says what a heading looks like."""
        plain = super().clean(value)
        if plain and len(plain) != 8:
            raise forms.ValidationError(
                _("“%(value)s” is not a chapter 99 heading. Enter its 8 digits, for example 9903.88.05.")
                % {"value": value}
            )
        return plain


class HeadingFilter(django_filters.CharFilter):
    """Exclusions claimed under the heading."""

    field_class = HeadingField


class ListField(forms.CharField):
    """The code of a list, with or without the word before it; cleaned to the code."""

    def clean(self, value: object) -> str:
        """Return the code, or a sentence that names the lists. One statement where a code was typed."""
        code = str(super().clean(value)).strip().upper().removeprefix("LIST").strip()
        if not code:
            return ""
        codes = list(TariffAction.objects.order_by("position", "code").values_list("code", flat=True))
        if code not in codes:
            raise forms.ValidationError(
                _("“%(value)s” is no list. Choose one of: %(codes)s.") % {"value": value, "codes": ", ".join(codes)}
            )
        return code


class ListFilter(django_filters.CharFilter):
    """Exclusions of the list."""

    field_class = ListField


class RegistryFilter(ShownFilters):
    """Words, number, list, heading, and the day on which it must be in force."""

    q = django_filters.CharFilter(
        label="Words or reference",
        max_length=200,
        help_text="Words that must all occur in one wording, or the start of a reference",
    )
    hts = PrefixFilter(
        label="HTSUS number begins with",
        help_text="First digits of a statistical number it names, dotted or plain",
    )
    list = ListFilter(label="List", max_length=10, help_text="1, 2, 3, 4A or 4B")
    heading = HeadingFilter(label="Chapter 99 heading", help_text="Chapter 99 heading, for example 9903.88.05")
    as_of = django_filters.DateFilter(
        label="On the day",
        help_text="YYYY-MM-DD. Without a standing: in force on that day",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Enter the day as year-month-day, for example 2019-01-15."},
    )
    standing = django_filters.ChoiceFilter(
        label="Standing",
        choices=tuple(STANDINGS.items()),
        empty_label=None,
        help_text="Status on the day (`as_of`, or today): in_force, ahead, ended or any. "
        "Default: any. If you give a day: in_force",
        error_messages={"invalid_choice": "“%(value)s” is no standing. Choose in_force, ahead, ended or any."},
    )
    sort = django_filters.ChoiceFilter(
        label="Order",
        choices=tuple(ORDERS.items()),
        empty_label=None,
        help_text="Of the page: reference, ending (ends soonest) or newest (begun last)",
        error_messages={"invalid_choice": "“%(value)s” is no order. Choose reference, ending or newest."},
    )

    class Meta:
        model = Exclusion
        fields = ()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def filter_queryset(self, queryset: "QuerySet[Exclusion]") -> "QuerySet[Exclusion]":
        """Apply all filters together: a heading and a day must be those of the same term."""
        return standing_on(self.of_any_standing, self.standing_chosen, self.judged_on)

    @property
    def of_any_standing(self) -> "QuerySet[Exclusion]":
        """What the other filters leave. A day alone means: in force on it."""
        chosen = self.form.cleaned_data
        return registry(
            hts=chosen["hts"],
            action=chosen["list"],
            heading=chosen["heading"],
            as_of=None if chosen["standing"] else chosen["as_of"],
            words=chosen["q"],
        )

    @property
    def is_whole(self) -> bool:
        """Whether nothing narrows the registry but a standing."""
        chosen = self.form.cleaned_data
        narrowing = ("hts", "list", "heading", "q")
        day_alone = chosen.get("as_of") and not chosen.get("standing")
        return self.form.is_valid() and not day_alone and not any(chosen[name] for name in narrowing)

    @property
    def standing_chosen(self) -> str:
        """The standing asked for; any where none was."""
        return str(self.form.cleaned_data["standing"] or ANY)

    @property
    def term_day(self) -> date | None:
        """The day on which the terms that are sent must hold; None: those of any day."""
        if self.form.cleaned_data["standing"]:
            return self.judged_on if self.standing_chosen == IN_FORCE else None
        return self.as_of_day

    @property
    def order(self) -> str:
        """The order asked for; by reference where none was."""
        return str(self.form.cleaned_data["sort"] or REFERENCE)

    @property
    def judged_on(self) -> date:
        """The day on which the registry judges standings: the day asked for, or today."""
        return self.as_of_day or self.today

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
