"""The questionnaires as data: what a program must know to file, from the same declaration as the pages."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers

from exclusions import questionnaires
from exclusions.api.output import Output
from exclusions.api.reads import ReadOne


class StepOutput(Output[dict[str, Any]]):
    """A page of the form."""

    key = serializers.CharField()
    title = serializers.CharField()
    introduction = serializers.CharField()


class QuestionnaireOutput(Output[dict[str, Any]]):
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


class QuestionnaireDetail(ReadOne):
    """The questions, types, required-if rules and visibility of a form; a round names its form by key."""

    serializer_class = QuestionnaireOutput
    lookup_field = "key"
    parameters = (
        OpenApiParameter("key", str, OpenApiParameter.PATH, enum=questionnaires.KEYS),
        OpenApiParameter(
            "periods", str, description="Purchase periods of a round, separated by commas: 2017,2018,2019-Q1"
        ),
    )

    def get_object(self) -> dict[str, Any]:
        """Return the form. Raises NotFound for an unknown key, ValidationError for a period that cannot be read."""
        key = self.kwargs["key"]
        if key not in questionnaires.KEYS:
            offered = ", ".join(questionnaires.KEYS)
            raise exceptions.NotFound(f"There is no questionnaire with the key {key}. The keys are: {offered}.")
        periods = [text for text in self.request.query_params.get("periods", "").split(",") if text.strip()]
        try:
            return questionnaires.get(key, periods=periods).schema()
        except ValueError as error:
            raise exceptions.ValidationError({"periods": [str(error)]}) from error
