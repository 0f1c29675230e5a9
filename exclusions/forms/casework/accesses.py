"""The filter of the access log."""

import django_filters
from django import forms
from django.db.models import QuerySet

from exclusions.models import AccessLog
from exclusions.queries.record import accesses
from exclusions.workflow.roles import Role


class AccessFilter(django_filters.FilterSet):
    """What the access log is narrowed to."""

    reference = django_filters.CharFilter(method="filter_petition", label="Petition", max_length=40)
    who = django_filters.CharFilter(
        method="filter_person", label="Person", max_length=200, help_text="Part of a name or e-mail address"
    )
    role = django_filters.ChoiceFilter(choices=Role.choices, label="Role", empty_label="Every role")
    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label="From", widget=forms.DateInput(attrs={"type": "date"})
    )
    until = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label="To", widget=forms.DateInput(attrs={"type": "date"})
    )

    class Meta:
        model = AccessLog
        fields = ("reference", "who", "role", "since", "until")

    def filter_petition(self, rows: QuerySet[AccessLog], name: str, value: str) -> QuerySet[AccessLog]:
        """Keep the readings of one petition."""
        return accesses.of_petition(rows, value)

    def filter_person(self, rows: QuerySet[AccessLog], name: str, value: str) -> QuerySet[AccessLog]:
        """Keep the readings of people whose name or address has the words in it."""
        return accesses.by_whom(rows, value)
