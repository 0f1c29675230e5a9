"""The rounds' read API: windows, day rules, forms and legal factors."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import exceptions, serializers
from rest_framework.generics import GenericAPIView

from exclusions.api.output import Dotted, Output, PageOf, TableOutput
from exclusions.api.pagination import ByCursor
from exclusions.api.reads import ReadList, ReadOne
from exclusions.facts.forms import faults_of
from exclusions.models.round import Round, RoundOrder
from exclusions.models.tariff import TariffAction
from exclusions.queries.public.round_facts import all_orders, known_criteria
from exclusions.queries.public.rounds import window_state


class CriterionOutput(Output[dict[str, Any]]):
    """A legal factor that every petition of the round is judged on."""

    key = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField()


class OrderOutput(TableOutput[RoundOrder]):
    """What was ordered about a round: its window or response periods extended, paused, resumed."""

    class Meta:
        model = RoundOrder
        fields = (
            "kind",
            "given_at",
            "citation",
            "reason",
            "closes_at",
            "responses_until",
            "paused_since",
            "holds_until",
        )


@extend_schema_serializer(deprecate_fields=["is_demo"])
class RoundOutput(TableOutput[Round]):
    """A round. Moments carry their zone, New York's. Periods run from posting, the day of posting not counted."""

    url = PageOf("round", source="slug")
    state = serializers.SerializerMethodField()
    lists: serializers.SlugRelatedField[TariffAction] = serializers.SlugRelatedField(
        source="actions", many=True, read_only=True, slug_field="code"
    )
    heading = Dotted(help_text="the default chapter 99 heading of its exclusions. Empty if none was published")
    questionnaire_url = serializers.SerializerMethodField()
    criteria = serializers.SerializerMethodField()
    orders = serializers.SerializerMethodField()
    faults = serializers.SerializerMethodField()
    fictional = serializers.BooleanField(source="is_demo", help_text="made for the demonstration")
    purchase_periods = serializers.ListField(child=serializers.CharField())
    eligible_chapters = serializers.ListField(child=serializers.CharField())
    eligible_subheadings = serializers.ListField(
        child=serializers.CharField(), help_text="8 digits without dots. Empty: all of the chapters"
    )
    list_headings = serializers.ListField(
        child=serializers.CharField(), help_text="list, heading without dots and subdivision, if each list has its own"
    )

    class Meta:
        model = Round
        fields = (
            "slug",
            "url",
            "version",
            "docket",
            "title",
            "kind",
            "is_demo",
            "fictional",
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
            "questionnaire_url",
            "response_questionnaire",
            "reply_questionnaire",
            "purchase_periods",
            "eligible_chapters",
            "eligible_subheadings",
            "list_headings",
            "criteria",
            "criteria_version",
            "procedure_version",
            "paused_since",
            "clocks_stand",
            "responses_until",
            "orders",
            "faults",
        )

    @extend_schema_field(serializers.ChoiceField(choices=["upcoming", "open", "closed"]))
    def get_state(self, round: Round) -> str:
        """Where the moment of the request lies in the filing window."""
        return window_state(round, self.context["at"])

    @extend_schema_field(serializers.URLField(help_text="its form, with the purchase periods that it asks for"))
    def get_questionnaire_url(self, round: Round) -> str:
        """Return the address of the form as this round asks it: without the periods, a form has those of its year."""
        path = reverse("api-questionnaire", args=[round.questionnaire])
        periods = quote(",".join(round.purchase_periods), safe=",")
        return f"{settings.BASE_URL}{path}{f'?periods={periods}' if periods else ''}"

    @extend_schema_field(CriterionOutput(many=True))
    def get_criteria(self, round: Round) -> list[dict[str, str]]:
        """The legal factors, in the order in which a letter states them."""
        found = known_criteria(round)
        return [{"key": each.key, "title": each.title, "question": each.question} for each in found]

    @extend_schema_field(OrderOutput(many=True))
    def get_orders(self, round: Round) -> Any:
        """What was ordered about the round, newest first."""
        return OrderOutput(self.context["orders"].get(round.slug, []), many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_faults(self, round: Round) -> list[str]:
        """Why nothing can be filed or judged in a round that names what nobody knows; empty: it is sound."""
        return faults_of(round)


class NewestOpened(ByCursor):
    """The latest window first."""

    ordering = ("-opens_at", "slug")


class InWindow(GenericAPIView[Round]):
    """Rounds with their lists, seen from the moment of the request."""

    queryset = Round.objects.current().with_actions()
    serializer_class = RoundOutput

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the moment, and what was ordered about each round."""
        return {**super().get_serializer_context(), "at": timezone.now(), "orders": all_orders()}


class RoundList(InWindow, ReadList):
    """Every round, the latest window first."""

    pagination_class = NewestOpened


class OneRound(InWindow, ReadOne):
    """One round."""

    lookup_field = "slug"

    def get_object(self) -> Round:
        """Return the round. Raises NotFound."""
        slug = self.kwargs["slug"]
        round = self.get_queryset().filter(slug=slug).order_by("version").first()
        if round is None:
            raise exceptions.NotFound(f"There is no round called {slug}.")
        return round
