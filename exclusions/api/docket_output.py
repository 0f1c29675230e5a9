"""What the API sends of the docket: public petitions, responses, replies and decisions."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from exclusions.api.output import OfDemonstration, Output, PageOf, TableOutput
from exclusions.likeness.grants import HIGH, MEDIUM
from exclusions.models.public import PublicDocument, PublicPetition, PublicResponse
from exclusions.queries.public.docket_columns import LISTED, SOURCES
from exclusions.workflow.public_things import Kind


class OfTheSource(serializers.IntegerField):
    """A count that a docket's spreadsheet does not give: null for a petition that was loaded from one."""

    def __init__(self) -> None:
        super().__init__(allow_null=True, help_text="null: not in the source")

    def get_attribute(self, instance: PublicPetition) -> int | None:
        """Return the count, where there is one."""
        return None if instance.historical else super().get_attribute(instance)


class Source(serializers.ChoiceField):
    """Where what is known of a petition comes from."""

    def __init__(self) -> None:
        super().__init__(choices=list(SOURCES.values()), source="historical", help_text="where the facts are from")

    def to_representation(self, value: Any) -> str:
        """Say it in the words of the exports."""
        return SOURCES[bool(value)]


class SummaryOutput(TableOutput[PublicPetition]):
    """A petition as the list shows it. Moments carry their offset, New York's, here and everywhere in the API."""

    url = PageOf("docket-petition", source="reference")
    round = serializers.CharField(
        source="round.slug", allow_null=True, default=None, help_text="null: the docket was loaded without its round"
    )
    organization = serializers.CharField(source="organization_name")
    filer = serializers.CharField(source="filer_name", help_text="who filed it for the organization. Empty: not known")
    product = serializers.CharField(source="product_name")
    stage_label = serializers.CharField(source="get_stage_display")
    whose_move = serializers.CharField(source="move")
    fictional = OfDemonstration(source="docket")
    support_count = OfTheSource()
    oppose_count = OfTheSource()
    source = Source()  # type: ignore[assignment]  # a field's own source is another thing

    class Meta:
        model = PublicPetition
        fields = LISTED  # a name that is no column of the table has its field above


class AnswerOutput(Output[dict[str, Any]]):
    """One public answer."""

    step = serializers.CharField()
    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class ResponseOutput(TableOutput[PublicResponse]):
    """A posted response with its reply."""

    organization = serializers.CharField(source="organization_name")
    answers = AnswerOutput(many=True)
    reply_answers = AnswerOutput(many=True)

    class Meta:
        model = PublicResponse
        fields = ("reference", "organization", "position", "answers", "posted_at",
                  "reply_closes_at", "reply_answers", "replied_at")  # fmt: skip


class DocumentOutput(TableOutput[PublicDocument]):
    """A public file, by address, name and hash."""

    url = serializers.SerializerMethodField(help_text="address from which it is downloaded")

    class Meta:
        model = PublicDocument
        fields = ("key", "url", "file_name", "content_type", "size", "sha256")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, document: PublicDocument) -> str:
        """Where it is."""
        return f"{settings.BASE_URL}{reverse('docket-document', args=[document.petition.reference, document.key])}"


class FindingOutput(Output[dict[str, Any]]):
    """A finding on one criterion."""

    criterion = serializers.CharField()
    title = serializers.CharField()
    result = serializers.CharField()
    reasons = serializers.CharField()


class DenialOutput(Output[dict[str, Any]]):
    """A coded reason of a denial."""

    code = serializers.CharField()
    reason = serializers.CharField()


class ExplanationOutput(Output[dict[str, Any]]):
    """A departure from the desk before, the fact behind a code, or what outweighs an adverse finding."""

    title = serializers.CharField()
    words = serializers.CharField()
    reasons = serializers.CharField()


class NarrowingOutput(Output[dict[str, Any]]):
    """Of a grant in part: what was asked, what is granted, why, and who proposed it."""

    asked = serializers.CharField()
    granted = serializers.CharField()
    reasons = DenialOutput(many=True)
    proposed_by = serializers.CharField()


OUTCOMES = [("grant", "Grant"), ("in_part", "Grant in part"), ("deny", "Deny")]


class DecisionOutput(Output[PublicPetition]):
    """The decision with its reasons."""

    outcome = serializers.ChoiceField(choices=OUTCOMES)
    decided_on = serializers.DateField()
    rationale = serializers.CharField()
    denial_codes = DenialOutput(many=True)
    findings = FindingOutput(many=True)
    explanations = ExplanationOutput(many=True)
    narrowing = serializers.SerializerMethodField()
    exclusion = serializers.CharField(source="exclusion.reference", allow_null=True, default=None)

    @extend_schema_field(NarrowingOutput(allow_null=True))
    def get_narrowing(self, petition: PublicPetition) -> dict[str, Any] | None:
        """Of a grant in part what was asked and what is granted; null of another decision."""
        return dict(NarrowingOutput(petition.narrowing).data) if petition.narrowing else None


