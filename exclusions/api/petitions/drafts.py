"""A person's petitions listed, begun, read, filled in and deleted by their programs."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from exclusions.actions.filing import petitions as actions
from exclusions.actions.record.accesses import log_reading
from exclusions.api.idempotency import PARAMETER, once
from exclusions.api.pagination import ByCursor
from exclusions.api.petitions.output import AnswersInput, OwnPetitionOutput, OwnPetitionRowOutput, PetitionInput
from exclusions.api.petitions.owned import (
    OF_ONE,
    READ,
    WRITE,
    OfOwnPetition,
    Timed,
    answers_of,
    require_questions,
    revision_sent,
    round_and_party,
    tag_of,
)
from exclusions.models import Petition
from exclusions.workflow.states import Status

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of the petition as you read it. Without it you get 428, with a past one 412",
)
BODY = {413: "The body is too large", 415: "The body is not JSON", 422: "Something is missing or wrong"}
CHANGED = {
    **BODY,
    409: "The petition is filed, or was changed at the same moment",
    412: "The petition was changed after you read it",
    428: "If-Match is missing",
}


class NewestFirst(ByCursor):
    """The petition that was begun last comes first."""

    ordering = ("-created_at", "-pk")


class Petitions(Timed, ListAPIView[Petition]):
    """The petitions that the token's person may work on, those begun last first."""

    queryset = Petition.objects.none()
    serializer_class = OwnPetitionRowOutput
    pagination_class = NewestFirst
    scopes = {"GET": READ, "POST": WRITE}
    made_always = True
    refused_at = ("answers",)
    more_refusals = {"POST": {**BODY, 409: "The round is not open, or the request with this key is still running"}}

    def get_queryset(self) -> QuerySet[Petition]:
        """Return the petitions of the person."""
        return Petition.objects.owned_by(self.person, self.at).select_related("round")

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """Send the answers of a draft that is begun."""
        return OwnPetitionOutput if self.request.method == "POST" else OwnPetitionRowOutput

    @extend_schema(request=PetitionInput, parameters=[PARAMETER])
    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin a draft: 201 with its address in `Location` and its version in `ETag`.

        Raises ValidationError by field, and what the action refuses.
        """
        return once(request, lambda: self._begin(request), at=self.at)

    def _begin(self, request: Request) -> Response:
        asked = PetitionInput(data=request.data)
        asked.is_valid(raise_exception=True)
        sent = asked.validated_data
        round, party = round_and_party(self.person, sent, self.at)
        answers = sent.get("answers") or {}
        require_questions(round, answers)
        made = actions.start(
            round=round,
            organization=party.organization,
            filer_organization=party.firm,
            by=self.person,
            at=self.at,
            answers=answers,
        )
        return _sent(made, status=201)


class OnePetition(OfOwnPetition):
    """One petition of the token's person, with its answers."""

    serializer_class = OwnPetitionOutput
    scopes = {"GET": READ, "PATCH": WRITE, "DELETE": WRITE}
    refused_at = ("answers",)
    refusals = OF_ONE
    more_refusals = {"PATCH": CHANGED, "DELETE": {409: "The petition is filed. Withdraw it instead"}}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return a petition with its answers; of one that is filed the reading is noted, as on its page."""
        petition = self.petition()
        if petition.status != Status.DRAFT:
            log_reading(petition, "record by program", by=self.person, at=self.at)
        return _sent(petition)

    @extend_schema(request=AnswersInput, parameters=[IF_MATCH])
    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Save answers to some questions of a draft, or of a petition that was returned for correction.

        Raises ValidationError by question for what the form does not ask.
        """
        petition = self.petition()
        asked = AnswersInput(data=request.data)
        asked.is_valid(raise_exception=True)
        answers = asked.validated_data.get("answers") or {}
        require_questions(petition.round, answers)
        revision = revision_sent(request, petition)
        saved = actions.save_answers(petition, by=self.person, at=self.at, answers=answers, revision=revision)
        return _sent(saved)

    @extend_schema(request=None)
    def delete(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Delete a draft with its answers and documents."""
        actions.delete_draft(self.petition(), by=self.person, at=self.at)
        return Response(status=204)


def _sent(petition: Petition, *, status: int = 200) -> Response:
    body = OwnPetitionOutput(petition, context={"answers": answers_of(petition)}).data
    headers = {"ETag": tag_of(petition)}
    if status == 201:
        headers["Location"] = reverse("api-petition", args=[petition.pk])
    return Response(body, status=status, headers=headers)
