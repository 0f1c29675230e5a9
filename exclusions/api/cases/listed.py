"""The cases at the desk of the token's person, and the clusters of like cases."""

from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.api.cases.opened import READ, OfStaff
from exclusions.api.output import Money, Output
from exclusions.api.pagination import ByCursor
from exclusions.models import Cluster, Petition
from exclusions.queries.casework.clusters import lists as clusters
from exclusions.queries.casework.clusters.rows import ClusterRow, cluster_rows
from exclusions.queries.casework.lists import worklist as lists
from exclusions.queries.casework.targets import targets

QUEUES = ("desk", "mine", "unassigned")
QUEUE = OpenApiParameter(
    "queue",
    str,
    enum=QUEUES,
    description="`desk`: all that wait for your role, as without it; `mine`: those that you have; `unassigned`: those "
    "that nobody has",
)
UNKNOWN = f"There is no such queue. There are: {', '.join(QUEUES)}."
_COLUMNS = attrgetter(*(name.replace("__", ".") for name in lists.COLUMNS))


class CaseRowOutput(Output[lists.Row]):
    """One case of the worklist."""

    reference = serializers.CharField()
    status = serializers.CharField()
    status_label = serializers.CharField(source="label")
    product_name = serializers.CharField(source="product")
    hts10 = serializers.CharField(source="number", help_text="dotted")
    requester = serializers.CharField()
    move = serializers.CharField(help_text="whose turn it is")
    days = serializers.IntegerField(help_text="days in New York since it came to this status")
    target_days = serializers.IntegerField(source="target", allow_null=True, help_text="that the status should take")
    days_over = serializers.IntegerField(source="over", help_text="days beyond the target, 0 within it")
    assignee = serializers.CharField(help_text="who of the role has it. Empty: nobody")
    mine = serializers.BooleanField(help_text="whether you have it")
    responses_to_post = serializers.IntegerField(source="waiting_responses")
    tags = serializers.CharField(help_text="those of your team")


class LongestInStatus(ByCursor):
    """The case that is longest in its status comes first, as on the worklist."""

    ordering = ("status_since", "reference")


class Cases(OfStaff, ListAPIView[Petition]):
    """The cases that wait for the role of the token's person, those longest in their status first.

    Cases from which a tie or recusal bars the person are left out.
    """

    queryset = Petition.objects.none()
    serializer_class = CaseRowOutput
    pagination_class = LongestInStatus
    parameters = (QUEUE,)
    scopes = {"GET": READ}

    def get_queryset(self) -> QuerySet[Petition]:
        """Return the cases of the queue. Raises ValidationError for one that there is not."""
        rows, queue = lists.worklist(self.person), self.request.query_params.get("queue", QUEUES[0])
        if queue not in QUEUES:
            raise ValidationError({"queue": [UNKNOWN]})
        if queue == "mine":
            return lists.held_by(rows, self.person)
        return lists.unassigned(rows) if queue == "unassigned" else rows

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page."""
        found = self.paginate_queryset(self.get_queryset()) or []
        rows = lists.rows([_COLUMNS(one) for one in found], self.person, self.at, targets())
        return self.get_paginated_response([CaseRowOutput(row).data for row in rows])


class OutcomeCountOutput(Output[Any]):
    """How many cases of a cluster came out in one way."""

    outcome = serializers.CharField()
    cases = serializers.IntegerField()

    def to_representation(self, instance: tuple[str, int]) -> dict[str, Any]:
        """Name the two."""
        return dict(zip(self.fields, instance, strict=True))


class ClusterOutput(Output[ClusterRow]):
    """Cases of one product, drawn together."""

    id = serializers.IntegerField(source="cluster.pk")
    title = serializers.CharField(source="cluster.title")
    hts10 = serializers.CharField(source="cluster.hts10")
    state = serializers.CharField(source="cluster.state", help_text="proposed or accepted")
    live = serializers.IntegerField(help_text="petitions here that do not stand apart")
    historical = serializers.IntegerField(help_text="cases of earlier dockets")
    oldest = serializers.DateField(allow_null=True, help_text="day of the first filing")
    outcomes = OutcomeCountOutput(many=True)
    mixed = serializers.BooleanField(help_text="whether like cases were granted and denied")
    at_stake = Money(source="value", allow_null=True, help_text="null: not for your role, or too few cases make it up")
    opposed = serializers.IntegerField(help_text="posted responses against its cases")


class LargestFirst(ByCursor):
    """The largest cluster comes first; among equals the latest."""

    ordering = ("-size", "-pk")


class Clusters(OfStaff, ListAPIView[Cluster]):
    """The clusters that stand, largest first."""

    queryset = Cluster.objects.none()
    serializer_class = ClusterOutput
    pagination_class = LargestFirst
    scopes = {"GET": READ}

    def get_queryset(self) -> QuerySet[Cluster]:
        """Return the clusters."""
        return clusters.clusters()

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page."""
        found = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(
            [ClusterOutput(row).data for row in cluster_rows(found, self.person, self.at)]
        )
