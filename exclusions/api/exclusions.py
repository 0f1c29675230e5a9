"""The exclusions registry's read API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exclusions.api.pagination import ByCursor
from exclusions.api.problems import ProblemSerializer
from exclusions.forms.exclusions import RegistryFilter
from exclusions.hts import dotted
from exclusions.models.exclusion import Exclusion, ExclusionNumber, ExclusionTerm, ExclusionText
from exclusions.queries.public import registry


class ByReference(ByCursor):
    """The registry's order: list, then number."""

    ordering = "reference"


class NumberOutput(serializers.Serializer[ExclusionNumber]):
    """A statistical number that a wording names, and the days on which it means it."""

    number = serializers.SerializerMethodField()
    to = serializers.DateField(source="valid_to")

    def get_number(self, named: ExclusionNumber) -> str:
        """The number, dotted."""
        return dotted(named.number)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add `from`, which Python does not let a class declare."""
        return {**super().get_fields(), "from": serializers.DateField(source="valid_from")}


class TextOutput(serializers.Serializer[ExclusionText]):
    """One wording, and from when it held."""

    version = serializers.IntegerField()
    text = serializers.CharField()
    whole_number = serializers.BooleanField()
    numbers = NumberOutput(many=True)
    to = serializers.DateField(source="valid_to")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add `from`, which Python does not let a class declare."""
        return {**super().get_fields(), "from": serializers.DateField(source="valid_from")}


class TermOutput(serializers.Serializer[ExclusionTerm]):
    """A period, both days inclusive, under one heading; null: not known."""

    heading = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    item = serializers.CharField()
    status = serializers.CharField()
    to = serializers.DateField(source="valid_to")
    in_force = serializers.SerializerMethodField()
    authority = serializers.CharField()
    published_on = serializers.DateField()
    dates_from = serializers.CharField()

    def get_heading(self, term: ExclusionTerm) -> str:
        """The heading, dotted."""
        return dotted(term.heading)

    def get_note(self, term: ExclusionTerm) -> str:
        """The subdivision of U.S. note 20."""
        return f"20({term.note})" if term.note else ""

    def get_in_force(self, term: ExclusionTerm) -> bool:
        """Whether it holds on the day asked for, or today."""
        return registry.state(term, self.context["on"]) == "In force"

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Add `from`, which Python does not let a class declare."""
        return {**super().get_fields(), "from": serializers.DateField(source="valid_from")}


class ExclusionOutput(serializers.Serializer[Exclusion]):
    """A product freed from an action's duty: every wording and every term."""

    reference = serializers.CharField()
    list = serializers.CharField(source="action.code")
    text = serializers.SerializerMethodField()
    whole_number = serializers.SerializerMethodField()
    texts = TextOutput(many=True)
    terms = TermOutput(many=True)

    def get_text(self, exclusion: Exclusion) -> str:
        """The wording of the day asked for, or of today."""
        text = registry.wording(exclusion.texts.all(), self.context["on"])
        return text.text if text else ""

    def get_whole_number(self, exclusion: Exclusion) -> bool:
        """Whether it excludes whole statistical numbers."""
        text = registry.wording(exclusion.texts.all(), self.context["on"])
        return bool(text and text.whole_number)


FILTERS = [
    OpenApiParameter("hts", str, description="First digits of a statistical number it names, dotted or plain"),
    OpenApiParameter("list", str, description="1, 2, 3, 4A or 4B"),
    OpenApiParameter("heading", str, description="Chapter 99 heading, for example 9903.88.05"),
    OpenApiParameter("as_of", str, description="YYYY-MM-DD: in force on that day"),
    OpenApiParameter("q", str, description="Words, all of which occur in one wording; or the start of a reference"),
    OpenApiParameter("cursor", str, description="From `next` or `previous`"),
    OpenApiParameter("page_size", int, description="1 to 200; 50 when absent"),
]


class ExclusionList(APIView):
    """The registry."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="exclusions_list",
        parameters=FILTERS,
        responses={200: ExclusionOutput(many=True), 400: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        """Return a page of exclusions by the filters of the registry page."""
        chosen = RegistryFilter(request.query_params, Exclusion.objects.all())
        if not chosen.form.is_valid():
            raise serializers.ValidationError(chosen.form.errors)
        pages = ByReference()
        rows: list[Exclusion] = pages.paginate_queryset(registry.with_details(chosen.qs), request) or []
        context = {"on": chosen.as_of_day or timezone.localdate()}
        output = ExclusionOutput(rows, many=True, context=context)  # type: ignore[arg-type]  # stubs know one row only
        return pages.get_paginated_response(output.data)


class ExclusionDetail(APIView):
    """One exclusion."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="exclusions_retrieve", responses={200: ExclusionOutput, 404: ProblemSerializer})
    def get(self, request: Request, reference: str) -> Response:
        """Return one exclusion with every wording and term."""
        on = timezone.localdate()
        found = registry.exclusion_page(reference, on)
        if found is None:
            raise exceptions.NotFound(f"There is no exclusion with the reference {reference}.")
        return Response(ExclusionOutput(found.entry.exclusion, context={"on": on}).data)
