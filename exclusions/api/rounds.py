"""The rounds' read API: windows, day rules, forms and legal factors."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from exclusions import criteria, hts
from exclusions.api.pagination import ByCursor
from exclusions.api.problems import ProblemSerializer
from exclusions.models.round import Round
from exclusions.models.tariff import TariffAction
from exclusions.queries.public.rounds import window_state


class NewestOpened(ByCursor):
    """Rounds, the latest window first."""

    ordering = ("-opens_at", "slug")


class CriterionOutput(serializers.Serializer[dict[str, Any]]):
    """A legal factor that every petition of the round is judged on."""

    key = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField()


class RoundOutput(serializers.ModelSerializer[Round]):
    """A round. Moments carry their zone, New York's. Periods run from posting, the day of posting not counted."""

    state = serializers.SerializerMethodField()
    lists: serializers.SlugRelatedField[TariffAction] = serializers.SlugRelatedField(
        source="actions", many=True, read_only=True, slug_field="code"
    )
    heading = serializers.SerializerMethodField()
    criteria = serializers.SerializerMethodField()
    purchase_periods = serializers.ListField(child=serializers.CharField())
    eligible_chapters = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Round
        fields = (
            "slug",
            "docket",
            "title",
            "kind",
            "is_demo",
            "state",
            "lists",
            "citation",
            "channel",
            "opens_at",
            "closes_at",
            "day_unit",
            "roll_rule",
            "accepts_responses",
            "response_days",
            "accepts_replies",
            "reply_days_after_close",
            "reply_days_after_response",
            "retroactive_rule",
            "retroactive_from",
            "term_rule",
            "term_ends_on",
            "heading",
            "note",
            "questionnaire",
            "response_questionnaire",
            "reply_questionnaire",
            "purchase_periods",
            "eligible_chapters",
            "criteria",
            "criteria_version",
            "procedure_version",
        )

    @extend_schema_field(serializers.ChoiceField(choices=["upcoming", "open", "closed"]))
    def get_state(self, round: Round) -> str:
        """Where the moment of the request lies in the filing window."""
        return window_state(round, self.context["at"])

    def get_heading(self, round: Round) -> str:
        """The default chapter 99 heading of the round's exclusions, dotted; empty where none was published."""
        return hts.dotted(round.heading) if round.heading else ""

    @extend_schema_field(CriterionOutput(many=True))
    def get_criteria(self, round: Round) -> list[dict[str, str]]:
        """The legal factors, in the order in which a letter states them."""
        found = [criteria.get(key) for key in round.criteria]
        return [{"key": each.key, "title": each.title, "question": each.question} for each in found]


class RoundList(APIView):
    """Every round."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="rounds_list", responses={200: RoundOutput(many=True)})
    def get(self, request: Request) -> Response:
        """Return a page of rounds, the latest window first."""
        pages = NewestOpened()
        rows: list[Round] | None = pages.paginate_queryset(Round.objects.with_actions(), request)
        return pages.get_paginated_response(RoundOutput(rows, many=True, context={"at": timezone.now()}).data)


class OneRound(APIView):
    """One round."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="rounds_retrieve", responses={200: RoundOutput, 404: ProblemSerializer})
    def get(self, request: Request, slug: str) -> Response:
        """Return one round."""
        round = Round.objects.with_actions().filter(slug=slug).first()
        if round is None:
            raise exceptions.NotFound(f"There is no round called {slug}.")
        return Response(RoundOutput(round, context={"at": timezone.now()}).data)
