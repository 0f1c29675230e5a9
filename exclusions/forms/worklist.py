"""The filters of the worklist. What is not understood is left out: the list then shows what the rest of them leaves."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from exclusions.models import Petition, User
from exclusions.queries.agency import worklist
from exclusions.workflow.states import Status

WHOSE = (("mine", "Mine"), ("unassigned", "Unassigned"))


class Digits(forms.CharField):
    """The first digits of a number, however it is punctuated."""

    def to_python(self, value: Any) -> str:
        """Return at most ten plain digits."""
        return "".join(found for found in super().to_python(value) or "" if found in "0123456789")[:10]


class DigitsFilter(django_filters.CharFilter):
    """Petitions whose number begins with the digits."""

    field_class = Digits


class WorklistFilter(django_filters.FilterSet):
    """Words, the beginning of an HTSUS number, a round's slug, a status, and whose the case is."""

    q = django_filters.CharFilter(method="words")
    hts = DigitsFilter(field_name="hts10", lookup_expr="startswith")
    round = django_filters.CharFilter(field_name="round__slug")
    status = django_filters.ChoiceFilter(choices=Status.choices)
    whose = django_filters.ChoiceFilter(choices=WHOSE, method="held")

    class Meta:
        model = Petition
        fields = ("q", "hts", "round", "status", "whose")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def words(self, rows: QuerySet[Petition], name: str, value: str) -> QuerySet[Petition]:
        """Keep the cases whose reference, product or company has the words in it."""
        return worklist.naming(rows, value)

    def held(self, rows: QuerySet[Petition], name: str, value: str) -> QuerySet[Petition]:
        """Keep the person's own cases, or those that nobody of the role has taken."""
        return worklist.held_by(rows, self._user) if value == "mine" else worklist.unassigned(rows, self._user)

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters in use, as they were understood."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)
