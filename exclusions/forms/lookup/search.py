"""What a person asks of the search: words, a number or a reference, a day, and of which kind. For page and API."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from exclusions.forms.lookup.tariff import DayForm, TariffDay
from exclusions.models.tariff import TariffLine
from exclusions.queries.lookup.search.hits import KINDS


class SiteSearch(TariffDay):
    """What is looked for; everything may be left out. A text of any length is taken: how much of it is looked for is
    said with the answer.
    """

    q = django_filters.CharFilter(
        label="Product, company, HTSUS number or reference",
        help_text="Words, a number with or without dots, or a reference. At most 200 characters",
    )
    kind = django_filters.ChoiceFilter(
        label="Kind", choices=list(KINDS.items()), help_text="Results of this kind only. Default: all"
    )

    class Meta:
        model = TariffLine
        fields = ()
        form = DayForm

    @property
    def typed(self) -> str:
        """What is looked for, as it was typed."""
        return str(self.form.cleaned_data.get("q") or "") if self.form.is_valid() else ""

    @property
    def kind_chosen(self) -> str:
        """The kind asked for; "" for all."""
        return str(self.form.cleaned_data.get("kind") or "") if self.form.is_valid() else ""

    def filter_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Leave the rows: what is found comes of several tables."""
        return queryset
