"""The filters of the docket, one set for its page, its exports, its feed and its API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from exclusions import hts
from exclusions.models.public import PublicPetition, PublicPetitionQuerySet
from exclusions.workflow.states import Stage


class NumberPrefix(forms.CharField):
    """The first digits of an HTSUS number, dotted or plain; cleaned to plain digits."""

    def clean(self, value: Any) -> str:
        """Return plain digits, or a sentence that says what a number looks like."""
        text = super().clean(value) or ""
        plain = "".join(text.replace(".", "").split())
        if plain and not (plain.isascii() and plain.isdigit() and len(plain) <= 10):
            raise forms.ValidationError(
                f"“{text}” is not the beginning of an HTSUS number. Enter 1 to 10 digits, with or without dots."
            )
        return plain


class PrefixFilter(django_filters.CharFilter):
    """Petitions whose number begins with the digits."""

    field_class = NumberPrefix


def dotted_or_plain(number: str) -> str:
    """Return a plain number dotted where it is a whole one, as a page shows it."""
    return hts.dotted(number) if len(number) in {4, 6, 8, 10} else number


class DocketFilter(django_filters.FilterSet):
    """Docket, stage, number, organization, words, and posting dates."""

    q = django_filters.CharFilter(
        method="words", label="Words", max_length=200, help_text="Words, all of which occur; or a reference"
    )
    hts = PrefixFilter(
        method="number",
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
        choices=Stage.choices, label="Stage", empty_label="Any stage", help_text="Where the petition stands"
    )
    docket = django_filters.CharFilter(
        label="Docket", max_length=20, help_text="Docket number, for example USTR-2019-0005"
    )
    posted_from = django_filters.DateFilter(
        field_name="posted_on",
        lookup_expr="gte",
        label="Posted from",
        help_text="YYYY-MM-DD",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    posted_to = django_filters.DateFilter(
        field_name="posted_on",
        lookup_expr="lte",
        label="Posted to",
        help_text="YYYY-MM-DD",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    class Meta:
        model = PublicPetition
        fields = ("q", "hts", "docket", "stage", "organization", "posted_from", "posted_to")

    def words(self, rows: PublicPetitionQuerySet, name: str, value: str) -> PublicPetitionQuerySet:
        """Keep the petitions in which all the words occur; a whole reference finds its petition."""
        reference = value.strip().upper()
        if reference.startswith("USTR-"):
            return rows.filter(reference__gte=reference, reference__lt=_next_prefix(reference))
        return rows.matching(value)

    def number(self, rows: QuerySet[PublicPetition], name: str, value: str) -> QuerySet[PublicPetition]:
        """Keep the petitions whose number begins with the digits, as a range that the index serves."""
        if len(value) == 10:
            return rows.filter(hts10=value)
        return rows.filter(hts10__gte=value, hts10__lt=_next_prefix(value)) if value else rows

    @property
    def chosen(self) -> dict[str, str]:
        """Return the filters in use, as given."""
        return {name: str(self.data.get(name)) for name in self.get_fields() if self.data.get(name)}


def _next_prefix(prefix: str) -> str:
    """Return the first text after every number that begins with the digits."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
