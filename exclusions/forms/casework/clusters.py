"""The filters of the list of clusters, and what a reviewer changes of one."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet

from exclusions.forms.casework.worklist import DigitsFilter
from exclusions.models import Cluster
from exclusions.queries.casework.clusters.lists import SORTS, mixed_only, sorted_clusters, with_live_cases
from exclusions.workflow.states import worklist_of

STATES = [(state.value, state.label) for state in Cluster.State if state != Cluster.State.DISSOLVED]
SORT_LABELS = {"size": "Largest", "age": "Oldest", "value": "Most at stake", "opposition": "Most opposed"}
LIVE, MINE = "live", "mine"
WORK = ((MINE, "Waiting at your desk"), (LIVE, "With live cases"))
VERBS = (
    ("accept", "Accept it as proposed"),
    ("apart", "Set the chosen members apart as outliers"),
    ("split", "Split the chosen members off into a new cluster"),
    ("move", "Move the chosen members into another cluster"),
    ("merge", "Merge the whole cluster into another one"),
)


class ClusterFilter(django_filters.FilterSet):
    """Whether there is work, the beginning of a number, words of the title, a state, unlike outcomes, a least size, and
    the order; `role` is that of the reader.
    """

    work = django_filters.ChoiceFilter(choices=WORK, method="filter_work")

    q = django_filters.CharFilter(field_name="title", lookup_expr="icontains")
    hts = DigitsFilter(field_name="hts10", lookup_expr="startswith")
    state = django_filters.ChoiceFilter(choices=STATES)
    mixed = django_filters.ChoiceFilter(choices=(("1", "Granted and denied"),), method="filter_mixed")
    size = django_filters.NumberFilter(field_name="size", lookup_expr="gte", min_value=0, max_value=100_000)
    sort = django_filters.ChoiceFilter(choices=[(key, SORT_LABELS[key]) for key in SORTS], method="filter_sort")

    class Meta:
        model = Cluster
        fields = ("work", "q", "hts", "state", "mixed", "size", "sort")

    def __init__(self, *args: Any, role: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._role = role

    def filter_work(self, rows: QuerySet[Cluster], name: str, value: str) -> QuerySet[Cluster]:
        """Keep the clusters that have live cases, or live cases at the desk of the reader."""
        return with_live_cases(rows, worklist_of(self._role) if value == MINE else None)

    def filter_mixed(self, rows: QuerySet[Cluster], name: str, value: str) -> QuerySet[Cluster]:
        """Keep the clusters in which like cases came out otherwise."""
        return mixed_only(rows)

    def filter_sort(self, rows: QuerySet[Cluster], name: str, value: str) -> QuerySet[Cluster]:
        """Keep every cluster: `ordered` sorts them."""
        return rows

    def ordered(self, *, whole: bool) -> QuerySet[Cluster]:
        """Return the rows that the filters leave, in the chosen order; by value for those alone who may read it."""
        return sorted_clusters(self.qs, str(self.chosen.get("sort") or "size"), whole=whole)

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters in use, as they were understood."""
        self.form.is_valid()
        return dict(self.form.cleaned_data)


class ClusterChangeForm(forms.Form):
    """One change of a cluster. Which members are chosen comes with the boxes of the table."""

    verb = forms.ChoiceField(
        label="What do you want to change?",
        choices=VERBS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you want to change."},
    )
    into = forms.IntegerField(
        label="Number of the other cluster",
        help_text="Required to move members or to merge clusters. The number is on the page of the cluster.",
        required=False,
        min_value=1,
        error_messages={"invalid": "Enter the number of a cluster, for example 12."},
    )
    reason = forms.CharField(
        label="Reason",
        help_text="Goes on the record of the cases concerned.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Give the reason. It goes on the record of the cases."},
    )

    def __init__(self, *args: Any, proposed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not proposed:
            self.fields["verb"].choices = [row for row in VERBS if row[0] != "accept"]  # type: ignore[attr-defined]
