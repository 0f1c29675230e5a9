"""The read API of the exclusions that a round lists."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import exceptions, serializers
from rest_framework.generics import GenericAPIView

from exclusions.api.output import Dotted, Output
from exclusions.api.pagination import ByCursor
from exclusions.api.reads import NAMED, ReadList, ReadOne
from exclusions.models.notices.listed import ListedExclusion, PublicComment, PublicTermDecision
from exclusions.models.round import Round
from exclusions.queries.public import listed


class FactorOutput(Output[dict[str, Any]]):
    """What was found on one factor."""

    factor = serializers.CharField()
    title = serializers.CharField()
    result = serializers.CharField()
    reasons = serializers.CharField()


class TermDecisionOutput(Output[PublicTermDecision]):
    """What was decided of a listed exclusion; days inclusive, null where nothing begins or ends by it."""

    choice = serializers.CharField(help_text="extend, reinstate or lapse")
    from_ = serializers.DateField(source="starts_on", allow_null=True)
    to = serializers.DateField(source="ends_on", allow_null=True)
    reasons = serializers.CharField()
    findings = FactorOutput(many=True)
    decided_on = serializers.DateField()


class ReopenedTermDecisionOutput(TermDecisionOutput):
    """A decision that was reopened, and why."""

    reopened_on = serializers.DateField(source="reopening.reopened_on")
    reopened_because = serializers.CharField(source="reopening.reason")


@extend_schema_serializer(deprecate_fields=["organization_name"])
class CommentOutput(Output[PublicComment]):
    """A posted comment in its public version; of a withdrawn one, that it was there."""

    reference = serializers.CharField()
    organization = serializers.CharField(source="organization_name")
    organization_name = serializers.CharField(help_text="as organization")
    position = serializers.CharField()
    answers = serializers.ListField(child=serializers.DictField())
    posted_at = serializers.DateTimeField()
    withdrawn_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(deprecate_fields=["supports", "opposes"])
class ListedOutput(Output[ListedExclusion]):
    """An exclusion that a round lists: its place in the note, and how many posted comments support and oppose it."""

    number = serializers.IntegerField()
    url = serializers.SerializerMethodField(help_text="address of its page")
    exclusion = serializers.CharField(source="exclusion.reference")
    list = serializers.CharField(source="exclusion.action.code")
    heading = Dotted()
    note = serializers.SerializerMethodField()
    item = serializers.CharField()
    text = serializers.SerializerMethodField()
    support_count = serializers.IntegerField(source="supports")
    oppose_count = serializers.IntegerField(source="opposes")
    supports = serializers.IntegerField(help_text="as support_count")
    opposes = serializers.IntegerField(help_text="as oppose_count")
    decision = serializers.SerializerMethodField()
    former_decisions = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, row: ListedExclusion) -> str:
        """Where people read of it."""
        return (
            f"{settings.BASE_URL}{reverse('listed-exclusion', args=[self.context['view'].kwargs['slug'], row.number])}"
        )

    def get_note(self, row: ListedExclusion) -> str:
        """The subdivision of U.S. note 20."""
        return f"20({row.note})"

    def get_text(self, row: ListedExclusion) -> str:
        """The wording of today; empty where the source does not give it."""
        found = listed.lines([row], self.context["on"])[0].entry.text
        return found.text if found else ""

    @extend_schema_field(TermDecisionOutput(allow_null=True))
    def get_decision(self, row: ListedExclusion) -> Any:
        """What was decided; null: nothing yet."""
        found = listed.decision_of(row)
        return TermDecisionOutput(found).data if found else None

    @extend_schema_field(ReopenedTermDecisionOutput(many=True))
    def get_former_decisions(self, row: ListedExclusion) -> Any:
        """Those that were reopened, newest first."""
        return [ReopenedTermDecisionOutput(one).data for one in listed.former_of(row)]


class WholeListedOutput(ListedOutput):
    """The same with its comments, newest first, at most a hundred."""

    comments = serializers.SerializerMethodField()

    @extend_schema_field(CommentOutput(many=True))
    def get_comments(self, row: ListedExclusion) -> Any:
        """The posted comments."""
        return CommentOutput(self.context["comments"], many=True).data


class ByNumber(ByCursor):
    """In the order of the list."""

    ordering = ("number",)


class OfRound(GenericAPIView[ListedExclusion]):
    """What a round lists, seen on the day of the request."""

    queryset = ListedExclusion.objects.none()

    @cached_property
    def today(self) -> date:
        """The day of the request, in New York."""
        return timezone.localdate()

    def asked_round(self) -> Round:
        """Return the round of the address. Raises NotFound."""
        round = listed.round_listing(self.kwargs["slug"])
        if round is None:
            raise exceptions.NotFound(f"There is no round {self.kwargs['slug']} that lists exclusions.")
        return round

    def get_queryset(self) -> QuerySet[ListedExclusion]:
        """Return what the round lists."""
        return listed.of_round(self.asked_round()) if "slug" in self.kwargs else super().get_queryset()

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the day."""
        return {**super().get_serializer_context(), "on": self.today}


class ListedExclusions(OfRound, ReadList):
    """The exclusions that a round lists, in its order."""

    serializer_class = ListedOutput
    pagination_class = ByNumber
    refusals = NAMED


class OneListedExclusion(OfRound, ReadOne):
    """One listed exclusion, with its comments."""

    serializer_class = WholeListedOutput

    def get_object(self) -> ListedExclusion:
        """Return the listed exclusion of the number. Raises NotFound."""
        number = self.kwargs["number"]
        found = listed.listed_page(self.asked_round(), number, self.today)
        if found is None:
            raise exceptions.NotFound(f"The round lists no exclusion {number}.")
        self.comments = found.comments
        return found.line.row

    def get_serializer_context(self) -> dict[str, Any]:
        """Add the comments, once they are read."""
        return {**super().get_serializer_context(), "comments": getattr(self, "comments", [])}