class FormerDecisionOutput(Output[dict[str, Any]]):
    """A decision that was reopened, and why; `exclusion` is the reference of what it granted."""

    outcome = serializers.ChoiceField(choices=OUTCOMES)
    decided_on = serializers.DateField()
    reopened_on = serializers.DateField()
    reason = serializers.CharField()
    rationale = serializers.CharField()
    denial_codes = DenialOutput(many=True)
    findings = FindingOutput(many=True)
    explanations = ExplanationOutput(many=True)
    exclusion = serializers.CharField(allow_blank=True)


class FactOutput(Output[dict[str, Any]]):
    """One fact that a closing rests on, or one passage that a supplement quotes, after where it stands."""

    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.CharField()


class SupplementOutput(Output[dict[str, Any]]):
    """Added since the decision: like petitions (`references`) were decided otherwise, or that was reopened."""

    on = serializers.DateField()
    references = serializers.ListField(child=serializers.CharField())
    words = serializers.CharField()
    reasons = serializers.CharField(allow_blank=True)
    quotes = FactOutput(many=True)
    since = serializers.CharField(allow_blank=True, help_text="what became of these decisions since")


class ClosingOutput(Output[dict[str, Any]]):
    """A case that was closed without its merits, or withdrawn (then without facts); `stage` says how."""

    on = serializers.DateField()
    facts = FactOutput(many=True)


class QuestionOutput(Output[dict[str, Any]]):
    """A question to the filer and the answer, empty where there is none; `ended_on` is null while it is open."""

    number = serializers.IntegerField()
    question = serializers.CharField()
    asked_on = serializers.DateField()
    until = serializers.DateField()
    state = serializers.ChoiceField(choices=["open", "answered", "taken_back", "lapsed"])
    ended_on = serializers.SerializerMethodField()
    answer = serializers.CharField(allow_blank=True)

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_ended_on(self, question: dict[str, Any]) -> str | None:
        """The day on which it was answered, taken back or lapsed."""
        return question["ended_on"] or None


class TakenDownOutput(Output[dict[str, Any]]):
    """Something that was public and was taken down; in `answers` and `decision` a text stands in its place."""

    kind = serializers.ChoiceField(choices=Kind.choices, default=None, allow_null=True)
    what = serializers.CharField()
    reference = serializers.CharField(default="")
    question = serializers.CharField(source="label", default="")
    on = serializers.DateField()
    ground = serializers.CharField(default="")
    why = serializers.CharField(default="")
    corrected_on = serializers.CharField(default="")


class LedToOutput(Output[PublicPetition]):
    """The exclusion that a historical grant led to, found by number, day and words."""

    exclusion = serializers.CharField(source="exclusion.reference")
    confidence = serializers.ChoiceField(source="exclusion_confidence", choices=[HIGH, MEDIUM])


class PetitionOutput(SummaryOutput):
    """A whole public petition."""

    answers = AnswerOutput(many=True)
    responses = ResponseOutput(many=True)
    documents = DocumentOutput(many=True)
    decision = serializers.SerializerMethodField()
    former_decisions = FormerDecisionOutput(many=True)
    supplements = SupplementOutput(many=True)
    closing = serializers.SerializerMethodField()
    led_to = serializers.SerializerMethodField()
    questions = QuestionOutput(many=True)
    taken_down = TakenDownOutput(many=True)

    class Meta(SummaryOutput.Meta):
        fields = (
            *SummaryOutput.Meta.fields,
            "answers",
            "responses",
            "documents",
            "decision",
            "former_decisions",
            "supplements",
            "closing",
            "led_to",
            "questions",
            "taken_down",
        )

    @extend_schema_field(LedToOutput(allow_null=True))
    def get_led_to(self, petition: PublicPetition) -> dict[str, Any] | None:
        """The exclusion of a historical grant, or null where it is not plain; `decision` has that of one made here."""
        linked = petition.exclusion and petition.exclusion_confidence
        return dict(LedToOutput(petition).data) if linked else None

    @extend_schema_field(ClosingOutput(allow_null=True))
    def get_closing(self, petition: PublicPetition) -> dict[str, Any] | None:
        """The day and the facts that ended a case without its merits, or null where nothing did."""
        return dict(ClosingOutput(petition.closing).data) if petition.closing else None

    @extend_schema_field(DecisionOutput(allow_null=True))
    def get_decision(self, petition: PublicPetition) -> dict[str, Any] | None:
        """The decision, or null while there is none."""
        return dict(DecisionOutput(petition).data) if petition.decided_on else None
