"""The agency's questions on a petition, read and answered by the programs of its person."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.review import inquiries as actions
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.output import TableOutput
from exclusions.api.pagination import ByCursor
from exclusions.api.petitions.drafts import BODY
from exclusions.api.petitions.owned import OF_ONE, READ, OfOwnPetition
from exclusions.forms.casework.inquiries import InquiryAnswerForm
from exclusions.models import Inquiry
from exclusions.queries.casework.inquiries import STANDS, inquiries_of, with_answer
from exclusions.workflow.deadlines import eastern_date

ANSWER = "questions:answer"
NO_QUESTION = "The petition has no question with this number."


class OwnQuestionOutput(TableOutput[Inquiry]):
    """A question of the agency, and its answer; the docket shows both."""

    due_on = serializers.SerializerMethodField(help_text="last day to answer, in New York")
    state = serializers.SerializerMethodField(help_text="`open`: waits for its answer")
    answer = serializers.CharField(source="answer.text", allow_null=True, default=None, help_text="null: not answered")
    answered_at = serializers.DateTimeField(source="answer.answered_at", allow_null=True, default=None)

    class Meta:
        model = Inquiry
        fields = ("number", "question", "asked_at", "due_on", "closes_at", "state", "answer", "answered_at")

    @extend_schema_field(serializers.DateField())
    def get_due_on(self, row: Inquiry) -> str:
        """The day of its last moment."""
        return eastern_date(row.closes_at).isoformat()

    @extend_schema_field(serializers.ChoiceField(choices=list(STANDS)))
    def get_state(self, row: Inquiry) -> str:
        """Where it stands."""
        return with_answer(row).key


class AnswerInput(serializers.Serializer[Any]):
    """The answer, given once."""

    text = serializers.CharField(
        allow_blank=True, help_text="at most 20,000 characters. The docket shows it, so include nothing confidential"
    )


class InTheirOrder(ByCursor):
    """The question that was asked first comes first."""

    ordering = ("number",)


class Questions(OfOwnPetition, ListAPIView[Inquiry]):
    """The agency's questions on a petition, the first one first."""

    queryset = Inquiry.objects.none()
    serializer_class = OwnQuestionOutput
    pagination_class = InTheirOrder
    scopes = {"GET": READ}

    def get_queryset(self) -> QuerySet[Inquiry]:
        """Return them."""
        return inquiries_of(self.petition())


class AnswerQuestion(OfOwnPetition):
    """A question of the agency answered."""

    serializer_class = OwnQuestionOutput
    scopes = {"POST": ANSWER}
    made_never = True
    refusals = {**OF_ONE, 404: "The person has no such petition, or it has no such question"}
    more_refusals = {"POST": {**BODY, 409: "It was answered or taken back, or its last day is over"}}

    @extend_schema(request=AnswerInput, parameters=[PARAMETER])
    def post(self, request: Request, pk: UUID, number: int, *args: Any, **kwargs: Any) -> Response:
        """Answer a question for the requester, once; return it with its answer. The docket shows both at once."""
        return once(request, lambda: self._answer(request, number), at=self.at)

    def _answer(self, request: Request, number: int) -> Response:
        petition = self.petition()
        asked = AnswerInput(data=request.data)
        asked.is_valid(raise_exception=True)
        inquiry = inquiries_of(petition).filter(number=number).order_by("pk").first()
        if inquiry is None:
            raise NotFound(NO_QUESTION)
        form = InquiryAnswerForm(asked.validated_data)
        if not form.is_valid():
            raise ValidationError({name: [*map(str, said)] for name, said in form.errors.items()})
        actions.answer(inquiry, text=form.cleaned_data["text"], by=self.person, at=self.at)
        return Response(OwnQuestionOutput(inquiries_of(petition).get(number=number)).data)
