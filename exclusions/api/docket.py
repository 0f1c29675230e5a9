"""The docket's read API: public petitions, responses, replies and decisions."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exclusions.api.pagination import NewestPosted
from exclusions.api.problems import ProblemSerializer
from exclusions.forms.docket import DocketFilter
from exclusions.models.public import PublicDocument, PublicPetition, PublicResponse
from exclusions.queries.public import docket


class SummaryOutput(serializers.ModelSerializer[PublicPetition]):
    """A petition as the list shows it."""

    organization = serializers.CharField(source="organization_name")
    product = serializers.CharField(source="product_name")
    stage_label = serializers.CharField(source="get_stage_display")
    whose_move = serializers.CharField(source="move")

    class Meta:
        model = PublicPetition
        fields = (
            "reference",
            "docket",
            "organization",
            "hts10",
            "product",
            "stage",
            "stage_label",
            "whose_move",
            "posted_on",
            "response_closes_at",
            "reply_closes_at",
            "support_count",
            "oppose_count",
            "decided_on",
        )


class AnswerOutput(serializers.Serializer[dict[str, Any]]):
    """One public answer."""

    step = serializers.CharField()
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class ResponseOutput(serializers.ModelSerializer[PublicResponse]):
    """A posted response with its reply."""

    organization = serializers.CharField(source="organization_name")
    answers = AnswerOutput(many=True)
    reply_answers = AnswerOutput(many=True)

    class Meta:
        model = PublicResponse
        fields = (
            "reference",
            "organization",
            "position",
            "answers",
            "posted_at",
            "reply_closes_at",
            "reply_answers",
            "replied_at",
        )


class DocumentOutput(serializers.ModelSerializer[PublicDocument]):
    """A public file, by name and hash."""

    class Meta:
        model = PublicDocument
        fields = ("key", "file_name", "content_type", "size", "sha256")


class FindingOutput(serializers.Serializer[dict[str, Any]]):
    """A finding on one criterion."""

    criterion = serializers.CharField()
    title = serializers.CharField()
    result = serializers.CharField()
    reasons = serializers.CharField()


class DenialOutput(serializers.Serializer[dict[str, Any]]):
    """A coded reason of a denial."""

    code = serializers.CharField()
    reason = serializers.CharField()


class DecisionOutput(serializers.Serializer[PublicPetition]):
    """The decision with its reasons."""

    decided_on = serializers.DateField()
    rationale = serializers.CharField()
    denial_codes = DenialOutput(many=True)
    findings = FindingOutput(many=True)
    exclusion = serializers.CharField(source="exclusion.reference", allow_null=True, default=None)


class PetitionOutput(SummaryOutput):
    """A whole public petition."""

    answers = AnswerOutput(many=True)
    responses = ResponseOutput(many=True)
    documents = DocumentOutput(many=True)
    decision = serializers.SerializerMethodField()

    class Meta(SummaryOutput.Meta):
        fields = (*SummaryOutput.Meta.fields, "answers", "responses", "documents", "decision")  # type: ignore[assignment]

    @extend_schema_field(DecisionOutput(allow_null=True))
    def get_decision(self, petition: PublicPetition) -> dict[str, Any] | None:
        """The decision, or null while there is none."""
        return dict(DecisionOutput(petition).data) if petition.decided_on else None


class TakenDown(exceptions.APIException):
    """A petition that was taken down from the docket."""

    status_code = 410
    default_detail = "This petition was taken down from the docket."
    default_code = "taken_down"


FILTERS = [
    OpenApiParameter("q", str, description="Words, all of which occur; or a reference"),
    OpenApiParameter("hts", str, description="First digits of the HTSUS number, dotted or plain"),
    OpenApiParameter("docket", str, description="Docket number, for example USTR-2019-0005"),
    OpenApiParameter("stage", str, description="stage1, stage2, stage3, stage4, granted, denied or withdrawn"),
    OpenApiParameter("organization", str, description="Part of the organization's name"),
    OpenApiParameter("posted_from", str, description="YYYY-MM-DD"),
    OpenApiParameter("posted_to", str, description="YYYY-MM-DD"),
    OpenApiParameter("cursor", str, description="From `next` or `previous`"),
    OpenApiParameter("page_size", int, description="1 to 200; 50 when absent"),
]


class DocketList(APIView):
    """The posted petitions."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="docket_list",
        parameters=FILTERS,
        responses={200: SummaryOutput(many=True), 400: ProblemSerializer},
    )
    def get(self, request: Request) -> Response:
        """Return a page of posted petitions, newest first, by the filters of the docket page."""
        chosen = DocketFilter(request.query_params, PublicPetition.objects.all())
        if not chosen.form.is_valid():
            raise serializers.ValidationError(chosen.form.errors)
        pages = NewestPosted()
        rows: list[PublicPetition] | None = pages.paginate_queryset(
            chosen.qs.defer("answers", "search_text", "rationale", "findings"), request
        )
        return pages.get_paginated_response(SummaryOutput(rows, many=True).data)


class DocketPetition(APIView):
    """One posted petition."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="docket_retrieve", responses={200: PetitionOutput, 404: ProblemSerializer, 410: ProblemSerializer}
    )
    def get(self, request: Request, reference: str) -> Response:
        """Return a posted petition with answers, responses, replies, files and decision."""
        found = docket.petition_page(reference, timezone.now())
        if found is None:
            if docket.tombstone(reference):
                raise TakenDown
            raise exceptions.NotFound(f"There is no posted petition with the reference {reference}.")
        return Response(PetitionOutput(found.petition).data)
