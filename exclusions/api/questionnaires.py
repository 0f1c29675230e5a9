"""The questionnaires as data: what a program must know to file, from the same declaration as the pages."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions, serializers

from exclusions import questionnaires
from exclusions.api.output import Output
from exclusions.api.reads import ReadOne
from exclusions.facts.forms import form_of, made_keys


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
        OpenApiParameter(
            "key",
            str,
            OpenApiParameter.PATH,
            description="The key that a round gives for its form, including forms made here",
        ),
        OpenApiParameter(
            "periods", str, description="Purchase periods of a round, separated by commas: 2017,2018,2019-Q1"
        ),
    )

    def get_object(self) -> dict[str, Any]:
        """Return the form. Raises NotFound for an unknown key, ValidationError for a period that cannot be read."""
        key = self.kwargs["key"]
        periods = [text for text in self.request.query_params.get("periods", "").split(",") if text.strip()]
        try:
            return form_of(key, periods).schema()
        except KeyError as error:
            offered = ", ".join([*questionnaires.KEYS, *made_keys()])
            said = f"There is no questionnaire with the key {key}. The keys are: {offered}."
            raise exceptions.NotFound(said) from error
        except ValueError as error:
            raise exceptions.ValidationError({"periods": [str(error)]}) from error
