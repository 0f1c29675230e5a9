"""What changed on the docket since a mirror came last: whole petitions, and the references of those taken down."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.api.docket import LastModified
from exclusions.api.docket_output import PetitionOutput
from exclusions.api.output import TableOutput
from exclusions.api.pagination import ByCursor
from exclusions.api.reads import ReadList
from exclusions.forms.changes import ChangesFilter
from exclusions.models.mirrors.changes import DocketChange
from exclusions.queries.public.docket import whole_petitions


class ChangeOutput(TableOutput[DocketChange]):
    """A petition that changed, as it is now; of one that was taken down the reference and the number alone."""

    petition = serializers.SerializerMethodField(help_text="null: it was taken down. Delete your copy")

    class Meta:
        model = DocketChange
        fields = ("number", "reference", "petition")

    @extend_schema_field(PetitionOutput(allow_null=True))
    def get_petition(self, change: DocketChange) -> dict[str, Any] | None:
        """The petition as its own address gives it."""
        found = self.context["petitions"].get(change.reference)
        return self._whole.to_representation(found) if found else None

    @cached_property
    def _whole(self) -> PetitionOutput:
        """How each is sent, made once a page."""
        return PetitionOutput(context=self.context)


class InOrder(ByCursor):
    """The order of the numbers, which is that of the commits."""

    ordering = ("number",)


class DocketChanges(LastModified, ReadList):
    """What changed since a number, each petition once, in the order of its last change.

    A mirror leaves `changed_since` out the first time, follows `next` to the end, and keeps the largest `number` that
    it saw. The next time it sends that as `changed_since`. None is missed, whatever is written meanwhile: a larger
    number never becomes visible before a smaller one.
    """

    queryset = DocketChange.objects.all()
    serializer_class = ChangeOutput
    filterset_class = ChangesFilter
    pagination_class = InOrder

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a page, with its petitions read at once."""
        rows: Sequence[DocketChange] = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        petitions = whole_petitions([row.reference for row in rows])
        context = {**self.get_serializer_context(), "petitions": petitions}
        return self.get_paginated_response(ChangeOutput(rows, many=True, context=context).data)
