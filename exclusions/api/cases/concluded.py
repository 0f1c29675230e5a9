"""What the desks concluded in a case, for programs of the staff."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from exclusions.api.cases.filed import texts
from exclusions.api.output import Dotted, Output, TableOutput
from exclusions.models import (
    CommitteeAssessment,
    ConsistencyReview,
    CustomsOpinion,
    Decision,
    Finding,
    LegalReview,
    ProductDraft,
    Recommendation,
)
from exclusions.queries.casework.case.findings import CriterionState

_CONCLUDED = ("outcome", "reasons", "denial_codes", "departure", "made_by", "made_at")


class CitedOutput(Output[Any]):
    """What a finding cites."""

    citation = serializers.CharField(help_text="answer:…, unanswered:…, response:…, reply:… or document:…")
    words = serializers.CharField()
    text = serializers.CharField(help_text="what it says. Empty: a document")
    confidential = serializers.BooleanField()


class EarlierOutput(TableOutput[Finding]):
    """An earlier finding that said something else."""

    result = serializers.CharField()
    made_by = serializers.CharField()

    class Meta:
        model = Finding
        fields = ("result", "reasons", "level", "made_by", "made_at")


class FoundOutput(Output[CriterionState]):
    """A criterion of the round, and what was found on it last; null: nothing yet."""

    criterion = serializers.CharField(source="criterion.key")
    title = serializers.CharField(source="criterion.title")
    result = serializers.CharField(source="finding.result", allow_null=True, default=None)
    reasons = serializers.CharField(source="finding.reasons", allow_null=True, default=None)
    confidential_note = serializers.SerializerMethodField(help_text="empty: none, or not for your role")
    level = serializers.IntegerField(source="finding.level", allow_null=True, default=None)
    made_by = serializers.CharField(source="found.made_by", allow_null=True, default=None)
    made_at = serializers.DateTimeField(source="found.made_at", allow_null=True, default=None)
    citations = CitedOutput(many=True)
    earlier = EarlierOutput(source="before", many=True)

    def get_confidential_note(self, state: CriterionState) -> str:
        """The note, for who reads the whole case."""
        return state.finding.confidential_note if state.finding and self.context["whole"] else ""


class LikeOutput(Output[Any]):
    """What was said of like cases of one outcome."""

    label = serializers.CharField()  # type: ignore[assignment]  # a serializer's own is another thing
    words = serializers.CharField()
    departs = serializers.SerializerMethodField()
    said = serializers.SerializerMethodField(help_text="what sets the case apart, or what is referred")

    def get_departs(self, row: dict[str, Any]) -> bool:
        """Whether the case departs from them."""
        return bool(row.get("departs"))

    def get_said(self, row: dict[str, Any]) -> str:
        """The words."""
        return str(row.get("refers") or row.get("distinction") or "")


class RecommendedOutput(TableOutput[Recommendation]):
    """A recommendation of level 1 or 2."""

    made_by = serializers.CharField()
    denial_codes = texts()
    likes = LikeOutput(source="unlike", many=True)

    class Meta:
        model = Recommendation
        fields = ("level", *_CONCLUDED, "likes")


class ReviewOutput(TableOutput[ConsistencyReview]):
    """A comparison with like cases."""

    made_by = serializers.CharField()
    compared_with = texts("references")
    likes = serializers.SerializerMethodField()

    class Meta:
        model = ConsistencyReview
        fields = ("reasons", "compared_with", "likes", "made_by", "made_at")

    @extend_schema_field(LikeOutput(many=True))
    def get_likes(self, review: ConsistencyReview) -> Any:
        """Those of which something was said."""
        return LikeOutput([row for row in review.likes if row["distinction"]], many=True).data


class LegalOutput(TableOutput[LegalReview]):
    """A review of counsel."""

    made_by = serializers.CharField()
    denial_codes = texts()

    class Meta:
        model = LegalReview
        fields = (*_CONCLUDED, "departs")


class AgencyOutput(Output[Any]):
    """What an agency of the committee said; it is never published."""

    agency = serializers.CharField()
    view = serializers.CharField()
    words = serializers.CharField()

    def to_representation(self, instance: tuple[str, str, str]) -> dict[str, Any]:
        """Name the three."""
        return dict(zip(self.fields, instance, strict=True))


class AssessmentOutput(TableOutput[CommitteeAssessment]):
    """An assessment of the committee."""

    made_by = serializers.CharField()
    views = AgencyOutput(source="views_in_words", many=True)

    class Meta:
        model = CommitteeAssessment
        fields = ("outcome", "reasons", "departure", "views", "made_by", "made_at")


class OpinionOutput(TableOutput[CustomsOpinion]):
    """Customs' opinion on a text."""

    grounds = texts("in words", source="grounds_in_words")

    class Meta:
        model = CustomsOpinion
        fields = ("result", "grounds", "reasons", "given_at")


class TextVersionOutput(TableOutput[ProductDraft]):
    """A version of the product text."""

    number = Dotted()
    drafted_by = serializers.CharField()
    opinions = OpinionOutput(many=True)

    class Meta:
        model = ProductDraft
        fields = ("version", "text", "number", "whole_number", "drafted_by", "drafted_at", "opinions")


class DecidedOutput(TableOutput[Decision]):
    """A signed decision."""

    denial_codes = texts()
    signed_by = serializers.CharField()
    exclusion = serializers.CharField(
        source="exclusion.reference", allow_null=True, default=None, help_text="null: it was denied"
    )

    class Meta:
        model = Decision
        fields = ("version", "outcome", "rationale", "denial_codes", "exclusion", "signed_by", "signed_at")
