"""The filters of the worklist. What is not understood is left out: the list then shows what the rest of them leaves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from exclusions.models import Petition, User
from exclusions.queries.casework.lists import worklist
from exclusions.queries.casework.lists.worklist_address import PARAMETERS
from exclusions.queries.casework.notes import tagged
from exclusions.queries.casework.targets import over_target
from exclusions.workflow.states import Status

# What a list is sorted by: the column and its name in the address; with a minus before it, the other way round.
SORTS = {
    "reference": "reference",
    "product_name": "product",
    "hts10": "number",
    "organization__legal_name": "requester",
    "status": "status",
    "status_since": "since",
    "holder": "assignee",
}


# What WorklistFilter.chosen says of an address without filters: building the form costs more than reading the list.
UNFILTERED: Mapping[str, Any] = {**dict.fromkeys(PARAMETERS, ""), "tag": None, "sort": []}


class Digits(forms.CharField):
    """The first digits of a number, however it is punctuated."""

    def to_python(self, value: Any) -> str:
        """Return at most ten plain digits."""
        return "".join(found for found in super().to_python(value) or "" if found in "0123456789")[:10]


class DigitsFilter(django_filters.CharFilter):
    """Petitions whose number begins with the digits."""

    field_class = Digits


class Sorting(django_filters.OrderingFilter):
    """The order of a list; among equals by reference, so that each page follows the one before."""

    def filter(self, qs: Any, value: Any) -> Any:
        """Return the rows in the order that was asked for."""
        if not value:
            return qs
        ordered = [self.get_ordering_value(name) for name in value]
        if any("holder" in name for name in ordered):
            qs = worklist.by_assignee(qs)
        return qs.order_by(*ordered, "reference")


class WorklistFilter(django_filters.FilterSet):
    """Words, the beginning of an HTSUS number, a round's slug, a status, whose the case is, over target; the order."""

    q = django_filters.CharFilter(method="filter_words")
    hts = DigitsFilter(field_name="hts10", lookup_expr="startswith")
    round = django_filters.CharFilter(field_name="round__slug")
    status = django_filters.ChoiceFilter(choices=Status.choices)
    whose = django_filters.CharFilter(method="filter_holder")
    over = django_filters.ChoiceFilter(choices=(("1", "Over target"),), method="filter_late")
    tag = django_filters.NumberFilter(method="filter_tag", max_value=10**9)
    sort = Sorting(fields=SORTS)

    class Meta:
        model = Petition
        fields = PARAMETERS

    def __init__(self, *args: Any, user: User, at: datetime, targets: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self._at = at
        self._targets = targets

    def filter_words(self, rows: QuerySet[Petition], name: str, value: str) -> QuerySet[Petition]:
        """Keep the cases whose reference, product or company contains the words."""
        return worklist.naming(rows, value)

    def filter_holder(self, rows: QuerySet[Petition], name: str, value: str) -> QuerySet[Petition]:
        """Keep the person's own cases ("mine"), those that nobody of the role has, or those of a colleague's key."""
        if value == "mine":
            return worklist.held_by(rows, self.user)
        if value == "unassigned":
            return worklist.unassigned(rows)
        known = value.isascii() and value.isdigit() and len(value) < 10
        return worklist.held_by(rows, self.user, int(value)) if known else rows

    def filter_late(self, rows: QuerySet[Petition], name: str, value: str) -> QuerySet[Petition]:
        """Keep the cases that are over the target of their status."""
        return rows.filter(over_target(self._at, self._targets, worklist.statuses_for(self.user.role)))

    def filter_tag(self, rows: QuerySet[Petition], name: str, value: Any) -> QuerySet[Petition]:
        """Keep the cases that bear a tag of the person's team."""
        return tagged(rows, self.user, int(value))

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters in use, as they were understood."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)
