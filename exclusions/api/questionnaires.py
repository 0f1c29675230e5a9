"""The questionnaires as data: what a program must know to file, from the same declaration as the pages."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exclusions import questionnaires
from exclusions.api.problems import ProblemSerializer


class StepOutput(serializers.Serializer[dict[str, Any]]):
    """A page of the form."""

    key = serializers.CharField()
    title = serializers.CharField()
    introduction = serializers.CharField()


class QuestionnaireOutput(serializers.Serializer[dict[str, Any]]):
    """A questionnaire: its questions with types, conditions, choices and visibility."""

    key = serializers.CharField()
    title = serializers.CharField()
    omb_number = serializers.CharField()
    burden = serializers.CharField()
    steps = StepOutput(many=True)
    questions = serializers.ListField(
        child=serializers.DictField(),
        help_text="key, number, label, help, kind, visibility, step, required or required_if, shown_if, choices, …",
    )


class QuestionnaireDetail(APIView):
    """One form version."""

    permission_classes = (AllowAny,)

    @extend_schema(
        operation_id="questionnaires_retrieve",
        parameters=[
            OpenApiParameter(
                "periods", str, description="Purchase periods of a round, separated by commas: 2017,2018,2019-Q1"
            )
        ],
        responses={200: QuestionnaireOutput, 400: ProblemSerializer, 404: ProblemSerializer},
    )
    def get(self, request: Request, key: str) -> Response:
        """Return the questions, types, required-if rules and visibility of a form; a round names its form by key."""
        if key not in questionnaires.KEYS:
            offered = ", ".join(questionnaires.KEYS)
            raise exceptions.NotFound(f"There is no questionnaire with the key {key}. The keys are: {offered}.")
        periods = [text for text in request.query_params.get("periods", "").split(",") if text.strip()]
        try:
            found = questionnaires.get(key, periods=periods)
        except ValueError as error:
            raise serializers.ValidationError({"periods": [str(error)]}) from error
        return Response(found.schema())
