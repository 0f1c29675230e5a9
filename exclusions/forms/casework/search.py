"""What a search of the case store asks. What is not understood is left out."""

from typing import Any

import django_filters

from exclusions.models import StoredCase
from exclusions.models.casework.store import StoredCaseQuerySet
from exclusions.queries.casework.lists import search
from exclusions.workflow.outcomes import CaseOutcome


class CaseSearch(django_filters.FilterSet):
    """Words or numbers, the kind of a case, its outcome, its docket, and in which order."""

    q = django_filters.CharFilter(method="filter_words")
    kind = django_filters.ChoiceFilter(choices=StoredCase.Kind.choices)
    outcome = django_filters.ChoiceFilter(choices=CaseOutcome.choices)
    docket = django_filters.CharFilter()

    class Meta:
        model = StoredCase
        fields = ("q", "kind", "outcome", "docket")

    def filter_words(self, rows: StoredCaseQuerySet, name: str, value: str) -> StoredCaseQuerySet:
        """Keep the cases that hold every word that was typed."""
        return search.matching(rows, value[:200])

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters in use, as they were understood, and the order."""
        self.form.is_valid()
        sort = self.data.get("sort", "")
        return {**self.form.cleaned_data, "sort": sort if sort in dict(search.SORTS) else search.BEST}

    @property
    def ordered(self) -> StoredCaseQuerySet:
        """The cases that the filters leave, in the chosen order."""
        chosen = self.chosen
        return search.sorted_by(self.qs, chosen.get("q") or "", chosen["sort"])
