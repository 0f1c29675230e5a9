"""Forms about who sees what: taking down, declaring an interest, the filters of the access log."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from exclusions.models import AccessLog
from exclusions.queries.record import accesses
from exclusions.workflow.roles import Role


class TakeDownForm(forms.Form):
    """What to take down, and why."""

    thing = forms.ChoiceField(label="What should be taken down?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Say what is wrong without repeating it. The reason is kept on the record and is not published.",
    )

    def __init__(self, *args: Any, things: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = list(things)  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """A corrected file."""

    file = forms.FileField(label="Corrected file")


class InterestForm(forms.Form):
    """An interest of a member of staff in a company."""

    name = forms.CharField(
        label="Company", max_length=300, help_text="Its legal name, as it would stand in a petition or a response."
    )
    nature = forms.CharField(
        label="What is the interest?", max_length=300, help_text="For example shares, a former employer, a relative."
    )


class AccessFilter(django_filters.FilterSet):
    """What the access log is narrowed to."""

    reference = django_filters.CharFilter(method="of_petition", label="Petition", max_length=40)
    who = django_filters.CharFilter(
        method="by_whom", label="Person", max_length=200, help_text="Part of a name or e-mail address"
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

    def of_petition(self, rows: QuerySet[AccessLog], name: str, value: str) -> QuerySet[AccessLog]:
        """Keep the readings of one petition."""
        return accesses.of_petition(rows, value)

    def by_whom(self, rows: QuerySet[AccessLog], name: str, value: str) -> QuerySet[AccessLog]:
        """Keep the readings of people whose name or address has the words in it."""
        return accesses.by_whom(rows, value)
