"""The tariff look-up's API: lines by number and words, and all about one number, on a day."""

from datetime import date
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
from exclusions.api.tariff_output import FactsOutput, LineOutput
from exclusions.facts.lines import lines_of, matching_lines, search_lines, search_terms, whole_edition
from exclusions.forms.tariff import TariffSearch
from exclusions.hts import HtsError, parse
from exclusions.models.tariff import TariffLine
from exclusions.queries.tariff.listing import listed
from exclusions.queries.tariff.number_facts import number_facts

AS_OF = OpenApiParameter("as_of", date, description="The day, YYYY-MM-DD; today when absent")
SEARCH = [
    OpenApiParameter("prefix", str, description="First digits of the number, dotted or plain"),
    OpenApiParameter("q", str, description="Words, all of which occur in the line or the lines above it; or a prefix"),
    AS_OF,
    OpenApiParameter("cursor", str, description="From `next` or `previous`"),
    OpenApiParameter("page_size", int, description="1 to 200; 50 when absent"),
]


class ByNumber(ByCursor):
    """The schedule's order."""

    ordering = "number"


class TariffLines(APIView):
    """The lines of the schedule on a day."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="tariff_lines_list",
        parameters=SEARCH,
        responses={200: LineOutput(many=True), 400: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        """Return the lines in the order of the schedule.

        Where no whole edition is loaded for the day, one page of covered lines and international names stands in.
        """
        asked = _asked(request)
        as_of: date = asked["as_of"]
        digits, words = search_terms(asked["q"], asked["prefix"])
        if not whole_edition(as_of):
            lines = search_lines(asked["q"], asked["prefix"], as_of)
            results = LineOutput(listed(lines, as_of), many=True).data
            return Response({"next": None, "previous": None, "results": results})
        pages = ByNumber()
        rows: list[TariffLine] = pages.paginate_queryset(matching_lines(digits, words, as_of), request) or []
        return pages.get_paginated_response(LineOutput(listed(lines_of(rows), as_of), many=True).data)


class TariffNumber(APIView):
    """One number of the schedule on a day."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="tariff_lines_retrieve",
        parameters=[AS_OF],
        responses={200: FactsOutput, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def get(self, request: Request, number: str) -> Response:
        """Return the facts of a number of 4, 6, 8 or 10 digits, dotted or plain."""
        as_of = _asked(request)["as_of"]
        try:
            parsed = parse(number)
        except HtsError as error:
            raise serializers.ValidationError({"number": [str(error)]}) from error
        facts = number_facts(parsed, as_of)
        if not facts.is_known:
            raise exceptions.NotFound(facts.remark)
        return Response(FactsOutput(facts).data)


def _asked(request: Request) -> dict[str, Any]:
    form = TariffSearch(request.query_params, today=timezone.localdate())
    if not form.is_valid():
        raise serializers.ValidationError(
            {name: [str(sentence) for sentence in sentences] for name, sentences in form.errors.items()}
        )
    return form.cleaned_data
